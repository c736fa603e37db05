//! What is heard of game servers is passed on, where people would see a difference.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use domain::server::ServerId;
use store::ServerRecord;
use tokio::sync::broadcast::error::RecvError;

use crate::{Engine, Notice};

/// What was last told of a server: its state with all that seldom changes, and who plays. Two
/// numbers instead of the facts, since there may be many servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    state: u64,
    players: u64,
}

impl Told {
    fn of(record: &ServerRecord) -> Self {
        let reading = record.reading.as_ref();
        let watch = &record.watch;
        let state = (watch.state, watch.since, record.game, &record.found.name);
        let place = reading.map(|reading| (&reading.map, &reading.version));
        let players = reading.map(|reading| {
            let players = &reading.players;
            (players.online, players.max, &players.names)
        });
        Self { state: number(&(state, &record.found.address, place)), players: number(&players) }
    }
}

fn number(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

impl Engine {
    /// Passes on what is heard of game servers, for as long as somebody looks at them: entries in
    /// the history were made or settled, or people would see a difference.
    pub async fn listen_to_servers(&self) {
        let Some(mut news) = self.poller().map(servers::poll::Poller::news) else { return };
        let mut told: HashMap<ServerId, Told> = HashMap::new();
        loop {
            match news.recv().await {
                Ok(heard) => {
                    let (record, step) = (&heard.server, &heard.step);
                    let guild = record.found.guild;
                    let news = !step.alerts.is_empty();
                    if news || step.settled.is_some() {
                        self.tell(Notice::Audit(guild));
                    }
                    let now = Told::of(record);
                    let before = told.insert(record.id, now);
                    if news || before != Some(now) {
                        let moved = news || before.is_none_or(|before| before.state != now.state);
                        self.tell(Notice::Server { guild, server: record.id, moved });
                    }
                }
                // What was missed is in the database; the next news rings for it too.
                Err(RecvError::Lagged(_)) => told.clear(),
                Err(RecvError::Closed) => return,
            }
        }
    }
}
