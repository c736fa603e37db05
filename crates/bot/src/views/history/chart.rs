//! What was seen of a server, as what the picture takes. Pure: no clock, no database.
//!
//! A look says how it was at one moment. It counts until the next one, unless that came so late that
//! nobody was looking in between: then nobody knows, which is never the same as being down.

use chart::{History, Players, Span, State, Stretch};
use domain::server::ServerState;
use engine::{HistorySpan, Seen, ServerHistory};
use store::{Hour, Sample};

use crate::text::{self, Words};

/// What the poller's schedule is taken for at least, in seconds: its default.
const USUAL: i64 = 5 * 60;
/// The poller never waits longer, whatever its schedule says.
const LONGEST: i64 = 60 * 60;
const HOUR: i64 = 60 * 60;

/// The history in the picture's terms.
pub(crate) fn chart(w: &Words, history: &ServerHistory) -> History {
    let record = &history.view.record;
    // The second that has begun is part of it, and so is a look that was just taken.
    let until = seconds(history.until) + 1;
    let (players, states) = match &history.seen {
        Seen::Looks(looks) => of_looks(looks, until),
        Seen::Hours(hours) => of_hours(hours, until),
    };
    History {
        title: record.found.name.as_str().to_owned(),
        span: match history.span {
            HistorySpan::Day => Span::Day,
            HistorySpan::Week => Span::Week,
            HistorySpan::Month => Span::Month,
        },
        until,
        capacity: record.reading.as_ref().and_then(|reading| reading.players.max),
        players,
        states,
        labels: text::chart::labels(w),
    }
}

fn of_looks(looks: &[Sample], until: i64) -> (Vec<Players>, Vec<Stretch>) {
    let usual = usual(looks);
    let ends = looks.iter().skip(1).map(|look| seconds(look.at)).chain([until]);
    let (mut players, mut states) = (Vec::new(), Vec::new());
    for (look, next) in looks.iter().zip(ends) {
        let from = seconds(look.at);
        // One look may fail to be written; after two nobody was looking.
        let to = if next - from <= 2 * usual { next } else { from + usual };
        states.push(Stretch { from, to, state: state(look.state) });
        if look.state.is_up() {
            let average = f64::from(look.players);
            players.push(Players { from, to, average, maximum: look.players });
        }
    }
    (players, states)
}

/// How long it usually is from one look to the next, in seconds. Operators may choose; nine of ten
/// were at most so far apart.
fn usual(looks: &[Sample]) -> i64 {
    let mut gaps: Vec<i64> =
        looks.windows(2).map(|pair| seconds(pair[1].at) - seconds(pair[0].at)).collect();
    gaps.sort_unstable();
    let tenth = gaps.len() / 10;
    gaps.iter().rev().nth(tenth).copied().unwrap_or(USUAL).clamp(USUAL, LONGEST)
}

/// Hours only know for how many of their looks people could play, so the order inside an hour is not
/// known, and neither is why they could not.
fn of_hours(hours: &[Hour], until: i64) -> (Vec<Players>, Vec<Stretch>) {
    let (mut players, mut states) = (Vec::new(), Vec::new());
    for hour in hours {
        let from = seconds(hour.at);
        let to = (from + HOUR).min(until);
        let part = |looks: u32| {
            from + (to - from) * i64::from(looks.min(hour.looks)) / i64::from(hour.looks.max(1))
        };
        let (up, known) = (part(hour.up), part(hour.known));
        states.push(Stretch { from, to: up, state: State::Online });
        states.push(Stretch { from: up, to: known, state: State::Offline });
        if hour.up > 0 {
            let average = f64::from(hour.players_sum) / f64::from(hour.up);
            players.push(Players { from, to, average, maximum: hour.players_max });
        }
    }
    states.retain(|stretch| stretch.from < stretch.to);
    (players, states)
}

fn state(state: ServerState) -> State {
    match state {
        ServerState::Online => State::Online,
        ServerState::Starting | ServerState::Stopping | ServerState::Updating => State::Changing,
        ServerState::Sleeping => State::Sleeping,
        ServerState::Offline => State::Offline,
        ServerState::Crashed => State::Crashed,
        ServerState::Suspended => State::Suspended,
        ServerState::Unknown => State::Unknown,
    }
}

