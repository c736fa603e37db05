//! The band of states, and the shape that each state has there and in the legend.

use crate::band::{COLUMNS, Run};
use crate::canvas::{Area, Canvas};
use crate::colours::{CARD, GRID};
use crate::history::State;

/// A crash is at least this wide, however short it was.
const SEEN: f32 = 8.0;
/// Stripes need so much room; below it only height and colour tell states apart.
const ROOM: f32 = 16.0;
/// How far a crash stands out above the band.
const OUT: f32 = 8.0;

pub(super) fn paint(canvas: &mut Canvas, runs: &[Run], place: Area) {
    // Where nothing is known, the empty track remains.
    canvas.rect(Area { top: place.bottom - 2.0, ..place }, GRID);
    let column = (place.right - place.left) / f32::from(COLUMNS);
    let x = |number: u16| place.left + column * f32::from(number);
    // Crashes last, so that they lie on top.
    let (crashes, others): (Vec<&Run>, Vec<&Run>) =
        runs.iter().partition(|run| run.state == State::Crashed);
    for run in others {
        swatch(canvas, Area { left: x(run.from), right: x(run.to), ..place }, run.state);
    }
    for run in crashes {
        let (left, right) = (x(run.from), x(run.to));
        let more = ((SEEN - (right - left)) / 2.0).max(0.0);
        let (left, right) = ((left - more).max(place.left), (right + more).min(place.right));
        swatch(canvas, Area { left, right, ..place }, State::Crashed);
    }
}

/// A state in its colour and shape: full, not quite full and striped upright, half, low, too high and
/// striped aslant, two bars, dots.
pub(super) fn swatch(canvas: &mut Canvas, area: Area, state: State) {
    let colour = state.colour();
    let height = area.bottom - area.top;
    let roomy = area.right - area.left >= ROOM;
    match state {
        State::Online => canvas.rect(area, colour),
        State::Changing => {
            let area = Area { top: area.bottom - height * 0.75, ..area };
            canvas.rect(area, colour);
            let mut x = area.left + 7.0;
            while roomy && x + 4.0 < area.right {
                canvas.rect(Area { left: x, right: x + 4.0, ..area }, CARD);
                x += 11.0;
            }
        }
        State::Sleeping => canvas.rect(Area { top: area.bottom - height * 0.5, ..area }, colour),
        State::Offline => canvas.rect(Area { top: area.bottom - height * 0.22, ..area }, colour),
        State::Crashed => {
            let area = Area { top: area.top - OUT, ..area };
            canvas.rect(area, colour);
            let (slant, wide) = (height * 0.3, 4.0);
            let mut x = area.left + 3.0;
            while roomy && x + wide + slant < area.right {
                let stripe = [
                    (x, area.bottom),
                    (x + wide, area.bottom),
                    (x + wide + slant, area.top),
                    (x + slant, area.top),
                ];
                canvas.shape(&stripe, CARD);
                x += 12.0;
            }
        }
        State::Suspended => {
            canvas.rect(Area { bottom: area.top + height * 0.36, ..area }, colour);
            canvas.rect(Area { top: area.bottom - height * 0.36, ..area }, colour);
        }
        State::Unknown => {
            let middle = area.top.midpoint(area.bottom);
            let mut x = area.left;
            while x < area.right {
                let right = (x + 6.0).min(area.right);
                canvas
                    .rect(Area { left: x, right, top: middle - 3.0, bottom: middle + 3.0 }, colour);
                x += 14.0;
            }
        }
    }
}
