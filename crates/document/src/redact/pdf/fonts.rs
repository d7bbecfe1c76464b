//! The characters that stay as fonts of drawn glyphs (Type 3), so that text stays text; no font of
//! the old file is taken over, for it would hold the glyphs of what went.

use std::collections::BTreeMap;

use hayro_interpret::kurbo::{BezPath, PathEl, Shape};
use pdf_writer::types::{SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Rect, Ref, Str};

use super::record::{Glyph, Ink};
use super::write::{packed, short};

/// Codes of one font: one byte, without zero.
const N_CODES: usize = 255;

/// What makes two characters the same glyph: outline, text and breadth.
type Key = (u128, String, bool, i64);

struct Shape3 {
    outline: BezPath,
    text: String,
    advance: f64,
}

/// All fonts of a file as they grow.
#[derive(Default)]
pub(super) struct Fonts {
    known: BTreeMap<Key, usize>,
    shapes: Vec<Shape3>,
}

impl Fonts {
    /// The font and the code of a character.
    pub(super) fn code(&mut self, glyph: &Glyph) -> (usize, u8) {
        let outline = match &glyph.ink {
            Ink::Outline { outline, .. } => Some(outline),
            Ink::Ops(_) => None,
        };
        let breadth = (glyph.advance * 10.0).round() as i64;
        let key =
            (outline.map_or(0, |_| glyph.key), glyph.text.clone(), outline.is_some(), breadth);
        let next = self.shapes.len();
        let index = *self.known.entry(key).or_insert(next);
        if index == next {
            self.shapes.push(Shape3 {
                outline: outline.cloned().unwrap_or_default(),
                text: glyph.text.clone(),
                advance: glyph.advance,
            });
        }
        (index / N_CODES, (index % N_CODES + 1) as u8)
    }

    /// The resource name of a font.
    pub(super) fn name(font: usize) -> String {
        format!("F{font}")
    }

    /// Writes the fonts, and gives their references in order.
    pub(super) fn write(&self, chunk: &mut Chunk, next: &mut impl FnMut() -> Ref) -> Vec<Ref> {
        self.shapes.chunks(N_CODES).map(|shapes| write_font(shapes, chunk, next)).collect()
    }
}

fn write_font(shapes: &[Shape3], chunk: &mut Chunk, next: &mut impl FnMut() -> Ref) -> Ref {
    let (id, map_id) = (next(), next());
    let procedures: Vec<Ref> = shapes.iter().map(|_| next()).collect();
    let names: Vec<String> = (1..=shapes.len()).map(|code| format!("g{code}")).collect();
    for (shape, procedure) in shapes.iter().zip(&procedures) {
        let data = packed(&drawing(shape));
        chunk.stream(*procedure, &data).filter(Filter::FlateDecode);
    }
    let mut map = UnicodeCmap::<u8>::new(
        Name(b"Text"),
        SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 },
    );
    for (shape, code) in shapes.iter().zip(1..=u8::MAX) {
        if !shape.text.is_empty() {
            map.pair_with_multiple(code, shape.text.chars());
        }
    }
    let map = packed(map.finish().as_slice());
    chunk.stream(map_id, &map).filter(Filter::FlateDecode);
    let mut font = chunk.type3_font(id);
    font.bbox(Rect::new(0.0, 0.0, 0.0, 0.0)).matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    font.first_char(1).last_char(shapes.len() as u8);
    font.widths(shapes.iter().map(|shape| short(shape.advance)));
    let mut characters = font.char_procs();
    for (name, procedure) in names.iter().zip(&procedures) {
        characters.pair(Name(name.as_bytes()), *procedure);
    }
    characters.finish();
    let mut encoding = font.encoding_custom();
    let differences = names.iter().map(|name| Name(name.as_bytes()));
    encoding.differences().consecutive(1, differences);
    encoding.finish();
    font.to_unicode(map_id);
    font.resources();
    font.finish();
    id
}

fn drawing(shape: &Shape3) -> Vec<u8> {
    let mut content = Content::new();
    let bounds = shape.outline.bounding_box();
    content.start_shape_glyph(
        short(shape.advance),
        short(bounds.x0),
        short(bounds.y0),
        short(bounds.x1),
        short(bounds.y1),
    );
    if !shape.outline.elements().is_empty() {
        path(&mut content, &shape.outline);
        content.fill_nonzero();
    }
    content.finish().into_vec()
}

/// Writes a path; quadratic curves as cubic ones.
pub(super) fn path(content: &mut Content, path: &BezPath) {
    let (mut last, mut start) = (Default::default(), Default::default());
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                content.move_to(short(to.x), short(to.y));
                start = to;
            }
            PathEl::LineTo(to) => {
                content.line_to(short(to.x), short(to.y));
            }
            PathEl::QuadTo(by, to) => {
                let (one, two) = (by.lerp(last, 1.0 / 3.0), by.lerp(to, 1.0 / 3.0));
                curve(content, one, two, to);
            }
            PathEl::CurveTo(one, two, to) => curve(content, one, two, to),
            PathEl::ClosePath => {
                content.close_path();
            }
        }
        last = element.end_point().unwrap_or(start);
    }
}

fn curve(
    content: &mut Content,
    one: hayro_interpret::kurbo::Point,
    two: hayro_interpret::kurbo::Point,
    to: hayro_interpret::kurbo::Point,
) {
    content.cubic_to(
        short(one.x),
        short(one.y),
        short(two.x),
        short(two.y),
        short(to.x),
        short(to.y),
    );
}
