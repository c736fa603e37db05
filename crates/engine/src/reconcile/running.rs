//! The games being worked on: none twice, and their progress for people who watch.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

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

/// Games this process is at work on.
#[derive(Clone, Debug, Default)]
pub(super) struct Busy {
    games: Arc<Mutex<HashSet<GameId>>>,
}

/// Held while a game is worked on.
pub(super) struct Place {
    busy: Busy,
    game: GameId,
}

impl Busy {
    /// A place for this game, unless somebody holds it.
    pub(super) fn enter(&self, game: GameId) -> Option<Place> {
        self.games.lock().insert(game).then(|| Place { busy: self.clone(), game })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.busy.games.lock().remove(&self.game);
    }
}
