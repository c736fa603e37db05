//! Editing members (resources/guild, "Modify Guild Member").

use super::{answer, require_member, roles};
use crate::clock::parse_iso;
use crate::error::ApiError;
use crate::id::{ChannelId, RoleId, UserId};
use crate::rest::{ApiResult, Call, Field, Form};
use crate::world::{Guild, MemberPatch, Permissions, World};

/// Longest timeout: 28 days.
const MAX_TIMEOUT_MS: i64 = 28 * 24 * 60 * 60 * 1_000;

/// Roles in one body.
const MAX_ROLES: usize = 350;

/// The patch, and where to move someone in voice.
type Body = (MemberPatch, Option<Option<ChannelId>>);

fn read(form: &mut Form<'_>, now: i64) -> Body {
    form.ignore(&["flags"]);
    let timeout = match form.text("communication_disabled_until", 0..=64) {
        Field::Value(text) => match parse_iso(&text) {
            Some(until) if until - now > MAX_TIMEOUT_MS => {
                let message = "Timeout cannot be longer than 28 days.";
                form.fail("communication_disabled_until", "TIMEOUT_TOO_LONG", message);
                None
            }
            Some(until) => Some(Some(until)),
            None => {
                let message = "Could not parse value as a timestamp.";
                form.fail("communication_disabled_until", "DATE_TIME_TYPE_PARSE", message);
                None
            }
        },
        Field::Null => Some(None),
        Field::Absent => None,
    };
    let nick = form.text("nick", 0..=32).patch();
    let roles = form.ids::<RoleId>("roles", MAX_ROLES).value();
    if let Some(roles) = &roles {
        let mut sorted = roles.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() != roles.len() {
            let message = "The set already contains this value";
            form.fail("roles", "SET_TYPE_ALREADY_CONTAINS_VALUE", message);
        }
    }
    let patch = MemberPatch {
        nick: nick.map(|nick| nick.filter(|text| !text.is_empty())),
        roles,
        timed_out_until: timeout,
        mute: form.boolean("mute").value(),
        deaf: form.boolean("deaf").value(),
    };
    (patch, form.id("channel_id").patch())
}

pub(super) fn update(call: &Call) -> ApiResult {
    let now = call.sandbox.clock().now_ms();
    let (patch, moved) = call.form(|form| read(form, now))?;
    let (guild, user) = (call.guild_id()?, call.user_id()?);
    let mut world = call.world();
    let place = world.bot_guild(guild)?;
    require_member(&world, place, user)?;
    check(&world, place, user, &patch, now)?;
    check_voice(place, user, &patch, moved.is_some(), world.bot(), now)?;
    if let Some(target) = moved.flatten() {
        let found = world.channels.get(&target).filter(|found| found.guild == Some(guild));
        if !found.ok_or_else(ApiError::unknown_channel)?.kind.is_voice() {
            return Err(ApiError::wrong_channel_type());
        }
        world.bot_channel_with(target, Permissions::MOVE_MEMBERS | Permissions::CONNECT)?;
    }
    let cause = call.cause(&world);
    world.edit_member(guild, user, patch, &cause)?;
    if let Some(target) = moved {
        world.set_voice(guild, user, target)?;
    }
    answer(&world, guild, user)
}

/// Every field has its own permission; nickname and timeout also look at who stands higher.
fn check(
    world: &World,
    guild: &Guild,
    user: UserId,
    patch: &MemberPatch,
    now: i64,
) -> Result<(), ApiError> {
    let bot = world.bot();
    if patch.nick.is_some() {
        let needed =
            if user == bot { Permissions::CHANGE_NICKNAME } else { Permissions::MANAGE_NICKNAMES };
        guild.require(bot, needed, now)?;
        if user != bot && !guild.outranks_member(bot, user) {
            return Err(ApiError::missing_permissions());
        }
    }
    if let Some(list) = &patch.roles {
        guild.require(bot, Permissions::MANAGE_ROLES, now)?;
        roles::check_replacement(world, guild, user, list)?;
    }
    if patch.timed_out_until.is_some() {
        guild.require(bot, Permissions::MODERATE_MEMBERS, now)?;
        let admin = guild.permissions_of(user, now).contains(Permissions::ADMINISTRATOR);
        if admin || !guild.outranks_member(bot, user) {
            return Err(ApiError::missing_permissions());
        }
    }
    Ok(())
}

/// Voice fields need the member in a voice channel (40032).
fn check_voice(
    guild: &Guild,
    user: UserId,
    patch: &MemberPatch,
    moved: bool,
    bot: UserId,
    now: i64,
) -> Result<(), ApiError> {
    let needs = [
        (patch.mute.is_some(), Permissions::MUTE_MEMBERS),
        (patch.deaf.is_some(), Permissions::DEAFEN_MEMBERS),
        (moved, Permissions::MOVE_MEMBERS),
    ];
    for (_, bit) in needs.iter().filter(|(used, _)| *used) {
        guild.require(bot, *bit, now)?;
    }
    let used = needs.iter().any(|(used, _)| *used);
    if used && guild.voice.iter().all(|voice| voice.user != user) {
        return Err(ApiError::not_in_voice());
    }
    Ok(())
}

/// The bot's own nickname: CHANGE_NICKNAME. The pictures are accepted but not kept.
pub(super) fn update_own(call: &Call) -> ApiResult {
    let nick = call.form(|form| {
        form.ignore(&["avatar", "banner", "bio"]);
        form.text("nick", 0..=32).patch()
    })?;
    let guild = call.guild_id()?;
    let mut world = call.world();
    let (bot, now) = (world.bot(), world.clock.now_ms());
    let place = world.bot_guild(guild)?;
    if nick.is_some() {
        place.require(bot, Permissions::CHANGE_NICKNAME, now)?;
    }
    let nick = nick.map(|nick| nick.filter(|text| !text.is_empty()));
    let cause = call.cause(&world);
    let patch = MemberPatch { nick, ..MemberPatch::default() };
    world.edit_member(guild, bot, patch, &cause)?;
    answer(&world, guild, bot)
}
