//! Progress of the games being worked on, for people who watch.

use std::collections::HashMap;

use domain::GameId;
use parking_lot::Mutex;

use crate::Progress;

/// Bounded by the number of games worked on at once.
#[derive(Debug, Default)]
pub struct Running {
    games: Mutex<HashMap<GameId, Progress>>,
}

impl Running {
    /// How far a game is; empty when nobody works on it.
    pub fn progress(&self, game: GameId) -> Progress {
        self.games.lock().get(&game).cloned().unwrap_or_default()
    }

    pub(super) fn set(&self, game: GameId, progress: Progress) {
        self.games.lock().insert(game, progress);
    }

    pub(super) fn clear(&self, game: GameId) {
        self.games.lock().remove(&game);
    }
}
