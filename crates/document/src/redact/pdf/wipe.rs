//! Points of pictures and pieces of drawings that stand where something is to go, or where nobody
//! sees them.
//!
//! Points under a box become black; points outside of the page, or cut off by a clip, white.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_interpret::StrokeProps;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::picture::Picture;
use super::record::{Ink, Op, Page};
use crate::{Deadline, ReadError};

/// Wipes a page; `boxes` stand where words went.
pub(super) fn page(
    page: &mut Page,
    areas: &[Rect],
    boxes: &[Rect],
    clock: &Deadline,
) -> Result<(), ReadError> {
    let bounds = page.bounds();
    let mut wiper = Wiper {
        areas,
        boxes,
        seen: vec![bounds],
        pictures: std::mem::take(&mut page.pictures),
        wiped: BTreeMap::new(),
        clock,
    };
    wiper.ops(&mut page.ops)?;
    for glyph in page.glyphs.iter_mut().filter(|glyph| !glyph.goes) {
        if let Ink::Ops(ops) = &mut glyph.ink {
            wiper.ops(ops)?;
        }
    }
    for mask in &mut page.masks {
        wiper.ops(&mut mask.ops)?;
    }
    page.pictures = wiper.pictures;
    Ok(())
}

struct Wiper<'a> {
    areas: &'a [Rect],
    boxes: &'a [Rect],
    seen: Vec<Rect>,
    pictures: Vec<Rc<Picture>>,
    /// Pictures that were wiped before, by where they are in memory and what of them went; before
    /// and after, so that an address stays that of its picture.
    wiped: BTreeMap<(usize, String), [Rc<Picture>; 2]>,
    clock: &'a Deadline,
}

impl Wiper<'_> {
    fn ops(&mut self, ops: &mut Vec<Op>) -> Result<(), ReadError> {
        let depth = self.seen.len();
        let mut kept = Vec::with_capacity(ops.len());
        for mut op in ops.drain(..) {
            let stays = match &mut op {
                Op::Fill { path, .. } => self.path(path, Affine::IDENTITY, 0.0),
                Op::Stroke { path, transform, stroke, .. } => {
                    self.path(path, *transform, reach(stroke, *transform))
                }
                Op::Clip { path, .. } => {
                    self.path(path, Affine::IDENTITY, 0.0);
                    let seen = *self.seen.last().expect("the page is seen");
                    self.seen.push(seen.intersect(path.bounding_box()));
                    true
                }
                Op::Unclip => {
                    let is_open = depth < self.seen.len();
                    if is_open {
                        self.seen.pop();
                    }
                    is_open
                }
                Op::Picture { picture, transform, .. } => {
                    self.picture(*picture, *transform)?;
                    true
                }
                Op::Group { ops, .. } => {
                    self.ops(ops)?;
                    true
                }
                Op::Glyph(_) => true,
            };
            if stays {
                kept.push(op);
            }
        }
        // A clip that nobody closed ends with what it stands in.
        while depth < self.seen.len() {
            self.seen.pop();
            kept.push(Op::Unclip);
        }
        *ops = kept;
        Ok(())
    }

    /// Takes the pieces of a path out that are to go; false when nothing is left. Its ink goes so far
    /// beyond it, in points.
    fn path(&self, path: &mut BezPath, transform: Affine, reach: f64) -> bool {
        if self.areas.is_empty() && self.boxes.is_empty() {
            return true;
        }
        let pieces = pieces(path);
        let n_before = pieces.len();
        let kept: Vec<BezPath> =
            pieces.into_iter().filter(|piece| !self.goes(&(transform * piece), reach)).collect();
        if kept.len() < n_before {
            *path = BezPath::from_vec(kept.iter().flat_map(|piece| piece.iter()).collect());
        }
        !kept.is_empty()
    }

    /// All that stands within a mark goes. Of what an area cuts, rulings and plain rectangles
    /// stay: they tell nothing, and a box is laid over them.
    fn goes(&self, piece: &BezPath, reach: f64) -> bool {
        let bounds = piece.bounding_box();
        let holds = |mark: &&Rect| {
            let mark = mark.inflate(0.5, 0.5);
            mark.contains_rect(bounds)
        };
        if self.areas.iter().chain(self.boxes).any(|mark| holds(&mark)) {
            return true;
        }
        let bounds = bounds.inflate(reach, reach);
        let is_cut = |area: &&Rect| {
            area.x0 < bounds.x1 && bounds.x0 < area.x1 && area.y0 < bounds.y1 && bounds.y0 < area.y1
        };
        self.areas.iter().any(|area| is_cut(&area)) && !is_plain(piece)
    }

    fn picture(&mut self, index: usize, transform: Affine) -> Result<(), ReadError> {
        self.clock.check()?;
        let picture = Rc::clone(&self.pictures[index]);
        let whole = Rect::new(0.0, 0.0, f64::from(picture.width), f64::from(picture.height));
        let bounds = transform.transform_rect_bbox(whole);
        let seen = *self.seen.last().expect("the page is seen");
        let marks: Vec<Rect> = self.areas.iter().chain(self.boxes).copied().collect();
        let marks: Vec<Rect> = marks.into_iter().filter(|mark| mark.overlaps(bounds)).collect();
        // A hair's breadth is no part that nobody sees.
        let is_all_seen = seen.inflate(0.5, 0.5).contains_rect(bounds);
        if marks.is_empty() && is_all_seen {
            return Ok(());
        }
        let key = (Rc::as_ptr(&picture).addr(), format!("{transform:?}{marks:?}{seen:?}"));
        if let Some([_, known]) = self.wiped.get(&key) {
            self.pictures[index] = Rc::clone(known);
            return Ok(());
        }
        let wiped = Rc::new(wiped(&picture, transform, &marks, seen, self.clock)?);
        self.wiped.insert(key, [picture, Rc::clone(&wiped)]);
        self.pictures[index] = wiped;
        Ok(())
    }
}

