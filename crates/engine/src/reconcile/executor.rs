//! The executor: journals each step before it acts, runs independent steps side by side.
//!
//! This is the one door through which games change Discord. A step's journal entry is committed
//! before its call is made; its outcome, and what follows from it in the database, in one
//! transaction after.

use discord::CallError;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    Game,
    plan::{Binding, Bindings, ObservedGuild, Op, Plan, Problem, Step},
};
use store::{JournalStatus, Tx, WorkItem};
use tokio::task::JoinSet;

use super::{SOON_MS, call::Answer, journaled::Journaled};
use crate::{Engine, Fault, Notice, Progress};

/// Calls of one game under way at once.
const MAX_CALLS_AT_ONCE: usize = 16;

/// How executing a plan ended.
pub(super) enum Executed {
    /// Every step is done. Look again.
    Done,
    /// Discord refused some steps for good; what did not depend on them is done.
    Refused(Vec<Problem>),
    /// Some steps failed in a way that time may heal, or their answers were lost.
    Later { after_ms: Option<i64>, why: String },
}

/// Where a step stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Done,
    Failed,
}

struct Run<'a> {
    engine: &'a Engine,
    item: &'a WorkItem,
    game: &'a Game,
    steps: Vec<Step>,
    states: Vec<State>,
    bindings: Bindings,
    refused: Vec<Problem>,
    later: Option<(Option<i64>, String)>,
}

/// One finished call.
struct Finished {
    step: usize,
    journal: i64,
    result: Result<Answer, CallError>,
    took: Duration,
}

impl Engine {
    /// Carries out a plan.
    pub(super) async fn execute(
        &self,
        item: &WorkItem,
        game: &Game,
        plan: Plan,
        bindings: Bindings,
        guild: &Arc<ObservedGuild>,
        mark: &str,
    ) -> Result<Executed, Fault> {
        let states = vec![State::Waiting; plan.steps.len()];
        let mut run = Run {
            engine: self,
            item,
            game,
            steps: plan.steps,
            states,
            bindings,
            refused: Vec::new(),
            later: None,
        };
        let mut calls: JoinSet<Finished> = JoinSet::new();
        loop {
            let ready = run.ready(MAX_CALLS_AT_ONCE.saturating_sub(calls.len()));
            if !ready.is_empty() {
                for (step, journaled) in run.journal(&ready).await? {
                    let (engine, game, guild) = (self.clone(), game.clone(), Arc::clone(guild));
                    let (bindings, mark) = (run.bindings.clone(), mark.to_owned());
                    calls.spawn(async move {
                        let (journal, began) = (journaled.entry(), Instant::now());
                        let result = engine.call(&game, journaled, &bindings, &guild, &mark).await;
                        Finished { step, journal, result, took: began.elapsed() }
                    });
                }
            }
            let Some(first) = calls.join_next().await else { break };
            // Take what else has finished along, so that a hundred grants are not a hundred
            // transactions.
            let mut finished = vec![first];
            while let Some(more) = calls.try_join_next() {
                finished.push(more);
            }
            // A call that panicked leaves its journal entry open, like a lost answer.
            let finished: Vec<Finished> = finished.into_iter().filter_map(Result::ok).collect();
            run.finish(finished).await?;
        }
        Ok(run.end())
    }

    /// Lengthens the lease; an error when it was lost, and with it the right to write.
    pub(super) async fn still_ours(&self, tx: &Tx, item: &WorkItem) -> Result<(), Fault> {
        let until = self.lease_now() + self.inner.fleet.lease_ms();
        if tx.extend_lease(item, until).await? { Ok(()) } else { Err(Fault::LeaseLost(item.game)) }
    }
}

