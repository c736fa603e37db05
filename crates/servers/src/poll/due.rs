//! When to look at a server next.

use std::{collections::HashMap, time::Duration};

use domain::{
    GuildId,
    server::{LOOKS_BEFORE_ALERT, ServerId, ServerState, Watch},
};
use tokio::time::Instant;

use super::source::Target;

/// Between two looks at one server.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// While it is on its way somewhere, or somebody waits for it.
    pub moving: Duration,
    /// While people can see it, or an alarm may be due.
    pub watched: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { moving: Duration::from_secs(2), watched: Duration::from_secs(15) }
    }
}

/// What the poller knows of a server.
pub(super) struct Watched {
    /// Whose it is.
    pub(super) guild: GuildId,
    pub(super) target: Target,
    /// When it came to be known.
    pub(super) added: Instant,
    /// When to look next.
    pub(super) due: Instant,
    /// Whether a look is under way.
    pub(super) looking: bool,
    /// Whether somebody wanted a look while one was under way.
    pub(super) again: bool,
    /// Whether the last look brought nothing.
    pub(super) silent: bool,
    /// When a look was last written into the history, in milliseconds since the Unix epoch.
    pub(super) sampled: Option<i64>,
}

impl Watched {
    pub(super) fn new(guild: GuildId, target: Target, due: Instant) -> Self {
        let (looking, again, silent) = (false, false, false);
        Self { guild, target, added: Instant::now(), due, looking, again, silent, sampled: None }
    }
}

impl Pace {
    /// How long to wait before the next look. `far` is the time to the next look at everything.
    pub(super) fn after(&self, watch: &Watch, is_shown: bool, far: Duration) -> Duration {
        // Silence for long is no news; a roster that can be read is.
        let unsettled = (1..LOOKS_BEFORE_ALERT).contains(&watch.misses)
            || (watch.looks < LOOKS_BEFORE_ALERT && watch.state != ServerState::Unknown);
        if watch.state.is_passing() || watch.asked.is_some() {
            self.moving
        } else if is_shown || unsettled {
            self.watched.min(far)
        } else {
            far
        }
    }
}

/// Marks those whose time has come, and says when the next one's does.
pub(super) fn ready(
    watched: &mut HashMap<ServerId, Watched>,
    now: Instant,
) -> (Vec<(ServerId, GuildId)>, Option<Instant>) {
    let mut ready = Vec::new();
    for (server, one) in watched.iter_mut().filter(|(_, one)| !one.looking && one.due <= now) {
        one.looking = true;
        ready.push((*server, one.guild));
    }
    let next = watched.values().filter(|one| !one.looking).map(|one| one.due).min();
    (ready, next)
}
