//! Views as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::actor::{self, ButtonView, InputView, MessageView, ModalView, SelectView};
use crate::id::{ChannelId, InteractionId, MessageId, UserId};

/// A message: its text flattened, its controls listed, and everything raw.
#[derive(Serialize, JsonSchema)]
pub(super) struct Message {
    id: MessageId,
    channel: ChannelId,
    author: UserId,
    /// Everything readable, top to bottom: content, embeds, text displays; controls as `[label]`.
    text: String,
    content: String,
    /// Discord's own objects.
    embeds: Vec<Value>,
    /// Discord's own objects.
    components: Vec<Value>,
    buttons: Vec<ButtonView>,
    selects: Vec<SelectView>,
    flags: u64,
    /// Only this person sees it.
    ephemeral: bool,
    /// Still "is thinking…".
    loading: bool,
    pinned: bool,
    edited: bool,
}

pub(super) fn message(view: &MessageView) -> Message {
    Message {
        id: view.id,
        channel: view.channel,
        author: view.author,
        text: view.text(),
        content: view.content.clone(),
        embeds: view.embeds.clone(),
        components: view.components.clone(),
        buttons: view.buttons(),
        selects: view.selects(),
        flags: view.flags,
        ephemeral: view.ephemeral,
        loading: view.loading,
        pinned: view.pinned,
        edited: view.edited,
    }
}

/// An open modal.
#[derive(Serialize, JsonSchema)]
pub(super) struct Modal {
    /// Name it when the modal is submitted.
    interaction: InteractionId,
    custom_id: String,
    title: String,
    inputs: Vec<InputView>,
    /// Discord's own objects.
    components: Vec<Value>,
}

fn modal(view: &ModalView) -> Modal {
    Modal {
        interaction: view.interaction,
        custom_id: view.custom_id.clone(),
        title: view.title.clone(),
        inputs: view.inputs(),
        components: view.components.clone(),
    }
}

/// The bot's first answer.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum First {
    /// A message.
    Message { message: Message },
    /// "is thinking…".
    Deferred { message: Message },
    /// Nothing visible yet; the clicked message may change later.
    DeferredUpdate,
    /// The clicked message changed.
    Updated { message: Message },
    /// Autocomplete choices, each with `name` and `value`.
    Choices { choices: Vec<Value> },
    /// A modal opened.
    Modal { modal: Modal },
    /// "The application did not respond", or why the client refused.
    Failed { error: String },
}

impl From<&actor::First> for First {
    fn from(first: &actor::First) -> Self {
        match first {
            actor::First::Message(view) => Self::Message { message: message(view) },
            actor::First::Deferred(view) => Self::Deferred { message: message(view) },
            actor::First::DeferredUpdate => Self::DeferredUpdate,
            actor::First::Updated(view) => Self::Updated { message: message(view) },
            actor::First::Choices(choices) => Self::Choices { choices: choices.clone() },
            actor::First::Modal(view) => Self::Modal { modal: modal(view) },
            actor::First::Failed(why) => Self::Failed { error: why.clone() },
        }
    }
}

/// A reply as it stands.
#[derive(Serialize, JsonSchema)]
pub(super) struct Reply {
    /// Absent when the client refused to send anything.
    interaction: Option<InteractionId>,
    first: Option<First>,
    /// The message now.
    message: Option<Message>,
    /// The follow-ups so far.
    followups: Vec<Message>,
}

pub(super) fn reply(reply: &actor::Reply, seen: Option<&actor::First>) -> Reply {
    Reply {
        interaction: reply.id(),
        first: seen.map(First::from),
        message: reply.message().as_ref().map(message),
        followups: reply.followups().iter().map(message).collect(),
    }
}
