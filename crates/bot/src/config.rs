//! What a bot is started with.

use std::{fmt, num::NonZeroU32, time::Duration};

use domain::ChannelId;
use twilight_model::id::{Id, marker::ApplicationMarker};

/// Start-up settings of a [`crate::Bot`].
#[derive(Clone)]
pub struct BotConfig {
    /// The application the commands belong to.
    pub application: Id<ApplicationMarker>,
    token: String,
    /// Shards to open; none is as many as Discord recommends.
    pub shards: Option<u32>,
    /// Whether to ask for the privileged Server Members intent. Without it the bot does not see
    /// members leave or roles change by hand until the next sweep.
    pub members_intent: bool,
    /// Where both panels go when a guild is seen for the first time (`DASHBOARD_CHANNEL_ID`).
    pub dashboard_channel: Option<ChannelId>,
    /// What one person and one guild may ask for.
    pub inbound: InboundLimits,
    /// Whether there is a panel with game servers, so that people see commands that deal with them.
    pub servers: bool,
    /// At least so long lies between two edits of a server's live message, and four times as long
    /// when only its players changed. Discord limits all edits in a channel to about one a second,
    /// and those of messages older than an hour to three in 20 s (observed, not documented).
    pub live_pause: Duration,
    /// Interactions worked on at once. One more is turned away, so that memory stays bounded.
    pub at_once: usize,
    /// How often each panel's message is looked for, since nobody tells a bot without the
    /// messages intent that one was deleted.
    pub panel_check: Duration,
}

impl BotConfig {
    /// Production defaults.
    pub fn new(application: Id<ApplicationMarker>, token: String) -> Self {
        let token = match token.strip_prefix("Bot ") {
            Some(bare) => bare.to_owned(),
            None => token,
        };
        Self {
            application,
            token,
            shards: None,
            members_intent: true,
            dashboard_channel: None,
            inbound: InboundLimits::default(),
            servers: false,
            live_pause: Duration::from_secs(5),
            at_once: 2_048,
            panel_check: Duration::from_mins(10),
        }
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

impl fmt::Debug for BotConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BotConfig")
            .field("application", &self.application)
            .field("shards", &self.shards)
            .field("members_intent", &self.members_intent)
            .field("dashboard_channel", &self.dashboard_channel)
            .field("inbound", &self.inbound)
            .field("at_once", &self.at_once)
            .finish_non_exhaustive()
    }
}

/// So many actions a second on average, and so many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Actions a second.
    pub per_second: NonZeroU32,
    /// Actions that fit without any pause.
    pub burst: NonZeroU32,
}

impl Pace {
    /// A pace; zeros count as one.
    pub fn new(per_second: u32, burst: u32) -> Self {
        let at_least_one = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self { per_second: at_least_one(per_second), burst: at_least_one(burst) }
    }
}

/// What one person and one guild may ask for. None is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InboundLimits {
    /// Commands, clicks and forms of one person. Default: 4 a second, 24 at once,
    /// more than a person in a hurry makes in a guided form.
    pub user: Option<Pace>,
    /// Commands, clicks and forms in one guild. Default: 50 a second, 300 at once, so that a
    /// hundred people may join at the same moment.
    pub guild: Option<Pace>,
    /// Autocomplete requests of one person, answered with nothing when exceeded. Default: 10 a
    /// second, 30 at once; a fast typist makes about 5.
    pub typing: Option<Pace>,
}

impl InboundLimits {
    /// No limits at all, for benchmarks.
    pub const NONE: Self = Self { user: None, guild: None, typing: None };
}

impl Default for InboundLimits {
    fn default() -> Self {
        Self {
            user: Some(Pace::new(4, 24)),
            guild: Some(Pace::new(50, 300)),
            typing: Some(Pace::new(10, 30)),
        }
    }
}
