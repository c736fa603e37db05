//! The handle everything hangs on.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::{AmpConfig, TlsIdentity};
use crate::desk::Server;
use crate::faults::Faults;
use crate::id::InstanceId;
use crate::line::Lines;
use crate::observe::{Requests, Violation, Violations};
use crate::spec::InstanceSpec;
use crate::switches::{Switchboard, Switches};
use crate::user::{User, UserHandle};
use crate::wire;
use crate::world::World;

/// A running panel. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Amp(pub(crate) Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) address: SocketAddr,
    pub(crate) url: String,
    pub(crate) clock: Clock,
    pub(crate) world: Mutex<World>,
    pub(crate) switches: Switchboard,
    pub(crate) faults: Faults,
    pub(crate) requests: Requests,
    pub(crate) violations: Violations,
    stop: CancellationToken,
}

impl fmt::Debug for Amp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Amp").field(&self.0.url).finish()
    }
}

impl Amp {
    /// Starts listening. Must be called inside a Tokio runtime.
    pub async fn start(config: AmpConfig) -> io::Result<Self> {
        let tls = config.tls.as_ref().map(TlsIdentity::server).transpose()?;
        let (faults, stop) = (Faults::default(), CancellationToken::new());
        let acceptor = tls.clone().map(TlsAcceptor::from);
        let lines = Lines::open(config.listen, acceptor, faults.watch_gate(), stop.clone()).await?;
        let address = lines.address();
        let clock = Clock::default();
        let now = clock.now_ms();
        let mut world = World::new(config.seed, now);
        if let Some(spec) = config.single_instance {
            world.alone = Some(world.add(spec.daemon_running(true), now));
        }
        let scheme = if tls.is_some() { "https" } else { "http" };
        let switches = Switches { profile: config.profile, ..Switches::default() };
        let amp = Self(Arc::new(Inner {
            address,
            url: format!("{scheme}://{address}"),
            clock,
            world: Mutex::new(world),
            switches: Switchboard::new(switches),
            faults,
            requests: Requests::new(config.request_log),
            violations: Violations::default(),
            stop,
        }));
        tokio::spawn(wire::serve(amp.clone(), lines, amp.0.stop.clone()));
        Ok(amp)
    }

    /// Where it is: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Its clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Makes a user who may do nothing yet but log in. Names are compared without case.
    pub fn add_user(&self, name: &str, password: &str) -> UserHandle {
        let mut world = self.0.world.lock();
        let user = User::new(world.guid(), name, password);
        world.users.insert(World::key(name), user);
        self.user(name)
    }

    /// A user that exists.
    pub fn user(&self, name: &str) -> UserHandle {
        UserHandle { amp: Arc::clone(&self.0), name: name.to_owned() }
    }

    /// Makes another target, and answers its number for `InstanceSpec::on_target`.
    pub fn add_target(&self, friendly_name: &str) -> usize {
        self.0.world.lock().add_target(friendly_name)
    }

    /// Makes an instance.
    pub fn add_instance(&self, spec: InstanceSpec) -> InstanceId {
        self.0.world.lock().add(spec, self.0.clock.now_ms())
    }

    /// The hand of those who play on an instance, and of its administrator.
    pub fn instance(&self, id: InstanceId) -> Server {
        Server { amp: Arc::clone(&self.0), id }
    }

    /// The instance of a panel without controller.
    pub fn alone(&self) -> Option<Server> {
        let id = self.0.world.lock().alone?;
        Some(self.instance(id))
    }

    /// All instances, in the order they were made.
    pub fn instances(&self) -> Vec<InstanceId> {
        self.0.world.lock().instances.iter().map(|instance| instance.id).collect()
    }

    /// The live switches.
    pub fn switches(&self) -> &Switchboard {
        &self.0.switches
    }

    /// The faults under way.
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// All sessions are gone, as when ADS restarts. Tokens for remembering stay good.
    pub fn forget_sessions(&self) {
        self.0.world.lock().sessions.clear();
    }

    /// How many sessions there are.
    pub fn session_count(&self) -> usize {
        self.0.world.lock().sessions.len()
    }

    /// The roster is taken anew at the next look, whatever `Switches::roster_lag` says.
    pub fn forget_roster(&self) {
        self.0.world.lock().forget_roster();
    }

    /// What was asked.
    pub fn requests(&self) -> &Requests {
        &self.0.requests
    }

    /// What was asked against the API, so far.
    pub fn violations(&self) -> Vec<Violation> {
        self.0.violations.all()
    }

    /// Forgets the violations so far.
    pub fn forget_violations(&self) {
        self.0.violations.clear();
    }

    /// Rings whenever there is a new violation.
    pub fn violation_bell(&self) -> watch::Receiver<()> {
        self.0.violations.bell()
    }

    /// Stops the panel and cuts every connection.
    pub fn stop(&self) {
        self.0.faults.down();
        self.0.stop.cancel();
    }
}
