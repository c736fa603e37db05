//! What the journal left open: asked for, answer unknown.
//!
//! Everything but a create can simply be said again. A create is looked for: by our mark where
//! Discord's audit log may be read, else among what looks exactly like it (see [`super::alike`]).
//! When neither proves that something is ours, it is left alone.

use std::time::Duration;

use domain::{
    ChannelId, Game, RoleId, Slot,
    audit::{AuditKind, Outcome},
    plan::Op,
};
use store::{AuditEntry, JournalEntry, JournalStatus};
use twilight_model::guild::audit_log::{AuditLog, AuditLogEntry, AuditLogEventType};

use super::{
    alike::{Alike, Objects},
    call::mark_of,
};
use crate::{Correlation, Engine, Fault};

/// A call whose answer was lost may still be on its way; before this long after the journal
/// entry, finding nothing proves nothing.
const GRACE: Duration = Duration::from_millis(1_500);
/// How long after the journal entry Discord's audit log may still not show what it will.
const LOG_LAG: Duration = Duration::from_mins(1);
/// Until the log is looked at again.
const LOOK_AGAIN_MS: i64 = 2_000;
/// Audit entries looked through; Discord's page.
const AUDIT_PAGE: u16 = 100;

/// What became of a create whose answer was lost.
enum Verdict {
    /// This is it.
    Ours(u64),
    /// It is not there. These look like it, and nothing proves whose they are.
    Nothing(Vec<u64>),
    /// Discord's audit log does not say yet whose something is.
    TooEarly,
}

/// What Discord's audit log says.
enum Log {
    /// We may not read it.
    Closed,
    /// The newest entries of the kind.
    Open(Vec<AuditLogEntry>),
}

impl Engine {
    /// Closes every open journal entry of a game. Answers when to come back, if that cannot be
    /// done yet.
    pub(crate) async fn settle_open_intents(
        &self,
        game: &Game,
        mark: &str,
    ) -> Result<Option<i64>, Fault> {
        let mut again = None;
        for entry in self.store().open_intents(game.id).await? {
            if !entry.op.creates() {
                self.close(game, &entry, None, &[]).await?;
                continue;
            }
            let age = self.inner.ages.of(entry.id);
            tokio::time::sleep(GRACE.saturating_sub(age)).await;
            match self.look_for(game, &entry, mark).await? {
                Verdict::Ours(id) => self.close(game, &entry, Some(id), &[]).await?,
                Verdict::Nothing(alike) => self.close(game, &entry, None, &alike).await?,
                Verdict::TooEarly => again = Some(LOOK_AGAIN_MS),
            }
        }
        Ok(again)
    }

    async fn close(
        &self,
        game: &Game,
        entry: &JournalEntry,
        found: Option<u64>,
        alike: &[u64],
    ) -> Result<(), Fault> {
        let now = self.clock().now();
        let status = if found.is_some() { JournalStatus::Adopted } else { JournalStatus::Void };
        tracing::info!(game = %game.id, step = entry.id, status = status.as_str(), ?alike,
            "a step whose answer was lost is settled");
        let tx = self.store().begin().await?;
        if let (Some(id), Some((slot, applied))) = (found, entry.op.made()) {
            tx.bind(game.id, slot, id, applied, now).await?;
        }
        if let (false, Some(slot)) = (alike.is_empty(), entry.op.slot()) {
            tx.audit(left_alone(game, slot, alike, now), now).await?;
        }
        tx.journal_outcome(entry.id, status, found, None, now).await?;
        tx.commit().await?;
        self.inner.ages.closed(entry.id);
        Ok(())
    }

    async fn look_for(
        &self,
        game: &Game,
        entry: &JournalEntry,
        mark: &str,
    ) -> Result<Verdict, Fault> {
        let objects = self.objects(game, &entry.op).await?;
        let kind = match objects {
            Objects::Roles(_) => AuditLogEventType::RoleCreate,
            Objects::Channels(_) => AuditLogEventType::ChannelCreate,
        };
        let wanted = mark_of(mark, entry.id, entry.created_at);
        let own = self.audit_log(game, kind, true).await?;
        if let Log::Open(lines) = &own {
            let marked = lines.iter().find(|line| is_marked(line, &wanted));
            if let Some(id) = marked.and_then(|line| line.target_id) {
                let id = id.get();
                let free = self.store().bound(id).await?.is_none();
                // Not there any more: somebody has deleted it since.
                if free && objects.keep(self, game, id) {
                    return Ok(Verdict::Ours(id));
                }
                return Ok(Verdict::Nothing(Vec::new()));
            }
        }
        // Asked for first: an entry that is closed meanwhile takes its object with it.
        let asked = self.asked_alike(game, entry).await?;
        let alike = self.alike(game, entry, &objects).await?;
        if alike.is_empty() {
            return Ok(Verdict::Nothing(Vec::new()));
        }
        match own {
            Log::Open(_) => self.judge_by_log(game, entry, kind, &alike).await,
            Log::Closed => Ok(self.judge_by_looks(game, entry, &objects, &asked, &alike)),
        }
    }

