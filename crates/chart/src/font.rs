//! Text as outlines of the embedded font, and text made fit for it.

use tiny_skia::{Path, PathBuilder};
use ttf_parser::{Face, FaceParsingError, GlyphId, OutlineBuilder};
use unicode_normalization::UnicodeNormalization;

const REGULAR: &[u8] = include_bytes!("../font/DejaVuSansCondensed.ttf");
const BOLD: &[u8] = include_bytes!("../font/DejaVuSansCondensed-Bold.ttf");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

pub(crate) struct Fonts {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Fonts {
    pub(crate) fn load() -> Result<Self, FaceParsingError> {
        Ok(Self { regular: Face::parse(REGULAR, 0)?, bold: Face::parse(BOLD, 0)? })
    }

    fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Pixels that the text is wide.
    pub(crate) fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let face = self.face(weight);
        let units: u32 = glyphs(face, text).map(|glyph| advance(face, glyph)).sum();
        units_to_pixels(units, face, size)
    }

    /// The text, or as much of its beginning as there is room for, with an ellipsis.
    pub(crate) fn fit(&self, text: &str, size: f32, weight: Weight, room: f32) -> String {
        if self.width(text, size, weight) <= room {
            return text.to_owned();
        }
        let mut kept: String = text.to_owned();
        while kept.pop().is_some() {
            let shorter = format!("{}…", kept.trim_end());
            if self.width(&shorter, size, weight) <= room {
                return shorter;
            }
        }
        String::new()
    }

    /// The outline of a line of text that starts at `x` and stands on `y`.
    pub(crate) fn outline(
        &self,
        text: &str,
        size: f32,
        weight: Weight,
        x: f32,
        y: f32,
    ) -> Option<Path> {
        let face = self.face(weight);
        let scale = size / f32::from(face.units_per_em());
        let mut pen = Pen { path: PathBuilder::new(), x, y, scale };
        for glyph in glyphs(face, text) {
            face.outline_glyph(glyph, &mut pen);
            pen.x += units_to_pixels(advance(face, glyph), face, size);
        }
        pen.path.finish()
    }
}

/// The font's glyphs for a text. A letter that it lacks is a box, for which the font has glyph 0;
/// anything else that it lacks (emoji, joiners, signs) is left out. Of a run of boxes four are kept.
fn glyphs(face: &Face<'static>, text: &str) -> impl Iterator<Item = GlyphId> {
    let mut boxes = 0;
    text.chars().filter_map(move |char| match face.glyph_index(char) {
        Some(glyph) => {
            boxes = 0;
            Some(glyph)
        }
        None if char.is_alphanumeric() => {
            boxes += 1;
            (boxes <= 4).then_some(GlyphId(0))
        }
        None => None,
    })
}

fn advance(face: &Face<'static>, glyph: GlyphId) -> u32 {
    face.glyph_hor_advance(glyph).unwrap_or(0).into()
}

#[expect(clippy::cast_precision_loss, reason = "a hundred glyphs of 2,048 units")]
fn units_to_pixels(units: u32, face: &Face<'static>, size: f32) -> f32 {
    units as f32 * size / f32::from(face.units_per_em())
}

/// One line of at most `limit` characters: composed, because the font has no accents on their own,
/// with single spaces, and without control characters and those that turn the direction of text.
pub(crate) fn plain(text: &str, limit: usize) -> String {
    // Bounded before anything is done with it: four is the most that are composed into one.
    let composed: String = text.chars().take(limit * 4).nfc().collect();
    let mut plain = String::new();
    let words = composed.split(|char: char| char.is_whitespace() || char.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        let word = word.replace(turns, "");
        if !plain.is_empty() && !word.is_empty() {
            plain.push(' ');
        }
        plain.push_str(&word);
    }
    match plain.char_indices().nth(limit) {
        None => plain,
        Some(_) => plain.chars().take(limit - 1).chain(['…']).collect(),
    }
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm.
fn turns(char: char) -> bool {
    matches!(char, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Turns a glyph, in units with y upwards, into pixels with y downwards.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
