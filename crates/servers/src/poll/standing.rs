//! How panels stand, for whoever watches the process.

use std::time::Duration;

use tokio::time::Instant;

use super::{Place, Poller};
use crate::metrics::Metrics;

/// Since when a panel can be read, or cannot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Readable {
    is: bool,
    since: Instant,
}

impl Default for Readable {
    /// Until it was asked, nothing is wrong.
    fn default() -> Self {
        Self { is: true, since: Instant::now() }
    }
}

/// How a panel stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelStanding {
    /// What the operator calls it.
    pub name: String,
    /// For how long it could not be read; none while it can.
    pub unreadable: Option<Duration>,
}

impl Place {
    pub(super) fn was_read(&self, is: bool) {
        let mut readable = self.readable.lock();
        if readable.is != is {
            *readable = Readable { is, since: Instant::now() };
        }
    }
}

impl Poller {
    /// How the panels stand.
    pub fn panels(&self) -> Vec<PanelStanding> {
        let places = self.inner.places.read();
        let panels = places.iter().filter(|place| place.source.is_panel());
        let standing = |place: &std::sync::Arc<Place>| {
            let readable = *place.readable.lock();
            let unreadable = (!readable.is).then(|| readable.since.elapsed());
            PanelStanding { name: place.source.name().to_owned(), unreadable }
        };
        panels.map(standing).collect()
    }

    /// What operators watch, with states as they are now.
    pub fn metrics(&self) -> &Metrics {
        let panels = self.panels();
        let unreadable = panels.iter().filter(|panel| panel.unreadable.is_some()).count();
        let mut servers = [0; 2];
        for place in self.inner.places.read().iter() {
            servers[usize::from(!place.source.is_panel())] += place.watched.lock().len();
        }
        self.inner.metrics.stand(servers, [panels.len() - unreadable, unreadable]);
        &self.inner.metrics
    }
}
