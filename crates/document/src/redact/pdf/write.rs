//! The new file: pages of what stays, and nothing that was not drawn.

use std::collections::BTreeMap;
use std::io::Write;
use std::rc::Rc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_interpret::kurbo::{Affine, Cap, Join};
use hayro_interpret::{BlendMode, FillRule, StrokeProps};
use pdf_writer::types::{self, LineCapStyle, LineJoinStyle, MaskType};
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};

use super::fonts::{self, Fonts};
use super::picture::Picture;
use super::record::{Colour, Glyph, Ink, Look, Op, Page};
use crate::{Deadline, ReadError};

/// A number with three places: no run of its figures is long enough to be a number of anybody.
pub(super) fn short(length: f64) -> f32 {
    (length.clamp(-99_999.0, 99_999.0) * 1000.0).round() as f32 / 1000.0
}

/// A part of a transform, finer.
fn fine(part: f64) -> f32 {
    (part.clamp(-99_999.0, 99_999.0) * 1_000_000.0).round() as f32 / 1_000_000.0
}

/// Deflated.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    const INFALLIBLE: &str = "memory takes every byte";
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect(INFALLIBLE);
    encoder.finish().expect(INFALLIBLE)
}

/// Writes the file.
pub(super) fn document(pages: &[Page], clock: &Deadline) -> Result<Vec<u8>, ReadError> {
    let mut next_number = 0;
    let mut next = || {
        next_number += 1;
        Ref::new(next_number)
    };
    let (catalog, tree, resources) = (next(), next(), next());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let mut writer = Writer {
        chunk: Chunk::new(),
        next: &mut next,
        fonts: Fonts::default(),
        pictures: BTreeMap::new(),
        kept: Vec::new(),
        x_objects: Vec::new(),
        states: Vec::new(),
        resources,
    };
    let mut kids = Vec::new();
    for page in pages {
        clock.check()?;
        kids.push(writer.page(page, tree));
    }
    writer.write_resources();
    let chunk = writer.chunk;
    pdf.pages(tree).count(kids.len() as i32).kids(kids);
    pdf.extend(&chunk);
    Ok(pdf.finish())
}

struct Writer<'n, N: FnMut() -> Ref> {
    chunk: Chunk,
    next: &'n mut N,
    fonts: Fonts,
    /// Pictures by where they are in memory; `kept` holds them there.
    pictures: BTreeMap<usize, usize>,
    kept: Vec<Rc<Picture>>,
    x_objects: Vec<Ref>,
    states: Vec<((Look, Option<Ref>), Ref)>,
    resources: Ref,
}

/// The content of a page or of a group as it grows.
struct Sheet<'p> {
    page: &'p Page,
    content: Content,
    /// The colour that is set, where it is known.
    fill: Option<Colour>,
    n_clips: usize,
    /// Masks of the page that are written, by their numbers.
    masks: BTreeMap<usize, Ref>,
}

impl Sheet<'_> {
    fn save(&mut self) {
        self.content.save_state();
    }

    fn restore(&mut self) {
        self.content.restore_state();
        self.fill = None;
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            let [red, green, blue] = colour.map(|part| short(f64::from(part) / 255.0));
            if red == green && green == blue {
                self.content.set_fill_gray(red);
            } else {
                self.content.set_fill_rgb(red, green, blue);
            }
            self.fill = Some(colour);
        }
    }
}

const PLAIN: Look = Look { alpha: 1.0, blend: BlendMode::Normal, mask: None };

