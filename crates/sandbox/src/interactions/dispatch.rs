//! A user does something: the interaction is opened and told to the bot.

use serde_json::Value;
use tokio::sync::watch;

use super::{Answered, Interaction, random_token};
use crate::error::ApiError;
use crate::id::{ChannelId, InteractionId, MessageId, UserId};
use crate::render::{self, InteractionView};
use crate::world::World;

/// What a user did, ready to be sent.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Type: 2 command, 3 component, 4 autocomplete, 5 modal submit.
    pub kind: u8,
    /// Who.
    pub user: UserId,
    /// Where.
    pub channel: ChannelId,
    /// The message clicked on.
    pub source: Option<MessageId>,
    /// For a modal, the interaction it was the answer to.
    pub opener: Option<InteractionId>,
    /// The `data` field.
    pub data: Value,
}

impl World {
    /// Opens an interaction and emits INTERACTION_CREATE, which needs no intent.
    pub fn interact(
        &mut self,
        trigger: Trigger,
    ) -> Result<(InteractionId, watch::Receiver<u64>), ApiError> {
        let Trigger { kind, user, channel: channel_id, source, opener, data } = trigger;
        let channel = self.channels.get(&channel_id).ok_or_else(ApiError::unknown_channel)?;
        if !self.can_view(user, channel) {
            return Err(ApiError::missing_access());
        }
        let guild = channel.guild;
        let id = self.ids.fresh();
        let token = random_token(4);
        let view = InteractionView {
            id,
            token: &token,
            kind,
            user,
            guild,
            channel: channel_id,
            message: source,
            data: &data,
        };
        let body = render::interaction(self, &view);
        let (changes, watcher) = watch::channel(0);
        self.interactions.insert(Interaction {
            id,
            token,
            kind,
            command: data["name"].as_str().unwrap_or_default().to_owned(),
            user,
            guild,
            channel: channel_id,
            created_ms: self.clock.now_ms(),
            source,
            opener,
            answered: Answered::Pending,
            unheard: false,
            held_up: false,
            original: None,
            followups: Vec::new(),
            changes,
        });
        self.emit("INTERACTION_CREATE", guild, 0, || body);
        Ok((id, watcher))
    }
}
