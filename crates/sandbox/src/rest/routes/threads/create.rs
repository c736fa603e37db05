//! Starting threads (resources/channel, "Start Thread …").

use super::super::channels::{ARCHIVE_MINUTES, SLOWMODE, small};
use super::post;
use crate::error::ApiError;
use crate::id::{ChannelId, MessageId, Snowflake};
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Form};
use crate::world::{Channel, ChannelKind, Permissions, Thread, ThreadMember, World};

/// What every way of starting a thread asks.
#[derive(Debug, Default)]
pub(super) struct Start {
    pub(super) name: String,
    pub(super) auto_archive_minutes: Option<u32>,
    pub(super) slowmode: u32,
}

pub(super) fn start(form: &mut Form<'_>) -> Start {
    let name = form.text("name", 1..=100);
    Start {
        name: form.required("name", name),
        auto_archive_minutes: form
            .choice("auto_archive_duration", &ARCHIVE_MINUTES)
            .value()
            .map(small),
        slowmode: form
            .int("rate_limit_per_user", 0..=SLOWMODE)
            .value()
            .map(small)
            .unwrap_or_default(),
    }
}

/// A thread of the bot's, ready to be added.
pub(super) fn thread(world: &World, parent: &Channel, kind: ChannelKind, start: Start) -> Channel {
    let (bot, now) = (world.bot(), world.clock.now_ms());
    let minutes = start.auto_archive_minutes.or(parent.default_auto_archive).unwrap_or(4_320);
    let thread = Thread {
        owner: bot,
        archived: false,
        locked: false,
        invitable: true,
        auto_archive_minutes: minutes,
        archive_changed_ms: now,
        created_ms: now,
        members: vec![ThreadMember { user: bot, joined_ms: now }],
        message_count: 0,
        total_sent: 0,
        applied_tags: Vec::new(),
    };
    Channel {
        parent: Some(parent.id),
        slowmode: start.slowmode,
        thread: Some(Box::new(thread)),
        ..Channel::new(ChannelId::default(), parent.guild, kind, start.name)
    }
}

/// A thread without a message, private unless the body says otherwise; in forums a post.
pub(super) fn create(call: &Call) -> ApiResult {
    let id = call.channel_id()?;
    let mut world = call.world();
    let parent = world.bot_channel(id)?.clone();
    if parent.kind.is_forum() {
        return post::create(call, world, &parent);
    }
    let (start, kind, invitable) = call.form(|form| {
        let kind = form.choice("type", &[10, 11, 12]).value();
        (start(form), kind, form.boolean("invitable").value().unwrap_or(true))
    })?;
    let kind = kind.and_then(ChannelKind::from_number).unwrap_or(ChannelKind::PrivateThread);
    let fits = match parent.kind {
        ChannelKind::Text => kind != ChannelKind::AnnouncementThread,
        ChannelKind::Announcement => kind == ChannelKind::AnnouncementThread,
        _ => false,
    };
    if !fits {
        return Err(ApiError::wrong_channel_type());
    }
    let needed = if kind == ChannelKind::PrivateThread {
        Permissions::CREATE_PRIVATE_THREADS
    } else {
        Permissions::CREATE_PUBLIC_THREADS
    };
    world.bot_channel_with(id, needed)?;
    let mut thread = thread(&world, &parent, kind, start);
    if let Some(part) = thread.thread.as_deref_mut() {
        part.invitable = invitable;
    }
    let (cause, bot) = (call.cause(&world), world.bot());
    let guild = parent.guild.ok_or_else(ApiError::wrong_channel_for_dm)?;
    let thread = world.create_thread(guild, thread, &cause)?;
    if kind != ChannelKind::PrivateThread {
        world.announce_thread(&thread, bot)?;
    }
    Answer::created(render::channel(&world, &thread))
}

/// A thread on a message; both have the same id.
pub(super) fn from_message(call: &Call) -> ApiResult {
    let (id, message): (_, MessageId) = (call.channel_id()?, call.message_id()?);
    let start = call.form(start)?;
    let mut world = call.world();
    let parent = world.bot_channel(id)?.clone();
    let kind = match parent.kind {
        ChannelKind::Text => ChannelKind::PublicThread,
        ChannelKind::Announcement => ChannelKind::AnnouncementThread,
        _ => return Err(ApiError::wrong_channel_type()),
    };
    world.bot_channel_with(id, Permissions::CREATE_PUBLIC_THREADS)?;
    world.public_message(id, message)?;
    let thread_id = ChannelId(message.get());
    if world.channels.contains_key(&thread_id) {
        return Err(ApiError::thread_exists());
    }
    let thread = Channel { id: thread_id, ..thread(&world, &parent, kind, start) };
    let cause = call.cause(&world);
    let guild = parent.guild.ok_or_else(ApiError::wrong_channel_for_dm)?;
    let thread = world.create_thread(guild, thread, &cause)?;
    world.mark_thread_starter(id, message);
    Answer::created(render::channel(&world, &thread))
}
