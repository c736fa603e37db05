//! One look at one server.

use std::time::Duration;

use domain::{
    audit::{AuditKind, Outcome},
    server::{Alert, Seen, ServerId, follow},
};
use store::{AuditEntry, Sample, ServerRecord, StoreError};
use tokio::time::{Instant, timeout};

use super::{Inner, LOOK_WITHIN, News, Place};
use crate::{amp::AmpError, metrics::Looked};

/// Between two entries in the history of a server that stays as it is, in milliseconds.
const SAMPLE_EVERY: i64 = 60_000;

impl Inner {
    /// Looks, and says when to look again.
    pub(super) async fn look(&self, place: &Place, server: ServerId) {
        let target = place.watched.lock().get(&server).map(|one| one.target.clone());
        let Some(target) = target else { return };
        let mut done = Done {
            place,
            server,
            began: (self.config.now)(),
            wait: self.config.pace.watched,
            silent: false,
        };
        let asked;
        let seen = {
            let silent = place.watched.lock().get(&server).is_some_and(|one| one.silent);
            let room = if silent { &place.silent } else { &place.room };
            let Ok(_room) = room.acquire().await else { return };
            done.began = (self.config.now)();
            asked = Instant::now();
            let looked = timeout(LOOK_WITHIN, target.look()).await;
            match looked.unwrap_or_else(|_| Err(AmpError::Slow(LOOK_WITHIN).to_string())) {
                Ok(reading) => {
                    if place.trouble.lock().over(&server) {
                        tracing::info!(panel = place.source.name(), %server, "it answers again");
                    }
                    Seen::Reading(reading)
                }
                // That one of many strangers' servers is down is no trouble of the operator's.
                Err(why) if !place.source.is_panel() => {
                    tracing::debug!(%server, why, "a look brought nothing");
                    Seen::Missed
                }
                Err(why) => {
                    if place.trouble.lock().is_new(server, &why) {
                        let panel = place.source.name();
                        tracing::warn!(panel, %server, why, "a look brought nothing");
                    }
                    Seen::Missed
                }
            }
        };
        let took = asked.elapsed();
        done.silent = seen == Seen::Missed;
        let written = self.write(place, server, &seen, done.began).await;
        done.wait = match &written {
            Ok(Some(record)) => {
                self.config.pace.after(&record.watch, self.is_shown(record), self.far())
            }
            Ok(None) => self.far(),
            Err(error) => {
                tracing::debug!(%server, %error, "a look could not be written down");
                self.config.pace.watched
            }
        };
        let looked = match (&written, done.silent) {
            (Err(_), _) => Looked::Unwritten,
            (Ok(_), true) => Looked::Silent,
            (Ok(_), false) => Looked::Answered,
        };
        self.metrics.looked(place.source.is_panel(), looked, took);
    }

    /// Whether people can see it, or want to be told of it.
    fn is_shown(&self, record: &ServerRecord) -> bool {
        record.game.is_some() || record.alerts.is_some() || self.shown.lock().contains(&record.id)
    }

    /// Decides under the row's lock what the look means; none if the server is gone.
    async fn write(
        &self,
        place: &Place,
        server: ServerId,
        seen: &Seen,
        began: i64,
    ) -> Result<Option<ServerRecord>, StoreError> {
        let now = (self.config.now)();
        let tx = self.store.begin().await?;
        let found = tx.server_for_update(server).await?;
        let Some(mut record) = found.filter(|record| !record.gone) else { return Ok(None) };
        let step = follow(&record.watch, seen, record.crowd, began, now);
        record.watch = step.watch.clone();
        if let Seen::Reading(reading) = seen {
            record.reading = Some(reading.clone());
        }
        tx.put_server(&record, now).await?;
        if let Some((asked, done)) = &step.settled
            && let Some(entry) = asked.audit
        {
            let outcome = if *done { Outcome::Done } else { Outcome::Failed };
            tx.settle_entry(entry, outcome).await?;
        }
        for alert in &step.alerts {
            if now >= record.muted_until {
                tx.audit(alarm(&record, *alert), now).await?;
            }
        }
        if place.is_sample_due(server, step.change.is_some(), now) {
            let reading = matches!(seen, Seen::Reading(_)).then_some(record.reading.as_ref());
            let sample = Sample::of(now, record.watch.state, reading.flatten());
            tx.put_sample(server, &sample).await?;
        }
        tx.commit().await?;
        if step.change.is_some() || !step.alerts.is_empty() || step.settled.is_some() {
            let (name, state) = (record.found.name.as_str(), record.watch.state);
            tracing::info!(%server, name, %state, alerts = ?step.alerts, "a server changed");
        }
        // Nobody listening is no fault.
        let _ = self.news.send(News { server: record.clone(), step });
        Ok(Some(record))
    }
}

/// A look ends, however it ends.
struct Done<'a> {
    place: &'a Place,
    server: ServerId,
    /// When it was begun, by the time of day.
    began: i64,
    wait: Duration,
    silent: bool,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        if let Some(one) = self.place.watched.lock().get_mut(&self.server) {
            one.looking = false;
            one.silent = self.silent;
            let wait = if std::mem::take(&mut one.again) { Duration::ZERO } else { self.wait };
            one.due = Instant::now() + wait;
        }
        self.place.changed.notify_one();
    }
}

/// What the history, and with it the log channel, says of an alert.
fn alarm(record: &ServerRecord, alert: Alert) -> AuditEntry {
    AuditEntry {
        guild: record.found.guild,
        game: None,
        actor: None,
        subject: None,
        kind: AuditKind::ServerAlert,
        outcome: Outcome::Done,
        before: None,
        after: Some(format!("server={}; now={alert}", record.found.name)),
        plan: None,
        correlation: record.correlation(),
        generation: None,
    }
}

impl Place {
    fn is_sample_due(&self, server: ServerId, changed: bool, now: i64) -> bool {
        let mut watched = self.watched.lock();
        let Some(one) = watched.get_mut(&server) else { return changed };
        // Also when the clock was put back.
        let due = changed || one.sampled.is_none_or(|at| (now - at).abs() >= SAMPLE_EVERY);
        if due {
            one.sampled = Some(now);
        }
        due
    }
}
