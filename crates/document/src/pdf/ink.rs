//! What stands on one page: characters with their places, and straight lines across and down.
//!
//! Lengths are points; x grows to the right, y grows downwards.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use super::stop;
use crate::limits::Deadline;

/// One character, or several that one glyph stands for.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Mark {
    pub(super) text: String,
    /// Left end of its base line.
    pub(super) x: f64,
    /// Base line.
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
}

impl Mark {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn centre(&self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y - self.size * 0.35)
    }
}

/// A straight line along one axis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Line {
    /// Where it stands on the other axis.
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// A filled shape thinner than this is a line.
const THICKEST_LINE: f64 = 3.5;

/// A stroke may lean by this much and still be straight.
const LEAN: f64 = 0.8;

/// Everything that was drawn on one page.
pub(super) struct Ink {
    size: Rect,
    deadline: Deadline,
    calls: u32,
    pub(super) glyphs: Vec<Mark>,
    pub(super) across: Vec<Line>,
    pub(super) down: Vec<Line>,
    pub(super) has_picture: bool,
    /// Glyphs whose character is unknown.
    pub(super) unknown: usize,
    /// Characters of private use.
    pub(super) private: usize,
    /// Characters that are not painted.
    pub(super) invisible: usize,
}

impl Ink {
    pub(super) fn new(size: Rect, deadline: Deadline) -> Self {
        Self {
            size,
            deadline,
            calls: 0,
            glyphs: Vec::new(),
            across: Vec::new(),
            down: Vec::new(),
            has_picture: false,
            unknown: 0,
            private: 0,
            invisible: 0,
        }
    }

    pub(super) fn height(&self) -> f64 {
        self.size.height()
    }

    fn tick(&mut self) {
        self.calls += 1;
        if self.calls.is_multiple_of(256) {
            self.deadline.check().unwrap_or_else(|error| stop(error));
        }
    }

    fn glyph(&mut self, glyph: &Glyph, transform: Affine, mode: &DrawMode) {
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let is_askew = along.y.abs().min(along.x.abs()) > 0.1 * along.hypot();
        let size = up.hypot();
        if is_askew || !self.size.contains(origin) || !size.is_finite() || size < 0.5 {
            return;
        }
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let width = f64::from(advance.unwrap_or(500.0)) / 1000.0 * along.hypot();
        let Some(text) = self.text(glyph) else { return };
        if matches!(mode, DrawMode::Invisible) && !text.trim().is_empty() {
            self.invisible += 1;
        }
        self.glyphs.push(Mark { text, x: origin.x, y: origin.y, width, size });
    }

    fn text(&mut self, glyph: &Glyph) -> Option<String> {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => "\u{FFFD}".to_owned(),
        };
        if text.contains('\u{FFFD}') {
            self.unknown += 1;
        } else if text.chars().any(|c| matches!(c, '\u{E000}'..='\u{F8FF}')) {
            self.private += 1;
        }
        let shown: String = text.chars().filter(|c| !c.is_control()).collect();
        (!shown.is_empty()).then_some(shown)
    }

    fn stroked(&mut self, from: Point, to: Point) {
        let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        let bounds = Rect::from_points(from, to);
        if height <= LEAN && LEAN < width {
            self.across.push(line_across(bounds));
        } else if width <= LEAN && LEAN < height {
            self.down.push(line_down(bounds));
        }
    }

    fn filled(&mut self, bounds: Rect) {
        if bounds.height() <= THICKEST_LINE && bounds.height() < bounds.width() {
            self.across.push(line_across(bounds));
        } else if bounds.width() <= THICKEST_LINE && bounds.width() < bounds.height() {
            self.down.push(line_down(bounds));
        }
    }
}

fn line_across(bounds: Rect) -> Line {
    Line { at: bounds.center().y, from: bounds.x0, to: bounds.x1 }
}

fn line_down(bounds: Rect) -> Line {
    Line { at: bounds.center().x, from: bounds.y0, to: bounds.y1 }
}

/// The straight pieces of a path.
fn pieces(path: &BezPath) -> Vec<(Point, Point)> {
    let mut pieces = Vec::new();
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        let to = match *element {
            PathEl::MoveTo(to) => {
                (start, last) = (to, to);
                continue;
            }
            PathEl::LineTo(to) => to,
            PathEl::ClosePath => start,
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                last = to;
                continue;
            }
        };
        pieces.push((last, to));
        last = to;
    }
    pieces
}

/// The closed shapes of a path, each by its bounds.
fn shapes(path: &BezPath) -> Vec<Rect> {
    let mut shapes: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        match (element, shapes.last_mut()) {
            (PathEl::MoveTo(_), _) | (_, None) => {
                shapes.push(BezPath::from_vec(vec![PathEl::MoveTo(
                    element.end_point().unwrap_or_default(),
                )]));
            }
            (_, Some(shape)) => shape.push(*element),
        }
    }
    shapes.iter().map(Shape::bounding_box).collect()
}

impl<'a> Device<'a> for Ink {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.tick();
        let path = props.transform * path.clone();
        if matches!(draw_mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)) {
            for (from, to) in pieces(&path) {
                self.stroked(from, to);
            }
        }
        if matches!(draw_mode, DrawMode::Fill(_)) {
            for bounds in shapes(&path) {
                self.filled(bounds);
            }
        }
    }

    fn draw_glyph_run(
        &mut self,
        glyph_run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        self.tick();
        for glyph in glyph_run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), draw_mode);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.tick();
        self.has_picture = true;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.tick();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.tick();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
