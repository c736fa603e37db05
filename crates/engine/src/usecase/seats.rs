//! Leaving, and deciding who may play. Joining has a room of its own ([`super::join`]).

use domain::{
    Action, Game, GameId, Phase, Seat, SeatState, UserId,
    audit::{AuditKind, Outcome},
};
use store::Tx;

use crate::{Caller, Engine, Mistake, Notice, UseError};

impl Engine {
    /// Gives the seat, or the request for one, up; answers the game.
    pub async fn leave_game(&self, caller: &Caller, id: GameId) -> Result<Game, UseError> {
        let tx = self.store().begin().await?;
        let game = self.locked(&tx, caller, id).await?.game;
        let seat = tx.seat(id, caller.actor.user).await?;
        let Some(seat) = seat.filter(|seat| seat.state != SeatState::Left) else {
            return Err(Mistake::NotSeated.into());
        };
        let seat = Seat { state: SeatState::Left, since: self.clock().now(), ..seat };
        tx.put_seat(game.guild, &seat).await?;
        self.seat_changed(tx, caller, &game, None, AuditKind::SeatLeft, true).await?;
        Ok(game)
    }

    /// Lets somebody in who asked.
    pub async fn approve_seat(
        &self,
        caller: &Caller,
        id: GameId,
        user: UserId,
    ) -> Result<(), UseError> {
        self.decide(caller, id, user, SeatState::Requested, AuditKind::SeatApproved).await
    }

    /// Says no to somebody who asked.
    pub async fn decline_seat(
        &self,
        caller: &Caller,
        id: GameId,
        user: UserId,
    ) -> Result<(), UseError> {
        self.decide(caller, id, user, SeatState::Requested, AuditKind::SeatDeclined).await
    }

    /// Takes a player out.
    pub async fn remove_seat(
        &self,
        caller: &Caller,
        id: GameId,
        user: UserId,
    ) -> Result<(), UseError> {
        self.decide(caller, id, user, SeatState::Seated, AuditKind::SeatRemoved).await
    }

    async fn decide(
        &self,
        caller: &Caller,
        id: GameId,
        user: UserId,
        from: SeatState,
        kind: AuditKind,
    ) -> Result<(), UseError> {
        self.game_of(caller, id).await?;
        self.allowed(caller, Action::ManageSeats, Some(id)).await?;
        let tx = self.store().begin().await?;
        let game = self.locked(&tx, caller, id).await?.game;
        let seat = tx.seat(id, user).await?.filter(|seat| seat.state == from);
        let Some(seat) = seat else { return Err(Mistake::NothingToDecide(user).into()) };
        let state = if kind == AuditKind::SeatApproved {
            if game.phase != Phase::Active {
                return Err(Mistake::Archived.into());
            }
            full(&tx, &game).await?;
            SeatState::Seated
        } else {
            SeatState::Left
        };
        let seat = Seat { state, since: self.clock().now(), ..seat };
        tx.put_seat(game.guild, &seat).await?;
        let changes_roles = kind != AuditKind::SeatDeclined;
        self.seat_changed(tx, caller, &game, Some(user), kind, changes_roles).await
    }

    /// The last lines of every change of a seat. Membership is done as soon as the database has
    /// it; a role that follows late is the reconciler's business, not a pending audit entry.
    async fn seat_changed(
        &self,
        tx: Tx,
        caller: &Caller,
        game: &Game,
        subject: Option<UserId>,
        kind: AuditKind,
        changes_roles: bool,
    ) -> Result<(), UseError> {
        let now = self.clock().now();
        let mut entry = Self::entry(caller, game, kind, None, None);
        entry.subject = subject;
        entry.outcome = Outcome::Done;
        entry.generation = None;
        tx.audit(entry, now).await?;
        if changes_roles {
            tx.wake(game.id, game.guild, now, false).await?;
        }
        tx.commit().await?;
        self.inner.wake.notify_one();
        self.tell(Notice::Games(game.guild));
        self.tell(Notice::Audit(game.guild));
        Ok(())
    }
}

async fn full(tx: &Tx, game: &Game) -> Result<(), UseError> {
    let Some(capacity) = game.capacity else { return Ok(()) };
    let seated = tx.count_seated(game.id).await?;
    if seated >= capacity.seats() { Err(Mistake::Full(capacity.seats()).into()) } else { Ok(()) }
}
