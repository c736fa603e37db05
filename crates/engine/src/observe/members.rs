//! What the gateway tells about members: roles given or taken by hand, people leaving and coming
//! back. Only seen with the GUILD_MEMBERS intent; without it the slow sweep has to do.

use domain::{
    DriftPolicy, GameId, GuildId, RoleId, Seat, SeatState, Slot, UserId,
    audit::{AuditKind, Outcome},
};
use store::AuditEntry;

use crate::{Correlation, Engine, Fault, Notice};

impl Engine {
    /// GUILD_MEMBER_UPDATE, and GUILD_MEMBER_ADD with its (usually empty) roles.
    pub async fn saw_member(
        &self,
        guild: GuildId,
        user: UserId,
        roles: &[RoleId],
    ) -> Result<(), Fault> {
        self.saw_roles(guild, user, roles, None).await
    }

    /// The same. When Discord was asked just now, `before` is what was known when the question
    /// was asked: what we gave or took ourselves meanwhile is not news.
    pub(crate) async fn saw_roles(
        &self,
        guild: GuildId,
        user: UserId,
        roles: &[RoleId],
        before: Option<&[Seat]>,
    ) -> Result<(), Fault> {
        if user == self.bot_user() {
            self.cache().update(guild, |known| known.bot.roles = roles.to_vec());
            return self.wake_guild(guild).await;
        }
        let bound = self.store().bindings_of_guild(guild).await?;
        let ours: Vec<(GameId, Slot, bool)> = bound
            .iter()
            .filter(|(_, slot, _)| slot.is_role())
            .map(|(game, slot, id)| (*game, *slot, roles.iter().any(|role| role.get() == *id)))
            .collect();
        let seats = match before {
            Some(before) => before.to_vec(),
            None => self.store().seats_of_person(guild, user).await?,
        };
        let seen = |game: GameId, slot: Slot| {
            seats.iter().find(|seat| seat.game == game).is_some_and(|seat| flag(seat, slot))
        };
        let changed: Vec<_> =
            ours.into_iter().filter(|(game, slot, has)| seen(*game, *slot) != *has).collect();
        if changed.is_empty() {
            return Ok(());
        }
        // An event may be older than a role that was given since: it would be given twice.
        if before.is_none() && changed.iter().any(|(_, _, has)| !has) {
            self.doubt_member(guild, user);
            return Ok(());
        }
        let policy = self.store().settings(guild).await?.drift_policy;
        let mut games = Vec::new();
        for (game, slot, has) in changed {
            self.saw_role_of_member(guild, user, game, slot, has, policy).await?;
            if !games.contains(&game) {
                games.push(game);
            }
        }
        self.wake_games(guild, &games).await?;
        self.tell(Notice::Games(guild));
        self.tell(Notice::Audit(guild));
        Ok(())
    }

    /// Remembers what was seen. With the policy `accept`, membership follows the player role; the
    /// other policies leave the wish as it is and the planner puts the role right (or asks).
    async fn saw_role_of_member(
        &self,
        guild: GuildId,
        user: UserId,
        game: GameId,
        slot: Slot,
        has: bool,
        policy: DriftPolicy,
    ) -> Result<(), Fault> {
        let now = self.clock().now();
        // Events can be old by now: only a fresh look may move somebody. Asked before the
        // transaction, because no transaction waits for Discord.
        let fresh = policy == DriftPolicy::Accept
            && slot == Slot::PlayerRole
            && self.has_role_now(guild, user, game, slot).await? == Some(has);
        let tx = self.store().begin().await?;
        let known = tx.seat(game, user).await?;
        let mut seat = known.unwrap_or(Seat { since: now, ..Seat::nobody(game, user) });
        if flag(&seat, slot) == has {
            // Our own doing, and written down by now.
            return Ok(());
        }
        match slot {
            Slot::PlayerRole => seat.has_player_role = has,
            _ => seat.has_admin_role = has,
        }
        if fresh && (seat.state == SeatState::Seated) != has {
            seat.state = if has { SeatState::Seated } else { SeatState::Left };
            seat.since = now;
            let name = tx.game_for_update(game).await?.map(|r| r.game.name.to_string());
            tx.audit(
                AuditEntry {
                    guild,
                    game: Some((game, name.unwrap_or_default())),
                    actor: None,
                    subject: Some(user),
                    kind: AuditKind::DriftAccepted,
                    outcome: Outcome::Done,
                    before: Some(if has { "not seated" } else { "seated" }.to_owned()),
                    after: Some(if has { "seated" } else { "not seated" }.to_owned()),
                    plan: None,
                    correlation: Correlation::from_snowflake(now.cast_unsigned()).0,
                    generation: None,
                },
                now,
            )
            .await?;
        }
        tx.put_seat(guild, &seat).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Asks Discord whether a person has the role in a slot right now; none when it is not known.
    async fn has_role_now(
        &self,
        guild: GuildId,
        user: UserId,
        game: GameId,
        slot: Slot,
    ) -> Result<Option<bool>, Fault> {
        let Some(binding) = self.store().bindings(game).await?.get(&slot).copied() else {
            return Ok(None);
        };
        let member: Result<twilight_model::guild::Member, _> = self
            .rest()
            .send(self.rest().factory().guild_member(guild, user), discord::Call::background())
            .await;
        Ok(member.ok().map(|member| member.roles.iter().any(|role| role.get() == binding.id)))
    }

    /// GUILD_MEMBER_ADD: roles do not come back by themselves; the games' do.
    pub async fn saw_member_join(
        &self,
        guild: GuildId,
        user: UserId,
        roles: &[RoleId],
    ) -> Result<(), Fault> {
        self.set_presence(guild, user, true).await?;
        self.saw_roles(guild, user, roles, None).await
    }

    /// GUILD_MEMBER_REMOVE: seats are kept for when the person comes back.
    pub async fn saw_member_leave(&self, guild: GuildId, user: UserId) -> Result<(), Fault> {
        self.set_presence(guild, user, false).await
    }

    async fn set_presence(&self, guild: GuildId, user: UserId, is: bool) -> Result<(), Fault> {
        let tx = self.store().begin().await?;
        let games = tx.set_presence(guild, user, is).await?;
        tx.commit().await?;
        self.wake_games(guild, &games).await
    }
}

/// Whether the person was last seen to have the role in a slot.
fn flag(seat: &Seat, slot: Slot) -> bool {
    match slot {
        Slot::PlayerRole => seat.has_player_role,
        _ => seat.has_admin_role,
    }
}
