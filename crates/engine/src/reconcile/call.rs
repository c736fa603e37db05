//! One step as one call to Discord, and its answer into the cache.

use discord::{AuditLogReason, Call, CallError};
use domain::{
    ChannelId, Game, RoleId, Slot,
    plan::{
        Bindings, ChannelKind, ObservedGuild, Op, OverwriteSpec, Principal, step::ChannelChange,
    },
};
use twilight_model::{
    channel::{
        Channel,
        permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    },
    guild::{Permissions, Role, RoleColors},
    http::{channel_position::Position, permission_overwrite as http},
    id::Id,
};

use super::journaled::Journaled;
use crate::{Engine, observe::convert};

/// How every mark begins; what a person sees in Discord's audit log.
pub const MARK_PREFIX: &str = "gamekeeper";

/// The mark of one journal entry. It has the time of the entry too: a database restored from a
/// backup counts its entries anew, and an old mark must not pass for a new one. Ends with a space,
/// so that `7 ` never matches `71 `.
pub(super) fn mark_of(installation: &str, journal: i64, at: i64) -> String {
    format!("{MARK_PREFIX} {installation}.{journal}.{at} ")
}

/// What a call led to.
#[derive(Debug)]
pub(super) enum Answer {
    /// Made; the new object's id.
    Made(u64),
    /// Done.
    Done,
    /// The object, or the person, is not there (any more).
    Absent,
}

impl Engine {
    /// The time a step may take: its game is left to this process for longer.
    fn step(&self) -> Call {
        Call::within(self.inner.fleet.call_within())
    }

    /// Makes one call: the one that was journaled, once. `bindings` has every object the step
    /// refers to.
    pub(super) async fn call(
        &self,
        game: &Game,
        journaled: Journaled,
        bindings: &Bindings,
        guild: &ObservedGuild,
        installation: &str,
    ) -> Result<Answer, CallError> {
        let rest = self.rest();
        let make = rest.factory();
        let (op, mark) = (journaled.op(), journaled.mark(installation));
        let reason: String = format!("{mark}· {}: {op}", game.name).chars().take(150).collect();
        let call = self.step();
        match op {
            Op::CreateRole { spec, .. } => {
                let request = make
                    .create_role(game.guild)
                    .name(&spec.name)
                    .colors(colours(spec.colour))
                    .mentionable(spec.mentionable)
                    // Absent permissions would copy everyone's.
                    .permissions(Permissions::empty())
                    .reason(&reason);
                let role: Role = rest.send(request, call).await?;
                self.keep_role(game, &role);
                Ok(Answer::Made(role.id.get()))
            }
            Op::UpdateRole { id, change, .. } => {
                let mut request = make.update_role(game.guild, role_id(*id));
                if let Some(name) = &change.name {
                    request = request.name(Some(name));
                }
                if let Some(colour) = change.colour {
                    request = request.colors(Some(colours(colour)));
                }
                if let Some(mentionable) = change.mentionable {
                    request = request.mentionable(mentionable);
                }
                if change.clear_permissions {
                    request = request.permissions(Permissions::empty());
                }
                let result = rest.send::<Role>(request.reason(&reason), call).await;
                let Some(role) = present(result)? else { return Ok(self.lost_role(game, *id)) };
                self.keep_role(game, &role);
                Ok(Answer::Done)
            }
            Op::DeleteRole { id, .. } => {
                let request = make.delete_role(game.guild, role_id(*id)).reason(&reason);
                present(rest.send_empty(request, call).await)?;
                self.lost_role(game, *id);
                Ok(Answer::Done)
            }
            Op::CreateChannel { slot, spec } => {
                let overwrites = resolve(&spec.overwrites, bindings, guild);
                let mut request = make
                    .create_guild_channel(game.guild, &spec.name)
                    .kind(convert::channel_type(spec.kind))
                    .permission_overwrites(&overwrites);
                if let Some(topic) = &spec.topic {
                    request = request.topic(topic);
                }
                if *slot != Slot::Category
                    && let Some(category) = bound_channel(bindings, Slot::Category)
                {
                    request = request.parent_id(category);
                }
                let channel: Channel = rest.send(request.reason(&reason), call).await?;
                self.keep_channel(game, &channel);
                Ok(Answer::Made(channel.id.get()))
            }
            Op::UpdateChannel { id, change, .. } => {
                self.update_channel(game, *id, change, bindings, guild, &reason).await
            }
            Op::SetOverwrite { id, overwrite, .. } => {
                let resolved = resolve(&[*overwrite], bindings, guild);
                let Some(only) = resolved.into_iter().next() else { return Ok(Answer::Absent) };
                let wanted = http::PermissionOverwrite {
                    id: only.id,
                    allow: Some(only.allow),
                    deny: Some(only.deny),
                    kind: match only.kind {
                        PermissionOverwriteType::Member => http::PermissionOverwriteType::Member,
                        _ => http::PermissionOverwriteType::Role,
                    },
                };
                let request =
                    make.update_channel_permission(channel_id(*id), &wanted).reason(&reason);
                if present(rest.send_empty(request, call).await)?.is_none() {
                    return Ok(self.lost_channel(game, *id));
                }
                self.keep_overwrite(game, *id, &only);
                Ok(Answer::Done)
            }
            Op::DeleteChannel { id, .. } => {
                let request = make.delete_channel(channel_id(*id)).reason(&reason);
                present(rest.send_empty(request, call).await)?;
                self.lost_channel(game, *id);
                Ok(Answer::Done)
            }
            Op::PlaceCategory { positions, .. } => self.place(game, positions).await,
            Op::Grant { user, slot } => {
                let Some(role) = bound_role(bindings, *slot) else { return Ok(Answer::Absent) };
                let request = make.add_guild_member_role(game.guild, *user, role).reason(&reason);
                Ok(granted(rest.send_empty(request, call).await)?)
            }
            Op::Revoke { user, slot } => {
                let Some(role) = bound_role(bindings, *slot) else { return Ok(Answer::Absent) };
                let request =
                    make.remove_guild_member_role(game.guild, *user, role).reason(&reason);
                Ok(granted(rest.send_empty(request, call).await)?)
            }
        }
    }

