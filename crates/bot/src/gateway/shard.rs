//! One shard: from connecting to the last saved sequence number.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use discord::Call;
use domain::GuildId;
use futures_util::StreamExt;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use twilight_gateway::{
    CloseFrame, ConfigBuilder, EventTypeFlags, Intents, Message, Shard, ShardId, ShardState,
    error::{ReceiveMessageError, ReceiveMessageErrorType},
    queue::InMemoryQueue,
};
use twilight_model::gateway::{
    CloseCode, OpCode,
    event::{DispatchEvent, GatewayEvent, GatewayEventDeserializer},
    payload::incoming::GuildCreate,
};

use super::{
    BASIC, GatewayError,
    feed::{Fed, Feed},
    session::{self, Saved, Snapshot},
};
use crate::{app::App, door};

/// How often the session is written down while events flow.
const SAVE_EVERY: Duration = Duration::from_secs(5);

/// How long Discord may take to close an orderly connection.
const CLOSE_WITHIN: Duration = Duration::from_secs(3);

/// How long a shard waits for the next guild it was promised before it counts as ready.
const GUILDS_WITHIN: Duration = Duration::from_secs(10);

/// Failed connects after which the shard is made anew, because the pause doubles with each one.
/// Five make the longest pause 16 s.
const MAX_ATTEMPTS: u8 = 5;

/// The events that are parsed at all.
const WANTED: EventTypeFlags = EventTypeFlags::from_bits_truncate(
    EventTypeFlags::READY.bits()
        | EventTypeFlags::RESUMED.bits()
        | EventTypeFlags::INTERACTION_CREATE.bits()
        | EventTypeFlags::GUILD_CREATE.bits()
        | EventTypeFlags::GUILD_UPDATE.bits()
        | EventTypeFlags::GUILD_DELETE.bits()
        | EventTypeFlags::GUILD_EMOJIS_UPDATE.bits()
        | EventTypeFlags::ROLE_CREATE.bits()
        | EventTypeFlags::ROLE_UPDATE.bits()
        | EventTypeFlags::ROLE_DELETE.bits()
        | EventTypeFlags::CHANNEL_CREATE.bits()
        | EventTypeFlags::CHANNEL_UPDATE.bits()
        | EventTypeFlags::CHANNEL_DELETE.bits()
        | EventTypeFlags::MEMBER_ADD.bits()
        | EventTypeFlags::MEMBER_UPDATE.bits()
        | EventTypeFlags::MEMBER_REMOVE.bits(),
);

/// Everything one shard's task needs.
pub(super) struct Runner {
    pub(super) app: Arc<App>,
    pub(super) queue: InMemoryQueue,
    pub(super) url: String,
    pub(super) id: ShardId,
    pub(super) feed: Feed,
    /// Set when another process has this shard: its session is not ours to write any more.
    pub(super) lost: Arc<AtomicBool>,
}

/// What a shard that was closed leaves.
pub(super) struct Ended {
    /// The guilds it told of.
    pub(super) guilds: Vec<GuildId>,
}

/// Why one connection's loop ended.
enum End {
    Cancelled,
    /// Discord refuses the members intent.
    IntentRefused,
    /// The shard is made anew, with this session.
    Again(Option<Saved>),
    Fatal(GatewayError),
}

/// What is known while a shard runs.
#[derive(Default)]
struct Known {
    /// Guilds of this shard.
    guilds: BTreeSet<GuildId>,
    /// Guilds that were promised and have not come yet.
    awaited: BTreeSet<GuildId>,
    /// Whether the shard was reported as ready.
    ready: bool,
    /// When to stop waiting for promised guilds.
    patience: Option<Instant>,
    /// Whether the session is one that a crash left behind, and Discord still replays what the
    /// process before may have worked on.
    left_behind: bool,
}

impl Runner {
    pub(super) async fn run(self, cancel: CancellationToken) -> Result<Ended, GatewayError> {
        let mut known = Known::default();
        let mut saved = session::load(&self.app, self.id, self.intents()).await;
        if let Some(found) = &saved
            && !self.refill(&found.guilds, &mut known).await
        {
            saved = None;
        }
        known.left_behind = saved.as_ref().is_some_and(|found| !found.exact);
        loop {
            let mut shard = self.shard(saved.take());
            match self.drive(&mut shard, &mut known, &cancel).await {
                End::Cancelled => {
                    return Ok(Ended { guilds: known.guilds.into_iter().collect() });
                }
                End::Fatal(error) => return Err(error),
                End::Again(session) => saved = session,
                End::IntentRefused => {
                    tracing::warn!(
                        "Discord refuses the Server Members intent: the bot goes on without it and \
                         does not see members leave or roles change by hand until the next sweep. \
                         Switch it on under Bot, Privileged Gateway Intents, in the Developer Portal"
                    );
                    self.app.readiness.members_refused();
                }
            }
        }
    }

    fn intents(&self) -> Intents {
        if self.app.config.members_intent && !self.app.readiness.without_members() {
            BASIC | Intents::GUILD_MEMBERS
        } else {
            BASIC
        }
    }

