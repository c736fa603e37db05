//! Changing games.

use domain::{
    Action, Admission, Capacity, Colour, Description, Emoji, Game, GameId, GameName, Layout, Phase,
    Seat, UserId, Visibility, audit::AuditKind,
};
use store::{GameRecord, StoreError, Tx};

use super::desk::facts;
use crate::{Caller, Engine, Mistake, UseError};

/// What changes; `None` stays as it is, `Some(None)` is cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GameEdit {
    /// New name.
    pub name: Option<GameName>,
    /// New emoji.
    pub emoji: Option<Option<Emoji>>,
    /// New colour.
    pub colour: Option<Option<Colour>>,
    /// New description.
    pub description: Option<Description>,
    /// New capacity.
    pub capacity: Option<Option<Capacity>>,
    /// New admission.
    pub admission: Option<Admission>,
    /// New visibility.
    pub visibility: Option<Visibility>,
    /// New channels.
    pub layout: Option<Layout>,
}

impl GameEdit {
    fn apply(self, game: &mut Game) {
        // No `..`: a new field must be applied here.
        let Self { name, emoji, colour, description, capacity, admission, visibility, layout } =
            self;
        if let Some(name) = name {
            game.name = name;
        }
        if let Some(emoji) = emoji {
            game.emoji = emoji;
        }
        if let Some(colour) = colour {
            game.colour = colour;
        }
        if let Some(description) = description {
            game.description = description;
        }
        if let Some(capacity) = capacity {
            game.capacity = capacity;
        }
        if let Some(admission) = admission {
            game.admission = admission;
        }
        if let Some(visibility) = visibility {
            game.visibility = visibility;
        }
        if let Some(layout) = layout {
            game.layout = layout;
        }
    }
}

impl Engine {
    /// Changes a game's facts.
    pub async fn edit_game(
        &self,
        caller: &Caller,
        id: GameId,
        edit: GameEdit,
    ) -> Result<(), UseError> {
        self.game_of(caller, id).await?;
        self.allowed(caller, Action::EditGame, Some(id)).await?;
        let tx = self.store().begin().await?;
        let mut game = self.locked(&tx, caller, id).await?.game;
        if game.phase != Phase::Active {
            return Err(Mistake::Archived.into());
        }
        let before = game.clone();
        edit.apply(&mut game);
        if game == before {
            return Err(Mistake::NoChange.into());
        }
        if game.layout.slots().is_empty() {
            return Err(Mistake::EmptyLayout.into());
        }
        if let Some(capacity) = game.capacity
            && game.capacity != before.capacity
        {
            let seated = tx.count_seated(id).await?;
            if seated > capacity.seats() {
                return Err(Mistake::CapacityBelowSeated { seated }.into());
            }
        }
        self.write(tx, caller, &before, game, AuditKind::GameEdited).await
    }

    /// A game of the caller's guild, locked.
    pub(crate) async fn locked(
        &self,
        tx: &Tx,
        caller: &Caller,
        id: GameId,
    ) -> Result<GameRecord, UseError> {
        tx.game_for_update(id)
            .await?
            .filter(|r| r.game.guild == caller.actor.guild && r.game.phase != Phase::Deleted)
            .ok_or_else(|| Mistake::NoSuchGame.into())
    }

    /// Writes a changed game as its next generation and hands it to the reconciler.
    pub(crate) async fn write(
        &self,
        tx: Tx,
        caller: &Caller,
        before: &Game,
        mut game: Game,
        kind: AuditKind,
    ) -> Result<(), UseError> {
        game.generation = before.generation + 1;
        tx.update_game(&game, self.clock().now()).await.map_err(|error| match error {
            StoreError::Taken(_) => Mistake::NameTaken(game.name.to_string()).into(),
            other => UseError::from(other),
        })?;
        let entry = Self::entry(caller, &game, kind, Some(facts(before)), Some(facts(&game)));
        self.hand_over(tx, caller, &game, entry, false).await
    }

    /// Makes somebody an admin of a game.
    pub async fn appoint_admin(
        &self,
        caller: &Caller,
        id: GameId,
        user: UserId,
    ) -> Result<(), UseError> {
        self.set_admin(caller, id, user, true).await
    }

    /// Takes the game away from one of its admins.
    pub async fn dismiss_admin(
        &self,
        caller: &Caller,
        id: GameId,
        user: UserId,
    ) -> Result<(), UseError> {
        self.set_admin(caller, id, user, false).await
    }

    async fn set_admin(
        &self,
        caller: &Caller,
        id: GameId,
        user: UserId,
        is_admin: bool,
    ) -> Result<(), UseError> {
        self.game_of(caller, id).await?;
        self.allowed(caller, Action::AppointAdmins, Some(id)).await?;
        if user == self.bot_user() {
            return Err(Mistake::NotAMember(user).into());
        }
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let mut game = self.locked(&tx, caller, id).await?.game;
        let known = tx.seat(id, user).await?;
        if known.is_some_and(|seat| seat.is_admin) == is_admin {
            return Err(Mistake::NoChange.into());
        }
        let mut seat = known.unwrap_or(Seat { since: now, ..Seat::nobody(id, user) });
        seat.is_admin = is_admin;
        tx.put_seat(game.guild, &seat).await?;
        game.generation += 1;
        tx.update_game(&game, now).await?;
        let kind = if is_admin { AuditKind::AdminAppointed } else { AuditKind::AdminDismissed };
        let mut entry = Self::entry(caller, &game, kind, None, None);
        entry.subject = Some(user);
        self.hand_over(tx, caller, &game, entry, false).await
    }
}
