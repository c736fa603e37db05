//! The numbers, and how they are merged.

use super::{DAY, HOUR, NOW, empty, english, german, players, state, week};
use crate::bins::runs;
use crate::number::{count, mean, percent};
use crate::scale::Axis;
use crate::{History, Span, State, Summary, band};

fn close(one: f64, two: f64) -> bool {
    (one - two).abs() < 1e-9
}

#[test]
fn a_sleeping_server_is_available_and_an_offline_one_is_not() {
    let summary = Summary::of(&week());
    assert!(close(summary.uptime.unwrap(), 6.0 / 7.0));
    assert!(close(summary.average.unwrap(), 5.0));
    assert_eq!(summary.peak, Some(14));
}

#[test]
fn time_of_which_nothing_is_known_counts_neither_way() {
    let mut history = empty(Span::Day);
    history.states = vec![
        state(NOW - 10 * HOUR, NOW - 9 * HOUR, State::Online),
        state(NOW - 9 * HOUR, NOW - 5 * HOUR, State::Unknown),
        state(NOW - HOUR, NOW, State::Crashed),
    ];
    assert!(close(Summary::of(&history).uptime.unwrap(), 0.5));
    history.states = vec![state(NOW - HOUR, NOW, State::Unknown)];
    assert_eq!(Summary::of(&history).uptime, None);
}

#[test]
fn what_lies_outside_of_the_time_shown_does_not_count() {
    let mut history = empty(Span::Day);
    history.players = vec![
        players(NOW - 2 * DAY, NOW - DAY, 50.0, 99),
        players(NOW - 2 * DAY, NOW - 23 * HOUR, 2.0, 2),
        players(NOW, NOW + DAY, 50.0, 99),
    ];
    history.states = vec![
        state(NOW - 2 * DAY, NOW - DAY, State::Crashed),
        state(NOW - DAY, NOW + DAY, State::Online),
    ];
    let summary = Summary::of(&history);
    assert_eq!((summary.peak, summary.average, summary.uptime), (Some(2), Some(2.0), Some(1.0)));
}

#[test]
fn of_two_that_overlap_the_one_that_starts_later_counts() {
    let mut history = empty(Span::Day);
    history.states =
        vec![state(NOW - HOUR, NOW, State::Offline), state(NOW - 4 * HOUR, NOW, State::Online)];
    assert!(close(Summary::of(&history).uptime.unwrap(), 0.75));
}

#[test]
fn broken_entries_are_left_out() {
    let mut history = empty(Span::Day);
    history.players = vec![
        players(NOW - HOUR, NOW, f64::NAN, 5),
        players(NOW - HOUR, NOW, f64::INFINITY, 5),
        players(NOW - HOUR, NOW, -1.0, 5),
        players(NOW, NOW - HOUR, 3.0, 5),
        players(NOW - HOUR, NOW - HOUR, 3.0, 5),
    ];
    assert_eq!(Summary::of(&history), Summary { uptime: None, average: None, peak: None });
    assert!(runs(&history).is_empty());
}

#[test]
fn a_maximum_below_the_average_is_at_least_the_average() {
    let mut history = empty(Span::Day);
    history.players = vec![players(NOW - HOUR, NOW, 3.5, 0)];
    assert_eq!(Summary::of(&history).peak, Some(4));
}

#[test]
fn lines_are_broken_where_nothing_is_known() {
    let mut history = empty(Span::Day);
    history.players =
        vec![players(NOW - 5 * HOUR, NOW - 4 * HOUR, 1.0, 1), players(NOW - HOUR, NOW, 2.0, 3)];
    let runs = runs(&history);
    assert_eq!(runs.len(), 2);
    // 13:37 to 14:37 touches thirteen steps of five minutes.
    assert_eq!(runs[1].len(), 13);
    let ends = (runs[1].first().unwrap().from % 300, runs[1].last().unwrap().to);
    assert_eq!(ends, (0, NOW));
    assert!(runs[1].iter().all(|point| close(point.average, 2.0) && close(point.maximum, 3.0)));
}

