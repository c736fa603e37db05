//! Overwrites: in bodies, and one at a time (resources/channel).

use crate::error::ApiError;
use crate::id::{RoleId, Snowflake, UserId};
use crate::rest::{Answer, ApiResult, Call, Form};
use crate::world::{Overwrite, OverwriteTarget, Permissions};

/// One overwrite of a create or edit body.
pub(super) fn overwrite(form: &mut Form<'_>) -> Overwrite {
    let id = form.id::<RoleId>("id");
    let id = form.required("id", id);
    about(form, id)
}

/// The part that is the same for a single overwrite: its kind and bits.
fn about(form: &mut Form<'_>, id: RoleId) -> Overwrite {
    let kind = form.choice("type", &[0, 1]);
    let kind = form.required("type", kind);
    let target =
        if kind == 1 { OverwriteTarget::Member(UserId(id.0)) } else { OverwriteTarget::Role(id) };
    Overwrite {
        target,
        allow: form.permissions("allow").value().unwrap_or_default(),
        deny: form.permissions("deny").value().unwrap_or_default(),
    }
}

/// Adds or replaces one overwrite; MANAGE_ROLES and only bits the bot holds.
pub(super) fn put(call: &Call) -> ApiResult {
    let (id, target) = (call.channel_id()?, call.id::<RoleId>("overwrite_id")?);
    let overwrite = call.form(|form| {
        // Clients repeat the id of the path.
        form.ignore(&["id"]);
        about(form, target)
    })?;
    let mut world = call.world();
    let channel = world.bot_channel(id)?;
    world.check_edited_overwrites(channel, &[overwrite])?;
    let cause = call.cause(&world);
    world.put_overwrite(id, overwrite, &cause)?;
    Answer::no_content()
}

pub(super) fn delete(call: &Call) -> ApiResult {
    let (id, target) = (call.channel_id()?, call.id::<RoleId>("overwrite_id")?);
    let mut world = call.world();
    let channel = world.bot_channel(id)?;
    if channel.guild.is_none() {
        return Err(ApiError::wrong_channel_for_dm());
    }
    if channel.kind.is_thread() {
        return Err(ApiError::wrong_channel_type());
    }
    world.bot_channel_with(id, Permissions::MANAGE_ROLES)?;
    let cause = call.cause(&world);
    world.delete_overwrite(id, target.get(), &cause)?;
    Answer::no_content()
}
