//! Names and numbers that somebody chose to do harm.

use std::time::{Duration, Instant};

use super::picture::pixels;
use super::{DAY, NOW, empty, players, state, week};
use crate::{History, Span, State, describe, draw};

#[test]
fn any_name_gives_a_picture() {
    for name in [
        String::new(),
        "</svg><script>alert(1)</script>&amp;\"'".into(),
        "🏰🧑‍🚀🇩🇪\u{fe0f}".into(),
        "שלום \u{202e}olleh مرحبا".into(),
        "日本語サーバー".into(),
        "\u{0}\u{1b}[31m\u{feff}\u{200b}\u{ffff}".into(),
        "Z\u{335}\u{321}a\u{350}".repeat(500),
        "W".repeat(10_000),
        "🏰".repeat(10_000),
        "{title}{title}".into(),
    ] {
        let history = History { title: name.clone(), ..week() };
        pixels(&draw(&history).unwrap());
        assert!(describe(&history).chars().count() <= 1000, "{name}");
    }
}

#[test]
fn a_letter_that_the_font_lacks_is_a_box_and_an_emoji_is_nothing() {
    let drawn = |title: &str| draw(&History { title: title.into(), ..week() }).unwrap();
    assert_eq!(drawn("Aurora 🏰"), drawn("Aurora"));
    assert_ne!(drawn("Aurora 日"), drawn("Aurora"));
    assert_ne!(drawn("Aurora 日本"), drawn("Aurora 日"));
    // A name of boxes says nothing: some of them will do.
    assert_eq!(drawn("日本語日本語日"), drawn("日本語日"));
}

#[test]
fn numbers_at_their_ends_are_no_trouble() {
    let spans = [Span::Day, Span::Week, Span::Month].into_iter().cycle();
    for (until, span) in [i64::MIN, -1, 0, NOW, i64::MAX, i64::MIN].into_iter().zip(spans) {
        let mut history = empty(span);
        history.until = until;
        history.capacity = Some(u32::MAX);
        history.players = vec![
            players(i64::MIN, i64::MAX, f64::MAX, u32::MAX),
            players(0, 1, f64::MIN_POSITIVE, 0),
            players(i64::MAX, i64::MIN, 1.0, 1),
        ];
        history.states = State::ALL.map(|it| state(i64::MIN, i64::MAX, it)).into();
        pixels(&draw(&history).unwrap());
        describe(&history);
    }
}

#[test]
fn labels_of_any_length_are_drawn() {
    let mut history = week();
    let long = "Donaudampfschifffahrtsgesellschaft ".repeat(20);
    for label in [
        &mut history.labels.week,
        &mut history.labels.uptime,
        &mut history.labels.mean,
        &mut history.labels.peak,
        &mut history.labels.average,
        &mut history.labels.maximum,
        &mut history.labels.online,
        &mut history.labels.sleeping,
        &mut history.labels.offline,
        &mut history.labels.decimal,
    ] {
        label.clone_from(&long);
    }
    pixels(&draw(&history).unwrap());
}

/// A year of minutes, in the worst order, with a state of its own for each.
fn year() -> History {
    let minutes = 365 * 24 * 60;
    let mut history = empty(Span::Month);
    history.capacity = Some(60);
    for minute in 0..minutes {
        let from = NOW - 60 * (minute + 1);
        let busy = u32::try_from(minute * 7919 % 61).unwrap();
        history.players.push(players(from, from + 60, f64::from(busy) / 2.0, busy));
        let number = usize::try_from(minute * 31 % 97 % 7).unwrap();
        history.states.push(state(from, from + 60, State::ALL[number]));
    }
    history
}

#[test]
fn a_year_of_minutes_is_merged_and_stays_small() {
    let png = draw(&year()).unwrap();
    pixels(&png);
    assert!(png.len() < 100 * 1024, "{} bytes", png.len());
}

#[test]
fn as_many_colours_and_edges_as_there_can_be_stay_small() {
    for span in [Span::Day, Span::Week, Span::Month] {
        let mut history = empty(span);
        history.title = "Ünïcödé & Ŵëïrd Ñämès Ґ Ж Ω ÄÖÜ".into();
        history.capacity = Some(55);
        let (step, start) = (span.step(), NOW - span.seconds());
        for (number, from) in (0..).zip((start..NOW).step_by(usize::try_from(step).unwrap())) {
            // Up and down by all of the picture, with a hole now and then.
            let busy = u32::try_from(number * 7919 % 53).unwrap();
            if number % 9 != 0 {
                history.players.push(players(from, from + step, f64::from(busy) * 0.7, busy));
            }
            let number = usize::try_from(number * 31 % 97 % 7).unwrap();
            history.states.push(state(from, from + step, State::ALL[number]));
        }
        let png = draw(&history).unwrap();
        assert!(png.len() < 100 * 1024, "{} bytes", png.len());
    }
}

/// The bound that matters, 100 ms, is that of an optimized build; this one also holds without, on a
/// machine with other work.
#[test]
fn a_picture_takes_no_time_to_speak_of() {
    let mut history = year();
    history.players.retain(|it| it.to > NOW - 2 * DAY);
    let bound = if cfg!(debug_assertions) { 5000 } else { 100 };
    let fastest = (0..3).map(|_| {
        let start = Instant::now();
        draw(&history).unwrap();
        start.elapsed()
    });
    assert!(fastest.min().unwrap() < Duration::from_millis(bound));
}
