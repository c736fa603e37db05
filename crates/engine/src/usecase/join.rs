//! Joining.
//!
//! The database decides: the game's row is locked while seats are counted, so of two people
//! racing for the last seat one gets it. Discord's role follows through the reconciler.
//!
//! When a crowd wants in at once, those who come while a transaction is under way share the next
//! one: the first of them writes for all. They are let in in the order they came.

use std::collections::HashMap;

use domain::{
    Admission, Game, GameId, Phase, Seat, SeatState, UserId,
    audit::{AuditKind, Outcome},
};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{Caller, Engine, Fault, Mistake, Notice, UseError};

/// Most people who share one transaction.
const MAX_TOGETHER: usize = 100;

/// What joining led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// In.
    Seated,
    /// A game admin decides.
    Requested,
}

type Answer = Result<(Joined, Game), UseError>;

/// People at the door, and whose turn it is to write. As many as there are interactions at work.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: Mutex<Vec<Ask>>,
    turn: tokio::sync::Mutex<()>,
}

struct Ask {
    caller: Caller,
    game: GameId,
    answer: oneshot::Sender<Answer>,
}

impl Engine {
    /// Takes a seat, or asks for one; answers the game as well, for what is said about it.
    pub async fn join_game(&self, caller: &Caller, id: GameId) -> Answer {
        let queue = &self.inner.joins;
        let (answer, mut answered) = oneshot::channel();
        queue.waiting.lock().push(Ask { caller: caller.clone(), game: id, answer });
        loop {
            tokio::select! {
                biased;
                told = &mut answered => {
                    return told.unwrap_or_else(|_| Err(Fault::Abandoned.into()));
                }
                turn = queue.turn.lock() => {
                    let together = {
                        let mut waiting = queue.waiting.lock();
                        let count = waiting.len().min(MAX_TOGETHER);
                        waiting.drain(..count).collect()
                    };
                    self.join_together(together).await;
                    drop(turn);
                }
            }
        }
    }

    async fn join_together(&self, asks: Vec<Ask>) {
        if asks.is_empty() {
            return;
        }
        match self.write_joins(&asks).await {
            Ok(answers) => {
                for (ask, answer) in asks.into_iter().zip(answers) {
                    // Somebody who is gone by now has joined all the same.
                    let _ = ask.answer.send(answer.map_err(UseError::from));
                }
            }
            // A row that cannot be read is in the way of one game and not of all.
            Err(store::StoreError::Corrupt { .. }) if asks.len() > 1 => {
                for ask in asks {
                    Box::pin(self.join_together(vec![ask])).await;
                }
            }
            Err(error) => {
                let error = std::sync::Arc::new(error);
                for ask in asks {
                    let fault = Fault::Together(std::sync::Arc::clone(&error));
                    let _ = ask.answer.send(Err(fault.into()));
                }
            }
        }
    }

    /// One transaction for all of them; a mistake of one is nobody else's.
    async fn write_joins(
        &self,
        asks: &[Ask],
    ) -> Result<Vec<Result<(Joined, Game), Mistake>>, store::StoreError> {
        let now = self.clock().now();
        let mut ids: Vec<GameId> = asks.iter().map(|ask| ask.game).collect();
        ids.sort_unstable();
        ids.dedup();
        let people: Vec<UserId> = asks.iter().map(|ask| ask.caller.actor.user).collect();
        let tx = self.store().begin().await?;
        let games: HashMap<GameId, Game> = tx
            .games_for_update(&ids)
            .await?
            .into_iter()
            .map(|record| (record.game.id, record.game))
            .collect();
        let mut seats: HashMap<(GameId, UserId), Seat> = tx
            .seats_among(&ids, &people)
            .await?
            .into_iter()
            .map(|seat| ((seat.game, seat.user), seat))
            .collect();
        let mut seated = HashMap::new();
        for game in games.values().filter(|game| game.capacity.is_some()) {
            seated.insert(game.id, tx.count_seated(game.id).await?);
        }
        let (mut answers, mut entries) = (Vec::with_capacity(asks.len()), Vec::new());
        let (mut changed, mut woken) = (Vec::new(), Vec::new());
        for ask in asks {
            let (user, guild) = (ask.caller.actor.user, ask.caller.actor.guild);
            let game = games.get(&ask.game).filter(|game| game.guild == guild);
            let known = seats.get(&(ask.game, user)).copied();
            let taken = seated.entry(ask.game).or_insert(0);
            let joined = admit(game, known, *taken);
            answers.push(joined.clone().map(|(joined, game)| (joined, game.clone())));
            let Ok((joined, game)) = joined else { continue };
            let (state, kind) = match joined {
                Joined::Seated => (SeatState::Seated, AuditKind::SeatTaken),
                Joined::Requested => (SeatState::Requested, AuditKind::SeatRequested),
            };
            if joined == Joined::Seated {
                *taken += 1;
                if !woken.contains(&(game.id, guild)) {
                    woken.push((game.id, guild));
                }
            }
            let nobody = Seat::nobody(game.id, user);
            let seat = Seat { state, since: now, present: true, ..known.unwrap_or(nobody) };
            seats.insert((game.id, user), seat);
            changed.push((guild, seat));
            let mut entry = Self::entry(&ask.caller, game, kind, None, None);
            entry.outcome = Outcome::Done;
            entry.generation = None;
            entries.push(entry);
        }
        tx.put_seats(&changed).await?;
        tx.audit_all(entries, now).await?;
        for (game, guild) in &woken {
            tx.wake(*game, *guild, now, false).await?;
        }
        tx.commit().await?;
        self.tell_joins(&changed);
        Ok(answers)
    }

    fn tell_joins(&self, changed: &[(domain::GuildId, Seat)]) {
        self.inner.wake.notify_one();
        let mut told = Vec::new();
        for (guild, seat) in changed {
            if seat.state == SeatState::Requested {
                let (game, user) = (seat.game, seat.user);
                self.tell(Notice::Requested { guild: *guild, game, user });
            }
            if !told.contains(guild) {
                told.push(*guild);
                self.tell(Notice::Games(*guild));
                self.tell(Notice::Audit(*guild));
            }
        }
    }
}

/// Whether somebody may come in, and how: the rule itself.
fn admit(
    game: Option<&Game>,
    known: Option<Seat>,
    seated: u32,
) -> Result<(Joined, &Game), Mistake> {
    let game = game.filter(|game| game.phase != Phase::Deleted).ok_or(Mistake::NoSuchGame)?;
    if game.phase != Phase::Active {
        return Err(Mistake::Archived);
    }
    match known.map(|seat| seat.state) {
        Some(SeatState::Seated) => return Err(Mistake::AlreadySeated),
        Some(SeatState::Requested) => return Err(Mistake::AlreadyRequested),
        Some(SeatState::Left) | None => {}
    }
    if let Some(capacity) = game.capacity
        && seated >= capacity.seats()
    {
        return Err(Mistake::Full(capacity.seats()));
    }
    // Whoever administers the game need not ask.
    let asks = game.admission == Admission::Approval && !known.is_some_and(|seat| seat.is_admin);
    Ok((if asks { Joined::Requested } else { Joined::Seated }, game))
}
