//! Pins.

use serde_json::json;

use crate::clock::iso;
use crate::error::ApiError;
use crate::id::{ChannelId, MessageId, Snowflake};
use crate::world::{
    AuditAction, AuditDraft, AuditOptions, Cause, Channel, Intents, Message, MessageSpec, World,
};

/// Pins per channel (30003).
const MAX_PINS: usize = 250;

/// Message type of "pinned a message".
const PIN_NOTICE: u8 = 6;

impl World {
    /// The pinned messages of a channel, newest pin first.
    pub fn pins(&self, channel: ChannelId) -> Vec<&Message> {
        let all = self.messages.get(&channel).into_iter().flat_map(|all| all.values());
        let mut pins: Vec<_> = all.filter(|message| message.pinned_ms.is_some()).collect();
        pins.sort_by_key(|message| std::cmp::Reverse((message.pinned_ms, message.id)));
        pins
    }

    /// Pins or unpins a message: MESSAGE_UPDATE, CHANNEL_PINS_UPDATE, an audit entry and, for a pin, the notice of
    /// type 6. 30003 at 250 pins.
    pub fn set_pinned(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        pinned: bool,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let now = self.clock.now_ms();
        if pinned && self.pins(channel).len() >= MAX_PINS {
            let known = self.message(channel, id).is_some_and(|one| one.pinned_ms.is_some());
            return if known { Ok(()) } else { Err(ApiError::pins_full()) };
        }
        let message = self.messages.get_mut(&channel).and_then(|all| all.get_mut(&id));
        let message = message.ok_or_else(ApiError::unknown_message)?;
        if message.pinned_ms.is_some() == pinned {
            return Ok(());
        }
        message.pinned_ms = pinned.then_some(now);
        let message = message.clone();
        self.emit_message("MESSAGE_UPDATE", &message);
        if let Some(place) = self.channels.get_mut(&channel) {
            if pinned {
                place.last_pin_ms = Some(now);
            }
            let place = place.clone();
            self.emit_pins(&place);
        }
        if let Some(guild) = message.guild {
            let action = if pinned { AuditAction::MessagePin } else { AuditAction::MessageUnpin };
            let options = AuditOptions {
                channel: Some(channel),
                message: Some(id),
                ..AuditOptions::default()
            };
            self.audit(guild, cause, AuditDraft::on(action, message.author.get()).options(options));
        }
        if pinned {
            let notice =
                MessageSpec { kind: PIN_NOTICE, reference: Some(id), ..MessageSpec::default() };
            self.create_message(channel, cause.by, notice)?;
        }
        Ok(())
    }

    fn emit_pins(&self, channel: &Channel) {
        let dm = channel.guild.is_none();
        let intents = if dm { Intents::DIRECT_MESSAGES } else { Intents::GUILDS };
        self.emit_in_channel("CHANNEL_PINS_UPDATE", channel, intents, || {
            let mut body = json!({"channel_id": channel.id, "last_pin_timestamp": channel.last_pin_ms.map(iso)});
            if let Some(guild) = channel.guild {
                body["guild_id"] = json!(guild);
            }
            body
        });
    }
}
