//! One look at one game.

use std::sync::Arc;

use domain::{
    Game, Phase,
    audit::Outcome,
    plan::{self, Bindings, ObservedGuild, Plan, Problem},
};
use store::WorkItem;
use tokio::time::Instant;
use tracing::Instrument as _;

use super::{FAULT_SLEEP, LONGEST_WAIT_MS, SOON_MS, executor::Executed, restored};
use crate::{Engine, Fault, Notice, metrics::Ended};

/// Rounds of plan and execute before a game is put off: two are normal (do, verify); more means
/// that somebody keeps changing things under our hands.
const MAX_ROUNDS: usize = 8;
/// First wait after a failure that time may heal; doubles with each one in a row.
const FIRST_BACKOFF_MS: i64 = 500;
/// Longest wait after a failure that time may heal.
const MAX_BACKOFF_MS: i64 = 5 * 60 * 1000;
/// How often in a row a game is looked at again at once.
const SOON_AT_MOST: u32 = 2;
/// How long a game with a problem rests before it is tried again by itself.
const PROBLEM_REST_MS: i64 = 10 * 60 * 1000;

/// Why a game waits whose guild is not there.
const AWAY: &str = "the server is not available on Discord";

/// How a look ended.
enum Rest {
    /// Discord shows what should be.
    Settled { generation: i64, phase: Phase },
    /// A person has to do something.
    Stuck { generation: i64, problems: Vec<Problem> },
    /// The guild is not there; its arrival wakes its games.
    Away,
    /// Time may help.
    Later { after_ms: Option<i64>, why: String },
    /// The row is gone or done with.
    Nothing,
}

impl Rest {
    fn ended(&self) -> Ended {
        match self {
            Self::Settled { .. } => Ended::Settled,
            Self::Stuck { .. } => Ended::Stuck,
            Self::Away => Ended::Away,
            Self::Later { .. } => Ended::Later,
            Self::Nothing => Ended::Nothing,
        }
    }
}

impl Engine {
    /// Works on one claimed game until it rests. Never fails: a fault puts the game off.
    pub(super) async fn reconcile_game(&self, item: WorkItem, mark: &str) {
        let began = Instant::now();
        let span = tracing::debug_span!("look", guild.id = %item.guild, game.id = %item.game);
        let rest = match self.look(&item, mark).instrument(span).await {
            Ok(rest) => rest,
            Err(error) => {
                match &error {
                    // Somebody else works on it: nothing is wrong.
                    Fault::LeaseLost(game) => tracing::info!(%game, "another process took over"),
                    error => self.complain("working on a game failed", error),
                }
                Rest::Later { after_ms: None, why: error.to_string() }
            }
        };
        self.inner.metrics.looked(item.game, rest.ended(), began.elapsed());
        self.inner.running.clear(item.game);
        self.put_to_rest_patiently(&item, rest).await;
        self.tell(Notice::Games(item.guild));
        self.tell(Notice::Audit(item.guild));
        self.tell(Notice::Rested { guild: item.guild, game: item.game });
    }

    async fn look(&self, item: &WorkItem, mark: &str) -> Result<Rest, Fault> {
        let mut refused: Vec<Problem> = Vec::new();
        for _ in 0..MAX_ROUNDS {
            let Some(record) = self.store().game(item.game).await? else {
                return Ok(Rest::Nothing);
            };
            if record.gone {
                return Ok(Rest::Nothing);
            }
            let game = record.game;
            if self.cache().guild(game.guild).is_none() {
                // The guild's arrival wakes its games; until then they are looked at ever less.
                return Ok(Rest::Away);
            }
            if self.awaits_members(game.guild) {
                return Ok(Rest::Later {
                    after_ms: Some(restored::SOON_MS),
                    why: "members are looked at first, after a restore".to_owned(),
                });
            }
            if let Some(again) = self.settle_open_intents(&game, mark).await? {
                return Ok(Rest::Later {
                    after_ms: Some(again),
                    why: "Discord's audit log is behind".to_owned(),
                });
            }
            self.confirm_missing(&game).await?;
            if self.accept_deletions(&game).await? {
                continue;
            }
            let (plan, bindings, guild) = self.plan_for(&game, item.repair).await?;
            self.remember_plan(&game, &plan, &bindings, item.repair).await?;
            let generation = game.generation;
            if plan.steps.is_empty() || !refused.is_empty() {
                let mut problems = plan.problems;
                // Of one limit the plan knows better by now, if it knows of it at all.
                let same = |a: &Problem, b: &Problem| {
                    a == b
                        || (a.is_room() && std::mem::discriminant(a) == std::mem::discriminant(b))
                };
                for problem in refused {
                    if !problems.iter().any(|known| same(known, &problem)) {
                        problems.push(problem);
                    }
                }
                return Ok(if problems.is_empty() {
                    Rest::Settled { generation, phase: game.phase }
                } else {
                    Rest::Stuck { generation, problems }
                });
            }
            match self.execute(item, &game, plan, bindings, &guild, mark).await? {
                Executed::Done => {}
                Executed::Refused(problems) => refused = problems,
                Executed::Later { after_ms, why } => return Ok(Rest::Later { after_ms, why }),
            }
        }
        Ok(Rest::Later {
            after_ms: None,
            why: "the game kept changing while it was worked on".to_owned(),
        })
    }

