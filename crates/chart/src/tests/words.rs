//! What is said: the alternative text, and the words of the time axis.

use super::{DAY, NOW, empty, english, german, in_german, week};
use crate::font::plain;
use crate::history::Window;
use crate::ticks::ticks;
use crate::{History, Labels, Span, describe};

#[test]
fn the_picture_in_words() {
    insta::assert_snapshot!(
        [describe(&week()), describe(&in_german(week())), describe(&empty(Span::Day))].join("\n"),
        @r"
    Aurora: players in the last 7 days (20 Nov to 27 Nov, UTC). 85.7% available; 5.0 players on average, 14 at most.
    Aurora: Spieler, letzte 7 Tage (20. Nov. bis 27. Nov., UTC). Zu 85,7 % verfügbar; im Mittel 5,0 Spieler, höchstens 14.
    Aurora: nothing is known of the last 24 hours (26 Nov to 27 Nov, UTC).
    "
    );
}

#[test]
fn what_is_not_known_is_a_dash() {
    let said = describe(&History { players: vec![], ..week() });
    insta::assert_snapshot!(said, @"Aurora: players in the last 7 days (20 Nov to 27 Nov, UTC). 85.7% available; – players on average, – at most.");
}

#[test]
fn a_name_cannot_be_a_template_and_is_one_line() {
    let title = "{peak}\n\u{202e}{uptime} <b>\t\u{0}x".to_owned();
    insta::assert_snapshot!(describe(&History { title, ..week() }), @"{peak} {uptime} <b> x: players in the last 7 days (20 Nov to 27 Nov, UTC). 85.7% available; 5.0 players on average, 14 at most.");
}

#[test]
fn the_description_is_short_enough_for_discord() {
    let mut history = week();
    history.title = "ß".repeat(10_000);
    assert!(describe(&history).chars().count() < 250);
    history.labels.description = "{title}".repeat(100);
    assert_eq!(describe(&history).chars().count(), 1000);
}

#[test]
fn templates_leave_alone_what_they_do_not_know() {
    let fill = |template| Labels::fill(template, &[("number", "{number}")]);
    assert_eq!(fill("{number} of {other} {"), "{number} of {other} {");
    assert_eq!(fill("}{{number}}"), "}{{number}}");
}

#[test]
fn names_are_composed_and_bounded() {
    assert_eq!(plain("  Cafe\u{301}  \u{2067}bar\r\n", 100), "Café bar");
    assert_eq!(plain("abcdef", 4), "abc…");
    assert_eq!(plain(&"e\u{301}".repeat(9), 9), "é".repeat(9));
    assert_eq!(plain(&"\u{301}".repeat(10_000), 9).chars().count(), 9);
}

#[test]
fn the_time_axis_has_full_hours_days_and_mondays() {
    let said = |span: Span, labels| {
        let window = Window { start: NOW - span.seconds(), end: NOW };
        let words = ticks(span, window, &labels).into_iter().filter_map(|tick| {
            if let Some(line) = tick.line {
                let full = if span == Span::Day { 3 * 3600 } else { DAY };
                assert_eq!(line % full, 0);
            }
            Some(tick.word?.0)
        });
        words.collect::<Vec<_>>().join(" | ")
    };
    let all: Vec<_> = [Span::Day, Span::Week, Span::Month]
        .into_iter()
        .flat_map(|span| [said(span, english()), said(span, german())])
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    15:00 | 18:00 | 21:00 | 27 Nov | 03:00 | 06:00 | 09:00 | 12:00
    15:00 | 18:00 | 21:00 | 27. Nov. | 03:00 | 06:00 | 09:00 | 12:00
    Fri 20 | Sat 21 | Sun 22 | Mon 23 | Tue 24 | Wed 25 | Thu 26 | Fri 27
    Fr 20. | Sa 21. | So 22. | Mo 23. | Di 24. | Mi 25. | Do 26. | Fr 27.
    2 Nov | 9 Nov | 16 Nov | 23 Nov
    2. Nov. | 9. Nov. | 16. Nov. | 23. Nov.
    ");
}
