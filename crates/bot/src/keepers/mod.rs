//! Keepers: what people see follows what is. They listen to the engine's notices, but trust only
//! the database, so a missed notice or a restart costs time and nothing else.

mod board;
mod log;
mod panels;
mod post;
mod replies;
mod requests;
mod rounds;
mod servers;
mod start;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use domain::{GameId, GuildId, UserId, server::ServerId};
use engine::{CardKind, Notice, PanelKind, Progress};
use parking_lot::Mutex;
use store::Panel;
use tokio::{sync::broadcast::error::RecvError, task::JoinSet, time::interval};
use tokio_util::sync::CancellationToken;

use self::rounds::{Rhythm, Rounds};
use crate::app::App;

/// Panels: half a second after the last change, two seconds after the first.
const PANELS: Rhythm =
    Rhythm { quiet: Duration::from_millis(500), most: Duration::from_secs(2), at_once: 8 };
/// Replies: a person watches.
const REPLIES: Rhythm =
    Rhythm { quiet: Duration::from_millis(50), most: Duration::from_millis(500), at_once: 32 };
/// The log channel: several lines to a message.
const LOG: Rhythm =
    Rhythm { quiet: Duration::from_millis(700), most: Duration::from_secs(2), at_once: 8 };
/// Requests to join.
const REQUESTS: Rhythm = Rhythm { quiet: Duration::ZERO, most: Duration::ZERO, at_once: 8 };

/// Game servers: what people see of them, with the little time that several looks may take.
const SERVERS: Rhythm =
    Rhythm { quiet: Duration::from_millis(300), most: Duration::from_secs(2), at_once: 8 };
/// When only the players of a server changed, its live messages have so many pauses time …
const PLAYERS_IN: u32 = 4;
/// … and the panels three times as long.
const PANELS_IN: u32 = 12;

/// How often idle inbound limits are dropped.
const TIDY_EVERY: Duration = Duration::from_mins(1);

/// Before what is owed is asked for again, when the database does not say.
const RECALL_AGAIN: Duration = Duration::from_secs(3);

/// Where everyone rings for the keepers.
pub(crate) struct Bell {
    panels: Arc<Rounds<GuildId>>,
    /// Panels to be drawn even if nothing changed.
    forced: Mutex<HashSet<(GuildId, PanelKind)>>,
    /// Guilds whose panels are to be looked for.
    doubted: Mutex<HashSet<GuildId>>,
    replies: Arc<Rounds<GameId>>,
    /// The latest progress of games with work.
    progress: Mutex<HashMap<GameId, Progress>>,
    /// What each waiting person was shown last.
    shown: Mutex<HashMap<i64, replies::Shown>>,
    /// Waiting people whose first answer was not there yet, and since when.
    missing: Mutex<HashMap<i64, std::time::Instant>>,
    log: Arc<Rounds<GuildId>>,
    requests: Arc<Rounds<(GuildId, GameId, UserId)>>,
    servers: Arc<Rounds<(GuildId, ServerId)>>,
    /// Servers whose live messages are to be looked for.
    doubted_servers: Mutex<HashSet<ServerId>>,
    /// Games whose servers may belong elsewhere now.
    ties: Arc<Rounds<(GuildId, GameId)>>,
    /// When live messages were edited.
    edits: servers::Edits,
}

impl Default for Bell {
    fn default() -> Self {
        Self {
            panels: Arc::new(Rounds::new(PANELS)),
            forced: Mutex::default(),
            doubted: Mutex::default(),
            replies: Arc::new(Rounds::new(REPLIES)),
            progress: Mutex::default(),
            shown: Mutex::default(),
            missing: Mutex::default(),
            log: Arc::new(Rounds::new(LOG)),
            requests: Arc::new(Rounds::new(REQUESTS)),
            servers: Arc::new(Rounds::new(SERVERS)),
            doubted_servers: Mutex::default(),
            ties: Arc::new(Rounds::new(SERVERS)),
            edits: servers::Edits::default(),
        }
    }
}

impl Bell {
    /// A guild was seen in full: its panels may have gone, and lines may be owed.
    pub(crate) fn guild_arrived(&self, guild: GuildId) {
        self.doubted.lock().insert(guild);
        self.panels.wish(guild);
        self.log.wish(guild);
    }

    /// A panel's message may have gone.
    fn doubt(&self, panel: &Panel) {
        if let Ok(card) = panel.kind.parse::<CardKind>() {
            self.doubted_servers.lock().insert(card.server());
            self.servers.wish((panel.guild, card.server()));
        } else {
            self.doubted.lock().insert(panel.guild);
            self.panels.wish(panel.guild);
        }
    }

    /// A person wants to see a panel drawn again.
    pub(crate) fn draw_again(&self, guild: GuildId, kind: PanelKind) {
        self.forced.lock().insert((guild, kind));
        self.panels.wish_in(guild, Duration::ZERO);
    }

    fn heard(&self, notice: Notice, pause: Duration) {
        match notice {
            Notice::Games(guild) => self.panels.wish(guild),
            Notice::Panel(guild, kind) => {
                self.forced.lock().insert((guild, kind));
                self.panels.wish_in(guild, Duration::ZERO);
            }
            Notice::Progress { guild, game, progress } => {
                self.progress.lock().insert(game, progress);
                self.replies.wish(game);
                self.panels.wish(guild);
            }
            Notice::Rested { guild, game } => {
                self.progress.lock().remove(&game);
                self.replies.wish_in(game, Duration::ZERO);
                self.panels.wish(guild);
                // It may have its channels only now.
                self.ties.wish((guild, game));
            }
            Notice::Server { guild, server, moved: true } => {
                self.servers.wish((guild, server));
                self.panels.wish(guild);
            }
            Notice::Server { guild, server, moved: false } => {
                self.servers.wish_in((guild, server), pause * PLAYERS_IN);
                self.panels.wish_in(guild, pause * PANELS_IN);
            }
            Notice::Audit(guild) => self.log.wish(guild),
            Notice::Requested { guild, game, user } => self.requests.wish((guild, game, user)),
        }
    }
}

