//! PDF drawn anew: each page is interpreted, what is marked is left out of what was drawn, and the
//! rest is written to a file that holds nothing else.
//!
//! No object of the old file is taken over. Text stays text; links, bookmarks, tags, forms and
//! everything that is not drawn is gone.

mod again;
mod find;
mod fonts;
mod picture;
mod record;
mod view;
mod wipe;
mod write;

use std::sync::Arc;

use hayro_interpret::InterpreterCache;
use hayro_interpret::kurbo::{Point, Rect, Shape};

use super::words::Words;
use super::{Area, Copy, Marks, Refusal};
use crate::pdf::{open, worker};
use crate::{Deadline, Limits, ReadError};
pub(super) use find::strings;
pub(super) use record::Page;
use record::{Glyph, Ink, page};

/// Makes a copy of a PDF.
pub(super) fn redact(
    bytes: &[u8],
    words: &Words,
    marks: &Marks,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Copy, Refusal> {
    let (bytes, limits, deadline) = (Arc::new(bytes.to_vec()), limits.clone(), *clock);
    let (words, marks) = (words.clone(), marks.clone());
    worker::run(clock, move || {
        open::check_size(&bytes, &limits, &deadline)?;
        Ok(redrawn(bytes, &words, &marks, &limits, &deadline))
    })?
}

fn redrawn(
    bytes: Arc<Vec<u8>>,
    words: &Words,
    marks: &Marks,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Copy, Refusal> {
    if find_bytes(&bytes, b"/Encrypt") {
        return Err(ReadError::Encrypted.into());
    }
    let mut pages = recorded(bytes, limits, clock)?;
    check_areas(&marks.areas, &pages)?;
    let (goes, n_met) = find::find(&pages, words);
    let mut remarks = Vec::new();
    for (number, page) in (1_u32..).zip(&mut pages) {
        clock.check()?;
        let of_page = |area: &&Area| area.page == number;
        let areas: Vec<Rect> = marks.areas.iter().filter(of_page).map(rectangle).collect();
        let is_seen = marks.seen_pages.contains(&number);
        let n_in_areas = take_out(page, &areas, &goes[number as usize - 1]);
        if 0 < n_in_areas {
            remarks.push(format!("第 {number} 页的遮盖区域里去掉了 {n_in_areas} 个字"));
        }
        check(page, number, !words.is_empty() && !is_seen, &areas)?;
        let boxes = page.boxes.clone();
        wipe::page(page, &areas, &boxes, clock)?;
        let bounds = page.bounds();
        page.boxes.extend(areas.iter().map(|area| area.intersect(bounds)));
        if page.has_picture && areas.is_empty() && !is_seen && !words.is_empty() {
            remarks.push(format!("第 {number} 页有图片，图片里的字没有查找，请由人看过"));
        }
    }
    remarks.push("链接、书签、批注、表单和附件没有放进副本，只留下页面上看得见的内容".to_owned());
    let bytes = write::document(&pages, clock)?;
    again::look(&bytes, &marks.areas, limits, clock)?;
    Ok(Copy { bytes, n_met, remarks })
}

/// Records every page.
pub(super) fn recorded(
    bytes: Arc<Vec<u8>>,
    limits: &Limits,
    clock: &Deadline,
) -> Result<Vec<Page>, Refusal> {
    let pdf = open::open(bytes, limits, clock)?;
    let cache = InterpreterCache::new();
    let mut room = limits.expanded_bytes;
    let mut pages = Vec::new();
    for source in pdf.pages().iter() {
        clock.check()?;
        let page = page(&pdf, source, &cache, &mut room, clock)?;
        pages.push(page);
    }
    Ok(pages)
}

fn find_bytes(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn rectangle(area: &Area) -> Rect {
    Rect::new(area.left, area.top, area.right, area.bottom)
}

fn check_areas(areas: &[Area], pages: &[Page]) -> Result<(), Refusal> {
    for area in areas {
        let bad = Refusal::BadArea { page: area.page };
        let index = (area.page as usize).checked_sub(1).ok_or(bad.clone())?;
        let page = pages.get(index).ok_or(bad.clone())?;
        let sides = [area.left, area.top, area.right, area.bottom];
        let is_whole = sides.iter().all(|side| side.is_finite())
            && area.left < area.right
            && area.top < area.bottom
            && page.bounds().overlaps(rectangle(area));
        if !is_whole {
            return Err(bad);
        }
    }
    Ok(())
}

/// Marks the characters that go, and notes the boxes that stand in their places; gives how many
/// went because of areas.
fn take_out(page: &mut Page, areas: &[Rect], goes: &[usize]) -> usize {
    for index in goes {
        page.glyphs[*index].goes = true;
    }
    // The same character again at the same place, drawn to look bold.
    let gone: Vec<(String, Point, f64)> = goes
        .iter()
        .map(|index| &page.glyphs[*index])
        .map(|glyph| (glyph.text.clone(), glyph.origin(), glyph.size()))
        .collect();
    let mut n_in_areas = 0;
    let mut boxes = Vec::new();
    for glyph in &mut page.glyphs {
        let origin = glyph.origin();
        let is_double = |(text, at, size): &(String, Point, f64)| {
            *text == glyph.text && origin.distance(*at) < 0.25 * size
        };
        let bounds = glyph.bounds;
        if glyph.goes || gone.iter().any(is_double) {
            glyph.goes = true;
            boxes.push(bounds);
        } else if areas.iter().any(|area| stands_in(*area, glyph)) {
            glyph.goes = true;
            n_in_areas += usize::from(!glyph.text.trim().is_empty());
        }
    }
    page.boxes = joined(boxes);
    n_in_areas
}

/// Whether a character stands in an area: any of its ink does, by more than a hair; of one without
/// ink or with ink of its own, more than the edge of its place.
fn stands_in(area: Rect, glyph: &Glyph) -> bool {
    const HAIR: f64 = 0.2;
    const EDGE: f64 = 0.12;
    if glyph.text.trim().is_empty() && matches!(&glyph.ink, Ink::Ops(ops) if ops.is_empty()) {
        return false;
    }
    let (bounds, across, down) = match &glyph.ink {
        Ink::Outline { outline, .. } if !outline.elements().is_empty() => {
            ((glyph.transform * outline).bounding_box(), HAIR, HAIR)
        }
        _ => (glyph.place, EDGE * glyph.place.width(), EDGE * glyph.place.height()),
    };
    // A stroke as thin as a hair is in the area as soon as it touches it.
    let (across, down) = (across.min(bounds.width() / 4.0), down.min(bounds.height() / 4.0));
    let common = area.intersect(bounds);
    across < common.width() && down < common.height()
}

/// How wide and how high each page is as it is shown, in points.
pub(super) fn page_sizes(
    bytes: &[u8],
    limits: &Limits,
    clock: &Deadline,
) -> Result<Vec<(f64, f64)>, Refusal> {
    let (bytes, limits, deadline) = (Arc::new(bytes.to_vec()), limits.clone(), *clock);
    let sizes = worker::run(clock, move || {
        open::check_size(&bytes, &limits, &deadline)?;
        let pdf = open::open(bytes, &limits, &deadline)?;
        let size = |page: &hayro_syntax::page::Page<'_>| page.render_dimensions();
        let sizes = pdf.pages().iter().map(size);
        Ok(sizes.map(|(width, height)| (f64::from(width), f64::from(height))).collect())
    })?;
    Ok(sizes)
}

/// A page as SVG; `number` counts from 1.
pub(super) fn page_picture(
    bytes: &[u8],
    number: u32,
    limits: &Limits,
    clock: &Deadline,
) -> Result<String, Refusal> {
    let (bytes, limits, deadline) = (Arc::new(bytes.to_vec()), limits.clone(), *clock);
    worker::run(clock, move || {
        open::check_size(&bytes, &limits, &deadline)?;
        Ok(drawn(bytes, number, &limits, &deadline))
    })?
}

fn drawn(
    bytes: Arc<Vec<u8>>,
    number: u32,
    limits: &Limits,
    clock: &Deadline,
) -> Result<String, Refusal> {
    let pdf = open::open(bytes, limits, clock)?;
    let index = (number as usize).checked_sub(1);
    let source = index.and_then(|index| pdf.pages().get(index));
    let source = source.ok_or(Refusal::BadArea { page: number })?;
    let (cache, mut room) = (InterpreterCache::new(), limits.expanded_bytes);
    let page = page(&pdf, source, &cache, &mut room, clock)?;
    Ok(view::svg(&page, clock)?)
}

/// Boxes beside each other as one.
fn joined(mut boxes: Vec<Rect>) -> Vec<Rect> {
    boxes.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    let mut joined: Vec<Rect> = Vec::new();
    for each in boxes {
        let near = 0.35 * each.height();
        match joined.last_mut() {
            Some(last)
                if (last.y0 - each.y0).abs() < near
                    && (last.y1 - each.y1).abs() < near
                    && each.x0 <= last.x1 + near
                    && last.x0 <= each.x1 =>
            {
                *last = last.union(each);
            }
            _ => joined.push(each),
        }
    }
    joined
}

/// Refuses a page of which not everything is known. `for_words`: words are looked for on it and
/// nobody has looked at it.
fn check(page: &Page, number: u32, for_words: bool, areas: &[Rect]) -> Result<(), Refusal> {
    let refuse = |reason, hint| Err(Refusal::Page { page: number, reason, hint });
    const PRINT: &str = "请从原文档重新导出 PDF，或打印成新的 PDF 后再遮盖";
    const LOOK: &str = "请由人看过这一页，框出要遮盖的区域，并注明该页已看过";
    if let Some(reason) = page.faults.first() {
        return refuse(reason, PRINT);
    }
    let stays = || page.glyphs.iter().filter(|glyph| !glyph.goes);
    if stays().any(|glyph| glyph.is_blank) {
        return refuse("有的字没有嵌入字体，不能照样重画", PRINT);
    }
    if for_words && stays().any(|glyph| glyph.is_unknown) {
        return refuse("有的字没有文字对照，查不出是什么字", LOOK);
    }
    if for_words && page.glyphs.is_empty() && page.has_picture && areas.is_empty() {
        return refuse("只有图片没有文字，查不出图片里的字", LOOK);
    }
    Ok(())
}
