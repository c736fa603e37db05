//! A guild asked for, where no event brings it.

use discord::{Call, CallError, Rest};
use domain::{GuildId, UserId};
use twilight_model::{
    channel::Channel,
    guild::{Guild, Member},
};

use crate::Engine;

/// The guild as Discord sends it at the start of a session, as far as [`super::slim`] reads it: with
/// its channels and the bot's own membership.
pub async fn ask(rest: &Rest, bot: UserId, id: GuildId, call: Call) -> Result<Guild, CallError> {
    let (guild, channels, own) = tokio::try_join!(
        rest.send::<Guild>(rest.factory().guild(id), call),
        rest.send::<Vec<Channel>>(rest.factory().guild_channels(id), call),
        rest.send::<Member>(rest.factory().guild_member(id, bot), call),
    )?;
    Ok(Guild { channels, members: vec![own], ..guild })
}

impl Engine {
    /// See [`ask`].
    pub async fn ask_for_guild(&self, id: GuildId, call: Call) -> Result<Guild, CallError> {
        // Three requests at once are too much for a stack.
        Box::pin(ask(self.rest(), self.bot_user(), id, call)).await
    }
}
