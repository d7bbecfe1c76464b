//! PDF with ruled tables, split over pages; the font is named, not embedded, and maps to Unicode.

use super::Written;
use super::padded_columns::wrap;
use crate::paper::{Item, Paper, Sheet, Slot};
use gongkai_domain::form::TableKind;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthChar;

const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 50.0;
const SIZE: f32 = 9.0;
const LEADING: f32 = 12.0;
const SYSTEM: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

pub(super) fn write(paper: &Paper) -> Written {
    let mut layout = Pages::default();
    layout.turn();
    for item in &paper.items {
        match item {
            Item::Title(text) | Item::Heading(text) | Item::Prose(text) | Item::Furniture(text) => {
                layout.paragraph(text);
            }
            Item::Table(sheet) => layout.table(sheet),
        }
    }
    Written::Bytes(layout.finish())
}

/// Pages while they are filled from the top.
#[derive(Default)]
struct Pages {
    pages: Vec<Content>,
    glyphs: BTreeMap<char, u16>,
    y: f32,
}

/// A table with its rows' heights.
struct Ruled<'a> {
    grid: Vec<Vec<Slot<'a>>>,
    edges: Vec<f32>,
    heights: Vec<f32>,
}

impl Pages {
    fn turn(&mut self) {
        self.pages.push(Content::new());
        self.y = PAGE.1 - MARGIN;
    }

    fn page(&mut self) -> &mut Content {
        self.pages.last_mut().expect("a page was turned before")
    }

    fn paragraph(&mut self, text: &str) {
        let width = ((PAGE.0 - 2.0 * MARGIN) / SIZE * 2.0) as usize;
        for line in wrap(text, width) {
            if self.y < MARGIN + LEADING {
                self.turn();
            }
            self.y -= LEADING;
            self.line(MARGIN, self.y, &line);
        }
        self.y -= 4.0;
    }

    fn line(&mut self, x: f32, y: f32, text: &str) {
        let mut codes = Vec::new();
        for character in text.chars() {
            let next = u16::try_from(self.glyphs.len() + 1).expect("few characters are used");
            codes.extend(self.glyphs.entry(character).or_insert(next).to_be_bytes());
        }
        let page = self.page();
        page.begin_text().set_font(Name(b"F1"), SIZE).next_line(x, y);
        page.show(Str(&codes)).end_text();
    }

    fn table(&mut self, sheet: &Sheet) {
        let ruled = Ruled::new(sheet);
        let mut first = 0;
        while first < ruled.heights.len() {
            let mut room = self.y - MARGIN;
            let fits = |height: &&f32| {
                room -= **height;
                room >= 0.0
            };
            let end = first + ruled.heights[first..].iter().take_while(fits).count();
            let fresh = self.y >= PAGE.1 - MARGIN;
            let end = match ruled.break_before(first, end) {
                end if end == first && fresh => first + 1,
                end => end,
            };
            if end > first {
                self.rows(&ruled, first, end);
                first = end;
            }
            if first < ruled.heights.len() {
                self.turn();
            }
        }
        self.y -= 8.0;
    }

    /// Draws rows on the page; a merged cell that is cut keeps its text in its longer part.
    fn rows(&mut self, ruled: &Ruled<'_>, first: usize, end: usize) {
        let tops = ruled.tops(self.y, first, end);
        for (row, slots) in ruled.grid.iter().enumerate().take(end) {
            for (column, slot) in slots.iter().enumerate() {
                let Slot::Origin(entry) = *slot else { continue };
                let (above, below) = (row.max(first), (row + entry.row_span).min(end));
                if above >= below {
                    continue;
                }
                let (left, right) = (ruled.edges[column], ruled.edges[column + entry.column_span]);
                let (top, bottom) = (tops[above - first], tops[below - first]);
                self.page().rect(left, bottom, right - left, top - bottom).stroke();
                let here = below - above;
                let elsewhere = entry.row_span - here;
                if here > elsewhere || (here == elsewhere && row >= first) {
                    self.cell_text(&entry.text, (left, right), (top, bottom));
                }
            }
        }
        self.y = tops[end - first];
    }

