//! Setting up panels: checks first, and says exactly what to fix.

use std::{fmt, str::FromStr};

use domain::{
    Action, ChannelId, GuildId, Permissions, RoleId,
    audit::{AuditKind, Outcome},
    plan::{ChannelKind, ObservedGuild, Room, access},
};
use store::{AuditEntry, Leftover, Panel, PanelState};

use crate::{Caller, Correlation, Engine, Fault, Mistake, Notice, UseError};

/// What a channel must allow the bot that posts there: panels, live messages, alarms, the log. Its
/// messages are made of components, so they need no Embed Links.
pub const PANEL_NEEDS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// Which panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PanelKind {
    /// For community admins.
    Admin,
    /// For players.
    Player,
}

impl PanelKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Admin, Self::Player];

    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Player => "player",
        }
    }
}

impl fmt::Display for PanelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no panel.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a panel")]
pub struct UnknownPanel(pub String);

impl FromStr for PanelKind {
    type Err = UnknownPanel;

    fn from_str(text: &str) -> Result<Self, UnknownPanel> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownPanel(text.to_owned()))
    }
}

/// Something to fix before the bot can work here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DashboardCheck {
    /// The bot lacks these in the whole guild.
    MissingGuildPermissions(Permissions),
    /// The bot lacks these in the panel's channel.
    MissingChannelPermissions(ChannelId, Permissions),
    /// These roles of games stand above the bot's highest role.
    RoleTooLow {
        /// The bot's highest role, where it has one.
        bot_role: Option<RoleId>,
        /// The roles above it.
        above: Vec<RoleId>,
    },
    /// There is not even room for one more game; panels can be set up all the same.
    NoRoomForGames(Room),
    /// The channel is gone, or of a kind that takes no messages.
    ChannelUnusable(ChannelId),
}

impl DashboardCheck {
    /// Whether a panel must not be set up before this is fixed.
    pub fn is_blocking(&self) -> bool {
        !matches!(self, Self::NoRoomForGames(_))
    }
}

impl Engine {
    /// What is in the way of a panel in this channel; empty when nothing is.
    pub async fn check_dashboard(
        &self,
        guild: GuildId,
        channel: ChannelId,
    ) -> Result<Vec<DashboardCheck>, Fault> {
        let known = self.guild(guild)?;
        let mut findings = Vec::new();
        let missing = access::NEEDED - known.bot_permissions();
        if !missing.is_empty() {
            findings.push(DashboardCheck::MissingGuildPermissions(missing));
        }
        findings.extend(closed(&known, channel));
        let above: Vec<RoleId> = self
            .store()
            .bindings_of_guild(guild)
            .await?
            .into_iter()
            .filter(|(_, slot, _)| slot.is_role())
            .filter_map(|(_, _, id)| RoleId::new_checked(id))
            .filter(|role| known.roles.contains_key(role) && !known.bot_outranks(*role))
            .collect();
        if !above.is_empty() {
            let bot_role = known
                .bot
                .roles
                .iter()
                .copied()
                .max_by_key(|role| known.roles.get(role).map(|role| role.position));
            findings.push(DashboardCheck::RoleTooLow { bot_role, above });
        }
        let layout = self.store().settings(guild).await?.default_layout;
        let room = Room::of(&known);
        if room.games(&layout) == 0 {
            findings.push(DashboardCheck::NoRoomForGames(room));
        }
        Ok(findings)
    }

    /// Whether the bot can post in a channel; what is in the way is the mistake.
    pub(super) fn can_post(&self, guild: GuildId, channel: ChannelId) -> Result<(), UseError> {
        let known = self.guild(guild)?;
        match closed(&known, channel) {
            Some(finding) => Err(Mistake::NotReady(vec![finding]).into()),
            None => Ok(()),
        }
    }

