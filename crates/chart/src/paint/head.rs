//! The server's name and the time shown, and the three figures on the right.

use crate::WIDTH;
use crate::canvas::{Anchor, Canvas, Style};
use crate::describe::{NONE, span, title};
use crate::history::{History, Span};
use crate::number::{count, mean, percent};
use crate::summary::Summary;
use crate::ticks::{date, moment};

use super::{PAD, VALUE, WORD};

/// Where the two lines of text stand.
const FIRST: f32 = 74.0;
const SECOND: f32 = 116.0;
/// Between two figures.
const GAP: f32 = 40.0;
/// No word beneath a figure is wider.
const WIDEST: f32 = 190.0;

pub(super) fn paint(canvas: &mut Canvas, history: &History) {
    let left = figures(canvas, history);
    let room = left - PAD - GAP;
    let name = title(history);
    // A long name is set smaller before it is cut.
    let style = [VALUE.size, 38.0, 33.0]
        .map(|size| Style { size, ..VALUE })
        .into_iter()
        .find(|style| canvas.width(&name, *style) <= room)
        .unwrap_or(Style { size: 33.0, ..VALUE });
    let name = canvas.fit(&name, style, room);
    canvas.text(&name, PAD, FIRST, Anchor::Start, style);

    let (span, shown) = (span(history), shown(history));
    let both = format!("{span} · {shown}");
    // The time zone is the last to go.
    let line = if canvas.width(&both, WORD) <= room { both } else { shown };
    let line = canvas.fit(&line, WORD, room);
    canvas.text(&line, PAD, SECOND, Anchor::Start, WORD);
}

/// Draws them from right to left, and says where the leftmost starts.
fn figures(canvas: &mut Canvas, history: &History) -> f32 {
    let labels = &history.labels;
    let summary = Summary::of(history);
    let figures = [
        (summary.peak.map(|it| count(it.into(), labels)), &labels.peak),
        (summary.average.map(|it| mean(it, labels)), &labels.mean),
        (summary.uptime.map(|it| percent(it, labels)), &labels.uptime),
    ];
    let mut right = f32::from(WIDTH) - PAD;
    for (value, word) in figures {
        let value = value.as_deref().unwrap_or(NONE);
        let word = canvas.fit(word, WORD, WIDEST);
        canvas.text(value, right, FIRST, Anchor::End, VALUE);
        canvas.text(&word, right, SECOND, Anchor::End, WORD);
        right -= canvas.width(value, VALUE).max(canvas.width(&word, WORD)) + GAP;
    }
    right + GAP
}

/// "20 Nov – 27 Nov UTC"; of a day the end.
fn shown(history: &History) -> String {
    let window = history.window();
    let labels = &history.labels;
    match history.span {
        Span::Day => format!("{} UTC", moment(window.end, labels)),
        Span::Week | Span::Month => {
            // The end is not part of it: at midnight the day before was the last.
            format!("{} – {} UTC", date(window.start, labels), date(window.end - 1, labels))
        }
    }
}
