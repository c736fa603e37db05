//! Backups by themselves: daily, proven weekly, old ones removed. Of several processes on a database
//! one does it.

use std::time::Duration;

use jiff::Timestamp;
use store::Store;
use tokio_util::sync::CancellationToken;

use crate::{BackupError, Facts, Place, create, prune, schedule, verify};

/// Who does it, as a fact in the database.
const DUTY: &str = "backup.keeper";
/// How long others wait for one that died at it.
const LEASE_MS: i64 = 10 * 60 * 1_000;
/// How often it is taken for longer.
const RENEW: Duration = Duration::from_mins(2);
/// After a failure.
const AGAIN: Duration = Duration::from_hours(1);

/// See the module.
pub struct Keeper {
    place: Place,
    store: Store,
    glance: Duration,
    grace: Duration,
}

impl Keeper {
    /// A keeper for this installation; `store` is the bot's own.
    pub fn new(place: Place, store: Store) -> Self {
        // A bot that comes back after a night has better things to do first.
        Self { place, store, glance: Duration::from_secs(30), grace: Duration::from_secs(10) }
    }

    /// The same, looking more often: for tests.
    pub fn hasty(self, glance: Duration) -> Self {
        Self { glance, grace: Duration::ZERO, ..self }
    }

    /// Works until cancelled. A backup under way is given up then; nothing half is left.
    pub async fn run(self, stop: CancellationToken) {
        let settings = &self.place.settings;
        if settings.at.is_none() && settings.verify_on.is_none() {
            return;
        }
        if settings.verify_on.is_some() && !settings.can_prove() {
            tracing::info!(
                "backups are not proven here, since their key is kept elsewhere: run `gamekeeper \
                 backup verify latest` where it is"
            );
        }
        let mut rest = self.grace;
        while stop.run_until_cancelled(tokio::time::sleep(rest)).await.is_some() {
            let done = stop.run_until_cancelled(Box::pin(self.look())).await;
            rest = match done {
                None => return,
                Some(Ok(())) => self.glance,
                Some(Err(error)) => {
                    tracing::error!(%error, "a backup by itself failed; it is tried again in an hour");
                    AGAIN
                }
            };
        }
    }

    async fn look(&self) -> Result<(), BackupError> {
        let facts = Facts::read(&self.store).await?;
        let now = Timestamp::now();
        let settings = &self.place.settings;
        let made = facts.last.as_ref().map(|last| last.at);
        let proven = facts.verified.as_ref().map(|verified| verified.at);
        let missed = |slot: Option<Timestamp>, last: Option<Timestamp>| {
            slot.is_some_and(|slot| last.is_none_or(|last| last < slot))
        };
        let create_now = missed(schedule::last_backup(settings, now), made);
        // There is something to prove, and a key to do it with.
        let provable = (create_now || made.is_some()) && settings.can_prove();
        let verify_now = provable && missed(schedule::last_verify(settings, now), proven);
        if !create_now && !verify_now {
            return Ok(());
        }
        if !self.take_duty().await? {
            return Ok(());
        }
        let work = async {
            if create_now {
                self.create().await?;
            }
            if verify_now { self.verify().await } else { Ok(()) }
        };
        tokio::select! {
            done = work => done,
            lost = self.renew() => lost,
        }
    }

    async fn take_duty(&self) -> Result<bool, BackupError> {
        let now = Timestamp::now().as_millisecond();
        Ok(self.store.take_duty(DUTY, &self.place.instance, now, LEASE_MS).await?)
    }

    /// Ends only when somebody else does the work.
    async fn renew(&self) -> Result<(), BackupError> {
        loop {
            tokio::time::sleep(RENEW).await;
            if !self.take_duty().await.unwrap_or(true) {
                return Err(BackupError::Died("another process makes the backup".to_owned()));
            }
        }
    }

    async fn create(&self) -> Result<(), BackupError> {
        let created = create(&self.place).await?;
        let (name, rows) = (created.name().to_owned(), created.manifest.rows());
        let bytes = created.manifest.archive.as_ref().map_or(0, |archive| archive.bytes);
        tracing::info!(archive = name, rows, bytes, "a backup was made");
        let pruned = prune(&self.place, false).await?;
        let gone = pruned.gone().count();
        if gone > 0 {
            tracing::info!(gone, "old backups were removed");
        }
        match created.offsite {
            Some(Err(error)) => {
                tracing::error!(%error, "the backup is here, but did not get to the second place");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn verify(&self) -> Result<(), BackupError> {
        let verified = verify(&self.place, "latest").await?;
        let (name, rows, into) = (verified.name, verified.manifest.rows(), verified.into);
        tracing::info!(
            archive = name,
            rows,
            into,
            "a backup was restored for a proof, and is whole"
        );
        for note in verified.notes {
            tracing::warn!(note, "a part of the proof is missing");
        }
        Ok(())
    }
}