#[test]
fn points_of_one_step_are_merged_by_how_long_they_lasted() {
    let mut history = empty(Span::Month);
    let hour = NOW - NOW % (2 * HOUR) - 2 * HOUR;
    history.players = vec![
        players(hour, hour + HOUR / 2, 8.0, 9),
        players(hour + HOUR / 2, hour + 2 * HOUR, 0.0, 2),
    ];
    let runs = runs(&history);
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0].len(), 1);
    assert!(close(runs[0][0].average, 2.0) && close(runs[0][0].maximum, 9.0));
}

#[test]
fn a_crash_of_a_second_is_in_the_band_of_a_month() {
    let mut history = empty(Span::Month);
    history.states = vec![
        state(NOW - 30 * DAY, NOW - 9 * DAY, State::Online),
        state(NOW - 9 * DAY, NOW - 9 * DAY + 1, State::Crashed),
        state(NOW - 9 * DAY + 1, NOW, State::Online),
    ];
    let states: Vec<_> = band::runs(&history).into_iter().map(|run| run.state).collect();
    assert_eq!(states, [State::Online, State::Crashed, State::Online]);
}

#[test]
fn the_band_covers_its_time_without_holes_and_shows_gaps() {
    for span in [Span::Day, Span::Week, Span::Month] {
        let mut history = empty(span);
        history.states = vec![state(NOW - span.seconds(), NOW, State::Online)];
        let [all] = band::runs(&history)[..] else { panic!("one run") };
        assert_eq!((all.from, all.to), (0, band::COLUMNS));

        let quarter = span.seconds() / 4;
        history.states = vec![
            state(NOW - 4 * quarter, NOW - 3 * quarter, State::Online),
            state(NOW - quarter, NOW, State::Online),
        ];
        let runs = band::runs(&history);
        assert_eq!(
            runs.iter().map(|run| (run.from, run.to)).collect::<Vec<_>>(),
            [(0, band::COLUMNS / 4), (band::COLUMNS / 4 * 3, band::COLUMNS)]
        );
    }
}

#[test]
fn the_axis_has_round_numbers_and_room_for_the_capacity_within_reason() {
    let axis = |peak, capacity| {
        let Axis { step, top, with_capacity } = Axis::new(peak, capacity);
        (step, top, with_capacity)
    };
    assert_eq!(axis(0, None), (1, 4, false));
    assert_eq!(axis(17, None), (5, 20, false));
    assert_eq!(axis(17, Some(20)), (5, 20, true));
    assert_eq!(axis(3, Some(20)), (5, 20, true));
    assert_eq!(axis(3, Some(500)), (1, 4, false));
    assert_eq!(axis(30, Some(0)), (10, 30, false));
    assert_eq!(axis(u32::MAX, Some(u32::MAX)), (2_000_000_000, 6_000_000_000, true));
}

#[test]
fn shares_are_never_rounded_to_all_or_nothing() {
    let said: Vec<_> = [1.0, 0.999_99, 0.5, 0.000_01, 0.0].map(|it| percent(it, &german())).into();
    assert_eq!(said, ["100 %", "99,9 %", "50,0 %", "0,1 %", "0 %"]);
}

#[test]
fn numbers_are_short_and_in_the_language() {
    let said = [0, 12, 9999, 10_000, 12_345, 123_456, 4_294_967_295].map(|it| count(it, &german()));
    assert_eq!(said, ["0", "12", "9999", "10k", "12,3k", "123k", "4,2G"]);
    assert_eq!([4.25, 0.0, 20_000.7].map(|it| mean(it, &english())), ["4.2", "0.0", "20k"]);
}

#[test]
fn no_history_has_no_figures() {
    for span in [Span::Day, Span::Week, Span::Month] {
        let history: History = empty(span);
        assert_eq!(Summary::of(&history), Summary { uptime: None, average: None, peak: None });
    }
}
