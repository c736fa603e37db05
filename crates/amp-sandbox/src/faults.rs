//! Faults on purpose: what networks, reverse proxies and panels do to their clients.

use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;

/// What goes wrong.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Cut,
    Slow(Duration),
    Html(u16),
    Redirect,
    SessionLost,
    LoginResult(i32),
    Status(u16),
    Garbage,
    Huge(usize),
}

impl Kind {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Slow(_) => "slow",
            Self::Html(_) => "html",
            Self::Redirect => "redirect",
            Self::SessionLost => "session lost",
            Self::LoginResult(_) => "login result",
            Self::Status(_) => "status",
            Self::Garbage => "garbage",
            Self::Huge(_) => "huge",
        }
    }
}

/// A fault to be injected: into every call, until cleared, if nothing else is said.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) kind: Kind,
    method: Option<String>,
    left: Option<u32>,
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self { kind, method: None, left: None }
    }

    /// The connection ends without an answer, and the call is not carried out.
    pub fn cut() -> Self {
        Self::new(Kind::Cut)
    }

    /// The answer takes so long, by the panel's clock. The call is carried out after that.
    pub fn slow(by: Duration) -> Self {
        Self::new(Kind::Slow(by))
    }

    /// A page of a reverse proxy with this status, mostly 502 or 504.
    pub fn html(status: u16) -> Self {
        Self::new(Kind::Html(status))
    }

    /// A redirect to the same place, for ever.
    pub fn redirect_loop() -> Self {
        Self::new(Kind::Redirect)
    }

    /// Each call that carries a session ends it first.
    pub fn session_lost() -> Self {
        Self::new(Kind::SessionLost)
    }

    /// Logins get this result, and no session.
    pub fn login_result(result: i32) -> Self {
        Self::new(Kind::LoginResult(result))
    }

    /// An empty answer with this status, for example 401 or 403.
    pub fn status(status: u16) -> Self {
        Self::new(Kind::Status(status))
    }

    /// Status 200 and a body that is no JSON.
    pub fn garbage() -> Self {
        Self::new(Kind::Garbage)
    }

    /// Status 200 and JSON of so many bytes, as some lists of AMP are megabytes long.
    pub fn huge(bytes: usize) -> Self {
        Self::new(Kind::Huge(bytes))
    }

    /// Only calls of this method: `Core/Start`.
    pub fn on(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Only so many times.
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    fn fits(&self, method: &str) -> bool {
        let login_only = matches!(self.kind, Kind::LoginResult(_)) && method != "Core/Login";
        !login_only && self.method.as_deref().is_none_or(|on| on == method)
    }
}

/// Who gets through to the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Everybody.
    #[default]
    Open,
    /// Nobody: connections are refused.
    Shut,
    /// Nobody: whoever connects gets as far as the handshake.
    NoTls,
}

/// Faults under way at the same time.
const MOST: usize = 100;

/// The faults under way.
#[derive(Debug, Default)]
pub struct Faults {
    list: Mutex<Vec<Fault>>,
    gate: watch::Sender<Gate>,
}

impl Faults {
    /// Lets it happen from now on; of several that fit a call, all slow ones and the first other one do.
    pub fn add(&self, fault: Fault) {
        let mut list = self.list.lock();
        if list.len() < MOST {
            list.push(fault);
        }
    }

    /// Ends all faults; a panel that was down or refused TLS is up again.
    pub fn clear(&self) {
        self.list.lock().clear();
        self.up();
    }

    /// The panel is down: connections are refused, those that are open end.
    pub fn down(&self) {
        self.gate.send_replace(Gate::Shut);
    }

    /// The panel is up again.
    pub fn up(&self) {
        self.gate.send_replace(Gate::Open);
    }

    /// The panel speaks no TLS with anybody: handshakes end at once, as do connections that are open.
    pub fn refuse_tls(&self) {
        self.gate.send_replace(Gate::NoTls);
    }

    /// Whether it is down.
    pub fn is_down(&self) -> bool {
        *self.gate.borrow() == Gate::Shut
    }

    pub(crate) fn watch_gate(&self) -> watch::Receiver<Gate> {
        self.gate.subscribe()
    }

    /// What happens to a call: how long it waits, and what else goes wrong.
    pub(crate) fn take(&self, method: &str) -> (Duration, Option<Kind>) {
        let mut list = self.list.lock();
        let (mut wait, mut other) = (Duration::ZERO, None);
        for fault in list.iter_mut().filter(|fault| fault.fits(method)) {
            match &fault.kind {
                Kind::Slow(by) => wait += *by,
                _ if other.is_some() => continue,
                kind => other = Some(kind.clone()),
            }
            fault.left = fault.left.map(|left| left.saturating_sub(1));
        }
        list.retain(|fault| fault.left != Some(0));
        (wait, other)
    }
}
