//! The history of a game server as a picture.
//!
//! [`draw`] gives a PNG that Discord shows under `/server history`, [`describe`] the text for those
//! who cannot see it. Both are pure functions: no I/O, no clock, no system fonts. Whatever they are
//! given, in whatever order and amount, the picture has the same size and takes about the same time.

mod band;
mod bins;
mod canvas;
mod colours;
mod describe;
mod font;
mod history;
mod labels;
mod number;
mod paint;
mod png;
mod scale;
mod stretch;
mod summary;
#[cfg(test)]
mod tests;
mod ticks;

pub use describe::describe;
pub use history::{History, Players, Span, State, Stretch};
pub use labels::Labels;
pub use summary::Summary;

/// Width of the picture in pixels. With [`HEIGHT`] it is 16:9, which Discord shows uncropped.
pub const WIDTH: u16 = 1200;
/// Height of the picture in pixels.
pub const HEIGHT: u16 = 675;

/// A fault of ours: no history can cause one.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    #[error("the embedded font cannot be read")]
    Font(#[from] ttf_parser::FaceParsingError),
    #[error("the picture cannot be allocated")]
    Canvas,
    #[error("the picture cannot be written as PNG: {0}")]
    Png(#[from] lodepng::Error),
}

/// Draws the history: [`WIDTH`] × [`HEIGHT`] pixels, as a PNG well below 100 KiB.
pub fn draw(history: &History) -> Result<Vec<u8>, ChartError> {
    let mut canvas = canvas::Canvas::new(WIDTH, HEIGHT, colours::CARD)?;
    paint::paint(&mut canvas, history);
    canvas.into_png()
}
