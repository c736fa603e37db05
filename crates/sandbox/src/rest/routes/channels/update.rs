//! Editing channels.

use super::{create, fields, thread};
use crate::error::ApiError;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Channel, ChannelKind, ChannelPatch, Permissions, World};

/// MANAGE_CHANNELS; a new list of overwrites needs MANAGE_ROLES too. Threads have rules of their own.
pub(super) fn update(call: &Call) -> ApiResult {
    let id = call.channel_id()?;
    let mut world = call.world();
    let channel = world.bot_channel(id)?.clone();
    if channel.kind.is_thread() {
        return thread::update(call, world, &channel);
    }
    let patch = call.form(|form| {
        let name = form.text("name", 1..=100).value();
        ChannelPatch { name, ..fields::read(form) }
    })?;
    let Some(guild) = channel.guild.and_then(|guild| world.guilds.get(&guild)) else {
        return Err(ApiError::wrong_channel_for_dm());
    };
    world.bot_channel_with(id, Permissions::MANAGE_CHANNELS)?;
    let kind = patch.kind.unwrap_or(channel.kind);
    check_conversion(channel.kind, kind)?;
    // The kind it has already is no request for that kind.
    let asked = patch.kind.filter(|asked| *asked != channel.kind);
    let patch = fields::fit(ChannelPatch { kind: asked, ..patch }, kind, guild)?;
    if let Some(list) = &patch.overwrites {
        create::unique(list)?;
        world.check_edited_overwrites(&channel, list)?;
    }
    check_move(&world, &channel, &patch)?;
    let cause = call.cause(&world);
    let channel = world.edit_channel(id, patch, &cause)?;
    Answer::ok(render::channel(&world, &channel))
}

/// Only text and announcement channels turn into each other (resources/channel, "Modify Channel").
fn check_conversion(from: ChannelKind, to: ChannelKind) -> Result<(), ApiError> {
    let chat = |kind| matches!(kind, ChannelKind::Text | ChannelKind::Announcement);
    if from == to || chat(from) && chat(to) {
        return Ok(());
    }
    let message = "Cannot convert to this channel type";
    Err(ApiError::field("type", "CHANNEL_TYPE_INVALID", message))
}

/// Into another category: MANAGE_CHANNELS there too.
fn check_move(world: &World, channel: &Channel, patch: &ChannelPatch) -> Result<(), ApiError> {
    match patch.parent {
        Some(Some(parent))
            if channel.parent != Some(parent) && world.channels.contains_key(&parent) =>
        {
            create::require_place(world, parent)
        }
        _ => Ok(()),
    }
}
