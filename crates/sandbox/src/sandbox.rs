//! The handle everything hangs on.

use std::net::SocketAddr;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::actor::GuildBuilder;
use crate::clock::Clock;
use crate::config::Config;
use crate::faults::{EventFaults, Holds, Lag, Latency, RestFaults, Upset};
use crate::gateway::{Gateway, Hub};
use crate::id::ApplicationId;
use crate::limits::Limits;
use crate::line::Lines;
use crate::oauth2::OAuth2;
use crate::observe::{EventLog, RequestLog, Violation, ViolationKind, Violations};
use crate::page::Pages;
use crate::pulse::{Pulse, WorldGuard};
use crate::tap::{Exchange, Tap};
use crate::world::World;

/// A running local Discord. Cloning gives another handle to the same one.
///
/// With [`Config::contract`] enforced, letting go of the last handle panics if Discord's API description was broken.
#[derive(Clone, Debug)]
pub struct Sandbox(
    Arc<Inner>,
    #[expect(dead_code, reason = "it is there to be dropped")] Option<Arc<Handle>>,
);

/// Shared by the handles outside; the server's own ones have none, so that the last one outside is noticed.
#[derive(Debug)]
struct Handle(Arc<Inner>);

impl Drop for Handle {
    fn drop(&mut self) {
        if let Some(tap) = &self.0.tap {
            tap.settle(&self.0.violations);
        }
    }
}

#[derive(Debug)]
struct Inner {
    config: Config,
    address: SocketAddr,
    clock: Clock,
    token: String,
    application: ApplicationId,
    world: Mutex<World>,
    hub: Arc<Hub>,
    limits: Limits,
    faults: RestFaults,
    holds: Holds,
    latency: Latency,
    lag: Lag,
    pulse: Pulse,
    pages: Pages,
    requests: RequestLog,
    events: EventLog,
    violations: Violations,
    tap: Option<Tap>,
    stop: CancellationToken,
}

impl Sandbox {
    /// Starts listening. Must be called inside a Tokio runtime.
    pub async fn start(config: Config) -> std::io::Result<Self> {
        let tap = Tap::open(&config.contract)?;
        let listener = TcpListener::bind(config.listen).await?;
        let own = Self::new(config, listener.local_addr()?, tap);
        let handle = Arc::new(Handle(Arc::clone(&own.0)));
        tokio::spawn(crate::server::serve(own.clone(), Lines(listener)));
        Ok(Self(own.0, Some(handle)))
    }

    /// A sandbox that says it is at `address`; whoever makes it serves it.
    pub(crate) fn new(config: Config, address: SocketAddr, tap: Option<Tap>) -> Self {
        let clock = Clock::default();
        let hub = Arc::new(Hub::new(&config, &clock));
        let world = World::new(&config, &clock, Arc::clone(&hub), format!("http://{address}"));
        let pulse = Pulse::default();
        Self(
            Arc::new(Inner {
                tap,
                address,
                token: world.application.token.clone(),
                application: world.application.id,
                limits: Limits::new(config.limits.clone(), clock.clone()),
                requests: RequestLog::new(config.request_log, pulse.clone()),
                events: EventLog::new(pulse.clone()),
                faults: RestFaults::new(clock.clone()),
                holds: Holds::default(),
                latency: Latency::new(config.rest_latency, config.callback_latency),
                lag: Lag::default(),
                violations: Violations::new(pulse.clone()),
                pulse,
                pages: Pages::default(),
                stop: CancellationToken::new(),
                world: Mutex::new(world),
                hub,
                clock,
                config,
            }),
            None,
        )
    }

    /// Stops the server and cuts every connection.
    pub fn stop(&self) {
        self.0.stop.cancel();
    }

    /// Completes when the sandbox is stopped.
    pub fn stopped(&self) -> CancellationToken {
        self.0.stop.clone()
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// `ws://127.0.0.1:PORT`: what `/gateway` and READY hand out.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.0.address)
    }

    /// The bot token it was started with; see [`Sandbox::reset_token`].
    pub fn token(&self) -> &str {
        &self.0.token
    }

    /// The application's id, also the id of the bot user.
    pub fn application_id(&self) -> ApplicationId {
        self.0.application
    }

