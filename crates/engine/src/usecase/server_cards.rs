//! Live messages about servers: in the channel of a server's game, and where an admin wants one.
//!
//! A live message is a panel like the others, with a name of its own. This room says where it
//! belongs; what stands there and when it is edited is for whoever shows it.

use std::{fmt, str::FromStr};

use domain::{
    ChannelId, GuildId, Phase, Slot,
    audit::{AuditKind, Outcome},
    server::{Alert, ServerAction, ServerId},
};
use store::{AuditEntry, Leftover, Panel, PanelState, ServerRecord, Tx};

use super::{
    dashboard::{UnknownPanel, moved},
    servers::{ServerView, entry},
};
use crate::{Caller, Correlation, Engine, Fault, Mistake, Notice, UseError};

/// Where a game's people look for its server, best first. Voice channels have a text chat too.
const PLACES: [Slot; 4] = [Slot::Announcements, Slot::Chat, Slot::LookingForGroup, Slot::Voice(1)];

/// Alarms told in one go.
const ALERTS_AT_ONCE: u64 = 10;

/// A server's live message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// In the channel of its game; comes and goes with the tie.
    Game(ServerId),
    /// Where an admin has put it.
    Chosen(ServerId),
}

impl CardKind {
    /// Both of a server.
    pub fn of(server: ServerId) -> [Self; 2] {
        [Self::Game(server), Self::Chosen(server)]
    }

    /// The server.
    pub fn server(self) -> ServerId {
        match self {
            Self::Game(server) | Self::Chosen(server) => server,
        }
    }

    /// Names one post of it in at most 25 characters: a mark in base 36 has 13, the id up to 9.
    fn nonce(self, mark: &Correlation) -> String {
        match self {
            Self::Game(server) => format!("sg{server}-{mark}"),
            Self::Chosen(server) => format!("sc{server}-{mark}"),
        }
    }
}

/// The stable text form, beside those of the other panels.
impl fmt::Display for CardKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Game(server) => write!(f, "live-{server}"),
            Self::Chosen(server) => write!(f, "card-{server}"),
        }
    }
}

impl FromStr for CardKind {
    type Err = UnknownPanel;

    fn from_str(text: &str) -> Result<Self, UnknownPanel> {
        let unknown = || UnknownPanel(text.to_owned());
        let (word, id) = text.split_once('-').ok_or_else(unknown)?;
        let server = ServerId(id.parse().map_err(|_| unknown())?);
        match word {
            "live" => Ok(Self::Game(server)),
            "card" => Ok(Self::Chosen(server)),
            _ => Err(unknown()),
        }
    }
}

impl Engine {
    /// Puts a live message into a channel: anew, moved there, or again after somebody deleted it.
    pub async fn place_card(
        &self,
        caller: &Caller,
        id: ServerId,
        channel: ChannelId,
    ) -> Result<ServerView, UseError> {
        let view = self.may_server(caller, id, ServerAction::Manage).await?;
        let guild = caller.actor.guild;
        self.can_post(guild, channel)?;
        // In its game's channel there is one already, or should be.
        let home = self.card_home(&view.record).await?;
        let kind = if home == Some(channel) { CardKind::Game(id) } else { CardKind::Chosen(id) };
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        put(&tx, (guild, kind), channel, &caller.correlation, now).await?;
        tx.audit(about(caller, &view, &format!("live message in <#{channel}>")), now).await?;
        tx.commit().await?;
        self.tell(Notice::Audit(guild));
        self.tell(Notice::Server { guild, server: id, moved: true });
        Ok(view)
    }

    /// Takes away every live message of a server.
    pub async fn remove_cards(
        &self,
        caller: &Caller,
        id: ServerId,
    ) -> Result<ServerView, UseError> {
        let view = self.may_server(caller, id, ServerAction::Manage).await?;
        let guild = caller.actor.guild;
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let any = withdraw(&tx, guild, id, now).await?;
        if !any {
            return Err(Mistake::NoChange.into());
        }
        tx.audit(about(caller, &view, "no live message"), now).await?;
        tx.commit().await?;
        self.tell(Notice::Audit(guild));
        self.tell(Notice::Server { guild, server: id, moved: true });
        Ok(view)
    }

