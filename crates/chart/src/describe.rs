//! The picture in words.

use crate::font::plain;
use crate::history::{History, Span};
use crate::labels::Labels;
use crate::number::{count, mean, percent};
use crate::summary::Summary;
use crate::ticks::date;

/// Characters of a name that are shown or said.
pub(crate) const NAME: usize = 100;
/// Discord takes 1,024 as a picture's description.
const LIMIT: usize = 1000;
/// Where a figure is not known.
pub(crate) const NONE: &str = "–";

/// The alternative text for screen readers: one or two sentences, at most 1,000 characters.
pub fn describe(history: &History) -> String {
    let labels = &history.labels;
    let window = history.window();
    let (from, to) = (date(window.start, labels), date(window.end - 1, labels));
    let summary = Summary::of(history);
    let template = if summary == (Summary { uptime: None, average: None, peak: None }) {
        &labels.description_nothing
    } else {
        &labels.description
    };
    let or_none = |value: Option<String>| value.unwrap_or_else(|| NONE.to_owned());
    let text = Labels::fill(
        template,
        &[
            ("title", &title(history)),
            ("span", span(history)),
            ("from", &from),
            ("to", &to),
            ("uptime", &or_none(summary.uptime.map(|it| percent(it, labels)))),
            ("mean", &or_none(summary.average.map(|it| mean(it, labels)))),
            ("peak", &or_none(summary.peak.map(|it| count(it.into(), labels)))),
        ],
    );
    text.chars().take(LIMIT).collect()
}

/// The name without anything that is not seen, and not longer than what a name may be.
pub(crate) fn title(history: &History) -> String {
    plain(&history.title, NAME)
}

pub(crate) fn span(history: &History) -> &str {
    match history.span {
        Span::Day => &history.labels.day,
        Span::Week => &history.labels.week,
        Span::Month => &history.labels.month,
    }
}
