//! The use cases of Gamekeeper and the loop that makes Discord follow.
//!
//! Bot, web and command line all come through [`Engine`]: they parse, the engine authorises,
//! writes the desired state with its audit entry and a wake-up in one transaction, and the
//! reconciler does the rest. What is deliberately absent: rendering, message texts, routes.

pub mod cache;
pub mod caller;
pub mod clock;
mod complaint;
pub mod error;
pub mod fleet;
mod health;
mod metrics;
pub mod notice;
pub mod observe;
pub mod preview;
pub mod reconcile;
pub mod usecase;
pub mod view;

use std::sync::{Arc, OnceLock};

pub use cache::Cache;
pub use caller::{Caller, Correlation, ReplyTo};
pub use clock::Clock;
pub use error::{Fault, Mistake, UseError};
pub use fleet::{Membership, Standing};
pub use health::Reconciling;
pub use metrics::Metrics;
pub use notice::Notice;
pub use usecase::{
    create::{NewGame, Preview},
    dashboard::{DashboardCheck, PANEL_NEEDS, PanelKind},
    direct_servers::Added as AddedServer,
    edit::GameEdit,
    join::Joined,
    server_cards::CardKind,
    server_console::Console,
    server_history::{HistorySpan, Seen, ServerHistory},
    server_settings::{AlertEdit, MOST_MUTED_HOURS, ServerRights},
    servers::{Outcome as ServerOutcome, ServerView},
    settings::{LogTrouble, SettingsEdit},
};
pub use view::{GameInfo, GameSummary, MemberRow, Progress};

/// What can be wrong with a panel.
pub use servers::amp::AmpError as PanelTrouble;
/// A line of a server's console.
pub use servers::amp::ConsoleLine;
/// How servers without a panel are asked, and why they do not answer.
pub use servers::direct::{AddressError, DirectError as DirectTrouble, Protocol as DirectProtocol};

use domain::UserId;
use tokio::sync::{Notify, broadcast};

/// Notices kept for a listener that falls behind; a listener that misses some reads the database.
const NOTICE_BACKLOG: usize = 1024;

/// The one use-case layer. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: store::Store,
    pub(crate) rest: discord::Rest,
    pub(crate) cache: Cache,
    pub(crate) clock: Clock,
    pub(crate) notices: broadcast::Sender<Notice>,
    pub(crate) wake: Notify,
    pub(crate) bot: UserId,
    pub(crate) fleet: fleet::Fleet,
    pub(crate) running: reconcile::Running,
    pub(crate) ages: reconcile::Ages,
    pub(crate) complaints: complaint::Complaints,
    pub(crate) metrics: Metrics,
    /// Of the reconciler.
    pub(crate) pulse: health::Pulse,
    pub(crate) joins: usecase::join::Queue,
    /// Who looks at game servers; none before [`Engine::attend`].
    pub(crate) servers: OnceLock<servers::poll::Poller>,
    /// Guilds whose members have to be looked at before anything else, since a restore.
    pub(crate) restored: parking_lot::Mutex<std::collections::BTreeSet<domain::GuildId>>,
    /// Members that were not looked at since they may have changed unseen.
    pub(crate) doubted: parking_lot::Mutex<observe::recount::Doubts>,
}

impl Engine {
    /// Puts the parts together; `bot` is the bot's own user id. Nothing runs until
    /// [`Engine::reconcile`] does.
    pub fn new(
        store: store::Store,
        rest: discord::Rest,
        clock: Clock,
        bot: UserId,
        membership: Membership,
    ) -> Self {
        let fleet = fleet::Fleet::new(membership, &clock);
        let (notices, _) = broadcast::channel(NOTICE_BACKLOG);
        Self {
            inner: Arc::new(Inner {
                store,
                rest,
                cache: Cache::default(),
                clock,
                notices,
                wake: Notify::new(),
                bot,
                fleet,
                running: reconcile::Running::default(),
                ages: reconcile::Ages::default(),
                complaints: complaint::Complaints::default(),
                metrics: Metrics::default(),
                pulse: health::Pulse::default(),
                joins: usecase::join::Queue::default(),
                servers: OnceLock::new(),
                restored: parking_lot::Mutex::default(),
                doubted: parking_lot::Mutex::default(),
            }),
        }
    }

    /// What Discord was last seen to have, fed by the gateway.
    pub fn cache(&self) -> &Cache {
        &self.inner.cache
    }

    /// The door to Discord.
    pub fn rest(&self) -> &discord::Rest {
        &self.inner.rest
    }

    /// The database. For keepers of panels, replies and sessions; rules stay in here.
    pub fn store(&self) -> &store::Store {
        &self.inner.store
    }

    /// The clock everything goes by.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Gives game servers somebody who looks at them. Only the first one counts.
    pub fn attend(&self, poller: servers::poll::Poller) {
        if self.inner.servers.set(poller).is_err() {
            tracing::error!("game servers are looked after already");
        }
    }

    /// Who looks at game servers; none before [`Engine::attend`].
    pub fn poller(&self) -> Option<&servers::poll::Poller> {
        self.inner.servers.get()
    }

    /// The bot's own user id.
    pub fn bot_user(&self) -> UserId {
        self.inner.bot
    }

    /// News for whoever shows things to people. A listener that lags gets
    /// `RecvError::Lagged` and reads the database instead.
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.inner.notices.subscribe()
    }

    pub(crate) fn tell(&self, notice: Notice) {
        // Nobody listening is fine: the database has it all.
        let _ = self.inner.notices.send(notice);
    }
}
