//! Discord's JSON of each object, with the full documented field set.

mod application;
mod audit;
mod channel;
mod guild;
mod interaction;
mod member;
mod message;
mod webhook;

pub(crate) use application::{application, application_summary, bot_user, own_user};
pub(crate) use audit::audit_entry;
pub(crate) use channel::{channel, overwrites, partial_channel, thread_member};
pub(crate) use guild::{guild, guild_create, role, voice_state};
pub(crate) use interaction::{InteractionView, interaction};
pub(crate) use member::{interaction_member, member, user};
pub(crate) use message::{message, message_event, without_content};
pub(crate) use webhook::webhook;
