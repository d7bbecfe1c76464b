//! A page as a picture to mark areas on: SVG of what was recorded, so that people see exactly what
//! would be drawn again. Holds shapes and points only, no text, link or script of the file.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hayro_interpret::kurbo::{Affine, Cap, Join};
use hayro_interpret::{BlendMode, FillRule, StrokeProps};

use super::picture::Picture;
use super::record::{Colour, Glyph, Ink, Look, Op, Page};
use crate::{Deadline, ReadError};

/// Pictures are shown with no more points on a side.
const MOST_POINTS: u32 = 1800;

/// The page as SVG, as wide and as high in points as it is shown.
pub(super) fn svg(page: &Page, clock: &Deadline) -> Result<String, ReadError> {
    let mut drawing = Drawing {
        page,
        clock,
        defs: String::new(),
        outlines: BTreeMap::new(),
        pictures: BTreeMap::new(),
        masks: BTreeMap::new(),
        n_clips: 0,
    };
    let mut body = String::new();
    drawing.ops(&page.ops, &mut body)?;
    let (width, height) = (page.width, page.height);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\"><rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\
         <defs>{}</defs>{body}</svg>",
        drawing.defs
    ))
}

struct Drawing<'p> {
    page: &'p Page,
    clock: &'p Deadline,
    /// Outlines, clips, pictures and masks that are drawn by their names.
    defs: String,
    /// Numbers of the outlines of characters.
    outlines: BTreeMap<u128, usize>,
    pictures: BTreeMap<usize, String>,
    masks: BTreeMap<usize, String>,
    n_clips: usize,
}

const INFALLIBLE: &str = "a string takes every text";

impl Drawing<'_> {
    fn ops(&mut self, ops: &[Op], to: &mut String) -> Result<(), ReadError> {
        let mut n_open = 0;
        for op in ops {
            self.clock.check()?;
            match op {
                Op::Clip { path, rule } => {
                    self.n_clips += 1;
                    n_open += 1;
                    let (name, rule) = (self.n_clips, named(*rule));
                    let shape = path.to_svg();
                    write!(self.defs, "<clipPath id=\"c{name}\"><path clip-rule=\"{rule}\" d=\"{shape}\"/></clipPath>").expect(INFALLIBLE);
                    write!(to, "<g clip-path=\"url(#c{name})\">").expect(INFALLIBLE);
                }
                Op::Unclip if 0 < n_open => {
                    n_open -= 1;
                    to.push_str("</g>");
                }
                Op::Unclip => {}
                _ => self.op(op, to)?,
            }
        }
        to.push_str(&"</g>".repeat(n_open));
        Ok(())
    }

    fn op(&mut self, op: &Op, to: &mut String) -> Result<(), ReadError> {
        match op {
            Op::Fill { path, rule, colour, look } => {
                let look = self.look(*look)?;
                let (shape, rule, colour) = (path.to_svg(), named(*rule), hex(*colour));
                write!(to, "<path{look} fill=\"{colour}\" fill-rule=\"{rule}\" d=\"{shape}\"/>")
                    .expect(INFALLIBLE);
            }
            Op::Stroke { path, transform, stroke, colour, look } => {
                let (look, pen) = (self.look(*look)?, pen(stroke));
                let (shape, colour, at) = (path.to_svg(), hex(*colour), matrix(*transform));
                write!(
                    to,
                    "<path{look}{at}{pen} fill=\"none\" stroke=\"{colour}\" d=\"{shape}\"/>"
                )
                .expect(INFALLIBLE);
            }
            Op::Glyph(index) => self.glyph(&self.page.glyphs[*index], to)?,
            Op::Picture { picture, transform, look } => {
                let (look, at) = (self.look(*look)?, matrix(*transform));
                let picture = &self.page.pictures[*picture];
                let (width, height) = (picture.width, picture.height);
                let data = self.data(picture);
                write!(
                    to,
                    "<image{look}{at} width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" href=\"{data}\"/>"
                )
                .expect(INFALLIBLE);
            }
            Op::Group { ops, look } => {
                let look = self.look(*look)?;
                write!(to, "<g{look}>").expect(INFALLIBLE);
                self.ops(ops, to)?;
                to.push_str("</g>");
            }
            Op::Clip { .. } | Op::Unclip => {}
        }
        Ok(())
    }

    fn glyph(&mut self, glyph: &Glyph, to: &mut String) -> Result<(), ReadError> {
        match &glyph.ink {
            Ink::Ops(ops) => self.ops(ops, to),
            Ink::Outline { outline, colour, look } => {
                let next = self.outlines.len();
                let name = *self.outlines.entry(glyph.key).or_insert(next);
                if name == next {
                    write!(self.defs, "<path id=\"g{name}\" d=\"{}\"/>", outline.to_svg())
                        .expect(INFALLIBLE);
                }
                let (look, at, colour) = (self.look(*look)?, matrix(glyph.transform), hex(*colour));
                write!(to, "<use{look}{at} fill=\"{colour}\" href=\"#g{name}\"/>")
                    .expect(INFALLIBLE);
                Ok(())
            }
        }
    }

    /// The attributes of a look, if it is more than plain.
    fn look(&mut self, look: Look) -> Result<String, ReadError> {
        let mut text = String::new();
        if look.alpha < 1.0 {
            write!(text, " opacity=\"{}\"", look.alpha).expect(INFALLIBLE);
        }
        if look.blend != BlendMode::Normal {
            // What is laid over must not hide what it only tints.
            text.push_str(" style=\"mix-blend-mode:multiply\"");
        }
        if let Some(index) = look.mask {
            let name = self.mask(index)?;
            write!(text, " mask=\"url(#{name})\"").expect(INFALLIBLE);
        }
        Ok(text)
    }

    fn mask(&mut self, index: usize) -> Result<String, ReadError> {
        if let Some(known) = self.masks.get(&index) {
            return Ok(known.clone());
        }
        let name = format!("m{index}");
        // Noted before it is drawn: a mask within itself ends here.
        self.masks.insert(index, name.clone());
        let mask = &self.page.masks[index];
        let kind = if mask.is_luminosity { "luminance" } else { "alpha" };
        let mut body = String::new();
        self.ops(&mask.ops, &mut body)?;
        write!(
            self.defs,
            "<mask id=\"{name}\" mask-type=\"{kind}\" maskUnits=\"userSpaceOnUse\" x=\"0\" y=\"0\" \
             width=\"{}\" height=\"{}\"><rect width=\"100%\" height=\"100%\" fill=\"{}\"/>{body}</mask>",
            self.page.width,
            self.page.height,
            if mask.is_luminosity { hex(mask.backdrop) } else { "none".to_owned() },
        )
        .expect(INFALLIBLE);
        Ok(name)
    }

    /// A picture as PNG in an address of its own; the same picture once.
    fn data(&mut self, picture: &std::rc::Rc<Picture>) -> String {
        let address = std::rc::Rc::as_ptr(picture).addr();
        let data = || format!("data:image/png;base64,{}", STANDARD.encode(png(picture)));
        self.pictures.entry(address).or_insert_with(data).clone()
    }
}

