//! Making games, Simple and Advanced.

use domain::{
    Action, Admission, Capacity, Colour, Description, Emoji, Game, GameId, GameName, GuildId,
    Layout, Phase, Seat, SeatState, UserId, Visibility,
    audit::AuditKind,
    plan::{self, Bindings, ObservedGuild, Plan, Room, room::ROLES_PER_GAME},
};
use serde::{Deserialize, Serialize};
use store::StoreError;

use super::desk::facts;
use crate::{Caller, Engine, Mistake, UseError};

/// Most extra game admins named in the form; Discord's user select allows 25.
pub const MAX_EXTRA_ADMINS: usize = 10;

/// A game that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGame {
    /// Its name.
    pub name: GameName,
    /// Its emoji.
    pub emoji: Option<Emoji>,
    /// The colour of its player role.
    pub colour: Option<Colour>,
    /// What it is about.
    pub description: Description,
    /// Seats; none is no limit.
    pub capacity: Option<Capacity>,
    /// Who may take a seat.
    pub admission: Admission,
    /// Who sees it.
    pub visibility: Visibility,
    /// Its channels.
    pub layout: Layout,
    /// Game admins beside the creator.
    pub admins: Vec<UserId>,
}

/// What would happen, before anyone says yes.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The steps, and what stands in the way.
    pub plan: Plan,
    /// Room the guild has now.
    pub room: Room,
    /// How many more games of this layout fit once this one is there.
    pub fits: usize,
}

impl NewGame {
    /// What Simple mode makes of a name.
    pub fn simple(name: GameName, emoji: Option<Emoji>, layout: Layout) -> Self {
        Self {
            name,
            emoji,
            colour: None,
            description: Description::default(),
            capacity: None,
            admission: Admission::Open,
            visibility: Visibility::Members,
            layout,
            admins: Vec::new(),
        }
    }

    fn into_game(self, caller: &Caller, now: i64) -> (Game, Vec<UserId>) {
        let game = Game {
            id: GameId(0),
            guild: caller.actor.guild,
            name: self.name,
            emoji: self.emoji,
            colour: self.colour,
            description: self.description,
            capacity: self.capacity,
            admission: self.admission,
            visibility: self.visibility,
            layout: self.layout,
            phase: Phase::Active,
            generation: 1,
            created_by: caller.actor.user,
            created_at: now,
        };
        (game, self.admins)
    }
}

impl Engine {
    /// Whether a custom emoji belongs to the guild.
    pub fn owns_emoji(&self, guild: GuildId, emoji: u64) -> bool {
        self.cache().guild(guild).is_some_and(|guild| guild.emojis.contains(&emoji))
    }

    /// Makes a game: the row, the creator's and the other admins' seats, audit and wake-up.
    pub async fn create_game(&self, caller: &Caller, new: NewGame) -> Result<GameId, UseError> {
        self.allowed(caller, Action::CreateGame, None).await?;
        let guild = self.guild(caller.actor.guild)?;
        Self::fits(&guild, &new)?;
        let now = self.clock().now();
        let (mut game, admins) = new.into_game(caller, now);
        let tx = self.store().begin().await?;
        game.id = tx.insert_game(&game, now).await.map_err(|error| match error {
            StoreError::Taken(_) => Mistake::NameTaken(game.name.to_string()).into(),
            other => UseError::from(other),
        })?;
        // The creator plays too; the others administer until they decide to join.
        for seat in seats(&game, caller.actor.user, &admins) {
            tx.put_seat(game.guild, &seat).await?;
        }
        let entry = Self::entry(caller, &game, AuditKind::GameCreated, None, Some(facts(&game)));
        self.hand_over(tx, caller, &game, entry, false).await?;
        Ok(game.id)
    }

    /// What making this game would do.
    pub async fn preview_create(
        &self,
        caller: &Caller,
        new: &NewGame,
    ) -> Result<Preview, UseError> {
        self.allowed(caller, Action::CreateGame, None).await?;
        let guild = self.guild(caller.actor.guild)?;
        let (game, admins) = new.clone().into_game(caller, self.clock().now());
        let seats = seats(&game, caller.actor.user, &admins);
        let bindings = Bindings::new();
        let desired = plan::desired(&game, &seats, &bindings, &guild);
        let settings = self.store().settings(game.guild).await?;
        let plan = plan::plan(&plan::Input {
            desired: &desired,
            bindings: &bindings,
            guild: &guild,
            archive: &[],
            policy: settings.drift_policy,
            repair: false,
        });
        let room = Room::of(&guild);
        let after = Room {
            roles: room.roles.saturating_sub(ROLES_PER_GAME),
            channels: room.channels.saturating_sub(game.layout.channel_count()),
        };
        Ok(Preview { plan, room, fits: after.games(&game.layout) })
    }

    fn fits(guild: &ObservedGuild, new: &NewGame) -> Result<(), UseError> {
        if new.layout.slots().is_empty() {
            return Err(Mistake::EmptyLayout.into());
        }
        if new.admins.len() > MAX_EXTRA_ADMINS {
            return Err(Mistake::TooManyAdmins(MAX_EXTRA_ADMINS).into());
        }
        if new.admins.contains(&guild.bot.user) {
            return Err(Mistake::NotAMember(guild.bot.user).into());
        }
        let room = Room::of(guild);
        if room.games(&new.layout) == 0 {
            return Err(Mistake::NoRoom { roles: room.roles, channels: room.channels }.into());
        }
        Ok(())
    }
}

fn seats(game: &Game, creator: UserId, admins: &[UserId]) -> Vec<Seat> {
    let seat = |user, state| Seat {
        game: game.id,
        user,
        state,
        is_admin: true,
        has_player_role: false,
        has_admin_role: false,
        present: true,
        since: game.created_at,
    };
    let mut seats = vec![seat(creator, SeatState::Seated)];
    for admin in admins {
        if seats.iter().all(|seat| seat.user != *admin) {
            seats.push(seat(*admin, SeatState::Left));
        }
    }
    seats
}
