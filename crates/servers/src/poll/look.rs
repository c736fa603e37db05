//! One look at one server.

use std::time::Duration;

use domain::{
    audit::{AuditKind, Outcome},
    server::{Alert, App, Reading, Seen, ServerId, follow},
};
use store::{AuditEntry, Sample, ServerRecord, StoreError};
use tokio::time::{Instant, timeout};

use super::{Inner, LOOK_WITHIN, News, Place};
use crate::amp::{AmpError, InstanceId, LoginRefusal, Panel};

/// How long the names of those who play may take.
const NAMES_WITHIN: Duration = Duration::from_secs(3);
/// Between two entries in the history of a server that stays as it is, in milliseconds.
const SAMPLE_EVERY: i64 = 60_000;

impl Inner {
    /// Looks, and says when to look again.
    pub(super) async fn look(&self, at: usize, server: ServerId) {
        let Some(place) = self.place(at) else { return };
        let instance = place.watched.lock().get(&server).map(|one| one.instance.clone());
        let Some(instance) = instance else { return };
        let mut done = Done {
            place,
            server,
            began: (self.config.now)(),
            wait: self.config.pace.watched,
            silent: false,
        };
        let seen = {
            let silent = place.watched.lock().get(&server).is_some_and(|one| one.silent);
            let room = if silent { &place.silent } else { &place.room };
            let Ok(_room) = room.acquire().await else { return };
            done.began = (self.config.now)();
            let looked = timeout(LOOK_WITHIN, reading(&place.source.panel, &instance)).await;
            match looked.unwrap_or(Err(AmpError::Slow(LOOK_WITHIN))) {
                Ok(reading) => {
                    if place.trouble.lock().over(&server) {
                        tracing::info!(panel = place.source.name, %server, "it answers again");
                    }
                    Seen::Reading(reading)
                }
                Err(error) => {
                    let why = error.to_string();
                    if place.trouble.lock().is_new(server, &why) {
                        tracing::warn!(panel = place.source.name, %server, why, "a look brought nothing");
                    }
                    Seen::Missed
                }
            }
        };
        done.silent = seen == Seen::Missed;
        let written = self.write(place, server, &seen, done.began).await;
        done.wait = match &written {
            Ok(Some(record)) => {
                self.config.pace.after(&record.watch, record.game.is_some(), self.far())
            }
            Ok(None) => self.far(),
            Err(error) => {
                tracing::debug!(%server, %error, "a look could not be written down");
                self.config.pace.watched
            }
        };
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
        let Some(mut record) = tx.server_for_update(server).await? else { return Ok(None) };
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

/// Everything that one look finds.
async fn reading(panel: &Panel, instance: &InstanceId) -> Result<Reading, AmpError> {
    let mut reading = match panel.status(instance).await {
        Ok(status) => status.reading,
        // The panel knows, and says so.
        Err(AmpError::DaemonDown) => return Ok(Reading::daemon_down()),
        Err(AmpError::Login(LoginRefusal::Suspended)) => return Ok(Reading::of(App::Suspended)),
        Err(error) => return Err(error),
    };
    if reading.app == App::Running && reading.players.online > 0 {
        // Names are a courtesy: without them the look is still good.
        let names = timeout(NAMES_WITHIN, panel.users(instance)).await;
        reading.players.names = names.ok().and_then(Result::ok).unwrap_or_default();
    }
    Ok(reading)
}
