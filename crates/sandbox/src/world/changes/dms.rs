//! Direct messages between the bot and a user.

use crate::error::ApiError;
use crate::id::{ChannelId, UserId};
use crate::world::{Channel, ChannelKind, World};

impl World {
    /// The DM channel with a user; the same one every time (resources/user, "Create DM"). No event: DM channels are
    /// not announced to bots any more.
    pub fn open_dm(&mut self, user: UserId) -> Result<Channel, ApiError> {
        if !self.users.contains_key(&user) {
            return Err(ApiError::unknown_user());
        }
        let known = self.channels.values().find(|one| one.recipient == Some(user));
        if let Some(known) = known {
            return Ok(known.clone());
        }
        let id: ChannelId = self.ids.fresh();
        let dm = Channel {
            recipient: Some(user),
            ..Channel::new(id, None, ChannelKind::Dm, String::new())
        };
        self.channels.insert(id, dm.clone());
        Ok(dm)
    }

    /// 50007 when the user takes no DMs, is a bot, or shares no guild with the bot.
    pub fn check_dm(&self, user: UserId) -> Result<(), ApiError> {
        let found = self.users.get(&user).ok_or_else(ApiError::unknown_user)?;
        let bot = self.bot();
        let mut guilds = self.guilds.values();
        let together = guilds
            .any(|guild| guild.members.contains_key(&user) && guild.members.contains_key(&bot));
        if found.refuses_dms || found.bot || !together {
            return Err(ApiError::dm_refused());
        }
        Ok(())
    }
}
