//! What a person sees.

use serde_json::Value;

use super::parts::{self, ButtonView, InputView, SelectView};
use super::text;
use crate::components;
use crate::id::{ChannelId, InteractionId, MessageId, UserId};
use crate::interactions::Modal;
use crate::world::{Attachment, Message};

/// A message at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageView {
    /// Id.
    pub id: MessageId,
    /// Channel.
    pub channel: ChannelId,
    /// Author.
    pub author: UserId,
    /// Plain content.
    pub content: String,
    /// Embeds.
    pub embeds: Vec<Value>,
    /// Components.
    pub components: Vec<Value>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Flags.
    pub flags: u64,
    /// Only this person sees it.
    pub ephemeral: bool,
    /// Still "is thinking…".
    pub loading: bool,
    /// Pinned.
    pub pinned: bool,
    /// Was edited.
    pub edited: bool,
}

impl MessageView {
    pub(crate) fn of(message: &Message) -> Self {
        Self {
            id: message.id,
            channel: message.channel,
            author: message.author,
            content: message.content.clone(),
            embeds: message.embeds.clone(),
            components: message.components.clone(),
            attachments: message.attachments.clone(),
            flags: message.flags,
            ephemeral: message.is_ephemeral(),
            loading: message.is_loading(),
            pinned: message.pinned_ms.is_some(),
            edited: message.edited_ms.is_some(),
        }
    }

    /// Everything readable, top to bottom: content, embeds, text displays; controls as `[label]`.
    pub fn text(&self) -> String {
        text::flatten(&self.content, &self.embeds, &self.components)
    }

    /// All buttons in reading order.
    pub fn buttons(&self) -> Vec<ButtonView> {
        parts::buttons(&self.components)
    }

    /// The button with this custom id, else with this label.
    pub fn button(&self, name: &str) -> Option<ButtonView> {
        let all = self.buttons();
        let by_id = all.iter().find(|button| button.custom_id == name);
        by_id.or_else(|| all.iter().find(|button| button.label == name)).cloned()
    }

    /// All selects in reading order.
    pub fn selects(&self) -> Vec<SelectView> {
        parts::selects(&self.components)
    }

    /// The select with this custom id, else with this placeholder.
    pub fn select(&self, name: &str) -> Option<SelectView> {
        let all = self.selects();
        let by_id = all.iter().find(|select| select.custom_id == name);
        by_id.or_else(|| all.iter().find(|select| select.placeholder == name)).cloned()
    }

    /// The component with this custom id, as JSON.
    pub fn component(&self, custom_id: &str) -> Option<&Value> {
        components::find(&self.components, |one| components::text(one, "custom_id") == custom_id)
    }

    /// The types of all components, parents first.
    pub fn component_kinds(&self) -> Vec<u64> {
        let mut kinds = Vec::new();
        components::walk(&self.components, &mut |one| kinds.push(components::kind(one)));
        kinds
    }
}

/// An open modal.
#[derive(Clone, Debug, PartialEq)]
pub struct ModalView {
    /// The interaction it answers.
    pub interaction: InteractionId,
    /// Where it was opened.
    pub channel: ChannelId,
    /// The message whose button opened it.
    pub source: Option<MessageId>,
    /// Custom id.
    pub custom_id: String,
    /// Title.
    pub title: String,
    /// Top-level components.
    pub components: Vec<Value>,
}

impl ModalView {
    pub(crate) fn new(
        id: InteractionId,
        channel: ChannelId,
        source: Option<MessageId>,
        modal: &Modal,
    ) -> Self {
        Self {
            interaction: id,
            channel,
            source,
            custom_id: modal.custom_id.clone(),
            title: modal.title.clone(),
            components: modal.components.clone(),
        }
    }

    /// The inputs in order.
    pub fn inputs(&self) -> Vec<InputView> {
        parts::inputs(&self.components)
    }

    /// The input with this custom id, else with this label.
    pub fn input(&self, name: &str) -> Option<InputView> {
        let all = self.inputs();
        let by_id = all.iter().find(|input| input.custom_id == name);
        by_id.or_else(|| all.iter().find(|input| input.label == name)).cloned()
    }

    /// Title, captions and text, top to bottom.
    pub fn text(&self) -> String {
        text::flatten(&self.title, &[], &self.components)
    }
}
