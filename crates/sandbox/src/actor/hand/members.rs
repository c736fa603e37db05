//! Coming and going.

use std::time::Duration;

use super::super::Actor;
use crate::clock::to_millis;
use crate::error::ApiError;
use crate::id::{RoleId, UserId};
use crate::world::{MemberPatch, Permissions};

impl Actor {
    /// Leaves the guild.
    pub fn leave(&self) -> Result<(), ApiError> {
        self.sandbox.world().leave(self.guild, self.user)
    }

    /// Joins again, without roles.
    pub fn rejoin(&self) -> Result<(), ApiError> {
        self.sandbox.world().join(self.guild, self.user)
    }

    /// Kicks someone.
    pub fn kick(&self, user: UserId) -> Result<(), ApiError> {
        self.sandbox.world().kick(self.guild, user, &self.cause())
    }

    /// Gives someone a nickname, or takes it away.
    pub fn nickname(&self, user: UserId, nick: Option<&str>) -> Result<(), ApiError> {
        let patch = MemberPatch { nick: Some(nick.map(str::to_owned)), ..MemberPatch::default() };
        self.edit_member(user, patch)
    }

    /// Times someone out for a while from now on.
    pub fn time_out(&self, user: UserId, time: Duration) -> Result<(), ApiError> {
        let until = self.sandbox.clock().now_ms() + to_millis(time);
        let patch = MemberPatch { timed_out_until: Some(Some(until)), ..MemberPatch::default() };
        self.edit_member(user, patch)
    }

    fn edit_member(&self, user: UserId, patch: MemberPatch) -> Result<(), ApiError> {
        self.sandbox.world().edit_member(self.guild, user, patch, &self.cause())
    }

    /// Chooses the client language, by its code ("de").
    pub fn set_locale(&self, locale: &'static str) {
        if let Some(user) = self.sandbox.world().users.get_mut(&self.user) {
            user.locale = locale;
        }
    }

    /// Takes no direct messages any more, or takes them again.
    pub fn refuse_dms(&self, refuse: bool) {
        if let Some(user) = self.sandbox.world().users.get_mut(&self.user) {
            user.refuses_dms = refuse;
        }
    }

    /// Kicks the bot.
    pub fn kick_bot(&self) -> Result<(), ApiError> {
        self.sandbox.world().remove_bot(self.guild)
    }

    /// Invites the bot (again); its role starts at the bottom.
    pub fn invite_bot(&self, permissions: Permissions) -> Result<RoleId, ApiError> {
        self.sandbox.world().add_bot(self.guild, permissions, &self.cause())
    }

    /// Renames the guild.
    pub fn rename_guild(&self, name: &str) -> Result<(), ApiError> {
        self.sandbox.world().rename_guild(self.guild, name, &self.cause())
    }

    /// Makes the guild unavailable, or available again (an outage on Discord's side).
    pub fn set_outage(&self, on: bool) -> Result<(), ApiError> {
        self.sandbox.world().set_unavailable(self.guild, on)
    }
}
