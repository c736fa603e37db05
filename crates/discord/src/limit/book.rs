//! What is known about all buckets, and what is held back by a 429.

use super::{
    BucketHeaders, RateLimit,
    bucket::{Bucket, Room},
};
use crate::{
    LimitScope, Limits,
    route::{Action, Class, Resource, Route, RouteKey},
};
use std::{
    collections::HashMap,
    hash::Hash,
    sync::Arc,
    time::{Duration, Instant},
};

/// How often idle entries are dropped.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

type BucketKey = (Arc<str>, Resource);
/// A route on a resource; with an action only that action of it, else all of it.
type BlockKey = (RouteKey, Resource, Option<Action>);

#[derive(Debug)]
pub(super) struct Book {
    unknown_in_flight: u32,
    max_tracked: usize,
    /// Bucket of each route and the limit last seen there.
    routes: HashMap<RouteKey, (Arc<str>, u32)>,
    buckets: HashMap<BucketKey, Bucket>,
    blocks: HashMap<BlockKey, (Instant, LimitScope)>,
    unknown: HashMap<Resource, Unknown>,
    global: Option<(Instant, LimitScope)>,
    swept: Instant,
}

/// Requests in flight whose bucket was not known when they left.
#[derive(Debug, Default)]
struct Unknown {
    total: u32,
    by_route: HashMap<RouteKey, u32>,
}

#[derive(Debug)]
pub(super) enum Slot {
    None,
    Bucket(BucketKey),
    Unknown(RouteKey, Resource),
}

pub(super) enum Verdict {
    Go(Slot),
    Wait(Instant, LimitScope),
    /// Something in flight has to end first.
    Busy,
}

impl Book {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            unknown_in_flight: limits.unknown_in_flight.max(1),
            max_tracked: limits.max_tracked.max(1),
            routes: HashMap::new(),
            buckets: HashMap::new(),
            blocks: HashMap::new(),
            unknown: HashMap::new(),
            global: None,
            swept: Instant::now(),
        }
    }

    pub(super) fn admit(&mut self, route: &Route, now: Instant) -> Verdict {
        if let Some((until, scope)) = self.blocked(route, now) {
            return Verdict::Wait(until, scope);
        }
        let known = self.routes.get(&route.key).cloned();
        if route.class != Class::Bot {
            // These never queue behind one another; only a bucket known to be empty holds them.
            let bucket = known.and_then(|(name, _)| self.buckets.get(&(name, route.resource)));
            return match bucket.map(|bucket| bucket.room(0, now)) {
                Some(Room::Until(until)) => Verdict::Wait(until, LimitScope::User),
                _ => Verdict::Go(Slot::None),
            };
        }
        let Some((name, limit)) = known else {
            return self.admit_unknown(route);
        };
        let elsewhere = self
            .unknown
            .get(&route.resource)
            .and_then(|unknown| unknown.by_route.get(&route.key))
            .copied()
            .unwrap_or(0);
        let key = (name, route.resource);
        let bucket = self.buckets.entry(key.clone()).or_insert_with(|| Bucket::unused(limit, now));
        match bucket.room(elsewhere, now) {
            Room::Free => {
                bucket.in_flight += 1;
                Verdict::Go(Slot::Bucket(key))
            }
            Room::Taken => Verdict::Busy,
            Room::Until(until) => Verdict::Wait(until, LimitScope::User),
        }
    }

    fn admit_unknown(&mut self, route: &Route) -> Verdict {
        let unknown = self.unknown.entry(route.resource).or_default();
        if unknown.total >= self.unknown_in_flight {
            return Verdict::Busy;
        }
        unknown.total += 1;
        *unknown.by_route.entry(route.key.clone()).or_default() += 1;
        Verdict::Go(Slot::Unknown(route.key.clone(), route.resource))
    }

    pub(super) fn release(&mut self, slot: &Slot) {
        match slot {
            Slot::None => {}
            Slot::Bucket(key) => {
                if let Some(bucket) = self.buckets.get_mut(key) {
                    bucket.in_flight = bucket.in_flight.saturating_sub(1);
                }
            }
            Slot::Unknown(key, resource) => {
                let Some(unknown) = self.unknown.get_mut(resource) else {
                    return;
                };
                unknown.total = unknown.total.saturating_sub(1);
                if let Some(count) = unknown.by_route.get_mut(key) {
                    *count = count.saturating_sub(1);
                }
                if unknown.total == 0 {
                    self.unknown.remove(resource);
                }
            }
        }
    }

    /// Until when a 429 holds this route back: the latest of all that apply.
    pub(super) fn blocked(&self, route: &Route, now: Instant) -> Option<(Instant, LimitScope)> {
        let whole = (whole(&route.key), route.resource, None);
        let actions = route.key.actions.iter().map(|action| {
            let key = (whole.0.clone(), route.resource, Some(*action));
            self.blocks.get(&key)
        });
        let global = self.global.as_ref().filter(|_| route.class == Class::Bot);
        std::iter::once(self.blocks.get(&whole))
            .chain(actions)
            .chain([global])
            .flatten()
            .filter(|(until, _)| *until > now)
            .max_by_key(|(until, _)| *until)
            .copied()
    }

    pub(super) fn observe(&mut self, route: &Route, headers: &BucketHeaders, now: Instant) {
        self.sweep(now);
        let name = headers.bucket.clone();
        self.routes.insert(route.key.clone(), (name.clone(), headers.limit));
        self.buckets
            .entry((name, route.resource))
            .or_insert_with(|| Bucket::unused(headers.limit, now))
            .learn(headers, now);
    }

    pub(super) fn rate_limited(&mut self, route: &Route, limit: &RateLimit, now: Instant) {
        self.sweep(now);
        let until = now + limit.retry_after;
        let entry = (until, limit.scope);
        if matches!(limit.scope, LimitScope::Global | LimitScope::Cloudflare)
            && route.class == Class::Bot
        {
            self.global = Some(entry);
            return;
        }
        if limit.exhausted
            && let Some((name, _)) = self.routes.get(&route.key)
            && let Some(bucket) = self.buckets.get_mut(&(name.clone(), route.resource))
        {
            bucket.exhaust(until);
            return;
        }
        let key = whole(&route.key);
        if limit.scope == LimitScope::Hidden && !route.key.actions.is_empty() {
            // With two actions in one request nobody can tell which of them was limited.
            for action in &route.key.actions {
                let key = (key.clone(), route.resource, Some(*action));
                self.blocks.insert(key, entry);
            }
        } else {
            self.blocks.insert((key, route.resource, None), entry);
        }
    }

    fn sweep(&mut self, now: Instant) {
        let full = self.buckets.len().max(self.blocks.len()).max(self.routes.len());
        if full < self.max_tracked && now.saturating_duration_since(self.swept) < SWEEP_EVERY {
            return;
        }
        self.swept = now;
        self.buckets.retain(|_, bucket| bucket.in_flight > 0 || bucket.reset_at > now);
        self.blocks.retain(|_, (until, _)| *until > now);
        // Forgetting early costs at most a 429, which teaches the same again.
        drop_soonest(&mut self.blocks, self.max_tracked, |(until, _)| *until);
        drop_soonest(&mut self.buckets, self.max_tracked, |bucket| bucket.reset_at);
        if self.routes.len() >= self.max_tracked {
            self.routes.clear();
        }
    }
}