    /// What Discord needs to show this game as it should be, with what was compared.
    pub(crate) async fn plan_for(
        &self,
        game: &Game,
        repair: bool,
    ) -> Result<(Plan, Bindings, Arc<ObservedGuild>), Fault> {
        let guild = self.guild(game.guild)?;
        let bindings = self.store().bindings(game.id).await?;
        let seats = self.store().seats(game.id).await?;
        let settings = self.store().settings(game.guild).await?;
        let archive = self.archive_beside(game).await?;
        let desired = plan::desired(game, &seats, &bindings, &guild);
        let plan = plan::plan(&plan::Input {
            desired: &desired,
            bindings: &bindings,
            guild: &guild,
            archive: &archive,
            policy: settings.drift_policy,
            repair,
        });
        Ok((plan, bindings, guild))
    }

    /// Until it is written or the lease is over: then another look finds everything in the journal.
    /// Giving up at once would leave the game alone for the whole lease.
    async fn put_to_rest_patiently(&self, item: &WorkItem, rest: Rest) {
        let until = Instant::now() + self.inner.fleet.lease();
        while let Err(error) = self.put_to_rest(item, &rest).await {
            self.complain("how a game ended could not be written", &error);
            if !error.is_database_away() || Instant::now() >= until {
                return;
            }
            tokio::time::sleep(FAULT_SLEEP).await;
        }
    }

    async fn put_to_rest(&self, item: &WorkItem, rest: &Rest) -> Result<(), Fault> {
        let now = self.clock().now();
        let freed = matches!(rest, Rest::Settled { phase, .. } if *phase != Phase::Active);
        let tx = self.store().begin().await?;
        match rest {
            Rest::Settled { generation, phase } => {
                let gone = *phase == Phase::Deleted;
                if gone {
                    for slot in tx.bindings(item.game).await?.into_keys() {
                        tx.unbind(item.game, slot).await?;
                    }
                }
                tx.settle_game(item.game, Some(*generation), &[], gone).await?;
                tx.settle_audit(item.game, *generation, Outcome::Done).await?;
                tx.finish_work(item).await?;
            }
            Rest::Stuck { generation, problems } => {
                let why = problems.first().map(ToString::to_string).unwrap_or_default();
                tracing::info!(game = %item.game, problem = why, "a game has a problem");
                tx.settle_game(item.game, None, problems, false).await?;
                tx.settle_audit(item.game, *generation, Outcome::Failed).await?;
                tx.postpone_work(item, now + PROBLEM_REST_MS, 0, &why).await?;
            }
            Rest::Away => {
                let attempts = item.attempts.saturating_add(1);
                let wait = backoff(attempts, now).clamp(1, LONGEST_WAIT_MS);
                tx.postpone_work(item, now + wait, attempts, AWAY).await?;
            }
            Rest::Later { after_ms, why } => {
                let attempts = item.attempts.saturating_add(1);
                let wait = match *after_ms {
                    Some(SOON_MS) if attempts > SOON_AT_MOST => {
                        backoff(attempts - SOON_AT_MOST, now)
                    }
                    Some(ms) => ms,
                    None => backoff(attempts, now),
                };
                let wait = wait.clamp(1, LONGEST_WAIT_MS);
                tx.postpone_work(item, now + wait, attempts, why).await?;
            }
            Rest::Nothing => {
                tx.finish_work(item).await?;
            }
        }
        tx.commit().await?;
        if freed {
            self.wake_crowded(item.guild).await?;
        }
        Ok(())
    }
}

/// Doubles with each failure, with the clock's last digits as jitter so that games that failed
/// together do not all come back together.
fn backoff(attempts: u32, now: i64) -> i64 {
    let doubled = FIRST_BACKOFF_MS.saturating_mul(1_i64 << attempts.saturating_sub(1).min(16));
    let wait = doubled.min(MAX_BACKOFF_MS);
    wait + now.rem_euclid(wait / 4 + 1)
}

#[cfg(test)]
mod tests {
    use super::backoff;

    #[test]
    fn pauses_grow_from_half_a_second_to_five_minutes_and_a_quarter_of_it() {
        for now in [0, 1_234_567, -1] {
            let waits: Vec<i64> = (1..=40).map(|attempts| backoff(attempts, now)).collect();
            assert!((500..=625).contains(&waits[0]), "{waits:?}");
            let doubles = |pair: &[i64]| pair[1] >= pair[0] * 8 / 5;
            assert!(waits[..10].windows(2).all(doubles), "{waits:?}");
            assert!(waits[10..].iter().all(|wait| (300_000..=375_000).contains(wait)), "{waits:?}");
        }
    }
}
