//! What operators watch of the reconciler.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use discord::CallError;
use domain::{GameId, plan::Op};
use parking_lot::Mutex;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use store::Backlog;

/// From one call to a big game whose calls wait for limits.
const BUCKETS: [f64; 9] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0, 120.0];
/// Games remembered to be late. Beyond, the oldest that are known count.
const MOST_LATE: usize = 4_096;

const KINDS: [&str; 10] = [
    "create_role",
    "update_role",
    "delete_role",
    "create_channel",
    "update_channel",
    "set_overwrite",
    "delete_channel",
    "place_category",
    "grant",
    "revoke",
];
const RESULTS: [&str; 4] = ["done", "refused", "later", "lost"];
const ENDS: [&str; 4] = ["settled", "stuck", "later", "nothing"];
const STATES: [&str; 3] = ["due", "waiting", "working"];

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Step {
    kind: &'static str,
    result: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct End {
    result: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct State {
    state: &'static str,
}

/// How a look at a game ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Settled,
    /// A person has to do something.
    Stuck,
    /// It failed, and is tried again.
    Later,
    /// Its guild is away, so nothing can be done and nothing is wrong with us.
    Away,
    Nothing,
}

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    depth: Family<State, Gauge>,
    oldest: Gauge,
    steps: Family<Step, Counter>,
    step_took: Family<Kind, Histogram, fn() -> Histogram>,
    looks: Family<End, Counter>,
    look_took: Histogram,
    /// Since when games are tried again and again.
    late: Arc<Mutex<HashMap<GameId, Instant>>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            depth: Family::default(),
            oldest: Gauge::default(),
            steps: Family::default(),
            step_took: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            looks: Family::default(),
            look_took: Histogram::new(BUCKETS),
            late: Arc::default(),
        };
        // What never happened counts as zero, not as unknown.
        for kind in KINDS {
            drop(metrics.step_took.get_or_create(&Kind { kind }));
            for result in RESULTS {
                drop(metrics.steps.get_or_create(&Step { kind, result }));
            }
        }
        for result in ENDS {
            drop(metrics.looks.get_or_create(&End { result }));
        }
        for state in STATES {
            drop(metrics.depth.get_or_create(&State { state }));
        }
        metrics
    }
}

impl Metrics {
    /// Shows them under these names.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "reconcile_depth",
            "Games that are owed a look: due, waiting for a later time, being worked on",
            self.depth.clone(),
        );
        registry.register_with_unit(
            "reconcile_oldest",
            "How long the game waits that has waited longest for what should be done by now",
            Unit::Seconds,
            self.oldest.clone(),
        );
        registry.register(
            "reconcile_steps",
            "Changes to Discord by kind and what came of them",
            self.steps.clone(),
        );
        registry.register_with_unit(
            "reconcile_step",
            "Time for one change to Discord, waits for limits included",
            Unit::Seconds,
            self.step_took.clone(),
        );
        registry.register(
            "reconcile_looks",
            "Looks at games by how they ended",
            self.looks.clone(),
        );
        registry.register_with_unit(
            "reconcile_look",
            "Time for one look at a game",
            Unit::Seconds,
            self.look_took.clone(),
        );
    }

    pub(crate) fn step(&self, op: &Op, error: Option<&CallError>, took: Duration) {
        let kind = kind(op);
        let result = match error {
            None => "done",
            Some(
                CallError::AnswerLost { .. }
                | CallError::BadAnswer { .. }
                | CallError::DeadlineExceeded { sent: true },
            ) => "lost",
            Some(
                CallError::Forbidden { .. }
                | CallError::Invalid { .. }
                | CallError::Unbuildable { .. },
            ) => "refused",
            Some(_) => "later",
        };
        self.steps.get_or_create(&Step { kind, result }).inc();
        self.step_took.get_or_create(&Kind { kind }).observe(took.as_secs_f64());
    }

    pub(crate) fn looked(&self, game: GameId, ended: Ended, took: Duration) {
        let result = match ended {
            Ended::Settled => "settled",
            Ended::Stuck => "stuck",
            Ended::Later | Ended::Away => "later",
            Ended::Nothing => "nothing",
        };
        self.looks.get_or_create(&End { result }).inc();
        self.look_took.observe(took.as_secs_f64());
        let mut late = self.late.lock();
        if ended != Ended::Later {
            late.remove(&game);
        } else if late.len() < MOST_LATE || late.contains_key(&game) {
            late.entry(game).or_insert_with(Instant::now);
        }
    }

    /// How much is to be done, and for how long the oldest has waited.
    pub(crate) fn stand(&self, backlog: &Backlog, oldest: Duration) {
        for (state, games) in STATES.iter().zip([backlog.due, backlog.waiting, backlog.working]) {
            let games = i64::try_from(games).unwrap_or(i64::MAX);
            self.depth.get_or_create(&State { state }).set(games);
        }
        self.oldest.set(i64::try_from(oldest.as_secs()).unwrap_or(i64::MAX));
    }

    /// For how long the game that has failed longest has done so.
    pub(crate) fn latest(&self) -> Duration {
        let late = self.late.lock();
        late.values().min().map(Instant::elapsed).unwrap_or_default()
    }
}

fn kind(op: &Op) -> &'static str {
    match op {
        Op::CreateRole { .. } => "create_role",
        Op::UpdateRole { .. } => "update_role",
        Op::DeleteRole { .. } => "delete_role",
        Op::CreateChannel { .. } => "create_channel",
        Op::UpdateChannel { .. } => "update_channel",
        Op::SetOverwrite { .. } => "set_overwrite",
        Op::DeleteChannel { .. } => "delete_channel",
        Op::PlaceCategory { .. } => "place_category",
        Op::Grant { .. } => "grant",
        Op::Revoke { .. } => "revoke",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::GameId;

    use super::{Ended, Metrics};

    #[test]
    fn only_what_fails_grows_old() {
        let metrics = Metrics::default();
        let look = |game, ended| metrics.looked(GameId(game), ended, Duration::ZERO);
        look(1, Ended::Away);
        look(2, Ended::Stuck);
        assert_eq!(metrics.latest(), Duration::ZERO, "nothing that we could do is left undone");
        look(3, Ended::Later);
        std::thread::sleep(Duration::from_millis(5));
        look(3, Ended::Later);
        assert!(metrics.latest() >= Duration::from_millis(5), "it counts from the first failure");
        look(3, Ended::Settled);
        assert_eq!(metrics.latest(), Duration::ZERO);
    }
}
