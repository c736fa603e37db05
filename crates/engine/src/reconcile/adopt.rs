//! What the journal left open: asked for, answer unknown.
//!
//! Everything but a create can simply be said again. A create is looked for by our mark in
//! Discord's audit log; without the right to read it, by evidence: made by nobody else's hand as
//! far as can be seen, of the wished name and kind, after the journal entry, in no other slot.

use domain::{
    ChannelId, Game, RoleId, Slot,
    plan::{ChannelSpec, Op, RoleSpec},
};
use store::{JournalEntry, JournalStatus};
use twilight_model::{
    channel::Channel,
    guild::{
        Role,
        audit_log::{AuditLog, AuditLogEventType},
    },
};

use super::call::mark_of;
use crate::{Engine, Fault, observe::convert};

/// A call whose answer was lost may still be on its way; before this long after the journal
/// entry, finding nothing proves nothing.
const GRACE_MS: i64 = 1_500;
/// Clocks differ: an object may seem to be a little older than the entry that made it.
const CLOCK_SLACK_MS: i64 = 5_000;
/// Audit entries looked through; Discord's page.
const AUDIT_PAGE: u16 = 100;
/// Discord's epoch in its ids, in milliseconds since the Unix epoch.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

impl Engine {
    /// Closes every open journal entry of a game.
    pub(super) async fn settle_open_intents(&self, game: &Game, mark: &str) -> Result<(), Fault> {
        for entry in self.store().open_intents(game.id).await? {
            if entry.op.creates() {
                let age = self.clock().now().saturating_sub(entry.created_at);
                if let Ok(wait) = u64::try_from(GRACE_MS.saturating_sub(age)) {
                    tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
                }
            }
            let found = match &entry.op {
                Op::CreateRole { spec, .. } => self.find_role(game, &entry, spec, mark).await?,
                Op::CreateChannel { slot, spec } => {
                    self.find_channel(game, &entry, *slot, spec, mark).await?
                }
                _ => None,
            };
            self.close(game, &entry, found).await?;
        }
        Ok(())
    }

    async fn close(
        &self,
        game: &Game,
        entry: &JournalEntry,
        found: Option<u64>,
    ) -> Result<(), Fault> {
        let now = self.clock().now();
        let status = if found.is_some() { JournalStatus::Adopted } else { JournalStatus::Void };
        tracing::info!(game = %game.id, step = entry.id, status = status.as_str(),
            "a step whose answer was lost is settled");
        let tx = self.store().begin().await?;
        if let Some(id) = found {
            match &entry.op {
                Op::CreateRole { slot, spec } => {
                    tx.bind(game.id, *slot, id, Some(spec.fingerprint()), now).await?;
                }
                Op::CreateChannel { slot, spec } => {
                    tx.bind(game.id, *slot, id, Some(spec.fingerprint()), now).await?;
                }
                _ => {}
            }
        }
        tx.journal_outcome(entry.id, status, found, None, now).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn find_role(
        &self,
        game: &Game,
        entry: &JournalEntry,
        spec: &RoleSpec,
        mark: &str,
    ) -> Result<Option<u64>, Fault> {
        let request = self.rest().factory().roles(game.guild);
        let roles: Vec<Role> = self.rest().send(request, discord::Call::background()).await?;
        let marked = self.marked(game, entry, AuditLogEventType::RoleCreate, mark).await?;
        let mut found = None;
        for role in &roles {
            let id = role.id.get();
            let evidence = marked.is_none()
                && role.name == spec.name
                && !role.managed
                && role.permissions.is_empty();
            if is_it(marked, evidence, id, entry) && self.store().bound(id).await?.is_none() {
                found = Some(id);
                self.cache().update(game.guild, |known| {
                    known.roles.insert(RoleId::new(id.max(1)), convert::role(role));
                });
                break;
            }
        }
        Ok(found)
    }

    async fn find_channel(
        &self,
        game: &Game,
        entry: &JournalEntry,
        slot: Slot,
        spec: &ChannelSpec,
        mark: &str,
    ) -> Result<Option<u64>, Fault> {
        let request = self.rest().factory().guild_channels(game.guild);
        let channels: Vec<Channel> = self.rest().send(request, discord::Call::background()).await?;
        let marked = self.marked(game, entry, AuditLogEventType::ChannelCreate, mark).await?;
        let bindings = self.store().bindings(game.id).await?;
        let category = bindings.get(&Slot::Category).map(|binding| binding.id);
        let player = bindings.get(&Slot::PlayerRole).map(|binding| binding.id);
        let mut found = None;
        for channel in &channels {
            let id = channel.id.get();
            let Some(seen) = convert::channel(channel) else { continue };
            let at_home = slot == Slot::Category || seen.parent.map(ChannelId::get) == category;
            // Our channels name the game's own player role; a stranger's would not.
            let ours = player.is_some_and(|role| seen.overwrites.iter().any(|o| o.id == role));
            let evidence = marked.is_none()
                && *seen.name == *spec.name
                && seen.kind == spec.kind
                && at_home
                && ours;
            if is_it(marked, evidence, id, entry) && self.store().bound(id).await?.is_none() {
                found = Some(id);
                self.cache().update(game.guild, |known| {
                    known.channels.insert(channel.id, seen);
                });
                break;
            }
        }
        Ok(found)
    }

    /// What our mark in Discord's audit log points at, if we may read the log and it is there.
    async fn marked(
        &self,
        game: &Game,
        entry: &JournalEntry,
        kind: AuditLogEventType,
        mark: &str,
    ) -> Result<Option<u64>, Fault> {
        let request = self
            .rest()
            .factory()
            .audit_log(game.guild)
            .action_type(kind)
            .user_id(self.bot_user())
            .limit(AUDIT_PAGE);
        let log = self.rest().send::<AuditLog>(request, discord::Call::background()).await;
        let log = match log {
            Ok(log) => log,
            Err(discord::CallError::Forbidden { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let wanted = mark_of(mark, entry.id);
        Ok(log
            .entries
            .into_iter()
            .find(|line| line.reason.as_deref().is_some_and(|reason| reason.starts_with(&wanted)))
            .and_then(|line| line.target_id)
            .map(twilight_model::id::Id::get))
    }
}

/// Whether this is what the entry asked for: our mark or, without one, the evidence points at it,
/// and it is not older than the entry. A database restored from a backup counts its entries anew,
/// so that an old mark may carry a new entry's number.
fn is_it(marked: Option<u64>, evidence: bool, id: u64, entry: &JournalEntry) -> bool {
    (marked == Some(id) || evidence) && made_after(id, entry.created_at)
}

/// Whether an object's id says that it was made after (or just before) this time.
fn made_after(id: u64, at: i64) -> bool {
    let made = (id >> 22).cast_signed().saturating_add(DISCORD_EPOCH_MS);
    made >= at.saturating_sub(CLOCK_SLACK_MS)
}
