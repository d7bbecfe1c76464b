//! What is drawn on one page, recorded to be drawn again; nothing is decided here.
//!
//! Lengths are points; x grows to the right, y grows downwards from the upper edge as shown.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro_interpret::font::{Glyph as Drawn, GlyphRun, Type3Glyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::pattern::Pattern;
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, DrawMode, DrawProps, FillRule, Image,
    ImageDrawProps, InterpreterCache, InterpreterSettings, InterpreterWarning, MaskType, Paint,
    SoftMask, StrokeProps, TransformExt, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page as Source;

use super::picture::Picture;
use crate::pdf::{stop, stopped_or_broken};
use crate::redact::Refusal;
use crate::{Deadline, ReadError};

/// A page as it was drawn.
pub(in crate::redact) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) ops: Vec<Op>,
    pub(in crate::redact) glyphs: Vec<Glyph>,
    pub(super) pictures: Vec<Rc<Picture>>,
    pub(super) masks: Vec<Mask>,
    pub(super) has_picture: bool,
    /// Boxes that stand where words went.
    pub(super) boxes: Vec<Rect>,
    /// What cannot be drawn again, in Chinese.
    pub(super) faults: Vec<&'static str>,
}

impl Page {
    pub(super) fn bounds(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width, self.height)
    }

    /// The points of every picture.
    #[cfg(test)]
    pub(in crate::redact) fn points_of_pictures(&self) -> Vec<&[u8]> {
        self.pictures.iter().map(|picture| picture.points.as_slice()).collect()
    }
}

/// How something is laid over what is there.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Look {
    pub(super) alpha: f32,
    pub(super) blend: BlendMode,
    /// A mask of the page.
    pub(super) mask: Option<usize>,
}

/// A colour, in parts of 255.
pub(super) type Colour = [u8; 3];

/// One thing that is drawn.
pub(super) enum Op {
    Fill {
        path: BezPath,
        rule: FillRule,
        colour: Colour,
        look: Look,
    },
    Stroke {
        path: BezPath,
        transform: Affine,
        stroke: StrokeProps,
        colour: Colour,
        look: Look,
    },
    /// A character of the page, by its number.
    Glyph(usize),
    /// A picture of the page, by its number.
    Picture {
        picture: usize,
        transform: Affine,
        look: Look,
    },
    Clip {
        path: BezPath,
        rule: FillRule,
    },
    Unclip,
    Group {
        ops: Vec<Op>,
        look: Look,
    },
}

/// A character.
pub(in crate::redact) struct Glyph {
    /// What it says; empty when that is not known.
    pub(in crate::redact) text: String,
    /// From thousandths of its size to the page.
    pub(super) transform: Affine,
    /// In thousandths of its size.
    pub(super) advance: f64,
    /// What it covers on the page.
    pub(super) bounds: Rect,
    /// The same by its size alone, whatever its outline.
    pub(super) place: Rect,
    pub(super) ink: Ink,
    /// Which outline it is, among all of the file.
    pub(super) key: u128,
    pub(super) is_unknown: bool,
    /// Whether it should be seen and has no outline.
    pub(super) is_blank: bool,
    /// Whether it is to go.
    pub(super) goes: bool,
}

/// How a character is drawn.
pub(super) enum Ink {
    Outline {
        outline: BezPath,
        colour: Colour,
        look: Look,
    },
    /// By other things, or by nothing.
    Ops(Vec<Op>),
}

impl Glyph {
    pub(super) fn origin(&self) -> Point {
        self.transform * Point::ZERO
    }

    /// Its size on the page.
    pub(super) fn size(&self) -> f64 {
        (self.transform * Point::new(0.0, 1000.0) - self.origin()).hypot()
    }
}

/// A mask.
pub(super) struct Mask {
    pub(super) ops: Vec<Op>,
    pub(super) is_luminosity: bool,
    pub(super) backdrop: Colour,
}