fn seconds(milliseconds: i64) -> i64 {
    milliseconds.div_euclid(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60;

    fn look(minute: i64, state: ServerState, players: u32) -> Sample {
        let at = minute * MINUTE * 1_000;
        Sample { at, state, players, cpu_percent: None, memory_mib: None }
    }

    fn told(states: &[Stretch]) -> Vec<(i64, i64, State)> {
        states.iter().map(|it| (it.from / MINUTE, it.to / MINUTE, it.state)).collect()
    }

    #[test]
    fn a_look_counts_until_the_next_one() {
        let looks = [
            look(0, ServerState::Online, 3),
            look(5, ServerState::Crashed, 0),
            look(6, ServerState::Starting, 0),
            look(10, ServerState::Online, 1),
        ];
        let (players, states) = of_looks(&looks, 12 * MINUTE);
        let expected = [
            (0, 5, State::Online),
            (5, 6, State::Crashed),
            (6, 10, State::Changing),
            (10, 12, State::Online),
        ];
        assert_eq!(told(&states), expected);
        // Where nobody could play there is no number of players, rather than none.
        let counted: Vec<_> = players.iter().map(|it| (it.from / MINUTE, it.maximum)).collect();
        assert_eq!(counted, [(0, 3), (10, 1)]);
    }

    #[test]
    fn a_bot_that_was_off_is_no_server_that_was_down() {
        let looks = [look(0, ServerState::Online, 3), look(180, ServerState::Online, 2)];
        let mut all: Vec<_> = (-60..0).map(|at| look(at, ServerState::Online, 3)).collect();
        all.extend(looks);
        let (players, states) = of_looks(&all, 400 * MINUTE);
        let last = &told(&states)[60..];
        assert_eq!(last, [(0, 5, State::Online), (180, 185, State::Online)]);
        assert_eq!(players.last().map(|it| it.to), Some(185 * MINUTE));
    }

    #[test]
    fn a_schedule_of_the_operators_own_leaves_no_gaps() {
        let looks: Vec<_> = (0..24).map(|at| look(at * 60, ServerState::Online, 1)).collect();
        let (_, states) = of_looks(&looks, 24 * HOUR);
        assert!(states.windows(2).all(|pair| pair[0].to == pair[1].from), "{states:?}");
        assert_eq!(states.last().map(|it| it.to), Some(24 * HOUR));
    }

    #[test]
    fn nothing_seen_is_nothing_known() {
        assert_eq!(of_looks(&[], 100), (vec![], vec![]));
        assert_eq!(of_hours(&[], 100), (vec![], vec![]));
    }

    fn hour(at: i64, (looks, known, up): (u32, u32, u32), players_sum: u32) -> Hour {
        let at = at * HOUR * 1_000;
        Hour { at, looks, known, up, players_sum, players_max: 5, cpu_max: 0, memory_max: 0 }
    }

    #[test]
    fn an_hour_is_divided_as_its_looks_were() {
        let (players, states) = of_hours(&[hour(0, (60, 50, 30), 60)], 10 * HOUR);
        assert_eq!(told(&states), [(0, 30, State::Online), (30, 50, State::Offline)]);
        assert_eq!(players.len(), 1);
        assert!((players[0].average - 2.0).abs() < 1e-9, "{players:?}");
        assert_eq!(players[0].maximum, 5);
    }

    #[test]
    fn an_hour_that_nobody_saw_is_unknown_and_the_last_one_ends_now() {
        let hours = [hour(0, (12, 0, 0), 0), hour(2, (4, 4, 4), 4)];
        let (players, states) = of_hours(&hours, 2 * HOUR + 20 * MINUTE);
        assert_eq!(told(&states), [(120, 140, State::Online)]);
        assert_eq!(players.len(), 1);
        // What cannot be is no reason to fall over.
        let broken = [hour(0, (0, 7, 9), 1)];
        assert_eq!(of_hours(&broken, HOUR).1, []);
    }
}
