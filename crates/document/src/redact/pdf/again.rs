//! The copy read again: that nothing of what stood in an area is left there. Decides nothing about
//! words; those are proved elsewhere.

use std::sync::Arc;

use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::record::{Glyph, Ink, Op, Page};
use super::wipe::{is_plain, pieces, reach};
use super::{recorded, rectangle, stands_in};
use crate::redact::{Area, Refusal};
use crate::{Deadline, Limits};

/// Refuses a copy in whose areas something stands.
pub(super) fn look(
    bytes: &[u8],
    areas: &[Area],
    limits: &Limits,
    clock: &Deadline,
) -> Result<(), Refusal> {
    if areas.is_empty() {
        return Ok(());
    }
    let pages = recorded(Arc::new(bytes.to_vec()), limits, clock)?;
    for area in areas {
        clock.check()?;
        if let Some(reason) = left(&pages[area.page as usize - 1], rectangle(area)) {
            const HINT: &str = "请把区域框得大一些再试";
            return Err(Refusal::Page { page: area.page, reason, hint: HINT });
        }
    }
    Ok(())
}

/// What is left in an area, in words.
fn left(page: &Page, area: Rect) -> Option<&'static str> {
    if page.glyphs.iter().any(|glyph| stands_in(area, glyph)) {
        return Some("遮盖后复查，区域里仍有字");
    }
    let mut seen = Seen { page, area, path: false, points: false, is_covered: false };
    seen.ops(&page.ops);
    for mask in &page.masks {
        seen.ops(&mask.ops);
    }
    match seen {
        Seen { points: true, .. } => Some("遮盖后复查，区域里的图片仍有内容"),
        Seen { path: true, .. } => Some("遮盖后复查，区域里仍有图形"),
        Seen { is_covered: false, .. } => Some("遮盖后复查，区域没有全部盖住"),
        _ => None,
    }
}

struct Seen<'p> {
    page: &'p Page,
    area: Rect,
    /// A drawing stands in the area that is no plain line or rectangle.
    path: bool,
    /// A picture has points in the area that are not black.
    points: bool,
    /// A black box covers the area.
    is_covered: bool,
}

impl Seen<'_> {
    fn ops(&mut self, ops: &[Op]) {
        for op in ops {
            match op {
                Op::Fill { path, colour, .. } => {
                    let shown = self.area.intersect(self.page.bounds());
                    let covers = path.bounding_box().inflate(0.01, 0.01).contains_rect(shown);
                    self.is_covered |= covers && *colour == [0, 0, 0] && is_plain(path);
                    self.path(path, Affine::IDENTITY, 0.0);
                }
                Op::Stroke { path, transform, stroke, .. } => {
                    self.path(path, *transform, reach(stroke, *transform));
                }
                Op::Picture { picture, transform, .. } => self.picture(*picture, *transform),
                Op::Group { ops, .. } => self.ops(ops),
                Op::Glyph(index) => self.glyph(&self.page.glyphs[*index]),
                Op::Clip { .. } | Op::Unclip => {}
            }
        }
    }

    fn glyph(&mut self, glyph: &Glyph) {
        if let Ink::Ops(ops) = &glyph.ink {
            self.ops(ops);
        }
    }

    fn path(&mut self, path: &BezPath, transform: Affine, reach: f64) {
        let inner = self.area.inflate(-HAIR, -HAIR);
        for piece in pieces(path) {
            let piece = transform * piece;
            let bounds = piece.bounding_box().inflate(reach, reach);
            self.path |= !is_plain(&piece) && overlaps(inner, bounds);
        }
    }

    fn picture(&mut self, index: usize, transform: Affine) {
        let picture = &self.page.pictures[index];
        let n_colours = if picture.is_grey { 1 } else { 3 };
        let width = picture.width as usize;
        let whole = Rect::new(0.0, 0.0, f64::from(picture.width), f64::from(picture.height));
        if !overlaps(self.area, transform.transform_rect_bbox(whole)) {
            return;
        }
        for y in 0..picture.height as usize {
            for x in 0..width {
                let point = transform * Point::new(x as f64 + 0.5, y as f64 + 0.5);
                if !self.area.contains(point) {
                    continue;
                }
                let at = y * width + x;
                let points = picture.points.get(at * n_colours..(at + 1) * n_colours);
                let is_clear =
                    picture.alpha.as_ref().is_some_and(|alpha| alpha.get(at) == Some(&0));
                self.points |=
                    !is_clear && points.is_some_and(|all| all.iter().any(|&part| part != 0));
            }
        }
    }
}

/// What is less than this, in points, is rounding.
const HAIR: f64 = 0.05;

fn overlaps(one: Rect, other: Rect) -> bool {
    one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1
}
