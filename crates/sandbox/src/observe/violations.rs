//! Things a bot did that Discord may tolerate but a careful bot must not do.

use parking_lot::Mutex;
use tokio::sync::watch;

use crate::pulse::Pulse;

/// Kinds of violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    /// No such route.
    UnknownRoute,
    /// A body key that the API reference does not list; ignored on the wire, as Discord does.
    UnknownField,
    /// A gateway message that breaks the protocol.
    Gateway,
    /// An interaction answered against the rules (late, twice, wrong kind).
    Interaction,
    /// Something said by either side that breaks Discord's published API description.
    Contract,
}

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Kind.
    pub kind: ViolationKind,
    /// Where: the operationId, or method and path.
    pub place: String,
    /// What.
    pub detail: String,
}

/// More than this many are not kept: by then the test has failed anyway.
const KEEP: usize = 1_000;

/// The list of violations.
#[derive(Debug)]
pub struct Violations {
    list: Mutex<Vec<Violation>>,
    /// Rings with every new one.
    bell: watch::Sender<()>,
    pulse: Pulse,
}

impl Violations {
    pub(crate) fn new(pulse: Pulse) -> Self {
        Self { list: Mutex::default(), bell: watch::Sender::default(), pulse }
    }

    pub(crate) fn record(
        &self,
        kind: ViolationKind,
        place: impl Into<String>,
        detail: impl Into<String>,
    ) {
        let mut list = self.list.lock();
        if list.len() < KEEP {
            let violation = Violation { kind, place: place.into(), detail: detail.into() };
            tracing::warn!(?violation, "contract violation");
            list.push(violation);
            self.bell.send_replace(());
            self.pulse.beat();
        }
    }

    /// All violations so far.
    pub fn all(&self) -> Vec<Violation> {
        self.list.lock().clone()
    }

    pub(crate) fn bell(&self) -> watch::Receiver<()> {
        self.bell.subscribe()
    }

    /// Forgets them.
    pub fn clear(&self) {
        self.list.lock().clear();
        self.pulse.beat();
    }
}