impl<N: FnMut() -> Ref> Writer<'_, N> {
    fn page(&mut self, page: &Page, tree: Ref) -> Ref {
        let (id, content_id) = ((self.next)(), (self.next)());
        let mut sheet =
            Sheet { page, content: Content::new(), fill: None, n_clips: 0, masks: BTreeMap::new() };
        sheet.content.transform([1.0, 0.0, 0.0, -1.0, 0.0, short(page.height)]);
        self.ops(&page.ops, &mut sheet);
        sheet.fill = None;
        for each in &page.boxes {
            sheet.fill([0, 0, 0]);
            sheet.content.rect(
                short(each.x0),
                short(each.y0),
                short(each.width()),
                short(each.height()),
            );
            sheet.content.fill_nonzero();
        }
        let data = packed(sheet.content.finish().as_slice());
        self.chunk.stream(content_id, &data).filter(Filter::FlateDecode);
        let mut written = self.chunk.page(id);
        written.parent(tree).contents(content_id);
        written.media_box(Rect::new(0.0, 0.0, short(page.width), short(page.height)));
        written.pair(Name(b"Resources"), self.resources);
        written.finish();
        id
    }

    fn ops(&mut self, ops: &[Op], sheet: &mut Sheet<'_>) {
        let outer = std::mem::take(&mut sheet.n_clips);
        ops.iter().for_each(|op| self.op(op, sheet));
        for _ in 0..std::mem::replace(&mut sheet.n_clips, outer) {
            sheet.restore();
        }
    }

    fn op(&mut self, op: &Op, sheet: &mut Sheet<'_>) {
        match op {
            Op::Fill { path, rule, colour, look } => {
                self.with(look, sheet, |_, sheet| {
                    sheet.fill(*colour);
                    fonts::path(&mut sheet.content, path);
                    match rule {
                        FillRule::NonZero => sheet.content.fill_nonzero(),
                        FillRule::EvenOdd => sheet.content.fill_even_odd(),
                    };
                });
            }
            Op::Stroke { path, transform, stroke, colour, look } => {
                self.with(look, sheet, |_, sheet| {
                    sheet.save();
                    sheet.content.transform(matrix(*transform));
                    pen(&mut sheet.content, stroke, *colour);
                    fonts::path(&mut sheet.content, path);
                    sheet.content.stroke();
                    sheet.restore();
                });
            }
            Op::Glyph(index) => self.glyph(&sheet.page.glyphs[*index], sheet),
            Op::Picture { picture, transform, look } => {
                let picture = Rc::clone(&sheet.page.pictures[*picture]);
                let (width, height) = (f64::from(picture.width), f64::from(picture.height));
                let name = self.picture(picture);
                let upright = Affine::new([width, 0.0, 0.0, -height, 0.0, height]);
                self.with(look, sheet, |_, sheet| {
                    sheet.save();
                    sheet.content.transform(matrix(*transform * upright));
                    sheet.content.x_object(Name(name.as_bytes()));
                    sheet.restore();
                });
            }
            Op::Clip { path, rule } => {
                sheet.save();
                sheet.n_clips += 1;
                if path.elements().is_empty() {
                    sheet.content.rect(0.0, 0.0, 0.0, 0.0);
                }
                fonts::path(&mut sheet.content, path);
                match rule {
                    FillRule::NonZero => sheet.content.clip_nonzero(),
                    FillRule::EvenOdd => sheet.content.clip_even_odd(),
                };
                sheet.content.end_path();
            }
            Op::Unclip if 0 < sheet.n_clips => {
                sheet.n_clips -= 1;
                sheet.restore();
            }
            Op::Unclip => {}
            Op::Group { ops, look } => {
                let name = self.group(ops, sheet, false).0;
                self.with(look, sheet, |_, sheet| {
                    sheet.content.x_object(Name(name.as_bytes()));
                });
            }
        }
    }

    /// Draws under a look, if it is more than plain.
    fn with(
        &mut self,
        look: &Look,
        sheet: &mut Sheet<'_>,
        draw: impl FnOnce(&mut Self, &mut Sheet<'_>),
    ) {
        if *look == PLAIN {
            return draw(self, sheet);
        }
        let name = self.state(*look, sheet);
        sheet.save();
        sheet.content.set_parameters(Name(name.as_bytes()));
        draw(self, sheet);
        sheet.restore();
    }

    fn glyph(&mut self, glyph: &Glyph, sheet: &mut Sheet<'_>) {
        if glyph.goes {
            return;
        }
        let (font, code) = self.fonts.code(glyph);
        let look = match &glyph.ink {
            Ink::Outline { look, .. } => *look,
            Ink::Ops(ops) => {
                self.ops(ops, sheet);
                PLAIN
            }
        };
        // Without outline and text there is nothing to show.
        if matches!(glyph.ink, Ink::Ops(_)) && glyph.text.is_empty() {
            return;
        }
        let matrix = matrix(glyph.transform * Affine::scale(1000.0));
        self.with(&look, sheet, |_, sheet| {
            if let Ink::Outline { colour, .. } = &glyph.ink {
                sheet.fill(*colour);
            }
            let name = Fonts::name(font);
            sheet.content.begin_text().set_font(Name(name.as_bytes()), 1.0);
            sheet.content.set_text_matrix(matrix).show(Str(&[code])).end_text();
        });
    }

    /// Writes things as a group of their own; gives its name and its reference.
    fn group(&mut self, ops: &[Op], outer: &mut Sheet<'_>, is_luminosity: bool) -> (String, Ref) {
        let mut sheet = Sheet {
            page: outer.page,
            content: Content::new(),
            fill: None,
            n_clips: 0,
            masks: std::mem::take(&mut outer.masks),
        };
        self.ops(ops, &mut sheet);
        outer.masks = sheet.masks;
        let data = packed(sheet.content.finish().as_slice());
        let id = (self.next)();
        let mut form = self.chunk.form_xobject(id, &data);
        form.filter(Filter::FlateDecode);
        form.bbox(Rect::new(0.0, 0.0, short(outer.page.width), short(outer.page.height)));
        form.pair(Name(b"Resources"), self.resources);
        let mut group = form.group();
        group.transparency().isolated(true);
        if is_luminosity {
            group.color_space().device_rgb();
        }
        group.finish();
        form.finish();
        self.x_objects.push(id);
        (format!("X{}", self.x_objects.len() - 1), id)
    }

    fn state(&mut self, look: Look, sheet: &mut Sheet<'_>) -> String {
        let mask = look.mask.map(|mask| self.mask(mask, sheet));
        let known = self.states.iter().position(|(key, _)| *key == (look, mask));
        if let Some(known) = known {
            return format!("S{known}");
        }
        let id = (self.next)();
        let mut state = self.chunk.ext_graphics(id);
        let alpha = short(f64::from(look.alpha));
        state.stroking_alpha(alpha).non_stroking_alpha(alpha).blend_mode(blend(look.blend));
        if let Some((mask, index)) = mask.zip(look.mask) {
            let of_page = &sheet.page.masks[index];
            let mut written = state.soft_mask();
            written.group(mask);
            if of_page.is_luminosity {
                written.subtype(MaskType::Luminosity);
                written.backdrop(of_page.backdrop.map(|part| short(f64::from(part) / 255.0)));
            } else {
                written.subtype(MaskType::Alpha);
            }
        }
        state.finish();
        self.states.push(((look, mask), id));
        format!("S{}", self.states.len() - 1)
    }

    fn mask(&mut self, index: usize, sheet: &mut Sheet<'_>) -> Ref {
        if let Some(known) = sheet.masks.get(&index) {
            return *known;
        }
        let page = sheet.page;
        let (_, id) = self.group(&page.masks[index].ops, sheet, page.masks[index].is_luminosity);
        sheet.masks.insert(index, id);
        id
    }

    fn picture(&mut self, picture: Rc<Picture>) -> String {
        let address = Rc::as_ptr(&picture).addr();
        if let Some(known) = self.pictures.get(&address) {
            return format!("X{known}");
        }
        let id = (self.next)();
        let (width, height) = (picture.width as i32, picture.height as i32);
        let soft = picture.alpha.as_ref().map(|alpha| {
            let soft = (self.next)();
            let data = packed(alpha);
            let mut image = self.chunk.image_xobject(soft, &data);
            image.filter(Filter::FlateDecode);
            image.width(width).height(height).bits_per_component(8);
            image.color_space().device_gray();
            soft
        });
        let data = packed(&picture.points);
        let mut image = self.chunk.image_xobject(id, &data);
        image.filter(Filter::FlateDecode);
        image.width(width).height(height).bits_per_component(8);
        if picture.is_grey {
            image.color_space().device_gray();
        } else {
            image.color_space().device_rgb();
        }
        if let Some(soft) = soft {
            image.s_mask(soft);
        }
        image.finish();
        self.x_objects.push(id);
        self.pictures.insert(address, self.x_objects.len() - 1);
        self.kept.push(picture);
        format!("X{}", self.x_objects.len() - 1)
    }

    /// One dictionary for all pages: it names what they show and nothing else.
    fn write_resources(&mut self) {
        let fonts = self.fonts.write(&mut self.chunk, &mut *self.next);
        let mut resources = self.chunk.indirect(self.resources).dict();
        let mut written = resources.insert(Name(b"Font")).dict();
        for (index, id) in fonts.iter().enumerate() {
            written.pair(Name(Fonts::name(index).as_bytes()), *id);
        }
        written.finish();
        let mut written = resources.insert(Name(b"XObject")).dict();
        for (index, id) in self.x_objects.iter().enumerate() {
            written.pair(Name(format!("X{index}").as_bytes()), *id);
        }
        written.finish();
        let mut written = resources.insert(Name(b"ExtGState")).dict();
        for (index, (_, id)) in self.states.iter().enumerate() {
            written.pair(Name(format!("S{index}").as_bytes()), *id);
        }
        written.finish();
        resources.finish();
    }
}