    /// A server as everybody sees it, with what can be done with it at all; none if it is gone.
    pub async fn public_server(&self, id: ServerId) -> Result<Option<ServerView>, Fault> {
        let record = self.store().server(id).await?;
        let Some(record) = record.filter(|record| !record.gone) else { return Ok(None) };
        let game = match record.game {
            Some(game) => self.store().game(game).await?,
            None => None,
        };
        let game = game.filter(|known| known.game.phase != Phase::Deleted);
        let can = self.poller().is_some_and(|poller| poller.panel_of(&record).is_some());
        let may = ServerAction::ALL.into_iter().filter(|_| can).collect();
        Ok(Some(ServerView { record, game: game.map(|known| known.game.name.to_string()), may }))
    }

    /// Alarms of a server that were not told yet where they go, oldest first, with the entry they
    /// stand in and their time. What is older than `since` is no news any more.
    pub async fn owed_alerts(
        &self,
        record: &ServerRecord,
        since: i64,
    ) -> Result<Vec<(i64, Alert, i64)>, Fault> {
        let which = (AuditKind::ServerAlert, record.correlation());
        let entries = self
            .store()
            .audit_after(
                record.found.guild,
                (which.0, &which.1),
                (record.told, since),
                ALERTS_AT_ONCE,
            )
            .await?;
        Ok(entries
            .iter()
            .filter_map(|entry| {
                let (_, what) = entry.entry.after.as_deref()?.rsplit_once("; now=")?;
                Some((entry.id, Alert::parse(what)?, entry.at))
            })
            .collect())
    }

    /// Has the live message in the game's channel follow the tie and the channel, and answers all
    /// live messages of the server. Where somebody deleted it, it stays away.
    pub async fn cards(&self, guild: GuildId, server: ServerId) -> Result<Vec<Panel>, Fault> {
        if self.cache().guild(guild).is_none() {
            return Ok(Vec::new());
        }
        let record =
            self.store().server(server).await?.filter(|record| record.found.guild == guild);
        let home = match &record {
            Some(record) => self.card_home(record).await?,
            None => None,
        };
        let name = CardKind::Game(server).to_string();
        let known = self.store().panel(guild, &name).await?;
        // One that is gone keeps its messages, since it may come back, and gets no new ones.
        let is_gone = record.is_none_or(|record| record.gone);
        let home = home.filter(|_| !is_gone || known.is_some());
        let fits = match (&known, home) {
            (None, None) => true,
            (Some(panel), Some(home)) => panel.channel == home,
            (Some(panel), None) => panel.state == PanelState::Lost && !panel.stale.is_empty(),
            (None, Some(_)) => false,
        };
        if !fits {
            self.move_card(guild, server, home).await?;
        }
        let all = self.store().panels(guild).await?;
        let names = CardKind::of(server).map(|kind| kind.to_string());
        let cards: Vec<Panel> = all.into_iter().filter(|it| names.contains(&it.kind)).collect();
        if let Some(poller) = self.poller() {
            poller.show(server, cards.iter().any(|card| card.state != PanelState::Lost));
        }
        Ok(cards)
    }

    async fn move_card(
        &self,
        guild: GuildId,
        server: ServerId,
        home: Option<ChannelId>,
    ) -> Result<(), Fault> {
        let kind = CardKind::Game(server);
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        match (tx.panel_for_update(guild, &kind.to_string()).await?, home) {
            (_, Some(home)) => {
                let mark = Correlation::from_snowflake(now.unsigned_abs());
                put(&tx, (guild, kind), home, &mark, now).await?;
            }
            (Some(panel), None) if panel.state != PanelState::Lost => {
                tx.put_panel(&withdrawn(panel), now).await?;
            }
            (Some(panel), None) if panel.stale.is_empty() => tx.forget_panel(&panel).await?,
            _ => {}
        }
        tx.commit().await?;
        Ok(())
    }