    fn cell_text(&mut self, text: &str, (left, right): (f32, f32), (top, bottom): (f32, f32)) {
        let lines = wrap(text, room(right - left));
        let height = lines.len() as f32 * LEADING;
        let start = top - (top - bottom - height) / 2.0;
        for (index, line) in lines.iter().enumerate() {
            self.line(left + 3.0, start - LEADING * (index as f32 + 1.0) + 3.0, line);
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let mut next = Ref::new(1);
        let [catalog, tree, font, cid_font, descriptor, map] = std::array::from_fn(|_| next.bump());
        pdf.catalog(catalog).pages(tree);
        let ids: Vec<(Ref, Ref)> = self.pages.iter().map(|_| (next.bump(), next.bump())).collect();
        let count = i32::try_from(ids.len()).expect("few pages are written");
        pdf.pages(tree).kids(ids.iter().map(|(page, _)| *page)).count(count);
        for ((id, stream), content) in ids.into_iter().zip(self.pages) {
            let mut page = pdf.page(id);
            page.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1)).parent(tree).contents(stream);
            page.resources().fonts().pair(Name(b"F1"), font);
            page.finish();
            pdf.stream(stream, &content.finish());
        }
        write_font(&mut pdf, [font, cid_font, descriptor, map], &self.glyphs);
        pdf.finish()
    }
}

fn write_font(pdf: &mut Pdf, ids: [Ref; 4], glyphs: &BTreeMap<char, u16>) {
    let [font, cid_font, descriptor, map] = ids;
    let name = Name(b"FangSong");
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid_font)
        .to_unicode(map);
    let mut descendant = pdf.cid_font(cid_font);
    descendant.subtype(CidFontType::Type2).base_font(name).system_info(SYSTEM);
    descendant.font_descriptor(descriptor).default_width(1000.0);
    descendant.cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = descendant.widths();
    for (_, code) in glyphs.iter().filter(|(character, _)| character.width() != Some(2)) {
        widths.same(*code, *code, 500.0);
    }
    widths.finish();
    descendant.finish();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(0.0, -140.0, 1000.0, 860.0))
        .italic_angle(0.0)
        .ascent(860.0)
        .descent(-140.0)
        .cap_height(700.0)
        .stem_v(80.0);
    let mut cmap = UnicodeCmap::<u16>::new(Name(b"Adobe-Identity-UCS"), SYSTEM);
    for (character, code) in glyphs {
        cmap.pair(*code, *character);
    }
    pdf.cmap(map, &cmap.finish());
}

/// Display columns that fit into a width.
fn room(width: f32) -> usize {
    ((width - 6.0) / SIZE * 2.0) as usize
}

impl<'a> Ruled<'a> {
    fn new(sheet: &'a Sheet) -> Self {
        let grid = sheet.grid();
        let edges = edges(sheet.kind, grid.first().map_or(0, Vec::len));
        let height = |slots: &Vec<Slot<'_>>| {
            let lines = slots.iter().enumerate().filter_map(|(column, slot)| match slot {
                Slot::Origin(entry) if entry.row_span == 1 => {
                    let right = edges[column + entry.column_span];
                    Some(wrap(&entry.text, room(right - edges[column])).len())
                }
                _ => None,
            });
            lines.max().unwrap_or(1).max(1) as f32 * LEADING + 4.0
        };
        let heights = grid.iter().map(height).collect();
        Self { grid, edges, heights }
    }

    /// Upper edges of rows, and the lower edge of the last.
    fn tops(&self, y: f32, first: usize, end: usize) -> Vec<f32> {
        let mut tops = vec![y];
        for row in first..end {
            tops.push(tops[row - first] - self.heights[row]);
        }
        tops
    }

    /// The last row not after `end` before which a page may break: no merged cell is left with
    /// too little room for its text on both sides.
    fn break_before(&self, first: usize, end: usize) -> usize {
        let tight = |row: usize| {
            self.grid.iter().enumerate().take(row).any(|(above, slots)| {
                slots.iter().any(|slot| match slot {
                    Slot::Origin(entry) => {
                        let below = (above + entry.row_span).saturating_sub(row);
                        below > 0 && (row - above).max(below) < 3
                    }
                    _ => false,
                })
            })
        };
        match (first + 1..=end).rev().find(|row| *row == self.grid.len() || !tight(*row)) {
            Some(row) => row,
            None => first,
        }
    }
}

/// Left edges of the grid columns, and the right edge of the last.
fn edges(kind: TableKind, width: usize) -> Vec<f32> {
    let share = |column: usize| match (kind, column) {
        (TableKind::Proactive, _) => 4.0,
        (TableKind::Requests, 0 | 1) => 1.6,
        (TableKind::Requests, 2) => 3.6,
        _ => 1.2_f32,
    };
    let all: f32 = (0..width).map(share).sum();
    let mut edges = vec![MARGIN];
    for column in 0..width {
        edges.push(edges[column] + share(column) / all * (PAGE.0 - 2.0 * MARGIN));
    }
    edges
}
