//! Our own allowances for limits that Discord keeps but does not announce.
//!
//! They live in memory only: after a restart the first calls may meet Discord's 429 instead.

use crate::{
    Allowance, CallError, LimitScope, Limits,
    route::{Action, Resource, Route},
};
use parking_lot::Mutex;
use std::{
    collections::{HashMap, VecDeque},
    time::Instant,
};

type Key = (Action, Resource);

#[derive(Debug)]
pub(crate) struct Allowances {
    limits: Limits,
    used: Mutex<HashMap<Key, VecDeque<Instant>>>,
}

/// What one call took. Given back on drop unless the call may have been carried out.
#[derive(Debug)]
pub(crate) struct Spent<'a> {
    from: &'a Allowances,
    keys: Vec<Key>,
    at: Instant,
    pub(crate) keep: bool,
}

impl Drop for Spent<'_> {
    fn drop(&mut self) {
        if self.keep || self.keys.is_empty() {
            return;
        }
        let mut used = self.from.used.lock();
        for key in &self.keys {
            if let Some(times) = used.get_mut(key)
                && let Some(index) = times.iter().rposition(|time| *time == self.at)
            {
                times.remove(index);
            }
        }
    }
}

impl Allowances {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, used: Mutex::default() }
    }

    fn of(&self, action: Action) -> Option<Allowance> {
        match action {
            Action::ChannelRename => Some(self.limits.channel_rename),
            Action::ChannelTopic => Some(self.limits.channel_topic),
            Action::RoleCreate => Some(self.limits.role_create),
            // Nobody has published its numbers: left to Discord's 429.
            Action::OldMessageEdit => None,
        }
    }

    /// Takes one call from each allowance the route falls under, or from none of them.
    pub(crate) fn spend(&self, route: &Route, now: Instant) -> Result<Spent<'_>, CallError> {
        let keys: Vec<(Key, Allowance)> = route
            .key
            .actions
            .iter()
            .filter_map(|action| Some(((*action, route.resource), self.of(*action)?)))
            .collect();
        let mut used = self.used.lock();
        if used.len() >= self.limits.max_tracked {
            self.sweep(&mut used, now);
        }
        let free_at = keys
            .iter()
            .filter_map(|(key, allowance)| free_at(used.get_mut(key)?, *allowance, now))
            .max();
        if let Some(retry_at) = free_at {
            return Err(CallError::RateLimited { retry_at, scope: LimitScope::Own });
        }
        let keys: Vec<Key> = keys.into_iter().map(|(key, _)| key).collect();
        for key in &keys {
            used.entry(*key).or_default().push_back(now);
        }
        Ok(Spent { from: self, keys, at: now, keep: false })
    }

    fn sweep(&self, used: &mut HashMap<Key, VecDeque<Instant>>, now: Instant) {
        used.retain(|(action, _), times| {
            let window = self.of(*action).map(|allowance| allowance.window);
            times.back().zip(window).is_some_and(|(last, window)| *last + window > now)
        });
        while used.len() >= self.limits.max_tracked
            && let Some(oldest) =
                used.iter().min_by_key(|(_, times)| times.back().copied()).map(|(key, _)| *key)
        {
            used.remove(&oldest);
        }
    }
}

/// When the next call fits; `None` if it fits now.
fn free_at(times: &mut VecDeque<Instant>, allowance: Allowance, now: Instant) -> Option<Instant> {
    while times.front().is_some_and(|first| *first + allowance.window <= now) {
        times.pop_front();
    }
    let calls = usize::try_from(allowance.calls.max(1)).unwrap_or(usize::MAX);
    let excess = times.len().checked_sub(calls)?;
    times.get(excess).map(|first| *first + allowance.window)
}

#[cfg(test)]
mod tests {
    use super::Allowances;
    use crate::{Limits, route::Route};
    use std::time::{Duration, Instant};
    use twilight_http::request::{Method, RequestBuilder};

    fn edit(channel: u64, body: &str) -> Route {
        let request = RequestBuilder::raw(Method::Patch, format!("channels/{channel}"));
        Route::of(&request.body(body.into()).build().unwrap())
    }

    #[test]
    fn counts_name_and_topic_apart_and_gives_back() {
        let (book, now) = (Allowances::new(Limits::default()), Instant::now());
        let rename = edit(1, r#"{"name":"a"}"#);
        book.spend(&rename, now).unwrap().keep = true;
        drop(book.spend(&rename, now).unwrap());
        let later = now + Duration::from_mins(5);
        book.spend(&rename, later).unwrap().keep = true;
        let both = edit(1, r#"{"name":"a","topic":"b"}"#);
        assert!(book.spend(&both, later).is_err());
        assert!(book.spend(&edit(1, r#"{"topic":"b"}"#), later).is_ok());
        assert!(book.spend(&edit(2, r#"{"name":"a"}"#), later).is_ok());
        // The first one leaves the window after ten minutes.
        assert!(book.spend(&rename, now + Duration::from_mins(10)).is_ok());
    }
}