/// The key of a route whatever its actions are.
fn whole(key: &RouteKey) -> RouteKey {
    RouteKey { actions: Vec::new(), ..key.clone() }
}

/// Makes a quarter of the room free by dropping what would expire first.
fn drop_soonest<K: Clone + Eq + Hash, V>(
    map: &mut HashMap<K, V>,
    max: usize,
    end: impl Fn(&V) -> Instant,
) {
    if map.len() < max {
        return;
    }
    let mut ends: Vec<(Instant, K)> = map.iter().map(|(k, v)| (end(v), k.clone())).collect();
    ends.sort_unstable_by_key(|(end, _)| *end);
    for (_, key) in ends.iter().take(map.len() - max * 3 / 4) {
        map.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::{Book, BucketHeaders, Slot, Verdict};
    use crate::{Limits, route::Route};
    use std::time::{Duration, Instant};
    use twilight_http::request::{Method, RequestBuilder};

    fn route(channel: usize) -> Route {
        let path = format!("channels/{channel}/messages");
        Route::of(&RequestBuilder::raw(Method::Post, path).build().unwrap())
    }

    fn headers(remaining: u32) -> BucketHeaders {
        BucketHeaders {
            bucket: "b".into(),
            limit: 5,
            remaining,
            reset: Some(1.0),
            reset_after: Duration::from_secs(5),
        }
    }

    #[test]
    fn fills_a_bucket_and_counts_those_sent_before_it_was_known() {
        let (mut book, now) = (Book::new(&Limits::default()), Instant::now());
        let first: Vec<_> = (0..20).map(|_| book.admit(&route(1), now)).collect();
        assert!(first.iter().all(|verdict| matches!(verdict, Verdict::Go(_))));
        assert!(matches!(book.admit(&route(1), now), Verdict::Busy));
        assert!(matches!(book.admit(&route(2), now), Verdict::Go(Slot::Unknown(..))));
        book.observe(&route(1), &headers(4), now);
        assert!(matches!(book.admit(&route(1), now), Verdict::Busy));
        for verdict in &first[..17] {
            let Verdict::Go(slot) = verdict else { panic!() };
            book.release(slot);
        }
        // Three of the old ones are out and four remain: one more fits. The bucket learnt on one
        // channel holds on another.
        assert!(matches!(book.admit(&route(1), now), Verdict::Go(Slot::Bucket(_))));
        assert!(matches!(book.admit(&route(1), now), Verdict::Busy));
        let other = (0..5).filter(|_| matches!(book.admit(&route(3), now), Verdict::Go(_)));
        assert_eq!(other.count(), 5);
        assert!(matches!(book.admit(&route(3), now), Verdict::Busy));
        // An older answer that comes late does not add room.
        book.observe(&route(1), &headers(0), now);
        book.observe(&route(1), &headers(3), now);
        assert!(matches!(book.admit(&route(1), now), Verdict::Wait(..)));
    }

    #[test]
    fn stays_bounded() {
        let limits = Limits { max_tracked: 50, ..Limits::default() };
        let (mut book, now) = (Book::new(&limits), Instant::now());
        for channel in 1..500 {
            book.observe(&route(channel), &headers(0), now);
        }
        assert!(book.buckets.len() <= 51);
    }
}
