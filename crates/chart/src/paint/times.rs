//! Lines and words of the time axis.

use crate::canvas::{Anchor, Area, Canvas, Style};
use crate::colours::{GRID, GRID_STRONG, TEXT};
use crate::history::History;
use crate::ticks::ticks;

use super::{PAD, Time, WORD};

/// Between two words.
const GAP: f32 = 14.0;

/// The lines go through the plot and down to the words below the band.
pub(super) fn paint(canvas: &mut Canvas, history: &History, time: Time, plot: Area, band: Area) {
    let mut free = PAD;
    for tick in ticks(history.span, history.window(), &history.labels) {
        if let Some(at) = tick.line {
            let x = time.x(at).round();
            let colour = if tick.strong { GRID_STRONG } else { GRID };
            let line = Area { left: x - 1.0, right: x + 1.0, top: plot.top, bottom: band.bottom };
            canvas.rect(line, colour);
        }
        let Some((word, from, to)) = tick.word else { continue };
        let style = if tick.strong { Style { colour: TEXT, ..WORD } } else { WORD };
        let (width, middle) = (canvas.width(&word, style), time.x(from).midpoint(time.x(to)));
        let (left, right) = (middle - width / 2.0, middle + width / 2.0);
        // A day of which little is shown has no room for its name.
        let cramped = to > from && width > time.x(to) - time.x(from);
        if left < free || right > plot.right + PAD - GAP || cramped {
            continue;
        }
        canvas.text(&word, middle, band.bottom + 34.0, Anchor::Middle, style);
        free = right + GAP;
    }
}
