//! Who may put which bits into an overwrite (resources/guild "Create Guild Channel", resources/channel "Modify
//! Channel" and "Edit Channel Permissions").

use super::{Channel, Guild, Overwrite, OverwriteTarget, Permissions, World};
use crate::error::ApiError;

/// Every bit a list names, allowed or denied.
fn named(list: &[Overwrite]) -> Permissions {
    list.iter().fold(Permissions::NONE, |sum, one| sum | one.allow | one.deny)
}

impl World {
    /// On create a bot may only name bits it holds guild-wide, and MANAGE_ROLES only as an administrator.
    pub fn check_new_overwrites(&self, guild: &Guild, list: &[Overwrite]) -> Result<(), ApiError> {
        self.check_targets(guild, &[], list)?;
        let held = guild.permissions_of(self.bot(), self.clock.now_ms());
        may_name(held, named(list))
    }

    /// On edit a bot needs MANAGE_ROLES in the channel and may name the bits it holds in the guild or in the parent
    /// category; a MANAGE_ROLES overwrite in the channel lifts the second rule. Whether unchanged bits are exempt is
    /// unknown, so every bit of the request counts.
    pub fn check_edited_overwrites(
        &self,
        channel: &Channel,
        list: &[Overwrite],
    ) -> Result<(), ApiError> {
        let bot = self.bot();
        let Some(guild) = channel.guild.and_then(|guild| self.guilds.get(&guild)) else {
            return Err(ApiError::wrong_channel_for_dm());
        };
        if channel.kind.is_thread() {
            return Err(ApiError::wrong_channel_type());
        }
        if !self.permissions_in(bot, channel).contains(Permissions::MANAGE_ROLES) {
            return Err(ApiError::missing_permissions());
        }
        self.check_targets(guild, &channel.overwrites, list)?;
        if self.is_trusted_with_roles(guild, channel) {
            return Ok(());
        }
        let parent = channel.parent.and_then(|parent| self.channels.get(&parent));
        let in_parent =
            parent.map_or(Permissions::NONE, |parent| self.shown_permissions(bot, parent));
        may_name(guild.permissions_of(bot, self.clock.now_ms()) | in_parent, named(list))
    }

    /// True when an overwrite of the channel gives MANAGE_ROLES to the bot or one of its roles.
    fn is_trusted_with_roles(&self, guild: &Guild, channel: &Channel) -> bool {
        let Some(own) = guild.members.get(&self.bot()) else { return false };
        channel.overwrites.iter().any(|one| {
            let about_bot = match one.target {
                OverwriteTarget::Member(user) => user == own.user,
                OverwriteTarget::Role(role) => own.roles.contains(&role),
            };
            about_bot && one.allow.contains(Permissions::MANAGE_ROLES)
        })
    }

    /// 10009 for a role of another guild or a user nobody knows. What stands in the channel already may stay, even
    /// when its role is gone.
    fn check_targets(
        &self,
        guild: &Guild,
        known: &[Overwrite],
        list: &[Overwrite],
    ) -> Result<(), ApiError> {
        let fine = |one: &Overwrite| match one.target {
            OverwriteTarget::Role(role) => guild.role(role).is_some(),
            OverwriteTarget::Member(user) => self.users.contains_key(&user),
        };
        let stands = |one: &Overwrite| known.iter().any(|old| old.target == one.target);
        if list.iter().all(|one| fine(one) || stands(one)) {
            Ok(())
        } else {
            Err(ApiError::unknown_overwrite())
        }
    }
}

/// Administrators may name anything, others what they hold, MANAGE_ROLES excluded.
fn may_name(held: Permissions, named: Permissions) -> Result<(), ApiError> {
    let fine = held.contains(Permissions::ADMINISTRATOR)
        || held.contains(named) && !named.contains(Permissions::MANAGE_ROLES);
    if fine { Ok(()) } else { Err(ApiError::missing_permissions()) }
}