/// Records one page.
pub(in crate::redact) fn page<'a>(
    pdf: &'a Pdf,
    source: &Source<'a>,
    cache: &InterpreterCache<'a>,
    room: &mut u64,
    clock: &Deadline,
) -> Result<Page, Refusal> {
    let (width, height) = source.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let bounds = Rect::new(0.0, 0.0, width, height);
    let lost_picture = Arc::new(AtomicBool::new(false));
    let lost = Arc::clone(&lost_picture);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            // A font that could not be loaded shows by its blank characters.
            if matches!(warning, InterpreterWarning::ImageDecodeFailure) {
                lost.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let mut recorder = Recorder::new(bounds, *room, *clock);
    let interpreted = catch_unwind(AssertUnwindSafe(|| {
        let transform = source.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bounds, cache, pdf.xref(), settings);
        interpret_page(source, &mut context, &mut recorder);
    }));
    interpreted.map_err(stopped_or_broken)?;
    *room = recorder.room;
    if lost_picture.load(Ordering::Relaxed) {
        recorder.faults.push("有图片不能解码");
    }
    let ops = recorder.open.drain(..).flat_map(|open| open.ops).collect();
    let (glyphs, pictures) = (recorder.glyphs, recorder.pictures);
    let (masks, faults) = (recorder.masks, recorder.faults);
    let has_picture = !pictures.is_empty();
    let boxes = Vec::new();
    Ok(Page { width, height, ops, glyphs, pictures, masks, has_picture, boxes, faults })
}

struct Open {
    ops: Vec<Op>,
    look: Look,
}

pub(super) struct Recorder {
    open: Vec<Open>,
    glyphs: Vec<Glyph>,
    pictures: Vec<Rc<Picture>>,
    pub(super) known_pictures: BTreeMap<u128, Rc<Picture>>,
    masks: Vec<Mask>,
    known_masks: BTreeMap<u128, usize>,
    faults: Vec<&'static str>,
    /// What can be seen where clips are open, the page first.
    seen: Vec<Rect>,
    /// Bytes that may still be recorded.
    room: u64,
    pub(super) clock: Deadline,
    n_calls: u32,
}

const PLAIN: Look = Look { alpha: 1.0, blend: BlendMode::Normal, mask: None };

impl Recorder {
    fn new(bounds: Rect, room: u64, clock: Deadline) -> Self {
        Self {
            open: vec![Open { ops: Vec::new(), look: PLAIN }],
            glyphs: Vec::new(),
            pictures: Vec::new(),
            known_pictures: BTreeMap::new(),
            masks: Vec::new(),
            known_masks: BTreeMap::new(),
            faults: Vec::new(),
            seen: vec![bounds],
            room,
            clock,
            n_calls: 0,
        }
    }

    fn tick(&mut self) {
        self.n_calls += 1;
        if self.n_calls.is_multiple_of(256) {
            self.clock.check().unwrap_or_else(|error| stop(error));
        }
    }

    /// Takes room for so many bytes.
    pub(super) fn take(&mut self, n_bytes: u64) {
        match self.room.checked_sub(n_bytes) {
            Some(room) => self.room = room,
            None => stop(ReadError::Limit {
                name: "expanded-bytes",
                what: "展开后的大小（字节）",
                bound: self.room,
                actual: n_bytes,
            }),
        }
    }

    fn push(&mut self, op: Op) {
        self.take(size_of::<Op>() as u64);
        self.open.last_mut().expect("the page is open").ops.push(op);
    }

    fn seen(&self) -> Rect {
        *self.seen.last().expect("the page is seen")
    }

    pub(super) fn fault(&mut self, fault: &'static str) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// Records what `draw` draws, apart from the rest.
    fn apart(&mut self, draw: impl FnOnce(&mut Self)) -> Vec<Op> {
        let (n_open, n_seen) = (self.open.len(), self.seen.len());
        self.open.push(Open { ops: Vec::new(), look: PLAIN });
        draw(self);
        self.seen.truncate(n_seen);
        self.open.drain(n_open..).flat_map(|open| open.ops).collect()
    }

    fn mask<'a>(&mut self, mask: Option<SoftMask<'a>>) -> Option<usize> {
        let mask = mask?;
        let key = mask.cache_key();
        if let Some(known) = self.known_masks.get(&key) {
            return Some(*known);
        }
        if mask.transfer_function().is_some() {
            self.fault("有不能照样重画的蒙版");
        }
        let ops = self.apart(|recorder| mask.interpret(recorder));
        let is_luminosity = mask.mask_type() == MaskType::Luminosity;
        let [red, green, blue, _] = mask.background_color().to_rgba().to_rgba8();
        self.masks.push(Mask { ops, is_luminosity, backdrop: [red, green, blue] });
        self.known_masks.insert(key, self.masks.len() - 1);
        Some(self.masks.len() - 1)
    }