/// Runs all keepers until cancelled; returns when what was under way has ended.
pub(crate) async fn run(app: &Arc<App>, cancel: &CancellationToken) {
    let mut keepers = JoinSet::new();
    keepers.spawn(listen(Arc::clone(app), cancel.clone()));
    keepers.spawn(watch(Arc::clone(app), cancel.clone()));
    keepers.spawn(start::dashboard(Arc::clone(app), cancel.clone()));
    keepers.spawn(Arc::clone(&app.bell.panels).run(cancel.clone(), {
        let app = Arc::clone(app);
        move |guild| {
            let app = Arc::clone(&app);
            async move { panels::keep(&app, guild).await }
        }
    }));
    keepers.spawn(Arc::clone(&app.bell.replies).run(cancel.clone(), {
        let app = Arc::clone(app);
        move |game| {
            let app = Arc::clone(&app);
            async move { replies::keep(&app, game).await }
        }
    }));
    keepers.spawn(Arc::clone(&app.bell.log).run(cancel.clone(), {
        let app = Arc::clone(app);
        move |guild| {
            let app = Arc::clone(&app);
            async move { log::keep(&app, guild).await }
        }
    }));
    keepers.spawn(Arc::clone(&app.bell.requests).run(cancel.clone(), {
        let app = Arc::clone(app);
        move |(guild, game, user)| {
            let app = Arc::clone(&app);
            async move { requests::keep(&app, guild, game, user).await }
        }
    }));
    keepers.spawn(Arc::clone(&app.bell.servers).run(cancel.clone(), {
        let app = Arc::clone(app);
        move |key| {
            let app = Arc::clone(&app);
            async move {
                let doubted = app.bell.doubted_servers.lock().remove(&key.1);
                let again = servers::keep(&app, key, doubted).await;
                if doubted && again.is_some() {
                    app.bell.doubted_servers.lock().insert(key.1);
                }
                again
            }
        }
    }));
    keepers.spawn(Arc::clone(&app.bell.ties).run(cancel.clone(), {
        let app = Arc::clone(app);
        move |(guild, game)| {
            let app = Arc::clone(&app);
            async move { ties(&app, guild, game).await }
        }
    }));
    while let Some(ended) = keepers.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a keeper died");
        }
    }
}

/// Has a game's servers shown where they belong now.
async fn ties(app: &App, guild: GuildId, game: GameId) -> Option<Duration> {
    match app.engine.store().servers_of_game(game).await {
        Ok(servers) => {
            for server in servers {
                app.bell.servers.wish((guild, server.id));
            }
            None
        }
        Err(error) => {
            app.engine.complain("a game's servers could not be read", &error.into());
            Some(RECALL_AGAIN)
        }
    }
}

/// Passes the engine's notices on. Who lags behind looks at everything.
async fn listen(app: Arc<App>, cancel: CancellationToken) {
    let mut notices = app.engine.notices();
    cancel.run_until_cancelled(recall(&app)).await;
    loop {
        let heard = tokio::select! {
            () = cancel.cancelled() => return,
            heard = notices.recv() => heard,
        };
        match heard {
            Ok(notice) => app.bell.heard(notice, app.config.live_pause),
            Err(RecvError::Lagged(missed)) => {
                tracing::info!(missed, "notices were missed; looking at everything");
                for guild in app.engine.cache().guilds() {
                    app.bell.panels.wish(guild);
                }
                cancel.run_until_cancelled(recall(&app)).await;
            }
            Err(RecvError::Closed) => return,
        }
    }
}

/// What the database says is owed: answers and lines of before a restart, or of a process that
/// looked after these guilds before.
pub(crate) async fn recall(app: &App) {
    while let Err(error) = recall_once(app).await {
        app.engine.complain("what is owed could not be read", &error.into());
        tokio::time::sleep(RECALL_AGAIN).await;
    }
}

async fn recall_once(app: &App) -> Result<(), store::StoreError> {
    let store = app.engine.store();
    store.all_waiters().await?.iter().for_each(|waiter| app.bell.replies.wish(waiter.game));
    store.guilds_with_unlogged().await?.into_iter().for_each(|guild| app.bell.log.wish(guild));
    store.servers_with_alerts().await?.into_iter().for_each(|key| app.bell.servers.wish(key));
    Ok(())
}

/// Looks for every panel's message now and then, and keeps small things tidy.
async fn watch(app: Arc<App>, cancel: CancellationToken) {
    let mut look = interval(app.config.panel_check.max(Duration::from_secs(1)));
    look.reset();
    let mut tidy = interval(TIDY_EVERY);
    loop {
        tokio::select! {
            () = cancel.cancelled() => return,
            _ = tidy.tick() => {
                app.limits.tidy();
                app.bell.edits.tidy(app.config.live_pause);
            }
            _ = look.tick() => match app.engine.store().all_panels().await {
                Ok(panels) => panels.iter().for_each(|panel| app.bell.doubt(panel)),
                Err(error) => app.engine.complain("the panels could not be read", &error.into()),
            }
        }
    }
}
