//! What a look at a server means, given the looks before it.
//!
//! What is shown follows the truth at once. An alert waits for a second look that says the same,
//! because one bad look is no news. Whatever somebody asked for is no alert at all.

use super::{
    Alarm, Alert, Asked, Cause, Change, Reading, Seen, ServerAction, ServerState, Step, Watch,
};

/// Looks that have to agree before anybody is alarmed.
pub const LOOKS_BEFORE_ALERT: u8 = 2;

/// For how long an action explains what is seen, in milliseconds. Games that take longer to stop
/// or start are on their way meanwhile, which keeps the action alive.
const ASKED_COUNTS_MS: i64 = 2 * 60 * 1_000;
/// What has been on its way for longer than this is stuck, and no longer on its way.
const LONGEST_MS: i64 = 30 * 60 * 1_000;

/// Takes one look into account, which was begun at `began`. `crowd` is the number of players that is
/// worth telling.
pub fn follow(watch: &Watch, seen: &Seen, crowd: Option<u32>, began: i64, now: i64) -> Step {
    let mut next = watch.clone();
    let asked = watch.asked.filter(|asked| counts(asked, now));
    let state = take_in(&mut next, seen, asked, now);
    let mut step = Step::default();
    if state == watch.state {
        next.looks = watch.looks.saturating_add(u8::from(matches!(seen, Seen::Reading(_))));
    } else {
        let cause = cause(watch.state, state, asked);
        step.change = Some(Change { from: watch.state, since: watch.since, to: state, cause });
        (next.state, next.since, next.looks) = (state, now, 1);
    }
    if let Some(asked) = next.asked.as_mut().filter(|asked| counts(asked, now))
        && state.is_passing()
    {
        asked.moved = now;
    }
    let ended = asked.is_some_and(|asked| ends(asked.action)) || state == ServerState::Stopping;
    next.meant_up = state.is_up() || (next.meant_up && !ended);
    // A look from before it was asked for says nothing about what came of it.
    step.settled =
        if asked.is_some_and(|asked| began <= asked.at) { None } else { settle(&next, seen, now) };
    if step.settled.is_some() {
        next.asked = None;
    }
    step.alerts.extend(alarm(&mut next, asked.is_some(), now));
    if let Seen::Reading(reading) = seen {
        step.alerts.extend(crowded(&mut next, reading, crowd));
    }
    step.watch = next;
    step
}

/// What the look says that the server does.
fn take_in(next: &mut Watch, seen: &Seen, asked: Option<Asked>, now: i64) -> ServerState {
    match seen {
        Seen::Reading(reading) => {
            next.misses = 0;
            next.fresh = Some(now);
            match reading.state() {
                // Some games end badly whenever they end. Where that was wanted, nothing crashed.
                Some(ServerState::Crashed) if was_meant_to_end(next.state, asked) => {
                    ServerState::Offline
                }
                Some(state) => state,
                // A word that nobody knows is an answer, but no news.
                None => next.state,
            }
        }
        Seen::Missed => {
            next.misses = next.misses.saturating_add(1);
            if next.misses >= LOOKS_BEFORE_ALERT { ServerState::Unknown } else { next.state }
        }
    }
}

fn was_meant_to_end(before: ServerState, asked: Option<Asked>) -> bool {
    match before {
        ServerState::Stopping | ServerState::Offline => true,
        // It got as far as coming up again.
        ServerState::Starting => false,
        _ => asked.is_some_and(|asked| ends(asked.action)),
    }
}

fn counts(asked: &Asked, now: i64) -> bool {
    now.saturating_sub(asked.at.max(asked.moved)) <= ASKED_COUNTS_MS
        && now.saturating_sub(asked.at) <= LONGEST_MS
}

/// Whether the game is down for it, for a while or for good.
fn ends(action: ServerAction) -> bool {
    use ServerAction::{Kill, Restart, Stop, Update};
    matches!(action, Stop | Kill | Restart | Update)
}

fn cause(from: ServerState, to: ServerState, asked: Option<Asked>) -> Cause {
    if from == ServerState::Unknown || to == ServerState::Unknown {
        return Cause::Silence;
    }
    if to == ServerState::Crashed {
        return Cause::Itself;
    }
    match asked {
        Some(asked) => Cause::Asked { by: asked.by, action: asked.action },
        // Waking and falling asleep need nobody.
        None if from == ServerState::Sleeping || to == ServerState::Sleeping => Cause::Itself,
        None => Cause::Elsewhere,
    }
}

/// What was asked for, when that is over, and whether it came about.
fn settle(next: &Watch, seen: &Seen, now: i64) -> Option<(Asked, bool)> {
    use ServerAction::{Kill, Restart, Start, Stop, Update};
    let asked = next.asked?;
    let Seen::Reading(reading) = seen else {
        return (!counts(&asked, now)).then_some((asked, false));
    };
    let state = next.state;
    // A restart may be over before anybody looks; then only the uptime tells.
    // Told in whole seconds, rounded down: it may have been up for nearly one more.
    let seconds = reading.uptime_s.map(|seconds| seconds.saturating_add(1));
    let uptime_ms = seconds.and_then(|s| i64::try_from(s.saturating_mul(1_000)).ok());
    let up_since = uptime_ms.map(|ms| now.saturating_sub(ms));
    let anew = next.since > asked.at || up_since.is_some_and(|since| since > asked.at);
    let done = match asked.action {
        Start => state == ServerState::Online || (state.is_up() && anew),
        Stop | Kill => state.is_down(),
        Restart => state.is_up() && anew,
        Update => !state.is_passing() && next.since > asked.at && state != ServerState::Crashed,
        _ => true,
    };
    let failed = match asked.action {
        // It may have been down with a crash before.
        Start | Restart if state == ServerState::Crashed => next.since > asked.at,
        _ => state == ServerState::Suspended,
    };
    (done || failed || !counts(&asked, now)).then_some((asked, done))
}

/// Raises an alarm, or calls it off. `wanted` says that somebody asked for what is seen.
fn alarm(next: &mut Watch, wanted: bool, now: i64) -> Option<Alert> {
    if next.state.is_up() {
        let alarm = next.alarm.take()?;
        return Some(Alert::Back { after_ms: now.saturating_sub(alarm.since) });
    }
    if wanted || !next.meant_up {
        return None;
    }
    let alert = match next.state {
        ServerState::Crashed if next.looks >= LOOKS_BEFORE_ALERT => Alert::Crashed,
        ServerState::Offline if next.looks >= LOOKS_BEFORE_ALERT => Alert::Offline,
        // It has taken as many looks to get there.
        ServerState::Unknown => Alert::Unreachable,
        _ => return None,
    };
    if next.alarm.is_some_and(|alarm| alarm.state == next.state) {
        return None;
    }
    let since = next.alarm.map_or(next.since, |alarm| alarm.since);
    next.alarm = Some(Alarm { state: next.state, since });
    Some(alert)
}

/// Tells once that many play, and again when they were fewer in between.
fn crowded(next: &mut Watch, reading: &Reading, crowd: Option<u32>) -> Option<Alert> {
    let online = reading.players.online;
    let many = crowd.is_some_and(|crowd| crowd > 0 && online >= crowd);
    let before = std::mem::replace(&mut next.crowded, many);
    (many && !before).then_some(Alert::Crowded { online })
}
