//! Making channels.

use super::fields;
use crate::error::ApiError;
use crate::id::ChannelId;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Channel, ChannelKind, ChannelPatch, Overwrite, Permissions, World};

/// MANAGE_CHANNELS in the guild and, for a channel inside a category, in that category too. Without
/// `permission_overwrites` the category's are copied; a list, even an empty one, is used exactly.
pub(super) fn create(call: &Call) -> ApiResult {
    let (name, patch) = call.form(|form| {
        let name = form.text("name", 1..=100);
        (form.required("name", name), fields::read(form))
    })?;
    let id = call.guild_id()?;
    let mut world = call.world();
    let (bot, now) = (world.bot(), world.clock.now_ms());
    let guild = world.bot_guild(id)?;
    guild.require(bot, Permissions::MANAGE_CHANNELS, now)?;
    let kind = patch.kind.unwrap_or(ChannelKind::Text);
    let mut patch = fields::fit(ChannelPatch { kind: Some(kind), ..patch }, kind, guild)?;
    if let Some(list) = &patch.overwrites {
        unique(list)?;
        world.check_new_overwrites(guild, list)?;
    }
    if let Some(parent) = patch.parent.flatten().and_then(|parent| world.channels.get(&parent)) {
        require_place(&world, parent.id)?;
        if patch.overwrites.is_none() {
            patch.overwrites = Some(parent.overwrites.clone());
        }
    }
    let mut channel = Channel::new(ChannelId::default(), Some(id), kind, name);
    let place = &mut *world;
    patch.apply(&mut channel, &mut place.ids, now);
    let cause = call.cause(&world);
    let channel = world.create_channel(id, channel, &cause)?;
    Answer::created(render::channel(&world, &channel))
}

/// May the bot put something into this category?
pub(super) fn require_place(world: &World, parent: ChannelId) -> Result<(), ApiError> {
    world.bot_channel_with(parent, Permissions::MANAGE_CHANNELS).map(drop)
}

/// One overwrite per target; the inner code is that of other sets.
pub(super) fn unique(list: &[Overwrite]) -> Result<(), ApiError> {
    for (at, one) in list.iter().enumerate() {
        if list.iter().take(at).any(|other| other.target == one.target) {
            let path = format!("permission_overwrites.{at}");
            let message = "The set already contains this value";
            return Err(ApiError::field(&path, "SET_TYPE_ALREADY_CONTAINS_VALUE", message));
        }
    }
    Ok(())
}
