//! Work by key, coalesced: many wishes for one key become one round, and one key is never worked
//! on twice at once.

use std::{
    collections::{HashMap, HashSet},
    future::Future,
    hash::Hash,
    sync::Arc,
    time::Duration,
};

use parking_lot::Mutex;
use tokio::{
    sync::{Notify, Semaphore},
    task::JoinSet,
    time::{Instant, sleep_until},
};
use tokio_util::sync::CancellationToken;

/// How long wishes are collected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rhythm {
    /// A round starts after this long without a further wish …
    pub(super) quiet: Duration,
    /// … but at most this long after the first one.
    pub(super) most: Duration,
    /// Keys worked on at once.
    pub(super) at_once: usize,
}

#[derive(Clone, Copy, Debug)]
struct Due {
    first: Instant,
    at: Instant,
}

struct State<K> {
    due: HashMap<K, Due>,
    busy: HashSet<K>,
}

/// The wishes. Memory is bounded by the number of keys (guilds, or games with work).
pub(super) struct Rounds<K> {
    rhythm: Rhythm,
    state: Mutex<State<K>>,
    changed: Notify,
}

impl<K: Copy + Eq + Hash + Send + 'static> Rounds<K> {
    pub(super) fn new(rhythm: Rhythm) -> Self {
        let state = State { due: HashMap::new(), busy: HashSet::new() };
        Self { rhythm, state: Mutex::new(state), changed: Notify::new() }
    }

    /// A wish, to be coalesced with others.
    pub(super) fn wish(&self, key: K) {
        let now = Instant::now();
        let mut state = self.state.lock();
        let due = state.due.entry(key).or_insert(Due { first: now, at: now });
        due.at = (now + self.rhythm.quiet).min(due.first + self.rhythm.most);
        drop(state);
        self.changed.notify_one();
    }

    /// A wish for a certain time from now, whatever else is wished before.
    pub(super) fn wish_in(&self, key: K, delay: Duration) {
        let at = Instant::now() + delay;
        let mut state = self.state.lock();
        let due = state.due.entry(key).or_insert(Due { first: at, at });
        due.at = due.at.min(at);
        drop(state);
        self.changed.notify_one();
    }

    /// Takes the keys whose time has come and that nobody works on, and tells when the next comes.
    fn take(&self, now: Instant) -> (Vec<K>, Option<Instant>) {
        let state = &mut *self.state.lock();
        let ready: Vec<K> = state
            .due
            .iter()
            .filter(|(key, due)| due.at <= now && !state.busy.contains(key))
            .map(|(key, _)| *key)
            .collect();
        for key in &ready {
            state.due.remove(key);
            state.busy.insert(*key);
        }
        let next = state
            .due
            .iter()
            .filter(|(key, _)| !state.busy.contains(key))
            .map(|(_, due)| due.at)
            .min();
        (ready, next)
    }

    fn finished(&self, key: K, again: Option<Duration>) {
        self.state.lock().busy.remove(&key);
        if let Some(delay) = again {
            self.wish_in(key, delay);
        }
        self.changed.notify_one();
    }

    /// Works until cancelled, then lets rounds under way finish. A round answers after how long it
    /// wants to be repeated, if at all.
    pub(super) async fn run<F, Fut>(self: Arc<Self>, cancel: CancellationToken, work: F)
    where
        F: Fn(K) -> Fut,
        Fut: Future<Output = Option<Duration>> + Send + 'static,
        Self: Send + Sync,
    {
        let room = Arc::new(Semaphore::new(self.rhythm.at_once.max(1)));
        let mut under_way = JoinSet::new();
        loop {
            let (ready, next) = self.take(Instant::now());
            for key in ready {
                let round = work(key);
                let rounds = Arc::clone(&self);
                let room = Arc::clone(&room);
                under_way.spawn(async move {
                    let permit = room.acquire_owned().await;
                    let again = round.await;
                    drop(permit);
                    rounds.finished(key, again);
                });
            }
            tokio::select! {
                () = cancel.cancelled() => break,
                () = self.changed.notified() => {}
                Some(ended) = under_way.join_next() => {
                    if let Err(error) = ended {
                        tracing::error!(%error, "a keeper's round died");
                    }
                }
                () = async {
                    match next {
                        Some(at) => sleep_until(at).await,
                        None => std::future::pending().await,
                    }
                } => {}
            }
        }
        while under_way.join_next().await.is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use parking_lot::Mutex;
    use tokio_util::sync::CancellationToken;

    use super::{Rhythm, Rounds};

    #[tokio::test(start_paused = true)]
    async fn coalesces_and_never_works_twice_on_one_key() {
        let rhythm =
            Rhythm { quiet: Duration::from_secs(1), most: Duration::from_secs(2), at_once: 4 };
        let rounds = Arc::new(Rounds::<u8>::new(rhythm));
        let began = tokio::time::Instant::now();
        let log = Arc::new(Mutex::new(Vec::new()));
        let cancel = CancellationToken::new();
        let task = tokio::spawn(Arc::clone(&rounds).run(cancel.clone(), {
            let log = Arc::clone(&log);
            move |key| {
                let log = Arc::clone(&log);
                async move {
                    log.lock().push((key, began.elapsed().as_millis()));
                    tokio::time::sleep(Duration::from_secs(3)).await;
                    None
                }
            }
        }));
        // Wishes for 5 s, one each 0.5 s: the first round starts at 2 s at the latest, the next
        // one only after the first has ended.
        for _ in 0..10 {
            rounds.wish(1);
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        tokio::time::sleep(Duration::from_secs(10)).await;
        cancel.cancel();
        task.await.unwrap();
        let log = log.lock();
        assert_eq!(log.len(), 2, "{log:?}");
        assert!(log[0].1 <= 2_001, "{log:?}");
        assert!((5_000..5_600).contains(&log[1].1), "{log:?}");
    }
}
