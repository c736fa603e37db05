//! Moving many channels at once (resources/guild, "Modify Guild Channel Positions").

use super::create::require_place;
use crate::error::ApiError;
use crate::id::ChannelId;
use crate::rest::{Answer, ApiResult, Call, Form};
use crate::world::{Cause, Channel, ChannelPatch, Permissions, World};

/// One line of the body.
struct Move {
    id: ChannelId,
    position: Option<i32>,
    parent: Option<Option<ChannelId>>,
    lock: bool,
}

fn line(form: &mut Form<'_>) -> Move {
    let id = form.id("id");
    let position = form.int("position", 0..=i64::from(i32::MAX)).value();
    Move {
        id: form.required("id", id),
        position: position.map(super::fields::small),
        parent: form.id("parent_id").patch(),
        lock: form.boolean("lock_permissions").value().unwrap_or(false),
    }
}

/// All or nothing. Lines that only set a position need no access to their channel; at most one may change the parent
/// (40009). An audit reason is not supported here.
pub(super) fn update(call: &Call) -> ApiResult {
    let moves = call.forms(usize::MAX, line)?;
    let id = call.guild_id()?;
    let mut world = call.world();
    let (bot, now) = (world.bot(), world.clock.now_ms());
    world.bot_guild(id)?.require(bot, Permissions::MANAGE_CHANNELS, now)?;
    let mut patches = Vec::with_capacity(moves.len());
    let mut reparented = 0;
    for line in moves {
        let channel = world.channels.get(&line.id).filter(|channel| channel.guild == Some(id));
        let channel = channel.ok_or_else(ApiError::unknown_channel)?;
        let parent = line.parent.filter(|parent| *parent != channel.parent);
        if parent.is_some() {
            reparented += 1;
            require_move(&world, channel, parent.flatten())?;
        }
        let overwrites = if line.lock {
            let parent = parent.unwrap_or(channel.parent);
            parent.and_then(|parent| world.channels.get(&parent)).map(|one| one.overwrites.clone())
        } else {
            None
        };
        if overwrites.is_some() {
            world.bot_channel_with(line.id, Permissions::MANAGE_ROLES)?;
        }
        let position = line.position;
        let patch = ChannelPatch { position, parent, overwrites, ..ChannelPatch::default() };
        patches.push((line.id, patch));
    }
    if reparented > 1 {
        return Err(ApiError::one_parent_per_move());
    }
    // The line that can still fail, a full category, goes first.
    patches.sort_by_key(|(_, patch)| patch.parent.is_none());
    let cause = Cause::user(bot);
    for (id, patch) in patches {
        world.edit_channel(id, patch, &cause)?;
    }
    Answer::no_content()
}

/// MANAGE_CHANNELS on both sides, else 50001.
fn require_move(
    world: &World,
    channel: &Channel,
    parent: Option<ChannelId>,
) -> Result<(), ApiError> {
    let refused = |_| ApiError::missing_access();
    world.bot_channel_with(channel.id, Permissions::MANAGE_CHANNELS).map_err(refused)?;
    match parent {
        Some(parent) if world.channels.contains_key(&parent) => {
            require_place(world, parent).map_err(refused)
        }
        _ => Ok(()),
    }
}