/// The picture as PNG, made smaller where it is larger than anybody can see on a page.
fn png(picture: &Picture) -> Vec<u8> {
    const IN_MEMORY: &str = "memory takes every byte, and the points are as many as said";
    let step = picture.width.max(picture.height).div_ceil(MOST_POINTS).max(1) as usize;
    let n_colours = if picture.is_grey { 1 } else { 3 };
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (across, down) = (width / step, height / step);
    let mut points = Vec::with_capacity(across * down * 4);
    for y in 0..down {
        for x in 0..across {
            let mean = |all: &[u8], n_parts: usize, part: usize| {
                let rows = (0..step).map(|row| ((y * step + row) * width + x * step) * n_parts);
                let places =
                    rows.flat_map(|row| (0..step).map(move |at| row + at * n_parts + part));
                let sum: usize =
                    places.map(|at| usize::from(all.get(at).copied().unwrap_or(255))).sum();
                (sum / (step * step)) as u8
            };
            for part in 0..3 {
                points.push(mean(&picture.points, n_colours, part.min(n_colours - 1)));
            }
            points.push(picture.alpha.as_ref().map_or(255, |alpha| mean(alpha, 1, 0)));
        }
    }
    let mut file = Vec::new();
    let (across, down) = (across as u32, down as u32);
    let mut encoder = png::Encoder::new(&mut file, across.max(1), down.max(1));
    encoder.set_color(png::ColorType::Rgba);
    points.resize((across.max(1) * down.max(1) * 4) as usize, 255);
    let mut writer = encoder.write_header().expect(IN_MEMORY);
    writer.write_image_data(&points).expect(IN_MEMORY);
    writer.finish().expect(IN_MEMORY);
    file
}

fn named(rule: FillRule) -> &'static str {
    match rule {
        FillRule::NonZero => "nonzero",
        FillRule::EvenOdd => "evenodd",
    }
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn matrix(transform: Affine) -> String {
    let [a, b, c, d, e, f] = transform.as_coeffs();
    format!(" transform=\"matrix({a} {b} {c} {d} {e} {f})\"")
}

fn pen(stroke: &StrokeProps) -> String {
    let cap = match stroke.line_cap {
        Cap::Butt => "butt",
        Cap::Round => "round",
        Cap::Square => "square",
    };
    let join = match stroke.line_join {
        Join::Miter => "miter",
        Join::Round => "round",
        Join::Bevel => "bevel",
    };
    let dashes: Vec<String> = stroke.dash_array.iter().map(ToString::to_string).collect();
    let dashes = match dashes.is_empty() {
        true => String::new(),
        false => format!(
            " stroke-dasharray=\"{}\" stroke-dashoffset=\"{}\"",
            dashes.join(" "),
            stroke.dash_offset
        ),
    };
    format!(
        " stroke-width=\"{}\" stroke-linecap=\"{cap}\" stroke-linejoin=\"{join}\"{dashes}",
        stroke.line_width.max(0.1)
    )
}
