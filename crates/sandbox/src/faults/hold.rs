//! Holding a call in the middle, so that a test can kill the bot at exactly that point.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::Method;
use parking_lot::Mutex;
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::sync::watch;

use super::kind::Moment;
use crate::rest::RouteInfo;

/// Which call to hold, counted from the order on.
///
/// Without an operation every mutating call with the bot's token counts. Answers to interactions do not: they
/// change nothing that outlives the interaction. Calls stopped by a fault or a limit never count.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct Hold {
    /// 1 for the next one.
    pub nth: u32,
    /// Before or after it takes effect.
    pub moment: Moment,
    /// Only calls of this operationId count.
    pub operation: Option<String>,
}

impl Hold {
    /// Holds the `nth` call before it takes effect.
    pub fn before(nth: u32) -> Self {
        Self { nth, moment: Moment::Before, operation: None }
    }

    /// Holds the `nth` call after it took effect, before it is answered.
    pub fn after(nth: u32) -> Self {
        Self { moment: Moment::After, ..Self::before(nth) }
    }

    /// Counts only calls of this operationId.
    pub fn of(self, operation: &str) -> Self {
        Self { operation: Some(operation.to_owned()), ..self }
    }

    fn counts(&self, route: &RouteInfo) -> bool {
        match &self.operation {
            Some(operation) => operation == route.operation,
            None => route.method != Method::GET && route.auth.takes_bot(),
        }
    }
}

/// The call that hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCall {
    /// Its operationId.
    pub operation: &'static str,
    /// Its path.
    pub path: String,
}

/// How far a hold has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    Reached(HeldCall),
    Released,
    Cut,
}

type Gate = watch::Sender<Stage>;

/// A hold on order. Dropping it lets the call go on.
#[derive(Debug)]
pub struct Held(Option<Arc<Gate>>);

impl Held {
    /// Waits until the call hangs (or the hold was lifted before it came: then `None`).
    pub async fn reached(&self) -> Option<HeldCall> {
        let mut stages = self.0.as_ref()?.subscribe();
        match &*stages.wait_for(|stage| *stage != Stage::Waiting).await.ok()? {
            Stage::Reached(call) => Some(call.clone()),
            _ => None,
        }
    }

    /// Lets the call go on.
    pub fn release(self) {}

    /// Breaks the call's connection. Held before its effect, it never takes effect.
    pub fn cut(mut self) {
        if let Some(gate) = self.0.take() {
            gate.send_replace(Stage::Cut);
        }
    }

    /// Keeps the hold in place without this handle; [`Holds::release_all`] or [`Holds::cut_all`] lifts it.
    pub fn leave(mut self) {
        self.0 = None;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(gate) = self.0.take() {
            gate.send_replace(Stage::Released);
        }
    }
}

/// All holds on order.
#[derive(Debug, Default)]
pub struct Holds {
    any: AtomicBool,
    list: Mutex<Vec<(Hold, Arc<Gate>)>>,
    /// Holds whose call has come and which are not lifted yet.
    reached: Mutex<Vec<Arc<Gate>>>,
}

impl Holds {
    /// Orders a hold.
    pub fn order(&self, hold: Hold) -> Held {
        let gate = Arc::new(watch::Sender::new(Stage::Waiting));
        let mut list = self.list.lock();
        list.push((hold, Arc::clone(&gate)));
        self.any.store(true, Ordering::Release);
        Held(Some(gate))
    }

    /// The calls that hang now.
    pub fn hanging(&self) -> Vec<HeldCall> {
        let reached = self.reached.lock();
        let calls = reached.iter().filter_map(|gate| match &*gate.borrow() {
            Stage::Reached(call) => Some(call.clone()),
            _ => None,
        });
        calls.collect()
    }

    /// Lifts all holds, also those not reached yet.
    pub fn release_all(&self) {
        self.lift(&Stage::Released);
    }

    /// Breaks all hanging calls and lifts the holds not reached yet.
    pub fn cut_all(&self) {
        self.lift(&Stage::Cut);
    }

    fn lift(&self, stage: &Stage) {
        let mut list = self.list.lock();
        for (_, gate) in list.drain(..) {
            gate.send_replace(Stage::Released);
        }
        self.any.store(false, Ordering::Release);
        drop(list);
        for gate in self.reached.lock().drain(..) {
            gate.send_replace(stage.clone());
        }
    }

    pub(crate) fn is_idle(&self) -> bool {
        !self.any.load(Ordering::Acquire)
    }

    /// Counts a call about to take effect; a ticket when it is one to hold.
    pub(crate) fn ticket(&self, route: &RouteInfo) -> Option<Ticket> {
        let mut list = self.list.lock();
        list.retain(|(_, gate)| *gate.borrow() == Stage::Waiting);
        let mut found = None;
        for (at, (hold, _)) in list.iter_mut().enumerate() {
            if hold.counts(route) {
                hold.nth = hold.nth.saturating_sub(1);
                if hold.nth == 0 && found.is_none() {
                    found = Some(at);
                }
            }
        }
        let ticket = found.map(|at| list.remove(at));
        self.any.store(!list.is_empty(), Ordering::Release);
        drop(list);
        let (hold, gate) = ticket?;
        let mut reached = self.reached.lock();
        reached.retain(|gate| matches!(*gate.borrow(), Stage::Reached(_) | Stage::Waiting));
        reached.push(Arc::clone(&gate));
        Some(Ticket { moment: hold.moment, gate })
    }
}

/// How a held call goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    On,
    Cut,
}

/// A call's own hold.
#[derive(Debug)]
pub(crate) struct Ticket {
    moment: Moment,
    gate: Arc<Gate>,
}

impl Ticket {
    /// Hangs here if this is the moment.
    pub(crate) async fn wait(&self, moment: Moment, route: &RouteInfo, path: &str) -> Go {
        if self.moment != moment {
            return Go::On;
        }
        self.gate.send_if_modified(|stage| {
            let first = *stage == Stage::Waiting;
            if first {
                let call = HeldCall { operation: route.operation, path: path.to_owned() };
                *stage = Stage::Reached(call);
            }
            first
        });
        let mut stages = self.gate.subscribe();
        let lifted = |stage: &Stage| matches!(stage, Stage::Released | Stage::Cut);
        match stages.wait_for(lifted).await.as_deref() {
            Ok(Stage::Cut) => Go::Cut,
            _ => Go::On,
        }
    }
}
