//! Looking at members instead of waiting to be told. Nobody repeats what happened while the bot
//! was away or while its session was lost: roles given and taken by hand, people who left.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{GuildId, RoleId, Seat, SeatState, UserId};
use twilight_model::guild::Member;

use crate::{Engine, Fault};

/// Members on a page of Discord's list.
const PAGE: u16 = 1_000;

/// What is not believed until it was looked at. Bounded by the guilds and their members.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    guilds: BTreeSet<GuildId>,
    people: BTreeSet<(GuildId, UserId)>,
}

/// Who is in a guild, as far as it matters here.
type Roles = HashMap<UserId, Vec<RoleId>>;

impl Engine {
    /// From now on nothing that is known of this guild's members is believed until it was looked
    /// at.
    pub(crate) fn doubt_members(&self, guild: GuildId) {
        self.inner.doubted.lock().guilds.insert(guild);
        self.inner.wake.notify_one();
    }

    /// The same for one person.
    pub(crate) fn doubt_member(&self, guild: GuildId, user: UserId) {
        self.inner.doubted.lock().people.insert((guild, user));
        self.inner.wake.notify_one();
    }

    pub(crate) fn has_doubts(&self) -> bool {
        let doubted = self.inner.doubted.lock();
        !doubted.guilds.is_empty() || !doubted.people.is_empty()
    }

    /// Looks at everybody who is in doubt, one after the other.
    pub(crate) async fn recount_doubted(&self) {
        loop {
            let person = self.inner.doubted.lock().people.pop_first();
            if let Some((guild, user)) = person {
                if let Err(error) = self.recount_person(guild, user, false).await {
                    tracing::warn!(%guild, %error, "a member could not be looked at; the sweep will");
                }
                continue;
            }
            let Some(guild) = self.inner.doubted.lock().guilds.pop_first() else { return };
            let seen = async {
                self.recount_members(guild).await?;
                self.members_were_seen(guild).await
            };
            if let Err(error) = seen.await {
                tracing::warn!(%guild, %error, "members could not be looked at; the sweep will");
            }
        }
    }

    async fn recount_person(&self, guild: GuildId, user: UserId, away: bool) -> Result<(), Fault> {
        let before = self.store().seats_of_person(guild, user).await?;
        match self.member(guild, user).await {
            Ok(member) if away => self.saw_member_join(guild, user, &member.roles).await,
            Ok(member) => self.saw_roles(guild, user, &member.roles, Some(&before)).await,
            Err(discord::CallError::NotFound { .. }) if away => Ok(()),
            Err(discord::CallError::NotFound { .. }) => self.saw_member_leave(guild, user).await,
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) async fn recount_members(&self, guild: GuildId) -> Result<(), Fault> {
        let bound = self.store().bindings_of_guild(guild).await?;
        let ours: HashSet<u64> =
            bound.iter().filter(|(_, slot, _)| slot.is_role()).map(|(_, _, id)| *id).collect();
        if ours.is_empty() {
            return Ok(());
        }
        let known = self.known_people(guild).await?;
        let members = match self.all_members(guild).await {
            Ok(members) => members,
            // The list is only for applications with the members intent; single members are not.
            Err(Fault::Discord(discord::CallError::Forbidden { .. })) => Roles::new(),
            Err(error) => return Err(error),
        };
        for (user, roles) in &members {
            let before = known.get(user).map(Vec::as_slice);
            let wears = roles.iter().any(|role| ours.contains(&role.get()));
            if *user == self.bot_user() || (before.is_none() && !wears) {
                continue;
            }
            if before.is_some_and(away) {
                self.saw_member_join(guild, *user, roles).await?;
            } else {
                self.saw_roles(guild, *user, roles, Some(before.unwrap_or_default())).await?;
            }
        }
        // Not listed: gone, or come since. Only Discord can say.
        for (user, seats) in known.iter().filter(|(user, _)| !members.contains_key(user)) {
            self.recount_person(guild, *user, away(seats)).await?;
        }
        Ok(())
    }

    /// People with a seat or a role of a game, with their seats.
    async fn known_people(&self, guild: GuildId) -> Result<BTreeMap<UserId, Vec<Seat>>, Fault> {
        let mut people = BTreeMap::new();
        for record in self.store().games_of_guild(guild).await? {
            for seat in self.store().seats(record.game.id).await? {
                let wears = seat.has_player_role || seat.has_admin_role;
                if seat.state != SeatState::Left || seat.is_admin || wears {
                    people.entry(seat.user).or_insert_with(Vec::new).push(seat);
                }
            }
        }
        Ok(people)
    }

    async fn all_members(&self, guild: GuildId) -> Result<Roles, Fault> {
        let mut found = Roles::new();
        let mut after = None;
        loop {
            let mut request = self.rest().factory().guild_members(guild).limit(PAGE);
            if let Some(after) = after {
                request = request.after(after);
            }
            let page: Vec<Member> = self.rest().send(request, discord::Call::background()).await?;
            let full = page.len() >= usize::from(PAGE);
            after = page.iter().map(|member| member.user.id).max();
            found.extend(page.into_iter().map(|member| (member.user.id, member.roles)));
            if !full {
                return Ok(found);
            }
        }
    }

    async fn member(&self, guild: GuildId, user: UserId) -> Result<Member, discord::CallError> {
        let request = self.rest().factory().guild_member(guild, user);
        self.rest().send(request, discord::Call::background()).await
    }
}

/// Whether somebody is known not to be in the guild.
fn away(seats: &[Seat]) -> bool {
    seats.iter().any(|seat| !seat.present)
}
