//! Archive, restore, delete, repair.

use domain::{Action, Game, GameId, GameName, Phase, audit::AuditKind, plan::Room};

use super::desk::facts;
use crate::{Caller, Engine, Mistake, Preview, UseError};

impl Engine {
    /// Makes a game read-only and puts it out of the way; seats are kept. With
    /// `release_channels` its channels are deleted, to give their slots back to the guild.
    pub async fn archive_game(
        &self,
        caller: &Caller,
        id: GameId,
        release_channels: bool,
    ) -> Result<(), UseError> {
        let to = Phase::Archived { release_channels };
        self.game_of(caller, id).await?;
        self.allowed(caller, Action::ArchiveGame, Some(id)).await?;
        let tx = self.store().begin().await?;
        let before = self.locked(&tx, caller, id).await?.game;
        // An archived game may still release its channels, but not get them back that way.
        let fine = match before.phase {
            Phase::Active => true,
            Phase::Archived { release_channels: released } => release_channels && !released,
            Phase::Deleted => false,
        };
        if !fine {
            return Err(Mistake::Archived.into());
        }
        let game = Game { phase: to, ..before.clone() };
        self.write(tx, caller, &before, game, AuditKind::GameArchived).await
    }

    /// Brings an archived game back, with new channels where they were released.
    pub async fn restore_game(&self, caller: &Caller, id: GameId) -> Result<(), UseError> {
        self.game_of(caller, id).await?;
        self.allowed(caller, Action::RestoreGame, Some(id)).await?;
        let tx = self.store().begin().await?;
        let before = self.locked(&tx, caller, id).await?.game;
        let Phase::Archived { release_channels } = before.phase else {
            return Err(Mistake::NotArchived.into());
        };
        if release_channels {
            let room = Room::of(&*self.guild(before.guild)?);
            if room.channels < before.layout.channel_count() {
                return Err(Mistake::NoRoom { roles: room.roles, channels: room.channels }.into());
            }
        }
        let game = Game { phase: Phase::Active, ..before.clone() };
        self.write(tx, caller, &before, game, AuditKind::GameRestored).await
    }

    /// Deletes a game for good, roles and channels first. The person has typed its name.
    pub async fn delete_game(
        &self,
        caller: &Caller,
        id: GameId,
        typed_name: &str,
    ) -> Result<(), UseError> {
        self.game_of(caller, id).await?;
        self.allowed(caller, Action::DeleteGame, Some(id)).await?;
        let tx = self.store().begin().await?;
        let before = self.locked(&tx, caller, id).await?.game;
        // Case is forgiven, a look-alike is not: the person shall have read the name.
        let typed = GameName::parse(typed_name).map_err(|_| Mistake::ConfirmationMismatch)?;
        if typed.as_str().to_lowercase() != before.name.as_str().to_lowercase() {
            return Err(Mistake::ConfirmationMismatch.into());
        }
        let game = Game { phase: Phase::Deleted, ..before.clone() };
        self.write(tx, caller, &before, game, AuditKind::GameDeleted).await
    }

    /// Compares a game with Discord and puts every change by hand right, whatever the policy.
    pub async fn repair_game(&self, caller: &Caller, id: GameId) -> Result<(), UseError> {
        self.game_of(caller, id).await?;
        self.allowed(caller, Action::RepairGame, Some(id)).await?;
        let tx = self.store().begin().await?;
        let mut game = self.locked(&tx, caller, id).await?.game;
        game.generation += 1;
        tx.update_game(&game, self.clock().now()).await?;
        let facts = Some(facts(&game));
        let entry = Self::entry(caller, &game, AuditKind::GameRepaired, facts.clone(), facts);
        self.hand_over(tx, caller, &game, entry, true).await
    }

    /// What deleting would do.
    pub async fn preview_delete(&self, caller: &Caller, id: GameId) -> Result<Preview, UseError> {
        let game = self.game_of(caller, id).await?.game;
        self.allowed(caller, Action::DeleteGame, Some(id)).await?;
        self.preview(&Game { phase: Phase::Deleted, ..game }, false).await
    }

    /// What a repair would do.
    pub async fn preview_repair(&self, caller: &Caller, id: GameId) -> Result<Preview, UseError> {
        let game = self.game_of(caller, id).await?.game;
        self.allowed(caller, Action::RepairGame, Some(id)).await?;
        self.preview(&game, true).await
    }

    async fn preview(&self, game: &Game, repair: bool) -> Result<Preview, UseError> {
        // The very plan that the reconciler would carry out.
        let (plan, _, guild) = self.plan_for(game, repair).await?;
        let room = Room::of(&guild);
        Ok(Preview { plan, room, fits: room.games(&game.layout) })
    }

    /// Categories of the guild's other archived games.
    pub(crate) async fn archive_beside(
        &self,
        game: &Game,
    ) -> Result<Vec<domain::ChannelId>, store::StoreError> {
        let all = self.store().archived_categories(game.guild).await?;
        Ok(all.into_iter().filter(|(id, _)| *id != game.id).map(|(_, c)| c).collect())
    }
}
