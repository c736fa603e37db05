//! The body fields that create and edit share (resources/guild "Create Guild Channel", resources/channel "Modify
//! Channel").

use super::forum;
use super::overwrites::overwrite;
use crate::error::ApiError;
use crate::id::ChannelId;
use crate::rest::Form;
use crate::world::{ChannelKind, ChannelPatch, ForumPatch, Guild};

/// Kinds of channels a bot may make.
const KINDS: [i64; 7] = [0, 2, 4, 5, 13, 14, 15];

/// Overwrites in one body; the channel itself may hold more.
const OVERWRITES_PER_BODY: usize = 100;

/// Minutes after which a quiet thread is archived.
pub(in crate::rest::routes) const ARCHIVE_MINUTES: [i64; 4] = [60, 1_440, 4_320, 10_080];

/// Longest slowmode, in seconds.
pub(in crate::rest::routes) const SLOWMODE: i64 = 21_600;

/// Reads everything but the name, whose presence differs.
pub(super) fn read(form: &mut Form<'_>) -> ChannelPatch {
    form.ignore(&["default_tag_setting"]);
    let kind = form.choice("type", &KINDS).value();
    ChannelPatch {
        kind: kind.and_then(ChannelKind::from_number),
        name: None,
        position: form.int("position", 0..=i64::from(i32::MAX)).value().map(small),
        parent: form.id::<ChannelId>("parent_id").patch(),
        overwrites: form.list("permission_overwrites", OVERWRITES_PER_BODY, overwrite).value(),
        topic: form
            .text("topic", 0..=4_096)
            .patch()
            .map(|topic| topic.filter(|text| !text.is_empty())),
        nsfw: form.boolean("nsfw").value(),
        slowmode: form.int("rate_limit_per_user", 0..=SLOWMODE).value().map(small),
        bitrate: form.int("bitrate", 8_000..=i64::from(i32::MAX)).value().map(small),
        user_limit: form.int("user_limit", 0..=10_000).value().map(small),
        rtc_region: form.text("rtc_region", 0..=64).patch(),
        video_quality: form
            .choice("video_quality_mode", &[1, 2])
            .patch()
            .map(|mode| mode.map(small)),
        default_auto_archive: form
            .choice("default_auto_archive_duration", &ARCHIVE_MINUTES)
            .patch()
            .map(|minutes| minutes.map(small)),
        flags: form.int("flags", 0..=i64::MAX).value().map(small),
        forum: forum::read(form),
        ..ChannelPatch::default()
    }
}

/// A checked number in the width its field has.
pub(in crate::rest::routes) fn small<T: TryFrom<i64> + Default>(number: i64) -> T {
    T::try_from(number).unwrap_or_default()
}

/// What a kind does not have is left out, as Discord does; what it has must fit its bounds.
pub(super) fn fit(
    patch: ChannelPatch,
    kind: ChannelKind,
    guild: &Guild,
) -> Result<ChannelPatch, ApiError> {
    check(&patch, kind, guild)?;
    let base = ChannelPatch {
        kind: patch.kind,
        name: patch.name,
        position: patch.position,
        parent: patch.parent,
        overwrites: patch.overwrites,
        flags: patch.flags,
        ..ChannelPatch::default()
    };
    let chat = ChannelPatch { nsfw: patch.nsfw, slowmode: patch.slowmode, ..base.clone() };
    Ok(match kind {
        ChannelKind::Category => base,
        ChannelKind::Voice | ChannelKind::Stage => ChannelPatch {
            bitrate: patch.bitrate,
            user_limit: patch.user_limit,
            rtc_region: patch.rtc_region,
            video_quality: patch.video_quality,
            ..chat
        },
        ChannelKind::Forum | ChannelKind::Media => ChannelPatch {
            topic: patch.topic,
            default_auto_archive: patch.default_auto_archive,
            forum: patch.forum,
            ..chat
        },
        _ => ChannelPatch {
            topic: patch.topic,
            default_auto_archive: patch.default_auto_archive,
            forum: ForumPatch::default(),
            ..chat
        },
    })
}

fn check(patch: &ChannelPatch, kind: ChannelKind, guild: &Guild) -> Result<(), ApiError> {
    if let Some(asked) = patch.kind {
        check_kind(asked, guild)?;
    }
    let topic = patch.topic.iter().flatten().map(|topic| topic.chars().count()).max();
    if !kind.is_forum() && topic.is_some_and(|length| length > 1_024) {
        let message = "Must be 1024 or fewer in length.";
        return Err(ApiError::field("topic", "BASE_TYPE_MAX_LENGTH", message));
    }
    let people = if kind == ChannelKind::Stage { 10_000 } else { 99 };
    at_most("user_limit", patch.user_limit.filter(|_| kind.is_voice()), people)?;
    at_most("bitrate", patch.bitrate.filter(|_| kind.is_voice()), max_bitrate(kind, guild))
}

/// Announcement channels need the guild feature NEWS; directories exist in hubs only.
pub(super) fn check_kind(kind: ChannelKind, guild: &Guild) -> Result<(), ApiError> {
    let news = guild.features.iter().any(|feature| feature == "NEWS");
    let possible = match kind {
        ChannelKind::Announcement => news,
        ChannelKind::Directory => false,
        _ => true,
    };
    if possible {
        return Ok(());
    }
    let message = "Value must be one of {0, 2, 4, 13, 15}.";
    Err(ApiError::field("type", "BASE_TYPE_CHOICES", message))
}

fn at_most(field: &str, value: Option<u32>, max: u32) -> Result<(), ApiError> {
    if value.is_none_or(|value| value <= max) {
        return Ok(());
    }
    let message = format!("int value should be less than or equal to {max}.");
    Err(ApiError::field(field, "NUMBER_TYPE_MAX", &message))
}

/// 96 kbit/s, more with boosts; stages 64.
fn max_bitrate(kind: ChannelKind, guild: &Guild) -> u32 {
    if kind == ChannelKind::Stage {
        return 64_000;
    }
    match guild.premium_tier {
        0 => 96_000,
        1 => 128_000,
        2 => 256_000,
        _ => 384_000,
    }
}