    async fn update_channel(
        &self,
        game: &Game,
        id: u64,
        change: &ChannelChange,
        bindings: &Bindings,
        guild: &ObservedGuild,
        reason: &str,
    ) -> Result<Answer, CallError> {
        // No `..`: a new field must be sent here.
        let ChannelChange { name, topic, into_category, overwrites } = change;
        let resolved = overwrites.as_ref().map(|list| resolve(list, bindings, guild));
        let mut request = self.rest().factory().update_channel(channel_id(id));
        if let Some(name) = name {
            request = request.name(name);
        }
        if let Some(topic) = topic {
            request = request.topic(topic.as_deref().unwrap_or_default());
        }
        if *into_category {
            request = request.parent_id(bound_channel(bindings, Slot::Category));
        }
        if let Some(overwrites) = &resolved {
            request = request.permission_overwrites(overwrites);
        }
        let result = self.rest().send::<Channel>(request.reason(reason), self.step()).await;
        let Some(channel) = present(result)? else { return Ok(self.lost_channel(game, id)) };
        self.keep_channel(game, &channel);
        Ok(Answer::Done)
    }

    async fn place(&self, game: &Game, positions: &[(u64, i32)]) -> Result<Answer, CallError> {
        let wanted: Vec<Position> = positions
            .iter()
            .map(|(id, position)| Position {
                id: channel_id(*id),
                lock_permissions: None,
                parent_id: None,
                position: Some(Some(u64::try_from(*position).unwrap_or(0))),
            })
            .collect();
        let request = self.rest().factory().update_guild_channel_positions(game.guild, &wanted);
        self.rest().send_empty(request, self.step()).await?;
        self.cache().update(game.guild, |known| {
            for (id, position) in positions {
                if let Some(channel) = known.channels.get_mut(&channel_id(*id)) {
                    channel.position = *position;
                }
            }
        });
        Ok(Answer::Done)
    }

