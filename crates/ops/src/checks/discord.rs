//! Who the bot is on Discord, and what Discord knows of it.

use discord::{Call, CallError};
use serde_json::Value;
use twilight_model::{
    application::command::Command,
    id::Id,
    oauth::{Application, ApplicationFlags},
    user::{CurrentUser, CurrentUserGuild},
};

use super::{guild, notes::Notes, reach};
use crate::{Finding, Scene, scene::DiscordSeat};

const TOKEN: &str = "discord.token";
const APPLICATION: &str = "discord.application";
const COMMANDS: &str = "discord.commands";
const NEW_TOKEN: &str = "Reset the token on the Bot page of your application at \
                         https://discord.com/developers/applications and put the new one into .env";

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    let Some(seat) = &scene.discord else {
        let why = "Discord is not set up, see config.complete";
        return notes.push(Finding::skipped("discord.reach", why));
    };
    let reached = reach::look(&seat.origin).await;
    let is_away = reached.iter().any(|finding| finding.severity == crate::Severity::Error);
    notes.extend(reached);
    if is_away {
        return;
    }
    notes.at(TOKEN);
    let make = seat.rest.factory();
    let asked = seat.rest.send::<Application>(make.current_user_application(), Call::interactive());
    let application = match asked.await {
        Ok(application) => application,
        Err(error) => return notes.push(refused(&error)),
    };
    notes.push(Finding::ok(TOKEN, "Discord accepts the token"));
    notes.push(belongs(seat, &application));
    notes.push(intents(seat, &application));
    notes.at(COMMANDS);
    notes.push(commands(seat).await);
    notes.at("guild.permissions");
    match own_and_guilds(seat).await {
        Ok((own, guilds)) => {
            let chosen = guilds.iter().filter(|guild| scene.guild.is_none_or(|id| id == guild.id));
            let chosen: Vec<_> = chosen.collect();
            guild::look(scene, seat, own.id, &chosen, notes).await;
        }
        Err(error) => notes.push(Finding::error(
            "guild.permissions",
            format!("Discord did not say where the bot is: {error}"),
            "Ask again in a minute",
        )),
    }
}

async fn own_and_guilds(
    seat: &DiscordSeat,
) -> Result<(CurrentUser, Vec<CurrentUserGuild>), CallError> {
    let make = seat.rest.factory();
    let own = seat.rest.send(make.current_user(), Call::interactive()).await?;
    let guilds = seat.rest.send(make.current_user_guilds(), Call::interactive()).await?;
    Ok((own, guilds))
}

fn refused(error: &CallError) -> Finding {
    match error {
        CallError::Unauthorized { .. } | CallError::BreakerOpen { until: None } => {
            Finding::error(TOKEN, "Discord does not accept the token", NEW_TOKEN)
        }
        other => {
            Finding::error(TOKEN, format!("could not be tried: {other}"), "Ask again in a minute")
        }
    }
}

fn belongs(seat: &DiscordSeat, application: &Application) -> Finding {
    let (is, set) = (application.id, seat.application);
    if is == set {
        return Finding::ok(APPLICATION, format!("the token is of application {is}"));
    }
    Finding::error(
        APPLICATION,
        format!("the token is of application {is}, and DISCORD_CLIENT_ID names {set}"),
        format!("DISCORD_CLIENT_ID={is}, or the token of {set}"),
    )
}

fn intents(seat: &DiscordSeat, application: &Application) -> Finding {
    const CHECK: &str = "discord.intents";
    const CURE: &str = "Switch Server Members on at https://discord.com/developers/applications, \
                        your application, Bot, Privileged Gateway Intents; or set \
                        GAMEKEEPER_MEMBERS_INTENT=false";
    let flags = application.flags.unwrap_or(ApplicationFlags::empty());
    let members = flags.intersects(
        ApplicationFlags::GATEWAY_GUILD_MEMBERS | ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED,
    );
    let idle = flags.intersects(
        ApplicationFlags::GATEWAY_MESSAGE_CONTENT
            | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED
            | ApplicationFlags::GATEWAY_PRESENCE
            | ApplicationFlags::GATEWAY_PRESENCE_LIMITED,
    );
    match (seat.members_intent, members) {
        (true, false) => Finding::error(
            CHECK,
            "the Server Members intent is asked for but not switched on",
            CURE,
        ),
        (false, true) => Finding::warning(
            CHECK,
            "the Server Members intent is switched on but not asked for",
            "GAMEKEEPER_MEMBERS_INTENT=true lets the bot notice who leaves at once",
        ),
        _ if idle => Finding::warning(
            CHECK,
            "Message Content or Presence is switched on, and the bot needs neither",
            "Switch both off at https://discord.com/developers/applications, your application, Bot",
        ),
        _ => Finding::ok(CHECK, "privileged intents are as they are asked for"),
    }
}

async fn commands(seat: &DiscordSeat) -> Finding {
    const CURE: &str = "gamekeeper commands register";
    let make = seat.rest.factory();
    let interactions = make.interaction(seat.application);
    let asked = interactions.global_commands().with_localizations(true);
    let known = match seat.rest.send::<Vec<Command>>(asked, Call::interactive()).await {
        Ok(known) => known,
        Err(error) => {
            let what = format!("Discord did not say which commands it knows: {error}");
            return Finding::error(COMMANDS, what, "Ask again in a minute");
        }
    };
    let named = |commands: &[Command]| -> Vec<String> {
        commands.iter().map(|command| command.name.clone()).collect()
    };
    let (have, want) = (named(&known), named(&seat.commands));
    let missing: Vec<_> = want.iter().filter(|name| !have.contains(name)).cloned().collect();
    let strange: Vec<_> = have.iter().filter(|name| !want.contains(name)).cloned().collect();
    let differ: Vec<_> = seat
        .commands
        .iter()
        .filter(|wanted| {
            let found = known.iter().find(|known| known.name == wanted.name);
            found.is_some_and(|found| !is_answered_by(&plain(wanted), &plain(found)))
        })
        .map(|command| command.name.clone())
        .collect();
    let told = |what: &str, names: &[String]| format!("{what}: {}", names.join(", "));
    if !missing.is_empty() {
        Finding::error(COMMANDS, told("Discord does not know", &missing), CURE)
    } else if !differ.is_empty() {
        Finding::error(COMMANDS, told("Discord knows another version of", &differ), CURE)
    } else if !strange.is_empty() {
        Finding::warning(COMMANDS, told("Discord knows commands that are not ours", &strange), CURE)
    } else {
        Finding::ok(COMMANDS, format!("all {} commands are registered", want.len()))
    }
}

/// A command without what Discord adds: its ids and its version.
fn plain(command: &Command) -> Value {
    let bare = Command {
        id: None,
        guild_id: None,
        application_id: None,
        version: Id::new(1),
        ..command.clone()
    };
    serde_json::to_value(bare).unwrap_or_default()
}

/// Whether everything wanted is there; what Discord fills in beside it does not matter.
fn is_answered_by(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => wanted
            .iter()
            .all(|(key, value)| is_answered_by(value, found.get(key).unwrap_or(&Value::Null))),
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len()
                && wanted.iter().zip(found).all(|(wanted, found)| is_answered_by(wanted, found))
        }
        // What is not said, said to be empty and said to be off are the same to Discord.
        (nothing, Value::Null) | (Value::Null, nothing) => is_nothing(nothing),
        (wanted, found) => wanted == found,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