    /// Puts a panel into a channel: new, moved there, or refreshed where it is.
    pub async fn place_panel(
        &self,
        caller: &Caller,
        kind: PanelKind,
        channel: ChannelId,
    ) -> Result<(), UseError> {
        self.allowed(caller, Action::SetUpDashboard, None).await?;
        let guild = caller.actor.guild;
        let mut findings = self.check_dashboard(guild, channel).await?;
        findings.retain(DashboardCheck::is_blocking);
        if !findings.is_empty() {
            return Err(Mistake::NotReady(findings).into());
        }
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        // Locked: a message that is noted at this very moment must not be forgotten again.
        let before = tx.panel_for_update(guild, kind.as_str()).await?;
        let panel = next(guild, kind, channel, before.as_ref(), &caller.correlation);
        tx.put_panel(&panel, now).await?;
        tx.audit(
            AuditEntry {
                guild,
                game: None,
                actor: Some(caller.actor.user),
                subject: None,
                kind: AuditKind::DashboardSet,
                outcome: Outcome::Done,
                before: before.map(|panel| format!("{kind} panel in <#{}>", panel.channel)),
                after: Some(format!("{kind} panel in <#{channel}>")),
                plan: None,
                correlation: caller.correlation.0.clone(),
                generation: None,
            },
            now,
        )
        .await?;
        tx.commit().await?;
        self.tell(Notice::Panel(guild, kind));
        self.tell(Notice::Audit(guild));
        Ok(())
    }

    /// `DASHBOARD_CHANNEL_ID`: on the first start both panels go there, unless the guild has
    /// panels already. Answers the findings when the channel's guild is not ready; none when the
    /// channel is in no guild that we know (yet).
    pub async fn place_panels_at_start(
        &self,
        channel: ChannelId,
    ) -> Result<Option<Vec<DashboardCheck>>, Fault> {
        let home = self
            .cache()
            .guilds()
            .into_iter()
            .filter_map(|id| self.cache().guild(id))
            .find(|guild| guild.channels.contains_key(&channel));
        let Some(guild) = home.map(|guild| guild.id) else { return Ok(None) };
        let known = self.store().panels(guild).await?;
        if known.iter().any(|panel| panel.kind.parse::<PanelKind>().is_ok()) {
            return Ok(Some(Vec::new()));
        }
        let mut findings = self.check_dashboard(guild, channel).await?;
        findings.retain(DashboardCheck::is_blocking);
        if findings.is_empty() {
            let now = self.clock().now();
            for kind in PanelKind::ALL {
                let mark = Correlation::from_snowflake(channel.get());
                let panel = next(guild, kind, channel, None, &mark);
                self.store().save_panel(&panel, now).await?;
                self.tell(Notice::Panel(guild, kind));
            }
        }
        Ok(Some(findings))
    }
}

/// What keeps the bot from posting in a channel.
fn closed(known: &ObservedGuild, channel: ChannelId) -> Option<DashboardCheck> {
    match known.channels.get(&channel) {
        Some(at) if matches!(at.kind, ChannelKind::Text | ChannelKind::Announcement) => {
            let missing = PANEL_NEEDS - known.bot_permissions_in(at);
            (!missing.is_empty())
                .then_some(DashboardCheck::MissingChannelPermissions(channel, missing))
        }
        _ => Some(DashboardCheck::ChannelUnusable(channel)),
    }
}

/// The panel as it should be from now on.
fn next(
    guild: GuildId,
    kind: PanelKind,
    channel: ChannelId,
    before: Option<&Panel>,
    mark: &Correlation,
) -> Panel {
    // At most 25 characters: a snowflake in base 36 has 13, the kind at most 6.
    moved(guild, (kind.as_str().to_owned(), format!("{kind}-{mark}")), channel, before)
}

/// A panel with this name and this nonce, wanted in a channel: new, moved there, or refreshed.
pub(super) fn moved(
    guild: GuildId,
    (kind, nonce): (String, String),
    channel: ChannelId,
    before: Option<&Panel>,
) -> Panel {
    let stays = before.filter(|panel| panel.channel == channel);
    let mut stale = before.map(|panel| panel.stale.clone()).unwrap_or_default();
    match before.map(|panel| (panel, panel.message)) {
        Some((panel, Some(message))) if panel.channel != channel => {
            stale.push(Leftover::Message(panel.channel, message));
        }
        // It may be under way right now, or its answer may be lost.
        Some((panel, None)) if panel.state == PanelState::Wanted => {
            stale.push(Leftover::Post(panel.channel, panel.nonce.clone()));
        }
        _ => {}
    }
    Panel {
        guild,
        kind,
        channel,
        message: stays.and_then(|panel| panel.message),
        stale,
        content_hash: None,
        state: PanelState::Wanted,
        nonce,
    }
}
