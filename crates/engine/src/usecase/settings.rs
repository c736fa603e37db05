//! A guild's settings.

use domain::{
    Action, ChannelId, DriftPolicy, GuildId, GuildSettings, Layout, RoleId,
    audit::{AuditKind, Outcome},
};
use store::AuditEntry;

use super::dashboard::PANEL_NEEDS;
use crate::{Caller, Engine, Fault, Mistake, Notice, UseError};

/// What changes; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsEdit {
    /// Roles whose members are community admins.
    pub admin_roles: Option<Vec<RoleId>>,
    /// Where audit lines go; `Some(None)` is nowhere.
    pub log_channel: Option<Option<ChannelId>>,
    /// The layout a Simple create uses.
    pub default_layout: Option<Layout>,
    /// What to do about changes by hand.
    pub drift_policy: Option<DriftPolicy>,
}

/// Why no lines reach a guild's log channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogTrouble {
    /// Somebody deleted it.
    Gone,
    /// The bot may not write there.
    Closed,
}

impl Engine {
    /// What is wrong with a guild's log channel; none also while the guild is not available.
    pub fn log_trouble(&self, settings: &GuildSettings) -> Option<LogTrouble> {
        let known = self.cache().guild(settings.guild)?;
        match known.channels.get(&settings.log_channel?) {
            None => Some(LogTrouble::Gone),
            Some(at) if !known.bot_permissions_in(at).contains(PANEL_NEEDS) => {
                Some(LogTrouble::Closed)
            }
            Some(_) => None,
        }
    }

    /// A guild's settings, for our own use.
    pub async fn settings(&self, guild: GuildId) -> Result<GuildSettings, Fault> {
        Ok(self.store().settings(guild).await?)
    }

    /// A guild's settings, for a person.
    pub async fn view_settings(&self, caller: &Caller) -> Result<GuildSettings, UseError> {
        self.allowed(caller, Action::ViewSettings, None).await?;
        Ok(self.store().settings(caller.actor.guild).await?)
    }

    /// Changes settings; answers what they are now.
    pub async fn change_settings(
        &self,
        caller: &Caller,
        edit: SettingsEdit,
    ) -> Result<GuildSettings, UseError> {
        self.allowed(caller, Action::ChangeSettings, None).await?;
        let guild = caller.actor.guild;
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let before = tx.settings(guild).await?;
        let mut after = before.clone();
        let SettingsEdit { admin_roles, log_channel, default_layout, drift_policy } = edit;
        if let Some(roles) = admin_roles {
            // @everyone as an admin role would make everybody an admin.
            after.admin_roles = roles.into_iter().filter(|r| r.get() != guild.get()).collect();
        }
        if let Some(channel) = log_channel {
            after.log_channel = channel;
        }
        if let Some(layout) = default_layout {
            if layout.slots().is_empty() {
                return Err(Mistake::EmptyLayout.into());
            }
            after.default_layout = layout;
        }
        if let Some(policy) = drift_policy {
            after.drift_policy = policy;
        }
        if after == before {
            return Err(Mistake::NoChange.into());
        }
        tx.put_settings(&after, now).await?;
        tx.audit(
            AuditEntry {
                guild,
                game: None,
                actor: Some(caller.actor.user),
                subject: None,
                kind: AuditKind::SettingsChanged,
                outcome: Outcome::Done,
                before: Some(words(&before)),
                after: Some(words(&after)),
                plan: None,
                correlation: caller.correlation.0.clone(),
                generation: None,
            },
            now,
        )
        .await?;
        tx.commit().await?;
        self.tell(Notice::Audit(guild));
        self.tell(Notice::Games(guild));
        if after.drift_policy != before.drift_policy {
            // What waited for an answer may go on now.
            self.wake_guild(guild).await?;
        }
        Ok(after)
    }
}

fn words(settings: &GuildSettings) -> String {
    let roles: Vec<String> = settings.admin_roles.iter().map(|r| format!("<@&{r}>")).collect();
    let slots: Vec<String> =
        settings.default_layout.slots().iter().map(ToString::to_string).collect();
    let log = settings.log_channel.map_or("none".to_owned(), |channel| format!("<#{channel}>"));
    format!(
        "admin_roles={}; log_channel={log}; default_layout={}; drift_policy={:?}",
        roles.join("+"),
        slots.join("+"),
        settings.drift_policy
    )
}
