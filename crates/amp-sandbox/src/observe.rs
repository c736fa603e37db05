//! What was asked of the panel, and what should not have been.

use std::collections::VecDeque;

use parking_lot::Mutex;
use serde_json::Value;
use tokio::sync::watch;

use crate::clock::Millis;
use crate::id::InstanceId;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or accepted.
    Done,
    /// `Status` false, with this reason.
    Refused(String),
    /// Login's `result`.
    Login(i32),
    /// No such session.
    NoSession,
    /// This node is missing.
    NotPermitted(String),
    /// The instance's daemon is down.
    Unavailable,
    /// Nothing AMP can make sense of.
    Wrong(String),
    /// A fault was injected.
    Fault(&'static str),
}

/// One request.
#[derive(Clone, Debug)]
pub struct Request {
    /// When, by the panel's clock.
    pub at: Millis,
    /// `Core/Start`.
    pub method: String,
    /// The instance it was sent to through the controller.
    pub instance: Option<InstanceId>,
    /// The user of the session, or who wants to log in.
    pub user: Option<String>,
    /// The arguments, without passwords, tokens and sessions; `null` when they were too long to keep.
    pub arguments: Value,
    /// What became of it.
    pub outcome: Outcome,
}

/// A bounded log of requests.
#[derive(Debug)]
pub struct Requests {
    list: Mutex<VecDeque<Request>>,
    keep: usize,
}

impl Requests {
    pub(crate) fn new(keep: usize) -> Self {
        Self { list: Mutex::default(), keep: keep.max(1) }
    }

    pub(crate) fn add(&self, request: Request) {
        let mut list = self.list.lock();
        if list.len() >= self.keep {
            list.pop_front();
        }
        list.push_back(request);
    }

    /// All that are kept, oldest first.
    pub fn all(&self) -> Vec<Request> {
        self.list.lock().iter().cloned().collect()
    }

    /// Those of a method, as in `of("Core/Start")`.
    pub fn of(&self, method: &str) -> Vec<Request> {
        self.list.lock().iter().filter(|request| request.method == method).cloned().collect()
    }

    /// Forgets them.
    pub fn clear(&self) {
        self.list.lock().clear();
    }
}

/// Kinds of violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    /// No version of AMP is known to have this method.
    UnknownMethod,
    /// A parameter that the method does not have, or of another type, or one it needs is missing.
    Parameter,
    /// No `Accept` that AMP takes.
    Accept,
    /// A header `SESSIONID`, which AMP does not look at.
    SessionHeader,
    /// Not a POST, or no JSON object.
    Form,
    /// A session in the body, on a version that has deprecated it. Works, and fills AMP's log.
    Deprecated,
}

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Kind.
    pub kind: ViolationKind,
    /// `Core/Start`, or the path.
    pub place: String,
    /// What.
    pub detail: String,
}

/// More than this many are not kept: by then the test has failed anyway.
const VIOLATIONS: usize = 1_000;
/// Letters kept of what a client wrote.
const LONGEST: usize = 200;

#[derive(Debug, Default)]
pub(crate) struct Violations {
    list: Mutex<Vec<Violation>>,
    /// Rings with every new one.
    bell: watch::Sender<()>,
}

impl Violations {
    pub(crate) fn note(&self, kind: ViolationKind, place: &str, detail: impl Into<String>) {
        let mut list = self.list.lock();
        if list.len() < VIOLATIONS {
            let short = |text: &str| text.chars().take(LONGEST).collect();
            let violation = Violation { kind, place: short(place), detail: short(&detail.into()) };
            tracing::warn!(?violation, "against AMP's API");
            list.push(violation);
            self.bell.send_replace(());
        }
    }

    pub(crate) fn all(&self) -> Vec<Violation> {
        self.list.lock().clone()
    }

    pub(crate) fn clear(&self) {
        self.list.lock().clear();
    }

    pub(crate) fn bell(&self) -> watch::Receiver<()> {
        self.bell.subscribe()
    }
}
