//! Acting as a user. Every action waits for the bot's first answer (at most 3 s of sandbox time) and shows it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::body::{Body, Path, Query};
use super::names::{Name, actor, channel, channel_of};
use super::refusal::{Refusal, Shown};
use super::shown;
use crate::actor::{Actor, Filled, First, MessageView, OptionValue, Reply};
use crate::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use crate::sandbox::Sandbox;

/// Guild and user of the path.
type Person = Path<(String, String)>;

/// A typed slash command.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Slash {
    /// With subcommands: `game create`.
    command: String,
    #[serde(default)]
    options: BTreeMap<String, Value>,
    channel: Option<Name>,
    /// The option being typed, for autocomplete.
    #[serde(default)]
    focused: String,
}

impl Slash {
    fn options(&self) -> Result<Vec<(String, OptionValue)>, Refusal> {
        let value = |value: &Value| match value {
            Value::String(text) => Ok(OptionValue::Text(text.clone())),
            Value::Bool(flag) => Ok(OptionValue::Boolean(*flag)),
            Value::Number(number) => Ok(OptionValue::Text(number.to_string())),
            _ => Err(Refusal::bad("an option is text, a number or a boolean")),
        };
        self.options.iter().map(|(name, one)| Ok((name.clone(), value(one)?))).collect()
    }
}

fn placed(
    sandbox: &Sandbox,
    Path((guild, user)): Person,
    place: Option<&Name>,
) -> Result<Actor, Refusal> {
    let actor = actor(sandbox, &guild, &user)?;
    let guild = super::names::guild(sandbox, &guild.as_str().into())?;
    Ok(match place {
        Some(place) => actor.at(channel(sandbox, guild, place)?),
        None => actor,
    })
}

async fn show(reply: Reply) -> Shown<shown::Reply> {
    let first = reply.first().await;
    Ok(Json(shown::reply(&reply, Some(&first))))
}

pub(super) async fn slash(
    State(sandbox): State<Sandbox>,
    person: Person,
    Body(body): Body<Slash>,
) -> Shown<shown::Reply> {
    let actor = placed(&sandbox, person, body.channel.as_ref())?;
    show(actor.slash(&body.command, body.options()?)).await
}

pub(super) async fn autocomplete(
    State(sandbox): State<Sandbox>,
    person: Person,
    Body(body): Body<Slash>,
) -> Shown<shown::Reply> {
    let actor = placed(&sandbox, person, body.channel.as_ref())?;
    show(actor.autocomplete(&body.command, body.options()?, &body.focused)).await
}

/// A command of a context menu, on a user or on a message.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Menu {
    name: String,
    user: Option<Name>,
    message: Option<MessageId>,
    channel: Option<Name>,
}

pub(super) async fn menu(
    State(sandbox): State<Sandbox>,
    person: Person,
    Body(body): Body<Menu>,
) -> Shown<shown::Reply> {
    let guild = super::names::guild(&sandbox, &person.0.0.as_str().into())?;
    let actor = placed(&sandbox, person, body.channel.as_ref())?;
    let reply = match (&body.user, body.message) {
        (Some(target), None) => {
            let target: UserId = super::names::user(&sandbox, guild, target)?;
            actor.user_command(&body.name, target)
        }
        (None, Some(message)) => {
            let place = channel_of(&sandbox, message)?;
            actor.at(place).message_command(&body.name, message)
        }
        _ => return Err(Refusal::bad("name either a user or a message")),
    };
    show(reply).await
}

/// A click or a choice on a message.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Touch {
    message: MessageId,
    /// Custom id or label of a button.
    #[serde(default)]
    button: String,
    /// Custom id or placeholder of a select.
    #[serde(default)]
    select: String,
    #[serde(default)]
    values: Vec<Name>,
}

