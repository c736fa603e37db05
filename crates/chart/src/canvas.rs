//! A surface with just the strokes that the picture needs.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder,
    Pixmap, Point, Rect, Shader, SpreadMode, Stroke, StrokeDash, Transform,
};

use crate::ChartError;
use crate::colours::Colour;
use crate::font::{Fonts, Weight};
use crate::png;

/// Left, top, right, bottom, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}

/// What a text looks like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) colour: Colour,
}

/// Which part of a text is at its `x`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) colour: Colour,
    pub(crate) width: f32,
    pub(crate) dashed: bool,
}

pub(crate) struct Canvas {
    pixels: Pixmap,
    fonts: Fonts,
}

impl Canvas {
    pub(crate) fn new(width: u16, height: u16, ground: Colour) -> Result<Self, ChartError> {
        let mut pixels = Pixmap::new(width.into(), height.into()).ok_or(ChartError::Canvas)?;
        pixels.fill(opaque(ground));
        Ok(Self { pixels, fonts: Fonts::load()? })
    }

    pub(crate) fn rect(&mut self, area: Area, colour: Colour) {
        // None: it has no inside, so there is nothing to draw.
        if let Some(rect) = Rect::from_ltrb(area.left, area.top, area.right, area.bottom) {
            self.pixels.fill_rect(rect, &plain(colour), Transform::identity(), None);
        }
    }

    /// A filled shape with straight sides.
    pub(crate) fn shape(&mut self, corners: &[(f32, f32)], colour: Colour) {
        if let Some(path) = path(corners, true) {
            self.fill(&path, &plain(colour));
        }
    }

    /// A filled shape that is more transparent towards the bottom.
    pub(crate) fn faded(&mut self, corners: &[(f32, f32)], colour: Colour, area: Area) {
        let stop = |place, opacity| GradientStop::new(place, translucent(colour, opacity));
        let shader = LinearGradient::new(
            Point::from_xy(0.0, area.top),
            Point::from_xy(0.0, area.bottom),
            vec![stop(0.0, 0.6), stop(1.0, 0.12)],
            SpreadMode::Pad,
            Transform::identity(),
        );
        if let (Some(path), Some(shader)) = (path(corners, true), shader) {
            self.fill(&path, &Paint { shader, ..Paint::default() });
        }
    }

    pub(crate) fn line(&mut self, points: &[(f32, f32)], line: Line) {
        let stroke = Stroke {
            width: line.width,
            line_cap: LineCap::Butt,
            line_join: LineJoin::Round,
            dash: line.dashed.then(|| StrokeDash::new(vec![14.0, 9.0], 0.0)).flatten(),
            ..Stroke::default()
        };
        if let Some(path) = path(points, false) {
            let paint = plain(line.colour);
            self.pixels.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
        }
    }

    pub(crate) fn text(&mut self, text: &str, x: f32, y: f32, anchor: Anchor, style: Style) {
        let width = self.width(text, style);
        let x = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        if let Some(path) = self.fonts.outline(text, style.size, style.weight, x, y) {
            self.fill(&path, &plain(style.colour));
        }
    }

    pub(crate) fn width(&self, text: &str, style: Style) -> f32 {
        self.fonts.width(text, style.size, style.weight)
    }

    /// The text, or its beginning with an ellipsis.
    pub(crate) fn fit(&self, text: &str, style: Style, room: f32) -> String {
        self.fonts.fit(text, style.size, style.weight, room)
    }

    fn fill(&mut self, path: &Path, paint: &Paint<'_>) {
        self.pixels.fill_path(path, paint, FillRule::Winding, Transform::identity(), None);
    }

    /// The ground is opaque and stays so, so alpha says nothing and is left out.
    pub(crate) fn into_png(self) -> Result<Vec<u8>, ChartError> {
        let (width, height) = (self.pixels.width() as usize, self.pixels.height() as usize);
        let pixels = self.pixels.pixels().iter();
        let colours = pixels.map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
        png::encode(colours, width, height)
    }
}

fn path(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn plain(colour: Colour) -> Paint<'static> {
    Paint { shader: Shader::SolidColor(opaque(colour)), ..Paint::default() }
}

fn opaque([red, green, blue]: Colour) -> Color {
    Color::from_rgba8(red, green, blue, 255)
}

fn translucent([red, green, blue]: Colour, opacity: f32) -> Color {
    let mut colour = Color::from_rgba8(red, green, blue, 255);
    colour.apply_opacity(opacity);
    colour
}