    /// Posts a live message anew in its channel and takes the old one away: Discord lets a message
    /// that is older than an hour be edited only now and then.
    pub async fn renew_card(&self, card: &Panel) -> Result<(), Fault> {
        let Ok(kind) = card.kind.parse::<CardKind>() else { return Ok(()) };
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let known = tx.panel_for_update(card.guild, &card.kind).await?;
        if let Some(known) = known.filter(|known| known.nonce == card.nonce)
            && let Some(message) = known.message
        {
            let mark = Correlation::from_snowflake(now.unsigned_abs());
            let mut stale = known.stale.clone();
            stale.push(Leftover::Message(known.channel, message));
            let fresh = Panel {
                message: None,
                content_hash: None,
                state: PanelState::Wanted,
                stale,
                nonce: kind.nonce(&mark),
                ..known
            };
            tx.put_panel(&fresh, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The channel of a server's game where its live message belongs.
    async fn card_home(&self, record: &ServerRecord) -> Result<Option<ChannelId>, Fault> {
        let Some(game) = record.game else { return Ok(None) };
        let alive = self.store().game(game).await?;
        if alive.is_none_or(|known| known.game.phase == Phase::Deleted) {
            return Ok(None);
        }
        let Some(known) = self.cache().guild(record.found.guild) else { return Ok(None) };
        let bindings = self.store().bindings(game).await?;
        Ok(PLACES.iter().find_map(|slot| {
            let channel = ChannelId::new_checked(bindings.get(slot)?.id)?;
            known.channels.contains_key(&channel).then_some(channel)
        }))
    }
}

/// A tie that changed brings the live message back, also where somebody had deleted it before.
pub(super) async fn tied(
    tx: &Tx,
    guild: GuildId,
    server: ServerId,
    mark: &Correlation,
    now: i64,
) -> Result<(), Fault> {
    let kind = CardKind::Game(server);
    if let Some(known) = tx.panel_for_update(guild, &kind.to_string()).await? {
        put(tx, (guild, kind), known.channel, mark, now).await?;
    }
    Ok(())
}

async fn put(
    tx: &Tx,
    (guild, kind): (GuildId, CardKind),
    channel: ChannelId,
    mark: &Correlation,
    now: i64,
) -> Result<(), Fault> {
    let before = tx.panel_for_update(guild, &kind.to_string()).await?;
    let names = (kind.to_string(), kind.nonce(mark));
    tx.put_panel(&moved(guild, names, channel, before.as_ref()), now).await?;
    Ok(())
}

/// Takes away every live message of a server; answers whether there was any.
pub(super) async fn withdraw(
    tx: &Tx,
    guild: GuildId,
    server: ServerId,
    now: i64,
) -> Result<bool, Fault> {
    let mut any = false;
    for kind in CardKind::of(server) {
        let known = tx.panel_for_update(guild, &kind.to_string()).await?;
        if let Some(panel) = known.filter(|panel| panel.state != PanelState::Lost) {
            tx.put_panel(&withdrawn(panel), now).await?;
            any = true;
        }
    }
    Ok(any)
}

/// The panel when nothing is to be left of it.
fn withdrawn(panel: Panel) -> Panel {
    let mut stale = panel.stale.clone();
    match panel.message {
        Some(message) => stale.push(Leftover::Message(panel.channel, message)),
        // It may be under way right now.
        None => stale.push(Leftover::Post(panel.channel, panel.nonce.clone())),
    }
    Panel { message: None, content_hash: None, state: PanelState::Lost, stale, ..panel }
}

fn about(caller: &Caller, view: &ServerView, what: &str) -> AuditEntry {
    AuditEntry {
        after: Some(format!("server={}; {what}", view.record.found.name)),
        outcome: Outcome::Done,
        game: view.record.game.zip(view.game.clone()),
        ..entry(caller, AuditKind::DashboardSet)
    }
}
