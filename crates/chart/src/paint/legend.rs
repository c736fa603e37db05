//! What the lines and the band mean: everything that is drawn, by name.

use crate::WIDTH;
use crate::band::Run;
use crate::canvas::{Anchor, Area, Canvas, Line};
use crate::colours::AVERAGE;
use crate::history::{History, State};
use crate::labels::Labels;
use crate::number::count;

use super::plot::{AVERAGE_LINE, CAPACITY_LINE, MAXIMUM_LINE, Plot};
use super::{PAD, WORD, band};

const ROW: f32 = 42.0;
const SWATCH: f32 = 42.0;
/// Between a swatch and its name.
const NEAR: f32 = 12.0;
/// Between a name and the next swatch.
const FAR: f32 = 26.0;

#[derive(Clone, Copy)]
enum Sign {
    Line(Line),
    State(State),
}

struct Entry {
    sign: Sign,
    name: String,
    x: f32,
    row: u8,
}

pub(super) struct Legend {
    entries: Vec<Entry>,
    rows: u8,
}

impl Legend {
    pub(super) fn new(canvas: &Canvas, history: &History, plot: &Plot<'_>, band: &[Run]) -> Self {
        let mut legend = Self { entries: vec![], rows: 0 };
        let states = State::ALL
            .into_iter()
            .filter(|state| band.iter().any(|run| run.state == *state))
            .map(|state| (Sign::State(state), name(state, &history.labels).to_owned()));
        legend.add(canvas, lines(history, plot));
        legend.add(canvas, states.collect());
        legend
    }

    pub(super) fn height(&self) -> f32 {
        ROW * f32::from(self.rows)
    }

    /// Starts a row, and more when there is no room.
    fn add(&mut self, canvas: &Canvas, entries: Vec<(Sign, String)>) {
        let right = f32::from(WIDTH) - PAD;
        let mut x = right;
        for (sign, name) in entries {
            let name = canvas.fit(&name, WORD, right - PAD - SWATCH - NEAR);
            let width = SWATCH + NEAR + canvas.width(&name, WORD);
            if x + width > right {
                self.rows += 1;
                x = PAD;
            }
            self.entries.push(Entry { sign, name, x, row: self.rows - 1 });
            x += width + FAR;
        }
    }

    pub(super) fn paint(&self, canvas: &mut Canvas, top: f32) {
        for entry in &self.entries {
            let top = top + ROW * f32::from(entry.row);
            let area =
                Area { left: entry.x, right: entry.x + SWATCH, top: top + 7.0, bottom: top + 35.0 };
            match entry.sign {
                Sign::State(state) => band::swatch(canvas, area, state),
                Sign::Line(line) => sample(canvas, area, line),
            }
            let x = area.right + NEAR;
            canvas.text(&entry.name, x, top + 31.0, Anchor::Start, WORD);
        }
    }
}

/// The lines that are there.
fn lines(history: &History, plot: &Plot<'_>) -> Vec<(Sign, String)> {
    let labels = &history.labels;
    let mut lines = vec![];
    if !plot.is_empty() {
        lines.push((Sign::Line(AVERAGE_LINE), labels.average.clone()));
        lines.push((Sign::Line(MAXIMUM_LINE), labels.maximum.clone()));
    }
    if let Some(capacity) = history.capacity {
        let number = count(capacity.into(), labels);
        let name = Labels::fill(&labels.capacity, &[("number", &number)]);
        // The arrow: the line would be further up than the picture goes.
        let arrow = if plot.axis.with_capacity { "" } else { " ↑" };
        lines.push((Sign::Line(CAPACITY_LINE), format!("{name}{arrow}")));
    }
    lines
}

fn sample(canvas: &mut Canvas, area: Area, line: Line) {
    let y = area.top.midpoint(area.bottom);
    // The only one with something beneath it.
    if line.colour == AVERAGE {
        let corners =
            [(area.left, y), (area.right, y), (area.right, area.bottom), (area.left, area.bottom)];
        canvas.faded(&corners, line.colour, area);
    }
    canvas.line(&[(area.left, y), (area.right, y)], line);
}

fn name(state: State, labels: &Labels) -> &str {
    match state {
        State::Online => &labels.online,
        State::Changing => &labels.changing,
        State::Sleeping => &labels.sleeping,
        State::Offline => &labels.offline,
        State::Crashed => &labels.crashed,
        State::Suspended => &labels.suspended,
        State::Unknown => &labels.unknown,
    }
}