    fn shard(&self, saved: Option<Saved>) -> Shard<InMemoryQueue> {
        let token = self.app.config.token().to_owned();
        let mut config = ConfigBuilder::new(token, self.intents())
            .proxy_url(self.url.clone())
            .queue(self.queue.clone());
        if let Some(saved) = saved {
            config = config.session(saved.session).resume_url(saved.resume_url);
        }
        Shard::with_config(self.id, config.build())
    }

    /// Reads the guilds of a session that is to be resumed. They are read before the missed
    /// events are replayed: whatever changed in between, its last event comes last.
    async fn refill(&self, guilds: &[GuildId], known: &mut Known) -> bool {
        for id in guilds {
            match self.app.engine.ask_for_guild(*id, Call::interactive()).await {
                Ok(guild) => {
                    known.guilds.insert(*id);
                    self.feed.put(Fed::guild(&self.app, &guild)).await;
                }
                Err(error) => {
                    tracing::info!(%error, guild = %id, "starting a new session instead of resuming");
                    return false;
                }
            }
        }
        true
    }

    async fn drive(
        &self,
        shard: &mut Shard<InMemoryQueue>,
        known: &mut Known,
        cancel: &CancellationToken,
    ) -> End {
        let mut tick = interval(SAVE_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last: Option<Snapshot> = None;
        loop {
            let patience = known.patience;
            tokio::select! {
                () = cancel.cancelled() => break,
                _ = tick.tick() => {
                    if let Some(latency) = shard.latency().recent().first() {
                        self.app.metrics.shard_latency(self.id.number(), *latency);
                    }
                    self.save_if_new(shard, known, &mut last);
                }
                () = async {
                    match patience {
                        Some(at) => sleep_until(at).await,
                        None => std::future::pending().await,
                    }
                } => self.became_ready(known).await,
                item = shard.next() => {
                    let Some(item) = item else {
                        return End::Fatal(GatewayError::Died("its stream ended".to_owned()));
                    };
                    if let Some(end) = self.take(shard, known, item).await {
                        return end;
                    }
                }
            }
        }
        self.close(shard, known).await;
        End::Cancelled
    }

    /// Says goodbye in a way that keeps the session, takes what is still on the wire, and writes
    /// the session down.
    async fn close(&self, shard: &mut Shard<InMemoryQueue>, known: &mut Known) {
        if !matches!(shard.state(), ShardState::Disconnected { .. } | ShardState::FatallyClosed) {
            shard.close(CloseFrame::RESUME);
            let drained = timeout(CLOSE_WITHIN, async {
                while let Some(item) = shard.next().await {
                    // When the connection ends without an answer to the close frame, the shard
                    // connects anew by itself, which is not wanted any more.
                    if matches!(item, Ok(Message::Close(_)) | Err(_)) || is_hello(&item) {
                        break;
                    }
                    self.take(shard, known, item).await;
                }
            });
            if drained.await.is_err() {
                tracing::debug!(shard = self.id.number(), "Discord did not close in time");
            }
        }
        // What is saved as worked on must have been.
        self.feed.settle().await;
        let guilds: Vec<GuildId> = known.guilds.iter().copied().collect();
        if let Some(snapshot) = Snapshot::of(shard, &guilds)
            && !self.lost.load(Ordering::Acquire)
        {
            session::save(&self.app, &snapshot.exact()).await;
        }
        self.went_down(known).await;
    }

    fn save_if_new(
        &self,
        shard: &Shard<InMemoryQueue>,
        known: &Known,
        last: &mut Option<Snapshot>,
    ) {
        let guilds: Vec<GuildId> = known.guilds.iter().copied().collect();
        let Some(snapshot) = Snapshot::of(shard, &guilds) else { return };
        if last.as_ref() == Some(&snapshot) || self.lost.load(Ordering::Acquire) {
            return;
        }
        *last = Some(snapshot.clone());
        // Elsewhere: a slow disk must not delay a heartbeat.
        let app = Arc::clone(&self.app);
        self.app.tasks.spawn(async move { session::save(&app, &snapshot).await });
    }

    async fn take(
        &self,
        shard: &mut Shard<InMemoryQueue>,
        known: &mut Known,
        item: Result<Message, ReceiveMessageError>,
    ) -> Option<End> {
        match item {
            Ok(Message::Text(json)) => {
                self.text(shard, known, json).await;
                None
            }
            Ok(Message::Close(frame)) => {
                let code = frame.as_ref().and_then(|frame| CloseCode::try_from(frame.code).ok());
                tracing::info!(shard = self.id.number(), ?code, "gateway connection closed");
                self.app.metrics.closed();
                self.went_down(known).await;
                match code {
                    Some(CloseCode::DisallowedIntents)
                        if shard.config().intents().contains(Intents::GUILD_MEMBERS) =>
                    {
                        Some(End::IntentRefused)
                    }
                    Some(CloseCode::AuthenticationFailed) => {
                        Some(End::Fatal(GatewayError::BadToken))
                    }
                    Some(code) if !code.can_reconnect() => {
                        Some(End::Fatal(GatewayError::Closed(code)))
                    }
                    _ => None,
                }
            }
            // The error's own text would quote the event, and events carry interaction tokens.
            Err(error) => {
                let kind = match error.kind() {
                    ReceiveMessageErrorType::Reconnect => "could not connect",
                    ReceiveMessageErrorType::Deserializing { .. } => "unreadable frame",
                    _ => "broken compression",
                };
                tracing::warn!(shard = self.id.number(), kind, "gateway trouble");
                match shard.state() {
                    ShardState::Disconnected { reconnect_attempts }
                        if reconnect_attempts > MAX_ATTEMPTS =>
                    {
                        Some(End::Again(self.carried(shard)))
                    }
                    _ => None,
                }
            }
        }
    }

    /// The session to go on with in a new shard. Without a resume address there is none: the
    /// address it was made at may be gone.
    fn carried(&self, shard: &Shard<InMemoryQueue>) -> Option<Saved> {
        Some(Saved {
            session: shard.session()?.clone(),
            resume_url: shard.resume_url().unwrap_or(&self.url).to_owned(),
            guilds: Vec::new(),
            // The same process knows by id what it has worked on.
            exact: true,
        })
    }

    async fn text(&self, shard: &mut Shard<InMemoryQueue>, known: &mut Known, json: String) {
        let event = match twilight_gateway::parse(json, WANTED) {
            Ok(Some(GatewayEvent::Dispatch(_, event))) => event,
            Ok(_) => return,
            Err(error) => {
                // Only the event's name is ever logged: events carry interaction tokens.
                let name = match error.kind() {
                    ReceiveMessageErrorType::Deserializing { event } => {
                        GatewayEventDeserializer::from_json(event)
                            .and_then(|event| event.event_type().map(ToOwned::to_owned))
                    }
                    _ => None,
                };
                tracing::warn!(event = name.as_deref().unwrap_or("unknown"), "unreadable event");
                return;
            }
        };
        match event {
            DispatchEvent::InteractionCreate(interaction) => {
                let replayed = shard.state() == ShardState::Resuming;
                if replayed && known.left_behind {
                    tracing::info!(interaction = %interaction.id, "from before a crash; not acted on");
                    return;
                }
                door::take(&self.app, Box::new(interaction.0), replayed);
            }
            DispatchEvent::Ready(ready) => {
                known.left_behind = false;
                known.awaited = ready.guilds.iter().map(|guild| guild.id).collect();
                // Guilds that left while the bot was away send nothing: compare, with what this
                // process knew and with what the database remembers.
                self.feed.put(Fed::Promised(self.id, known.awaited.clone())).await;
                for gone in known.guilds.difference(&known.awaited) {
                    self.feed.put(Fed::Gone(*gone)).await;
                }
                known.guilds.clone_from(&known.awaited);
                self.app.metrics.connected(false);
                tracing::info!(
                    shard = self.id.number(),
                    guilds = known.guilds.len(),
                    "connected to the gateway"
                );
                if known.awaited.is_empty() {
                    self.became_ready(known).await;
                } else {
                    known.patience = Some(Instant::now() + GUILDS_WITHIN);
                }
            }
            DispatchEvent::Resumed => {
                tracing::info!(shard = self.id.number(), "gateway session resumed");
                self.app.metrics.connected(true);
                known.left_behind = false;
                self.became_ready(known).await;
            }
            event => {
                let guild = match &event {
                    DispatchEvent::GuildCreate(guild) => {
                        let id = match &**guild {
                            GuildCreate::Available(guild) => guild.id,
                            GuildCreate::Unavailable(guild) => guild.id,
                        };
                        known.guilds.insert(id);
                        Some(id)
                    }
                    DispatchEvent::GuildDelete(guild) => {
                        if guild.unavailable.is_none() {
                            known.guilds.remove(&guild.id);
                        }
                        Some(guild.id)
                    }
                    _ => None,
                };
                self.feed.put(Fed::of(&self.app, event)).await;
                if let Some(guild) = guild
                    && known.awaited.remove(&guild)
                {
                    if known.awaited.is_empty() {
                        self.became_ready(known).await;
                    } else {
                        known.patience = Some(Instant::now() + GUILDS_WITHIN);
                    }
                }
            }
        }
    }

    async fn became_ready(&self, known: &mut Known) {
        known.patience = None;
        if !known.awaited.is_empty() {
            tracing::warn!(missing = known.awaited.len(), "some guilds did not come in time");
            known.awaited.clear();
        }
        if !std::mem::replace(&mut known.ready, true) {
            self.app.metrics.shard_up(self.id.number(), true);
            self.feed.put(Fed::Up(true)).await;
        }
    }

    async fn went_down(&self, known: &mut Known) {
        known.patience = None;
        if std::mem::take(&mut known.ready) {
            self.app.metrics.shard_up(self.id.number(), false);
            self.feed.put(Fed::Up(false)).await;
        }
    }
}

/// Whether this is the first frame of a new connection.
fn is_hello(item: &Result<Message, ReceiveMessageError>) -> bool {
    let Ok(Message::Text(json)) = item else { return false };
    GatewayEventDeserializer::from_json(json)
        .is_some_and(|frame| OpCode::from(frame.op()) == Some(OpCode::Hello))
}