    pub(super) fn colour(&mut self, paint: &Paint<'_>) -> Option<(Colour, f32)> {
        match paint {
            Paint::Color(colour) => {
                let rgba = colour.to_rgba();
                let [red, green, blue, _] = rgba.to_rgba8();
                Some(([red, green, blue], rgba.components()[3]))
            }
            Paint::Pattern(_) => None,
        }
    }

    fn fill<'a>(&mut self, path: BezPath, rule: FillRule, props: &DrawProps<'a>, look: Look) {
        if let Paint::Pattern(pattern) = &props.paint {
            return self.pattern(path, rule, pattern, look);
        }
        let Some((colour, alpha)) = self.colour(&props.paint) else { return };
        let look = Look { alpha: alpha * look.alpha, ..look };
        self.push(Op::Fill { path, rule, colour, look });
    }

    /// A shading as a picture of it, cut to the shape.
    fn pattern(&mut self, path: BezPath, rule: FillRule, pattern: &Pattern<'_>, look: Look) {
        let Pattern::Shading(shading) = pattern else {
            return self.fault("有图案填充，不能照样重画");
        };
        const SCALE: f32 = 2.0;
        let bounds = path.bounding_box().intersect(self.seen());
        if bounds.width() <= 0.0 || bounds.height() <= 0.0 {
            return;
        }
        let (width, height) = hayro_interpret::encode::texture_dimensions(bounds, SCALE);
        self.take(u64::from(width) * u64::from(height) * 4);
        let (mut points, mut alpha) = (Vec::new(), Vec::new());
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        let (.., transform) = shading.encode().sample_texture(bounds, SCALE, |rgba| {
            points.extend([byte(rgba[0]), byte(rgba[1]), byte(rgba[2])]);
            alpha.push(byte(rgba[3]));
        });
        let alpha = Some(alpha);
        let picture = Picture { width, height, points, is_grey: false, alpha };
        self.push(Op::Clip { path, rule });
        self.picture(Rc::new(picture), transform, look);
        self.push(Op::Unclip);
    }

    fn picture(&mut self, picture: Rc<Picture>, transform: Affine, look: Look) {
        self.pictures.push(picture);
        self.push(Op::Picture { picture: self.pictures.len() - 1, transform, look });
    }

    fn stroke(&mut self, path: &BezPath, props: &DrawProps<'_>, stroke: &StrokeProps, look: Look) {
        let (transform, stroke) = (props.transform, stroke.clone());
        let Some((colour, alpha)) = self.colour(&props.paint) else {
            return self.fault("有图案线条，不能照样重画");
        };
        let look = Look { alpha: alpha * look.alpha, ..look };
        self.push(Op::Stroke { path: path.clone(), transform, stroke, colour, look });
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode, look: Look) {
        self.take(size_of_val(path.elements()) as u64);
        match mode {
            DrawMode::Fill(rule) => self.fill(props.transform * path, *rule, props, look),
            DrawMode::Stroke(stroke) => self.stroke(path, props, stroke, look),
            DrawMode::FillAndStroke(rule, stroke) => {
                self.fill(props.transform * path, *rule, props, look);
                self.stroke(path, props, stroke, look);
            }
            DrawMode::Invisible => {}
        }
    }

    fn glyph<'a>(
        &mut self,
        glyph: &Drawn<'a>,
        own: Affine,
        props: &DrawProps<'a>,
        mode: &DrawMode,
        look: Look,
    ) {
        let transform = props.transform * own;
        let (advance, outline, key) = match glyph {
            Drawn::Outline(drawn) => {
                (drawn.advance_width(), drawn.outline(), drawn.identifier().cache_key())
            }
            Drawn::Type3(drawn) => (drawn.advance_width(), BezPath::new(), 0),
        };
        let advance = f64::from(advance.unwrap_or(500.0));
        let upright = Rect::new(0.0, -180.0, advance.max(1.0), 860.0);
        let place = transform.transform_rect_bbox(upright);
        let mut bounds = place;
        let has_ink = !outline.elements().is_empty();
        if has_ink {
            bounds = bounds.union((transform * &outline).bounding_box());
        }
        let is_finite = bounds.is_finite() && transform.is_finite();
        // What stands outside of the page or of what is cut out of it is not seen.
        if !is_finite || !bounds.overlaps(self.seen()) {
            return;
        }
        let (text, is_unknown) = text_of(glyph);
        self.take((size_of::<Glyph>() + size_of_val(outline.elements())) as u64);
        let ink = self.ink(glyph, &outline, own, props, mode, look);
        let is_drawn = matches!(mode, DrawMode::Fill(_) | DrawMode::Stroke(_));
        let is_outline = matches!(glyph, Drawn::Outline(_));
        let is_blank = is_drawn && is_outline && !has_ink && shows(&text);
        let is_unknown = is_unknown && !matches!(&ink, Ink::Ops(ops) if ops.is_empty());
        self.push(Op::Glyph(self.glyphs.len()));
        let goes = false;
        self.glyphs.push(Glyph {
            text,
            transform,
            advance,
            bounds,
            place,
            ink,
            key,
            is_unknown,
            is_blank,
            goes,
        });
    }

    fn ink<'a>(
        &mut self,
        glyph: &Drawn<'a>,
        outline: &BezPath,
        own: Affine,
        props: &DrawProps<'a>,
        mode: &DrawMode,
        look: Look,
    ) -> Ink {
        if matches!(mode, DrawMode::Invisible) {
            return Ink::Ops(Vec::new());
        }
        if let Drawn::Type3(drawn) = glyph {
            return Ink::Ops(self.apart(|recorder| recorder.drawn(drawn, own, props)));
        }
        if let (DrawMode::Fill(_), Some((colour, alpha))) = (mode, self.colour(&props.paint)) {
            let look = Look { alpha: alpha * look.alpha, ..look };
            return Ink::Outline { outline: outline.clone(), colour, look };
        }
        // The width of a line is one of the text, not of the outline.
        let outline = own * outline;
        Ink::Ops(self.apart(|recorder| recorder.path(&outline, props, mode, look)))
    }

    fn drawn<'a>(&mut self, drawn: &Type3Glyph<'a>, own: Affine, props: &DrawProps<'a>) {
        drawn.interpret(self, props.transform, own, &props.paint);
    }
}