    fn keep_role(&self, game: &Game, role: &Role) {
        self.cache().update(game.guild, |known| {
            known.roles.insert(role.id, convert::role(role));
        });
    }

    fn keep_channel(&self, game: &Game, channel: &Channel) {
        self.cache().update(game.guild, |known| {
            if let Some(seen) = convert::channel(channel) {
                known.channels.insert(channel.id, seen);
            }
        });
    }

    fn keep_overwrite(&self, game: &Game, id: u64, overwrite: &PermissionOverwrite) {
        let Some(written) = convert::overwrite(overwrite) else { return };
        self.cache().update(game.guild, |known| {
            if let Some(channel) = known.channels.get_mut(&channel_id(id)) {
                let mut all = channel.overwrites.to_vec();
                all.retain(|o| o.id != written.id || o.kind != written.kind);
                all.push(written);
                channel.overwrites = all.into();
            }
        });
    }

    fn lost_role(&self, game: &Game, id: u64) -> Answer {
        self.cache().update(game.guild, |known| known.roles.remove(&role_id(id)).is_some());
        Answer::Absent
    }

    fn lost_channel(&self, game: &Game, id: u64) -> Answer {
        self.cache().update(game.guild, |known| {
            known.channels.remove(&channel_id(id));
            // Discord orphans the children of a deleted category.
            for channel in known.channels.values_mut() {
                if channel.parent == Some(channel_id(id)) && channel.kind != ChannelKind::Category {
                    channel.parent = None;
                }
            }
        });
        Answer::Absent
    }
}

/// "Not found" as an answer instead of an error, where the object itself is meant.
fn present<T>(result: Result<T, CallError>) -> Result<Option<T>, CallError> {
    match result {
        Ok(value) => Ok(Some(value)),
        // 10003 unknown channel, 10011 unknown role; 0 is what a repeated delete may get.
        Err(CallError::NotFound { code: 0 | 10_003 | 10_011 }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A person who is not in the guild any more (10007, 10013) is not an error either.
fn granted(result: Result<(), CallError>) -> Result<Answer, CallError> {
    match result {
        Ok(()) => Ok(Answer::Done),
        Err(CallError::NotFound { code: 10_007 | 10_013 }) => Ok(Answer::Absent),
        Err(error) => Err(error),
    }
}

fn colours(primary: u32) -> RoleColors {
    RoleColors { primary_color: primary, secondary_color: None, tertiary_color: None }
}

// Ids come from Discord or from bindings that were checked when they were read; zero cannot be.
fn role_id(id: u64) -> RoleId {
    Id::new(id.max(1))
}

fn channel_id(id: u64) -> ChannelId {
    Id::new(id.max(1))
}

fn bound_role(bindings: &Bindings, slot: Slot) -> Option<RoleId> {
    bindings.get(&slot).and_then(|binding| Id::new_checked(binding.id))
}

fn bound_channel(bindings: &Bindings, slot: Slot) -> Option<ChannelId> {
    bindings.get(&slot).and_then(|binding| Id::new_checked(binding.id))
}

/// Overwrites by id. One for a role that does not exist is left out: the planner asks for it
/// again once the role is there.
pub(super) fn resolve(
    specs: &[OverwriteSpec],
    bindings: &Bindings,
    guild: &ObservedGuild,
) -> Vec<PermissionOverwrite> {
    specs
        .iter()
        .filter_map(|spec| {
            let (id, kind) = match spec.principal {
                Principal::Everyone => (guild.id.get(), PermissionOverwriteType::Role),
                Principal::Bot => (guild.bot.user.get(), PermissionOverwriteType::Member),
                Principal::Role(slot) => (bindings.get(&slot)?.id, PermissionOverwriteType::Role),
            };
            Some(PermissionOverwrite {
                id: Id::new_checked(id)?,
                allow: spec.allow,
                deny: spec.deny,
                kind,
            })
        })
        .collect()
}
