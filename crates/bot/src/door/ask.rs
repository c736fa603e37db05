//! Reads one interaction: who, where, in which language, and what is meant.

use domain::{Actor, ChannelId, Locale, server::ServerAction};
use engine::{Caller, Correlation, ReplyTo};
use tokio::time::Instant;
use twilight_model::{
    application::interaction::{Interaction, InteractionData, InteractionType},
    channel::message::{Component, Message, MessageFlags},
};

use super::{
    command::{self, Command, ServerCommand, Typing},
    inputs::{Chosen, Fields},
};
use crate::{
    answer::{Line, Place},
    app::App,
    ids::CustomId,
    metrics::{Kind, UNKNOWN},
    text::Words,
};

/// What a person did.
#[derive(Debug)]
pub(crate) enum Intent {
    /// A command was sent.
    Command(Command),
    /// A command is being typed.
    Typing(Typing),
    /// A button was pressed or a select changed.
    Press(CustomId, Chosen),
    /// A form was sent.
    Submit(CustomId, Fields),
    /// Something this version does not know, such as a button of an older one.
    Unknown,
}

impl Intent {
    /// How it was done.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Command(_) => Kind::Command,
            Self::Typing(_) => Kind::Typing,
            Self::Press(..) => Kind::Component,
            Self::Submit(..) => Kind::Form,
            Self::Unknown => Kind::Unknown,
        }
    }

    /// What its answer waits for, where that is neither ours nor Discord's.
    pub(super) fn waits_for(&self) -> Option<ServerAction> {
        match self {
            Self::Command(Command::Server(ServerCommand::Control { action, .. })) => {
                Some(*action).filter(|action| !action.is_destructive())
            }
            Self::Press(CustomId::Server(act, _), _) => act.action(),
            _ => None,
        }
    }
}

/// One interaction, read.
pub(crate) struct Asked {
    /// The person, with the roles and permissions that came with this interaction. Without a
    /// place for late answers: see [`Asked::waiting`].
    pub(crate) caller: Caller,
    /// The person's texts.
    pub(crate) words: &'static Words,
    /// Where it happened.
    pub(crate) channel: Option<ChannelId>,
    /// The message that was clicked.
    pub(crate) place: Place,
    /// What is meant.
    pub(crate) intent: Intent,
    /// The same in a word of our own, for metrics.
    pub(crate) name: String,
    reply_to: ReplyTo,
}

impl Asked {
    /// The caller for work that goes on after the answer: progress and outcome follow by edits of
    /// this interaction's answer.
    pub(crate) fn waiting(&self) -> Caller {
        Caller { reply_to: Some(self.reply_to.clone()), ..self.caller.clone() }
    }
}

/// Reads an interaction, and opens the line to the person. Without a guild there is nothing to
/// read: no command of ours is offered elsewhere.
pub(super) fn read(app: &App, interaction: Interaction, arrived: Instant) -> (Option<Asked>, Line) {
    let locale = Locale::from_discord(interaction.locale.as_deref().unwrap_or_default());
    let words = Words::of(locale);
    let user = interaction.author_id();
    let (name, intent) = intent(interaction.kind, interaction.data);
    let place = match &interaction.message {
        None => Place::Nowhere,
        Some(message) if message.flags.is_some_and(|f| f.contains(MessageFlags::EPHEMERAL)) => {
            Place::Private
        }
        Some(message) => Place::Public {
            channel: message.channel_id,
            message: message.id,
            becomes: matches!(&intent, Intent::Press(CustomId::Seat(..) | CustomId::Refresh(_), _)),
        },
    };
    let pictured = interaction.message.as_ref().is_some_and(has_picture);
    let line = Line {
        application: interaction.application_id,
        id: interaction.id,
        token: interaction.token.clone(),
        arrived,
        place,
        kind: intent.kind(),
        pictured,
        words,
    };
    let (Some(guild), Some(user), Some(member)) = (interaction.guild_id, user, interaction.member)
    else {
        return (None, line);
    };
    let asked = Asked {
        caller: Caller {
            actor: Actor {
                guild,
                user,
                roles: member.roles,
                permissions: member.permissions.unwrap_or(domain::Permissions::empty()),
            },
            locale,
            correlation: Correlation::from_snowflake(interaction.id.get()),
            reply_to: None,
        },
        words,
        channel: interaction.channel.as_ref().map(|channel| channel.id),
        place,
        intent,
        name,
        reply_to: ReplyTo {
            application: interaction.application_id.get(),
            token: interaction.token,
            at: app.engine.clock().now(),
        },
    };
    (Some(asked), line)
}

/// Whether a file hangs on a message. One that is shown by a component may be named nowhere else.
fn has_picture(message: &Message) -> bool {
    let shows = |part: &Component| match part {
        Component::Container(sheet) => {
            sheet.components.iter().any(|part| matches!(part, Component::MediaGallery(_)))
        }
        part => matches!(part, Component::MediaGallery(_)),
    };
    !message.attachments.is_empty() || message.components.iter().any(shows)
}

/// What is meant, and its name.
fn intent(kind: InteractionType, data: Option<InteractionData>) -> (String, Intent) {
    let unknown = || (UNKNOWN.to_owned(), Intent::Unknown);
    match (kind, data) {
        (InteractionType::ApplicationCommand, Some(InteractionData::ApplicationCommand(data))) => {
            let known = command::read(*data);
            known.map_or_else(unknown, |(name, command)| (name, Intent::Command(command)))
        }
        (
            InteractionType::ApplicationCommandAutocomplete,
            Some(InteractionData::ApplicationCommand(data)),
        ) => ("typing".to_owned(), Intent::Typing(command::typing(*data))),
        (InteractionType::MessageComponent, Some(InteractionData::MessageComponent(data))) => {
            let Ok(id) = data.custom_id.parse::<CustomId>() else { return unknown() };
            let chosen = Chosen::new(data.values.clone(), data.resolved.as_ref());
            (id.name(), Intent::Press(id, chosen))
        }
        (InteractionType::ModalSubmit, Some(InteractionData::ModalSubmit(data))) => {
            let Ok(id) = data.custom_id.parse::<CustomId>() else { return unknown() };
            (id.name(), Intent::Submit(id, Fields::new(*data)))
        }
        _ => unknown(),
    }
}
