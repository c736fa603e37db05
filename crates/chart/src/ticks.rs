//! The axis of time: full hours, days and weeks, in UTC.

use jiff::civil::{DateTime, Weekday};
use jiff::{Timestamp, tz::Offset};

use crate::history::{Span, Window};
use crate::labels::Labels;

/// A line, or a word, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tick {
    /// Where the line is, if there is one.
    pub(crate) line: Option<i64>,
    /// The word, and the times it is set in the middle of.
    pub(crate) word: Option<(String, i64, i64)>,
    /// The start of a day among hours.
    pub(crate) strong: bool,
}

pub(crate) fn ticks(span: Span, window: Window, labels: &Labels) -> Vec<Tick> {
    match span {
        Span::Day => hours(window, labels),
        Span::Week => days(window, labels),
        Span::Month => weeks(window, labels),
    }
}

/// Every three hours, with the date at midnight.
fn hours(window: Window, labels: &Labels) -> Vec<Tick> {
    every(3 * 3600, window)
        .map(|at| {
            let civil = civil(at);
            let midnight = civil.hour() == 0;
            let word = if midnight { date(at, labels) } else { format!("{:02}:00", civil.hour()) };
            Tick { line: Some(at), word: Some((word, at, at)), strong: midnight }
        })
        .collect()
}

/// A line at midnight, the day's name in the middle of what is shown of it.
fn days(window: Window, labels: &Labels) -> Vec<Tick> {
    const DAY: i64 = 24 * 3600;
    let first = window.start - window.start.rem_euclid(DAY);
    std::iter::successors(Some(first), |at| Some(at + DAY))
        .take_while(|at| *at < window.end)
        .map(|at| {
            let (from, to) = (at.max(window.start), (at + DAY).min(window.end));
            let line = (at > window.start).then_some(at);
            Tick { line, word: Some((weekday(at, labels), from, to)), strong: false }
        })
        .collect()
}

/// A line at each midnight from Sunday to Monday, with the date.
fn weeks(window: Window, labels: &Labels) -> Vec<Tick> {
    every(24 * 3600, window)
        .filter(|at| civil(*at).weekday() == Weekday::Monday)
        .map(|at| Tick { line: Some(at), word: Some((date(at, labels), at, at)), strong: false })
        .collect()
}

/// Full steps of the clock. Unix days start at midnight UTC.
fn every(step: i64, window: Window) -> impl Iterator<Item = i64> {
    let first = window.start + (-window.start).rem_euclid(step);
    std::iter::successors(Some(first), move |at| Some(at + step))
        .take_while(move |at| *at <= window.end)
}

/// `23 Nov`
pub(crate) fn date(at: i64, labels: &Labels) -> String {
    let civil = civil(at);
    Labels::fill(
        &labels.date,
        &[("day", &civil.day().to_string()), ("month", month(civil, labels))],
    )
}

/// `23 Nov 14:05`
pub(crate) fn moment(at: i64, labels: &Labels) -> String {
    let civil = civil(at);
    format!("{} {:02}:{:02}", date(at, labels), civil.hour(), civil.minute())
}

fn weekday(at: i64, labels: &Labels) -> String {
    let civil = civil(at);
    let number = usize::try_from(civil.weekday().to_monday_zero_offset()).unwrap_or(0);
    let name = labels.weekdays.get(number).map_or("", String::as_str);
    Labels::fill(
        &labels.weekday,
        &[("weekday", name), ("day", &civil.day().to_string()), ("month", month(civil, labels))],
    )
}

fn month(civil: DateTime, labels: &Labels) -> &str {
    let number = usize::try_from(civil.month() - 1).unwrap_or(0);
    labels.months.get(number).map_or("", String::as_str)
}

/// The window is within the calendar, so the fallback is never taken.
fn civil(at: i64) -> DateTime {
    Timestamp::from_second(at).map_or(DateTime::default(), |it| Offset::UTC.to_datetime(it))
}