    /// The settings it was started with.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The state, locked. Never hold it across an await.
    pub fn world(&self) -> WorldGuard<'_> {
        WorldGuard::new(self.0.world.lock(), &self.0.pulse)
    }

    /// Rate limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// REST faults.
    pub fn faults(&self) -> &RestFaults {
        &self.0.faults
    }

    /// Gateway event faults.
    pub fn event_faults(&self) -> &EventFaults {
        &self.0.hub.faults
    }

    /// Calls to hold in the middle, for crash tests.
    pub fn holds(&self) -> &Holds {
        &self.0.holds
    }

    /// How long calls are under way.
    pub fn latency(&self) -> &Latency {
        &self.0.latency
    }

    /// How far reads may be behind.
    pub fn lag(&self) -> &Lag {
        &self.0.lag
    }

    /// The gateway's control desk.
    pub fn gateway(&self) -> Gateway<'_> {
        Gateway::new(self)
    }

    /// Signing in with Discord.
    pub fn oauth2(&self) -> OAuth2<'_> {
        OAuth2::new(self)
    }

    /// The owner resets the token: connections end with 4004, calls with the old one get 401. Returns the new one.
    pub fn reset_token(&self) -> String {
        let mut world = self.world();
        world.application.reset_token();
        let token = world.application.token.clone();
        drop(world);
        self.0.hub.upset_all(Upset::Close(4004));
        token
    }

    /// Switches privileged intents on and off for the application, as in the developer portal. Connections that have
    /// one live on; IDENTIFY with a missing one gets 4014.
    pub fn set_privileged_intents(&self, bits: u64) {
        self.world().application.privileged_intents = bits & crate::world::Intents::PRIVILEGED;
    }

    /// The request log.
    pub fn requests(&self) -> &RequestLog {
        &self.0.requests
    }

    /// What the gateway sent.
    pub fn events(&self) -> &EventLog {
        &self.0.events
    }

    /// Everything the bot did against the contract so far.
    pub fn violations(&self) -> Vec<Violation> {
        self.0.violations.all()
    }

    /// Rings whenever there is a new violation.
    pub fn violation_bell(&self) -> watch::Receiver<()> {
        self.0.violations.bell()
    }

    /// Forgets the violations so far.
    pub fn forget_violations(&self) {
        self.0.violations.clear();
    }

    /// Starts a guild.
    pub fn new_guild(&self, name: &str) -> GuildBuilder {
        GuildBuilder::new(self.clone(), name)
    }

    /// Sends op 7 to every connection.
    pub fn ask_reconnect(&self) {
        self.0.hub.upset_all(Upset::Reconnect);
    }

    /// Sends op 9 to every connection.
    pub fn invalidate_sessions(&self, resumable: bool) {
        self.0.hub.upset_all(Upset::InvalidSession { resumable });
    }

    /// Closes every connection with a code.
    pub fn close_gateway(&self, code: u16) {
        self.0.hub.upset_all(Upset::Close(code));
    }

    /// Breaks every connection without a close frame.
    pub fn drop_gateway(&self) {
        self.0.hub.upset_all(Upset::Drop);
    }

    /// Asks every client for a heartbeat (op 1).
    pub fn ask_heartbeat(&self) {
        self.0.hub.upset_all(Upset::Heartbeat);
    }

    /// Number of live or resumable sessions.
    pub fn session_count(&self) -> usize {
        self.0.hub.sessions().len()
    }

    /// Where the page to click in is.
    pub fn page_url(&self) -> String {
        format!("{}/app", self.origin())
    }

    /// The seats for open pages.
    pub(crate) fn pages(&self) -> &Pages {
        &self.0.pages
    }

    /// What open pages listen to.
    pub(crate) fn pulse(&self) -> &Pulse {
        &self.0.pulse
    }

    /// Holds an exchange to Discord's API description, if the sandbox was started with it.
    pub(crate) fn judge<'a>(&self, exchange: impl FnOnce() -> Exchange<'a>) {
        if let Some(tap) = &self.0.tap {
            tap.exchange(&exchange(), &self.0.violations);
        }
    }

    /// The same for a frame on its way to a client.
    pub(crate) fn judge_frame(&self, text: &str) {
        if let Some(tap) = &self.0.tap {
            tap.frame(text, &self.0.violations);
        }
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.0.hub
    }

    pub(crate) fn note(
        &self,
        kind: ViolationKind,
        place: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.0.violations.record(kind, place, detail);
    }
}