    /// With the log, only our mark makes something ours. What looks like it and is in the log was
    /// made by somebody else, or for something else; what is not in it yet may still turn out to
    /// be ours.
    async fn judge_by_log(
        &self,
        game: &Game,
        entry: &JournalEntry,
        kind: AuditLogEventType,
        alike: &Alike,
    ) -> Result<Verdict, Fault> {
        let Log::Open(all) = self.audit_log(game, kind, false).await? else {
            return Ok(Verdict::TooEarly);
        };
        let told = |id: &u64| all.iter().any(|line| line.target_id.is_some_and(|t| t.get() == *id));
        let unknown: Vec<u64> = alike.ids().filter(|id| !told(id)).collect();
        let age = self.inner.ages.of(entry.id);
        Ok(match (unknown.is_empty(), age < LOG_LAG) {
            (true, _) => Verdict::Nothing(Vec::new()),
            (false, true) => Verdict::TooEarly,
            (false, false) => Verdict::Nothing(unknown),
        })
    }

    /// Without the log there are only looks and time. As many that look alike as we asked for are
    /// ours; one more, and nobody can say which is not.
    fn judge_by_looks(
        &self,
        game: &Game,
        entry: &JournalEntry,
        objects: &Objects,
        asked: &[i64],
        alike: &Alike,
    ) -> Verdict {
        let made = &alike.in_time;
        let place = asked.iter().position(|id| *id == entry.id).unwrap_or_default();
        if made.len() <= asked.len()
            && let Some(id) = made.get(place).or(made.last())
            && objects.keep(self, game, *id)
        {
            return Verdict::Ours(*id);
        }
        Verdict::Nothing(alike.ids().collect())
    }

    /// The open creates of the guild whose result would look exactly like this one's, oldest
    /// first: another game of ours may have asked for a role of the same name.
    async fn asked_alike(&self, game: &Game, entry: &JournalEntry) -> Result<Vec<i64>, Fault> {
        let mut asked = Vec::new();
        for record in self.store().games_of_guild(game.guild).await? {
            for open in self.store().open_intents(record.game.id).await? {
                let alike = match (&open.op, &entry.op) {
                    (Op::CreateRole { spec: a, .. }, Op::CreateRole { spec: b, .. }) => a == b,
                    // A channel names its own game's roles.
                    (a @ Op::CreateChannel { .. }, b) => open.game == game.id && a == b,
                    _ => false,
                };
                if alike {
                    asked.push(open.id);
                }
            }
        }
        asked.sort_unstable();
        Ok(asked)
    }

    async fn audit_log(
        &self,
        game: &Game,
        kind: AuditLogEventType,
        own: bool,
    ) -> Result<Log, Fault> {
        let request = self.rest().factory().audit_log(game.guild);
        let mut request = request.action_type(kind).limit(AUDIT_PAGE);
        if own {
            request = request.user_id(self.bot_user());
        }
        match self.rest().send::<AuditLog>(request, discord::Call::background()).await {
            Ok(log) => Ok(Log::Open(log.entries)),
            Err(discord::CallError::Forbidden { .. }) => Ok(Log::Closed),
            Err(error) => Err(error.into()),
        }
    }
}

fn is_marked(line: &AuditLogEntry, wanted: &str) -> bool {
    line.reason.as_deref().is_some_and(|reason| reason.starts_with(wanted))
}

/// Tells the admins about what may be ours and is left to them.
fn left_alone(game: &Game, slot: Slot, alike: &[u64], now: i64) -> AuditEntry {
    let mention = |id: &u64| {
        if slot.is_role() {
            RoleId::new_checked(*id).map(|id| format!("<@&{id}>"))
        } else {
            ChannelId::new_checked(*id).map(|id| format!("<#{id}>"))
        }
    };
    let named: Vec<String> = alike.iter().filter_map(mention).collect();
    AuditEntry {
        guild: game.guild,
        game: Some((game.id, game.name.to_string())),
        actor: None,
        subject: None,
        kind: AuditKind::LeftAlone,
        outcome: Outcome::Done,
        before: None,
        after: Some(named.join(" ")),
        plan: None,
        correlation: Correlation::from_snowflake(now.cast_unsigned()).0,
        generation: None,
    }
}
