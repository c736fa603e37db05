//! What is set for a server: who may do what with it, and where its alarms go.

use domain::{
    ChannelId, RoleId,
    audit::{AuditKind, Outcome},
    server::{ServerAction, ServerActions, ServerGrant, ServerId},
};
use store::{AuditEntry, ServerRecord};

use super::servers::{ServerView, entry};
use crate::{Caller, Engine, Mistake, Notice, UseError};

/// A server cannot be silenced for longer than a week; who wants that sends its alarms nowhere.
pub const MOST_MUTED_HOURS: u16 = 7 * 24;
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// What changes about a server's alarms; `None` stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertEdit {
    /// Where they go; `Some(None)` is nowhere but the history and the log channel.
    pub channel: Option<Option<ChannelId>>,
    /// How many players are worth telling; zero is none.
    pub crowd: Option<u32>,
    /// For how many hours from now nobody wants to hear of it; zero ends that.
    pub muted_hours: Option<u16>,
}

/// A server with what roles may do with it.
#[derive(Clone, Debug)]
pub struct ServerRights {
    /// The server.
    pub view: ServerView,
    /// What was granted, to whom.
    pub grants: Vec<ServerGrant>,
}

impl Engine {
    /// What is set for a server, for those who may change it.
    pub async fn server_settings(
        &self,
        caller: &Caller,
        id: ServerId,
    ) -> Result<ServerView, UseError> {
        self.may_server(caller, id, ServerAction::Manage).await
    }

    /// Changes where a server's alarms go, and which.
    pub async fn change_alerts(
        &self,
        caller: &Caller,
        id: ServerId,
        edit: AlertEdit,
    ) -> Result<ServerView, UseError> {
        let view = self.may_server(caller, id, ServerAction::Manage).await?;
        if let Some(Some(channel)) = edit.channel {
            self.can_post(caller.actor.guild, channel)?;
        }
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let found = tx.server_for_update(id).await?;
        let mut record = found.filter(|record| !record.gone).ok_or(Mistake::NoSuchServer)?;
        let before = record.clone();
        let AlertEdit { channel, crowd, muted_hours } = edit;
        if let Some(channel) = channel {
            record.alerts = channel;
        }
        if let Some(crowd) = crowd {
            record.crowd = Some(crowd).filter(|crowd| *crowd > 0);
        }
        if let Some(hours) = muted_hours {
            let hours = i64::from(hours.min(MOST_MUTED_HOURS));
            record.muted_until = if hours == 0 { 0 } else { now + hours * HOUR_MS };
        }
        if record == before {
            return Err(Mistake::NoChange.into());
        }
        let told = AuditEntry {
            before: Some(words(&before, now)),
            after: Some(words(&record, now)),
            outcome: Outcome::Done,
            game: view.record.game.zip(view.game.clone()),
            ..entry(caller, AuditKind::SettingsChanged)
        };
        let told = tx.audit(told, now).await?;
        tx.put_server(&record, now).await?;
        if record.alerts != before.alerts {
            // What was before is no news to whoever listens from now on.
            tx.told_alerts(id, told).await?;
        }
        tx.commit().await?;
        self.tell(Notice::Audit(caller.actor.guild));
        self.tell(Notice::Server { guild: caller.actor.guild, server: id, moved: true });
        Ok(ServerView { record, ..view })
    }

    /// What roles may do with a server.
    pub async fn server_rights(
        &self,
        caller: &Caller,
        id: ServerId,
    ) -> Result<ServerRights, UseError> {
        let view = self.may_server(caller, id, ServerAction::Manage).await?;
        let grants = self.store().server_grants(id).await?;
        Ok(ServerRights { view, grants })
    }

    /// Grants a role these actions on a server and no others. Everyone who may do anything with it
    /// may see it.
    pub async fn grant_server(
        &self,
        caller: &Caller,
        id: ServerId,
        role: RoleId,
        actions: ServerActions,
    ) -> Result<ServerRights, UseError> {
        let view = self.may_server(caller, id, ServerAction::Manage).await?;
        let actions: ServerActions =
            actions.iter().filter(|action| action.can_be_granted()).collect();
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        // Locked, so that two who grant at once are told of in the order in which it happened.
        tx.server_for_update(id).await?.ok_or(Mistake::NoSuchServer)?;
        let known = tx.server_grants(id).await?;
        let before = known.iter().find(|grant| grant.role == role);
        let before = before.map_or(ServerActions::default(), |grant| grant.actions);
        if before != actions {
            tx.grant_server(id, role, actions).await?;
            let facts = |actions| {
                format!("server={}; <@&{role}>={}", view.record.found.name, list(actions))
            };
            let told = AuditEntry {
                before: Some(facts(before)),
                after: Some(facts(actions)),
                outcome: Outcome::Done,
                game: view.record.game.zip(view.game.clone()),
                ..entry(caller, AuditKind::SettingsChanged)
            };
            tx.audit(told, now).await?;
        }
        tx.commit().await?;
        self.tell(Notice::Audit(caller.actor.guild));
        self.server_rights(caller, id).await
    }
}

fn list(actions: ServerActions) -> String {
    if actions.is_empty() {
        return "nothing".to_owned();
    }
    let words: Vec<&str> = actions.iter().map(ServerAction::as_str).collect();
    words.join("+")
}

fn words(record: &ServerRecord, now: i64) -> String {
    let channel = record.alerts.map_or("none".to_owned(), |channel| format!("<#{channel}>"));
    let crowd = record.crowd.map_or("none".to_owned(), |crowd| crowd.to_string());
    // Rounded up, so that the last minutes are not none.
    let muted = (record.muted_until - now + HOUR_MS - 1).max(0) / HOUR_MS;
    format!("server={}; alerts={channel}; players={crowd}; muted_hours={muted}", record.found.name)
}
