//! Who is in a thread.

use crate::error::ApiError;
use crate::id::UserId;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Channel, Permissions, Thread, World};

/// A thread the bot can see.
fn thread<'a>(call: &Call, world: &'a World) -> Result<(&'a Channel, &'a Thread), ApiError> {
    let channel = world.bot_channel(call.channel_id()?)?;
    let thread = channel.thread.as_deref().ok_or_else(ApiError::wrong_channel_type)?;
    Ok((channel, thread))
}

/// [`thread`], and it must not be archived (50083).
fn open(call: &Call, world: &World) -> Result<(), ApiError> {
    if thread(call, world)?.1.archived { Err(ApiError::archived_thread()) } else { Ok(()) }
}

pub(super) fn list(call: &Call) -> ApiResult {
    let world = call.world();
    let (channel, thread) = thread(call, &world)?;
    Answer::ok(thread.members.iter().map(|one| render::thread_member(channel, one)).collect())
}

pub(super) fn get(call: &Call) -> ApiResult {
    let user = call.user_id()?;
    let world = call.world();
    let (channel, thread) = thread(call, &world)?;
    let member = thread.members.iter().find(|member| member.user == user);
    let member = member.ok_or_else(ApiError::unknown_member)?;
    Answer::ok(render::thread_member(channel, member))
}

pub(super) fn join(call: &Call) -> ApiResult {
    let mut world = call.world();
    open(call, &world)?;
    let bot = world.bot();
    world.join_thread(call.channel_id()?, bot)?;
    Answer::no_content()
}

pub(super) fn leave(call: &Call) -> ApiResult {
    let mut world = call.world();
    open(call, &world)?;
    let bot = world.bot();
    world.leave_thread(call.channel_id()?, bot)?;
    Answer::no_content()
}

/// Takes the right to write in the thread; a private thread that is not `invitable` also MANAGE_THREADS.
pub(super) fn add(call: &Call) -> ApiResult {
    let user: UserId = call.user_id()?;
    let mut world = call.world();
    open(call, &world)?;
    let (channel, thread) = thread(call, &world)?;
    world.bot_channel_with(channel.id, Permissions::SEND_MESSAGES_IN_THREADS)?;
    if !thread.invitable && thread.owner != world.bot() {
        world.bot_channel_with(channel.id, Permissions::MANAGE_THREADS)?;
    }
    let guild = channel.guild.and_then(|guild| world.guilds.get(&guild));
    if !guild.is_some_and(|guild| guild.members.contains_key(&user)) {
        return Err(ApiError::unknown_member());
    }
    world.join_thread(call.channel_id()?, user)?;
    Answer::no_content()
}

/// MANAGE_THREADS, or being the owner of the thread.
pub(super) fn remove(call: &Call) -> ApiResult {
    let user: UserId = call.user_id()?;
    let mut world = call.world();
    open(call, &world)?;
    let (channel, thread) = thread(call, &world)?;
    if thread.owner != world.bot() {
        world.bot_channel_with(channel.id, Permissions::MANAGE_THREADS)?;
    }
    world.leave_thread(call.channel_id()?, user)?;
    Answer::no_content()
}
