//! What there is on a panel, now and then.

use std::{collections::HashSet, time::Duration};

use domain::server::{ServerId, ServerName};
use store::{Found, ServerRecord, StoreError};
use tokio::time::{Instant, sleep, timeout};

use super::{
    Inner, LOOK_WITHIN, NOT_OURS, PanelSource, Place, Source, due::Watched, trouble::Trouble,
};
use crate::amp::{AmpError, Instance};

/// Before the roster is asked for again when that failed.
const AGAIN: Duration = Duration::from_secs(30);
/// Between two servers of a look at everything, so that a panel is not hit by all at once.
const STEP: Duration = Duration::from_millis(50);

impl Inner {
    /// Reads the roster when the schedule says so, and has everything looked at.
    pub(super) async fn follow_roster(&self, place: &Place) {
        let mut trouble = Trouble::default();
        // What was there before is looked at also while the panel does not say what is there.
        if let Err(error) = self.take_over(place).await {
            tracing::warn!(panel = place.source.name(), %error, "servers could not be read");
        }
        loop {
            let is_mine = match &place.source {
                Source::Panel(panel) => (self.config.mine)(panel.guild),
                // Of every guild; each look asks whose the server is.
                Source::Direct(_) => true,
            };
            let wait = if is_mine {
                match self.read(place).await {
                    Ok(count) => {
                        place.was_read(true);
                        if trouble.over(&()) {
                            let (panel, servers) = (place.source.name(), count);
                            tracing::info!(panel, servers, "the panel can be read again");
                        }
                        // What was not there is looked for once more before it is gone.
                        let sure = place.missing.lock().is_empty();
                        if sure { self.far() } else { self.config.pace.watched.min(self.far()) }
                    }
                    Err(why) => {
                        if trouble.is_new((), &why) {
                            let panel = place.source.name();
                            tracing::warn!(
                                panel,
                                why,
                                "the panel could not be read; it is tried again"
                            );
                        }
                        self.config.schedule.pause(AGAIN).min(self.far())
                    }
                }
            } else {
                // It may become ours at any moment; what is others' is no trouble of ours.
                place.was_read(true);
                self.config.schedule.pause(NOT_OURS).min(self.far())
            };
            sleep(wait).await;
        }
    }

    /// How long it is to the next look at everything.
    pub(super) fn far(&self) -> Duration {
        self.config.schedule.wait((self.config.now)())
    }

    async fn read(&self, place: &Place) -> Result<usize, String> {
        if let Source::Panel(source) = &place.source {
            let answer = timeout(LOOK_WITHIN, source.panel.roster()).await;
            let roster = answer.unwrap_or(Err(AmpError::Slow(LOOK_WITHIN)));
            let roster = roster.map_err(|error| {
                place.was_read(false);
                error.to_string()
            })?;
            let remembered = self.remember(place, source, &roster).await;
            remembered.map_err(|error| error.to_string())?;
        }
        let servers = self.take_over(place).await.map_err(|error| error.to_string())?;
        self.forget_old(&servers).await.map_err(|error| error.to_string())?;
        Ok(servers.len())
    }

    async fn remember(
        &self,
        place: &Place,
        panel: &PanelSource,
        roster: &[Instance],
    ) -> Result<(), StoreError> {
        let (guild, source) = (panel.guild, panel.source());
        let found = |one: &Instance| Found {
            guild,
            source: source.clone(),
            place: one.id.to_string(),
            name: ServerName::of_panel(&one.name, &one.short_name),
            module: one.module.clone(),
            address: one.address.clone(),
        };
        let found: Vec<Found> = roster.iter().map(found).collect();
        let spared = self.overlooked(place, &found).await?;
        let tx = self.store.begin().await?;
        tx.list_servers(guild, &source, &found, &spared, (self.config.now)()).await?;
        tx.commit().await?;
        *place.missing.lock() = spared.into_iter().collect();
        Ok(())
    }

    /// What is missing for the first time: one odd answer takes nobody's server away.
    async fn overlooked(&self, place: &Place, found: &[Found]) -> Result<Vec<String>, StoreError> {
        let here: HashSet<&str> = found.iter().map(|found| found.place.as_str()).collect();
        let known = place.source.servers(&self.store).await?;
        let before = place.missing.lock();
        let missing = known.into_iter().map(|server| server.found.place);
        let missing = missing.filter(|id| !here.contains(id.as_str()) && !before.contains(id));
        Ok(missing.collect())
    }

    /// Looks at what the database lists, each at its time within the next seconds.
    async fn take_over(&self, place: &Place) -> Result<Vec<ServerRecord>, StoreError> {
        let began = Instant::now();
        let servers = place.source.servers(&self.store).await?;
        let ids: HashSet<ServerId> = servers.iter().map(|server| server.id).collect();
        let (now, step) = (Instant::now(), self.config.schedule.pause(STEP));
        let mut watched = place.watched.lock();
        // What came meanwhile is not in the list yet.
        watched.retain(|id, one| ids.contains(id) || one.added >= began);
        for (number, server) in (0..).zip(&servers) {
            let Some(target) = place.source.target(server) else { continue };
            let due = now + step * number;
            let one = watched
                .entry(server.id)
                .or_insert_with(|| Watched::new(server.found.guild, target, due));
            one.due = one.due.min(due);
        }
        drop(watched);
        place.trouble.lock().keep(|id| ids.contains(id));
        place.changed.notify_one();
        Ok(servers)
    }

    async fn forget_old(&self, servers: &[ServerRecord]) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        for server in servers {
            tx.forget_samples(server.id, (self.config.now)()).await?;
        }
        tx.commit().await
    }
}
