//! The world inputs are played on: a guild the bot runs, one it may do nothing in, and interactions that wait.

use serde_json::{Value, json};

use super::names::Names;
use crate::config::Config;
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, MessageId, Snowflake, UserId};
use crate::interactions::Trigger;
use crate::limits::LimitsConfig;
use crate::sandbox::Sandbox;
use crate::world::{
    Cause, Channel, ChannelKind, Command, CommandKind, MessageSpec, Permissions, Thread, World,
};

const TOKEN: &str = "bot-token";

pub(super) fn config() -> Config {
    // A day has more inputs than identifies.
    let limits = LimitsConfig { identifies_per_day: u32::MAX, ..LimitsConfig::default() };
    Config {
        token: Some(TOKEN.to_owned()),
        application_id: Some(1_420_070_400_000),
        request_log: 16,
        limits,
        ..Config::default()
    }
}

/// Makes the world anew and names what is in it.
pub(super) fn set(sandbox: &Sandbox) -> Names {
    // The same input does the same at any time of the day.
    sandbox.clock().freeze();
    sandbox.limits().reset();
    sandbox.limits().configure(|limits| *limits = sandbox.config().limits.clone());
    sandbox.faults().clear();
    sandbox.event_faults().clear();
    sandbox.latency().set_rest(sandbox.config().rest_latency);
    sandbox.latency().set_callbacks(sandbox.config().callback_latency);
    sandbox.requests().clear();
    sandbox.forget_violations();
    for session in sandbox.hub().sessions() {
        sandbox.hub().remove(&session.id);
    }
    sandbox.world().renew(sandbox.config());
    let mut names = Names::default();
    names.set("token", TOKEN);
    names.set("application", sandbox.application_id());
    names.set("bot", sandbox.world().bot());
    names.set("nobody", 4);
    club(sandbox, &mut names);
    let poor = sandbox.new_guild("Poor").owner("Olga").role("player", Permissions::NONE);
    let poor = poor.bot(Permissions::NONE).everyone(Permissions::NONE).build();
    names.set("poor", poor.id());
    names.set("poor-text", poor.channel_id("general"));
    names.set("poor-role", poor.role_id("player"));
    names
}

fn club(sandbox: &Sandbox, names: &mut Names) {
    let club = sandbox
        .new_guild("Club")
        .owner("Olga")
        .role("low", Permissions::NONE)
        .role("high", Permissions::ADMINISTRATOR)
        .channel(ChannelKind::Text, "text")
        .channel(ChannelKind::Category, "category")
        .channel_in("category", ChannelKind::Voice, "voice")
        .channel_in("category", ChannelKind::Forum, "forum")
        .private_channel(ChannelKind::Text, "secret", &["low"])
        .member_with("Alice", &["low"])
        .member("Bob")
        .bot(Permissions::ADMINISTRATOR)
        .bot_above("low")
        .build();
    names.set("guild", club.id());
    for role in ["low", "high"] {
        names.set(role, club.role_id(role));
    }
    for channel in ["text", "category", "voice", "forum", "secret"] {
        names.set(channel, club.channel_id(channel));
    }
    for person in ["Alice", "Bob"] {
        names.set(&person.to_lowercase(), club.actor(person).id());
    }
    let (alice, text) = (club.actor("Alice").id(), club.channel_id("text"));
    names.set("dm", sandbox.world().open_dm(alice).map(|dm| dm.id).unwrap_or_default());
    let filled = fill(&mut sandbox.world(), names, club.id(), text, alice);
    filled.expect("the stage is set up right");
}

fn fill(
    world: &mut World,
    names: &mut Names,
    guild: GuildId,
    text: ChannelId,
    alice: UserId,
) -> Result<(), ApiError> {
    let bot = world.bot();
    let by_bot = Cause::user(bot);
    let hello = MessageSpec { content: String::from("hello"), ..MessageSpec::default() };
    names.set("message", world.create_message(text, alice, hello)?.id);
    let panel = MessageSpec { components: panel(), ..MessageSpec::default() };
    let panel = world.create_message(text, bot, panel)?.id;
    names.set("panel", panel);
    let webhook = world.create_webhook(text, String::from("Hook"), &by_bot)?;
    names.set("webhook", webhook.id);
    names.set("webhook-token", webhook.token);
    let thread = Channel {
        parent: Some(text),
        thread: Some(Box::new(thread(world, bot))),
        ..Channel::new(ChannelId::default(), Some(guild), ChannelKind::PublicThread, "thread")
    };
    names.set("thread", world.create_thread(guild, thread, &by_bot)?.id);
    let command = world.ids.fresh();
    world.commands.global.push(Command {
        id: command,
        kind: CommandKind::ChatInput,
        name: String::from("ping"),
        guild: None,
        version: 1,
        definition: json!({"name": "ping", "description": "Pong", "type": 1}),
    });
    names.set("command", command);
    for (name, kind, source, data) in asked(command.get(), panel) {
        let trigger = Trigger { kind, user: alice, channel: text, source, opener: None, data };
        let (id, _) = world.interact(trigger)?;
        names.set(name, id);
        let token = world.interactions.get(id).map(|found| found.token.clone());
        names.set(&format!("{name}-token"), token.unwrap_or_default());
    }
    Ok(())
}

fn thread(world: &World, owner: UserId) -> Thread {
    let now = world.clock.now_ms();
    Thread {
        owner,
        archived: false,
        locked: false,
        invitable: true,
        auto_archive_minutes: 1_440,
        archive_changed_ms: now,
        created_ms: now,
        members: Vec::new(),
        message_count: 0,
        total_sent: 0,
        applied_tags: Vec::new(),
    }
}

fn panel() -> Vec<Value> {
    vec![
        json!({"type": 1, "id": 1, "components": [
            {"type": 2, "id": 2, "style": 1, "label": "Join", "custom_id": "join"}]}),
        json!({"type": 1, "id": 3, "components": [
            {"type": 3, "id": 4, "custom_id": "day", "options": [{"label": "Mon", "value": "mon"}]}]}),
    ]
}

/// One interaction of each type.
fn asked(command: u64, panel: MessageId) -> [(&'static str, u8, Option<MessageId>, Value); 4] {
    let command = json!({"id": command.to_string(), "name": "ping", "type": 1, "options": []});
    [
        ("slash", 2, None, command.clone()),
        ("click", 3, Some(panel), json!({"custom_id": "join", "component_type": 2, "id": 2})),
        ("typing", 4, None, command),
        ("form", 5, Some(panel), json!({"custom_id": "form", "components": []})),
    ]
}