/// The message with its present channel.
fn message(sandbox: &Sandbox, id: MessageId) -> Result<MessageView, Refusal> {
    let channel = channel_of(sandbox, id)?;
    let world = sandbox.world();
    let found = world.message(channel, id).map(MessageView::of);
    found.ok_or_else(|| Refusal::unknown("message", &id.to_string()))
}

pub(super) async fn click(
    State(sandbox): State<Sandbox>,
    person: Person,
    Body(body): Body<Touch>,
) -> Shown<shown::Reply> {
    let actor = placed(&sandbox, person, None)?;
    show(actor.click(&message(&sandbox, body.message)?, &body.button)).await
}

pub(super) async fn select(
    State(sandbox): State<Sandbox>,
    person: Person,
    Body(body): Body<Touch>,
) -> Shown<shown::Reply> {
    let actor = placed(&sandbox, person, None)?;
    let values: Vec<_> = body.values.iter().map(Name::text).collect();
    show(actor.select(&message(&sandbox, body.message)?, &body.select, &values)).await
}

/// A filled-in modal.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Submit {
    /// The interaction that was answered with the modal.
    interaction: InteractionId,
    /// By custom id or label: text, a list of values, or true and false.
    #[serde(default)]
    values: BTreeMap<String, Value>,
}

pub(super) async fn submit(
    State(sandbox): State<Sandbox>,
    person: Person,
    Body(body): Body<Submit>,
) -> Shown<shown::Reply> {
    let actor = placed(&sandbox, person, None)?;
    let reply = find(&sandbox, body.interaction)?;
    let Some(First::Modal(modal)) = reply.now() else {
        return Err(Refusal::bad("that interaction was not answered with a modal"));
    };
    let filled = |value: &Value| match value {
        Value::Bool(flag) => Filled::Ticked(*flag),
        Value::Array(list) => Filled::Values(list.iter().map(plain).collect()),
        other => Filled::Text(plain(other)),
    };
    let values = body.values.iter().map(|(name, value)| (name, filled(value)));
    show(actor.submit(&modal, values)).await
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn find(sandbox: &Sandbox, id: InteractionId) -> Result<Reply, Refusal> {
    Reply::find(sandbox, id).ok_or_else(|| Refusal::unknown("interaction", &id.to_string()))
}

/// What to wait for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Wait {
    /// Wait until the message is not loading any more.
    #[serde(default)]
    settled: bool,
}

/// A reply as it stands now, or once it has settled.
pub(super) async fn interaction(
    State(sandbox): State<Sandbox>,
    Path(id): Path<InteractionId>,
    Query(wait): Query<Wait>,
) -> Shown<shown::Reply> {
    let reply = find(&sandbox, id)?;
    if wait.settled {
        reply.settled().await;
    }
    let first = reply.now();
    Ok(Json(shown::reply(&reply, first.as_ref())))
}

/// Which channel to read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Where {
    channel: String,
}

/// A channel as this person sees it.
pub(super) async fn read(
    State(sandbox): State<Sandbox>,
    Path((guild, user)): Person,
    Query(place): Query<Where>,
) -> Shown<Vec<shown::Message>> {
    let actor = actor(&sandbox, &guild, &user)?;
    let id: GuildId = super::names::guild(&sandbox, &guild.as_str().into())?;
    let place = channel(&sandbox, id, &place.channel.as_str().into())?;
    Ok(Json(actor.read(place).iter().map(shown::message).collect()))
}

/// A channel somebody sees.
#[derive(Serialize, JsonSchema)]
pub(super) struct Seen {
    id: ChannelId,
    name: Option<String>,
}

/// The channels this person can see.
pub(super) async fn channels(
    State(sandbox): State<Sandbox>,
    Path((guild, user)): Person,
) -> Shown<Vec<Seen>> {
    let actor = actor(&sandbox, &guild, &user)?;
    let seen = actor.visible_channels();
    let world = sandbox.world();
    let show = |id| Seen { id, name: world.channels.get(&id).map(|channel| channel.name.clone()) };
    Ok(Json(seen.into_iter().map(show).collect()))
}