fn text_of(glyph: &Drawn<'_>) -> (String, bool) {
    let text = match glyph.as_unicode() {
        Some(BfString::Char(character)) => character.to_string(),
        Some(BfString::String(text)) => text,
        None => return (String::new(), true),
    };
    let is_none = |c: char| c == '\u{FFFD}' || matches!(c, '\u{E000}'..='\u{F8FF}');
    let is_unknown = text.contains(is_none);
    (text, is_unknown)
}

/// Whether a text is seen when it is drawn.
fn shows(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
    })
}

impl<'a> Device<'a> for Recorder {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.tick();
        let mask = self.mask(props.soft_mask.clone());
        let look = Look { alpha: 1.0, blend: props.blend_mode, mask };
        self.path(path, &props, draw_mode, look);
    }

    fn draw_glyph_run(
        &mut self,
        glyph_run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        draw_mode: &DrawMode,
    ) {
        self.tick();
        let mask = self.mask(props.soft_mask.clone());
        let look = Look { alpha: 1.0, blend: props.blend_mode, mask };
        for glyph in glyph_run.glyphs() {
            self.glyph(glyph, glyph.transform(), &props, draw_mode, look);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.tick();
        let mask = self.mask(props.soft_mask.clone());
        let look = Look { alpha: 1.0, blend: props.blend_mode, mask };
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let Some(picture) = self.raster(&image) else {
            return self.fault("有图片不能解码");
        };
        // What was decoded may be of another size than was said.
        let (across, down) =
            (width / f64::from(picture.width.max(1)), height / f64::from(picture.height.max(1)));
        let transform = props.transform * Affine::scale_non_uniform(across, down);
        self.picture(picture, transform, look);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.tick();
        self.take(size_of_val(clip_path.path.elements()) as u64);
        let seen = self.seen().intersect(clip_path.path.bounding_box());
        self.seen.push(seen);
        self.push(Op::Clip { path: clip_path.path.clone(), rule: clip_path.fill });
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend_mode: BlendMode,
    ) {
        self.tick();
        let mask = self.mask(mask);
        let look = Look { alpha: opacity, blend: blend_mode, mask };
        self.open.push(Open { ops: Vec::new(), look });
    }

    fn pop_clip(&mut self) {
        if 1 < self.seen.len() {
            self.seen.pop();
            self.push(Op::Unclip);
        }
    }

    fn pop_transparency_group(&mut self) {
        if 1 < self.open.len()
            && let Some(Open { ops, look }) = self.open.pop()
        {
            if look == PLAIN {
                self.take(0);
                self.open.last_mut().expect("the page is open").ops.extend(ops);
            } else {
                self.push(Op::Group { ops, look });
            }
        }
    }
}