impl Run<'_> {
    /// Steps that may start now. After a temporary failure nothing new is started.
    fn ready(&self, limit: usize) -> Vec<usize> {
        if self.later.is_some() {
            return Vec::new();
        }
        let done = |index: &usize| self.states.get(*index) == Some(&State::Done);
        (0..self.steps.len())
            .filter(|index| self.states[*index] == State::Waiting)
            .filter(|index| self.steps[*index].after.iter().all(done))
            .take(limit)
            .collect()
    }

    /// Writes the intention, before anything is asked of Discord.
    async fn journal(&mut self, ready: &[usize]) -> Result<Vec<(usize, Journaled)>, Fault> {
        let ops = ready.iter().map(|step| self.steps[*step].op.clone()).collect();
        let written = self.engine.journal(self.item, self.game, ops).await?;
        for step in ready {
            self.states[*step] = State::Running;
        }
        Ok(ready.iter().copied().zip(written).collect())
    }

    /// Writes what became of calls, with everything that follows, in one transaction.
    async fn finish(&mut self, finished: Vec<Finished>) -> Result<(), Fault> {
        let tx = self.engine.store().begin().await?;
        let mut outcomes = Vec::with_capacity(finished.len());
        let mut closed = Vec::with_capacity(finished.len());
        for one in finished {
            let op = self.steps[one.step].op.clone();
            self.engine.inner.metrics.step(&op, one.result.as_ref().err(), one.took);
            let state = match one.result {
                Ok(answer) => {
                    closed.push(one.journal);
                    self.succeeded(&tx, one.journal, &op, &answer).await?;
                    State::Done
                }
                Err(error) => {
                    self.failed(&tx, one.journal, &op, &error).await?;
                    State::Failed
                }
            };
            outcomes.push((one.step, state, op));
        }
        // Otherwise whoever took the game over closes these entries, and may have done so. Last,
        // because who joins and leaves takes the seat before the game's work, too: the other way
        // round, PostgreSQL would let one of the two fail.
        self.engine.still_ours(&tx, self.item).await?;
        tx.commit().await?;
        for entry in closed {
            self.engine.inner.ages.closed(entry);
        }
        for (step, state, op) in outcomes {
            self.states[step] = state;
            if state == State::Done {
                self.tell(&op);
            }
        }
        Ok(())
    }

    async fn succeeded(
        &mut self,
        tx: &Tx,
        journal: i64,
        op: &Op,
        answer: &Answer,
    ) -> Result<(), Fault> {
        let now = self.engine.clock().now();
        let game = self.game.id;
        let mut made = None;
        match (op, answer) {
            (op, Answer::Made(id)) => {
                made = Some(*id);
                if let Some((slot, applied)) = op.made() {
                    tx.bind(game, slot, *id, applied, now).await?;
                    self.bindings.insert(slot, Binding { id: *id, applied });
                }
            }
            (
                Op::UpdateRole { slot, applied, .. }
                | Op::UpdateChannel { slot, applied, .. }
                | Op::SetOverwrite { slot, applied, .. },
                Answer::Done,
            ) => tx.set_applied(game, *slot, *applied).await?,
            (Op::DeleteRole { slot, .. } | Op::DeleteChannel { slot, .. }, _) => {
                tx.unbind(game, *slot).await?;
            }
            (Op::Grant { user, slot }, Answer::Done) => {
                tx.saw_grant(game, *user, *slot, true).await?;
            }
            (Op::Revoke { user, slot }, Answer::Done) => {
                tx.saw_grant(game, *user, *slot, false).await?;
            }
            (Op::Grant { user, .. } | Op::Revoke { user, .. }, Answer::Absent) => {
                tx.set_presence(self.game.guild, *user, false).await?;
            }
            _ => {}
        }
        tx.journal_outcome(journal, JournalStatus::Done, made, None, now).await?;
        Ok(())
    }

    async fn failed(
        &mut self,
        tx: &Tx,
        journal: i64,
        op: &Op,
        error: &CallError,
    ) -> Result<(), Fault> {
        let now = self.engine.clock().now();
        tracing::info!(game = %self.game.id, step = journal, %op, %error, "a step failed");
        let unknown = matches!(
            error,
            CallError::AnswerLost { .. }
                | CallError::BadAnswer { .. }
                | CallError::DeadlineExceeded { sent: true }
        );
        if unknown {
            // The entry stays open: the next look searches for our mark before it tries again.
            self.postpone(Some(SOON_MS), error);
            return Ok(());
        }
        let text = Some(error.to_string());
        tx.journal_outcome(journal, JournalStatus::Failed, None, text, now).await?;
        if let Some(full) = no_room(error) {
            self.refused.push(full);
            return Ok(());
        }
        match error {
            CallError::Forbidden { code, message } | CallError::Invalid { code, message, .. } => {
                self.refused.push(Problem::Refused {
                    step: op.to_string(),
                    code: *code,
                    message: message.clone(),
                });
            }
            CallError::Unbuildable { why } => self.refused.push(Problem::Refused {
                step: op.to_string(),
                code: 0,
                message: why.clone(),
            }),
            // Something the step refers to is gone: a fresh plan knows better.
            CallError::NotFound { .. } => self.postpone(Some(SOON_MS), error),
            _ => {
                let after = error.retry_after().map(|wait| {
                    i64::try_from(wait.as_millis()).unwrap_or(i64::MAX).saturating_add(50)
                });
                self.postpone(after, error);
            }
        }
        Ok(())
    }

    fn postpone(&mut self, after_ms: Option<i64>, error: &CallError) {
        // The longest wait wins: the others have to wait for it anyway.
        let after = match &self.later {
            Some((Some(known), _)) => after_ms.map(|ms| ms.max(*known)),
            Some((None, _)) => None,
            None => after_ms,
        };
        self.later = Some((after, error.to_string()));
    }

    fn tell(&self, op: &Op) {
        let done = self.states.iter().filter(|state| **state == State::Done).count();
        let progress = Progress {
            done,
            total: self.steps.len(),
            step: Some(op.to_string()),
            ..Progress::default()
        };
        let (guild, game) = (self.game.guild, self.game.id);
        self.engine.inner.running.set(game, progress.clone());
        self.engine.tell(Notice::Progress { guild, game, progress });
    }

    fn end(self) -> Executed {
        if let Some((after_ms, why)) = self.later {
            return Executed::Later { after_ms, why };
        }
        if self.refused.is_empty() { Executed::Done } else { Executed::Refused(self.refused) }
    }
}

/// Discord's limits, reached by somebody else since the plan was made.
fn no_room(error: &CallError) -> Option<Problem> {
    let CallError::Invalid { code, errors, .. } = error else { return None };
    let (needed, left) = (1, 0);
    match code {
        30_005 => Some(Problem::RolesFull { needed, left }),
        30_013 => Some(Problem::ChannelsFull { needed, left }),
        _ if errors.iter().any(|field| field.code == "CHANNEL_PARENT_MAX_CHANNELS") => {
            Some(Problem::CategoryFull { needed, left })
        }
        _ => None,
    }
}