fn wiped(
    picture: &Picture,
    transform: Affine,
    marks: &[Rect],
    seen: Rect,
    clock: &Deadline,
) -> Result<Picture, ReadError> {
    let n_colours = if picture.is_grey { 1 } else { 3 };
    let mut points = picture.points.clone();
    let mut alpha = picture.alpha.clone();
    let width = picture.width as usize;
    for y in 0..picture.height as usize {
        clock.check()?;
        for x in 0..width {
            let point = transform * Point::new(x as f64 + 0.5, y as f64 + 0.5);
            let is_marked = marks.iter().any(|mark| near(*mark, transform).contains(point));
            if !is_marked && near(seen, transform).contains(point) {
                continue;
            }
            let index = y * width + x;
            let shade = if is_marked { 0 } else { 255 };
            if let Some(part) = points.get_mut(index * n_colours..(index + 1) * n_colours) {
                part.fill(shade);
            }
            if let Some(part) = alpha.as_mut().and_then(|alpha| alpha.get_mut(index)) {
                *part = if is_marked { 255 } else { 0 };
            }
        }
    }
    let (width, height, is_grey) = (picture.width, picture.height, picture.is_grey);
    Ok(Picture { width, height, points, is_grey, alpha })
}

/// How far the ink of a stroke goes beyond its path.
pub(super) fn reach(stroke: &StrokeProps, transform: Affine) -> f64 {
    f64::from(stroke.line_width) / 2.0 * transform.determinant().abs().sqrt()
}

/// A mark grown by the breadth of a point, so that none is left at its edge.
fn near(mark: Rect, transform: Affine) -> Rect {
    let breadth = transform.determinant().abs().sqrt();
    mark.inflate(breadth, breadth)
}

/// The pieces of a path, each beginning where a pen is set down.
pub(super) fn pieces(path: &BezPath) -> Vec<BezPath> {
    let mut pieces: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        match (element, pieces.last_mut()) {
            (PathEl::MoveTo(_), _) | (_, None) => {
                let at = element.end_point().unwrap_or_default();
                pieces.push(BezPath::from_vec(vec![PathEl::MoveTo(at)]));
            }
            (_, Some(piece)) => piece.push(*element),
        }
    }
    pieces
}

/// Whether a piece is a ruling or a rectangle: few lines, each along an axis.
pub(super) fn is_plain(piece: &BezPath) -> bool {
    const MOST_ELEMENTS: usize = 6;
    const LEAN: f64 = 0.5;
    let mut last = Point::ZERO;
    piece.elements().len() <= MOST_ELEMENTS
        && piece.elements().iter().all(|element| match *element {
            PathEl::MoveTo(to) => {
                last = to;
                true
            }
            PathEl::LineTo(to) => {
                let is_along = (to.x - last.x).abs() < LEAN || (to.y - last.y).abs() < LEAN;
                last = to;
                is_along
            }
            PathEl::ClosePath => true,
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => false,
        })
}
