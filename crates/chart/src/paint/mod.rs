//! The picture, from top to bottom: name and figures, lines, band, times, legend.

mod band;
mod head;
mod legend;
mod plot;
mod times;

use crate::canvas::{Area, Canvas, Style};
use crate::colours::{BORDER, Colour, MUTED, TEXT};
use crate::font::Weight;
use crate::history::{History, Window};
use crate::number::{float, pixels};
use crate::{HEIGHT, WIDTH};

/// Around everything.
const PAD: f32 = 36.0;
/// Discord shows the picture at a third of its width on a phone, where this is as large as the
/// small print of a message. Nothing is set smaller.
const SMALL: f32 = 28.0;

const BAND: f32 = 38.0;

pub(crate) fn paint(canvas: &mut Canvas, history: &History) {
    let (width, height) = (f32::from(WIDTH), f32::from(HEIGHT));
    frame(canvas, width, height);
    head::paint(canvas, history);

    let plot = plot::Plot::new(history);
    let band = crate::band::runs(history);
    let legend = legend::Legend::new(canvas, history, &plot, &band);
    let bottom = height - PAD + 6.0 - legend.height() - 50.0;
    let place = Area {
        left: PAD + plot.margin(canvas),
        right: width - PAD,
        top: 152.0,
        bottom: bottom - BAND - 12.0,
    };
    let below = Area { top: bottom - BAND, bottom, ..place };

    let time = Time { window: history.window(), left: place.left, right: place.right };
    times::paint(canvas, history, time, place, below);
    plot.paint(canvas, place, time);
    band::paint(canvas, &band, below);
    legend.paint(canvas, bottom + 50.0);
}

/// A thin edge, which sets the card off from a dark Discord.
fn frame(canvas: &mut Canvas, width: f32, height: f32) {
    let edge = 3.0;
    let whole = Area { left: 0.0, top: 0.0, right: width, bottom: height };
    for side in [
        Area { right: edge, ..whole },
        Area { left: width - edge, ..whole },
        Area { bottom: edge, ..whole },
        Area { top: height - edge, ..whole },
    ] {
        canvas.rect(side, BORDER);
    }
}

/// Where a time is, from left to right.
#[derive(Clone, Copy)]
struct Time {
    window: Window,
    left: f32,
    right: f32,
}

impl Time {
    fn x(&self, at: i64) -> f32 {
        let share = float(at - self.window.start) / float(self.window.end - self.window.start);
        self.left + (self.right - self.left) * pixels(share)
    }
}

const fn style(size: f32, weight: Weight, colour: Colour) -> Style {
    Style { size, weight, colour }
}

/// Names of things.
const WORD: Style = style(SMALL, Weight::Regular, MUTED);
/// What is said about them.
const VALUE: Style = style(44.0, Weight::Bold, TEXT);
