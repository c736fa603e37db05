//! Who sits in which voice channel.

use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, UserId};
use crate::render;
use crate::world::{Intents, VoiceState, World};

impl World {
    /// Connects, moves or (`None`) disconnects a member: VOICE_STATE_UPDATE.
    pub fn set_voice(
        &mut self,
        guild: GuildId,
        user: UserId,
        channel: Option<ChannelId>,
    ) -> Result<(), ApiError> {
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        if !place.members.contains_key(&user) {
            return Err(ApiError::unknown_member());
        }
        place.voice.retain(|voice| voice.user != user);
        if let Some(channel) = channel {
            place.voice.push(VoiceState { user, channel });
        }
        let Some(place) = self.guilds.get(&guild) else { return Ok(()) };
        self.emit("VOICE_STATE_UPDATE", Some(guild), Intents::GUILD_VOICE_STATES, || {
            let mut body = render::voice_state(user, channel);
            body["guild_id"] = serde_json::json!(guild);
            if let Some(member) = place.members.get(&user) {
                body["member"] = render::member(self, member, true);
            }
            body
        });
        Ok(())
    }
}