fn matrix(transform: Affine) -> [f32; 6] {
    let [a, b, c, d, e, f] = transform.as_coeffs();
    [fine(a), fine(b), fine(c), fine(d), short(e), short(f)]
}

fn pen(content: &mut Content, stroke: &StrokeProps, colour: Colour) {
    let [red, green, blue] = colour.map(|part| short(f64::from(part) / 255.0));
    content.set_stroke_rgb(red, green, blue).set_line_width(short(f64::from(stroke.line_width)));
    content.set_line_cap(match stroke.line_cap {
        Cap::Butt => LineCapStyle::ButtCap,
        Cap::Round => LineCapStyle::RoundCap,
        Cap::Square => LineCapStyle::ProjectingSquareCap,
    });
    content.set_line_join(match stroke.line_join {
        Join::Miter => LineJoinStyle::MiterJoin,
        Join::Round => LineJoinStyle::RoundJoin,
        Join::Bevel => LineJoinStyle::BevelJoin,
    });
    content.set_miter_limit(short(f64::from(stroke.miter_limit)));
    let dashes = stroke.dash_array.iter().map(|dash| short(f64::from(*dash)));
    content.set_dash_pattern(dashes, short(f64::from(stroke.dash_offset)));
}

fn blend(mode: BlendMode) -> types::BlendMode {
    match mode {
        BlendMode::Normal => types::BlendMode::Normal,
        BlendMode::Multiply => types::BlendMode::Multiply,
        BlendMode::Screen => types::BlendMode::Screen,
        BlendMode::Overlay => types::BlendMode::Overlay,
        BlendMode::Darken => types::BlendMode::Darken,
        BlendMode::Lighten => types::BlendMode::Lighten,
        BlendMode::ColorDodge => types::BlendMode::ColorDodge,
        BlendMode::ColorBurn => types::BlendMode::ColorBurn,
        BlendMode::HardLight => types::BlendMode::HardLight,
        BlendMode::SoftLight => types::BlendMode::SoftLight,
        BlendMode::Difference => types::BlendMode::Difference,
        BlendMode::Exclusion => types::BlendMode::Exclusion,
        BlendMode::Hue => types::BlendMode::Hue,
        BlendMode::Saturation => types::BlendMode::Saturation,
        BlendMode::Color => types::BlendMode::Color,
        BlendMode::Luminosity => types::BlendMode::Luminosity,
    }
}
