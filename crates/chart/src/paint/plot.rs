//! Players over time.

use crate::bins::{Point, runs};
use crate::canvas::{Anchor, Area, Canvas, Line};
use crate::colours::{AVERAGE, CAPACITY, GRID, GRID_STRONG, MAXIMUM};
use crate::history::History;
use crate::number::{count, pixels, whole};
use crate::scale::Axis;

use super::{Time, WORD};

pub(super) const AVERAGE_LINE: Line = Line { colour: AVERAGE, width: 5.0, dashed: false };
pub(super) const MAXIMUM_LINE: Line = Line { colour: MAXIMUM, width: 3.0, dashed: false };
pub(super) const CAPACITY_LINE: Line = Line { colour: CAPACITY, width: 3.0, dashed: true };

/// Between the numbers and the plot.
const GAP: f32 = 14.0;

pub(super) struct Plot<'a> {
    history: &'a History,
    runs: Vec<Vec<Point>>,
    pub(super) axis: Axis,
}

impl<'a> Plot<'a> {
    pub(super) fn new(history: &'a History) -> Self {
        let runs = runs(history);
        let peak = runs.iter().flatten().map(|it| it.maximum).fold(0.0, f64::max);
        let axis = Axis::new(whole(peak), history.capacity);
        Self { history, runs, axis }
    }

    /// Whether there is any line.
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn numbers(&self) -> impl Iterator<Item = (u64, String)> {
        let Axis { step, top, .. } = self.axis;
        (0..=top / step).map(move |it| (it * step, count(it * step, &self.history.labels)))
    }

    /// Pixels that the numbers on the left need.
    pub(super) fn margin(&self, canvas: &Canvas) -> f32 {
        let widest = self.numbers().map(|(_, text)| canvas.width(&text, WORD)).fold(0.0, f32::max);
        widest + GAP
    }

    pub(super) fn paint(&self, canvas: &mut Canvas, place: Area, time: Time) {
        for (players, text) in self.numbers() {
            let y = self.y(f64_of(players), place).round();
            let colour = if players == 0 { GRID_STRONG } else { GRID };
            canvas.rect(Area { top: y - 1.0, bottom: y + 1.0, ..place }, colour);
            canvas.text(&text, place.left - GAP, y + 10.0, Anchor::End, WORD);
        }
        let lines: Vec<_> = self.runs.iter().map(|run| self.lines(run, place, time)).collect();
        for (average, _) in &lines {
            let (Some(first), Some(last)) = (average.first(), average.last()) else { continue };
            let mut shape = average.clone();
            shape.extend([(last.0, place.bottom), (first.0, place.bottom)]);
            canvas.faded(&shape, AVERAGE, place);
        }
        if let (true, Some(capacity)) = (self.axis.with_capacity, self.history.capacity) {
            let y = self.y(capacity.into(), place);
            canvas.line(&[(place.left, y), (place.right, y)], CAPACITY_LINE);
        }
        for (average, maximum) in &lines {
            canvas.line(maximum, MAXIMUM_LINE);
            canvas.line(average, AVERAGE_LINE);
        }
        if self.is_empty() {
            let (x, y) = (place.left.midpoint(place.right), place.top.midpoint(place.bottom));
            let text = canvas.fit(&self.history.labels.nothing, WORD, place.right - place.left);
            canvas.text(&text, x, y + 10.0, Anchor::Middle, WORD);
        }
    }

    /// Average and maximum: a point in the middle of each step, level to the ends of the run.
    fn lines(&self, run: &[Point], place: Area, time: Time) -> (Corners, Corners) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            return Default::default();
        };
        let times = std::iter::once((first, time.x(first.from)))
            .chain(run.iter().map(|it| (it, time.x(it.from).midpoint(time.x(it.to)))))
            .chain([(last, time.x(last.to))]);
        times
            .map(|(it, x)| ((x, self.y(it.average, place)), (x, self.y(it.maximum, place))))
            .unzip()
    }

    fn y(&self, players: f64, place: Area) -> f32 {
        place.bottom - (place.bottom - place.top) * pixels(players / f64_of(self.axis.top))
    }
}

type Corners = Vec<(f32, f32)>;

/// The axis ends a little above the largest u32.
fn f64_of(players: u64) -> f64 {
    crate::number::float(i64::try_from(players).unwrap_or(i64::MAX))
}
