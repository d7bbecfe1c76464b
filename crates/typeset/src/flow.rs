//! Lines to pages: what stands where on which page. Lines are made elsewhere, nothing is drawn.

use crate::line::{Line, lines};
use crate::paper::{Block, POINTS_PER_MM, Paper, Paragraph, Picture, Role, Rule};
use crate::shelf::Shelf;
use crate::table::{Measured, Slice, poured, rooms};

/// What a thing on a page is for those who hear the paper read; nested by `parent`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Paragraph(Role),
    Table,
    Row,
    Cell { head: bool, columns: usize, rows: usize },
    Figure,
}

/// A node of the tree of meaning.
pub(crate) struct Node {
    pub kind: Kind,
    pub parent: Option<usize>,
}

/// A thing on a page; points from the left and the top of the sheet.
pub(crate) enum Thing<'a> {
    /// A line of text; without a node it is decoration.
    Line { x: f32, y: f32, line: Line, node: Option<usize> },
    /// A rule across.
    Rule { x: f32, y: f32, width: f32, rule: Rule },
    /// The edge of a cell.
    Edge { x: f32, y: f32, width: f32, height: f32, line_pt: f32 },
    /// A picture.
    Picture { x: f32, y: f32, picture: &'a Picture, node: usize },
}

/// The pages of a paper.
pub(crate) struct Pages<'a> {
    pub pages: Vec<Vec<Thing<'a>>>,
    pub nodes: Vec<Node>,
}

/// What is not cut by the end of a page.
enum Unit<'a> {
    Line { line: Line, before: f32, node: usize, picture: Option<&'a Picture> },
    Rule(Rule),
    Table(Box<Measured<'a>>),
}

impl Unit<'_> {
    fn height(&self) -> f32 {
        match self {
            Unit::Line { line, before, .. } => before + line.pitch_pt,
            Unit::Rule(rule) => rule.before_pt + rule.after_pt,
            Unit::Table(measured) => measured.heights.iter().sum(),
        }
    }
}

/// A line may reach over the end of the type area by so much, points.
const TOLERANCE: f32 = 0.5;
/// Where keeping things together would leave more than this share of a page empty, lines of a
/// paragraph may part.
const EMPTY: f32 = 0.4;
/// A row higher than this share of a page may be cut.
const HIGH_ROW: f32 = 0.4;

/// How strongly a unit clings to the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    /// A page may end between them.
    None,
    /// Lines of one paragraph that should not part.
    Lines,
    /// A heading and its text, the text and its signature.
    Meaning,
}

struct Flow<'a, 's, 'f> {
    paper: &'a Paper,
    shelf: &'s mut Shelf<'f>,
    out: Pages<'a>,
    /// Down from the top of the type area, points.
    y: f32,
}

/// Lays a paper out.
pub(crate) fn pages<'a>(paper: &'a Paper, shelf: &mut Shelf<'_>) -> Pages<'a> {
    let out = Pages { pages: vec![Vec::new()], nodes: Vec::new() };
    let mut flow = Flow { paper, shelf, out, y: 0.0 };
    flow.first_page();
    let (units, kept) = flow.units(&paper.blocks);
    flow.run(units, &kept);
    flow.closing();
    flow.out
}

impl<'a> Flow<'a, '_, '_> {
    fn width(&self) -> f32 {
        self.paper.page.area_width_mm * POINTS_PER_MM
    }

    fn height(&self) -> f32 {
        self.paper.page.area_height_mm * POINTS_PER_MM
    }

    fn left(&self) -> f32 {
        self.paper.page.left_mm * POINTS_PER_MM
    }

    fn top(&self) -> f32 {
        self.paper.page.top_mm * POINTS_PER_MM
    }

    fn page(&self) -> usize {
        self.out.pages.len() - 1
    }

    fn put(&mut self, page: usize, thing: Thing<'a>) {
        self.out.pages[page].push(thing);
    }

    fn new_page(&mut self) {
        self.out.pages.push(Vec::new());
        self.y = 0.0;
    }

    fn node(&mut self, kind: Kind, parent: Option<usize>) -> usize {
        self.out.nodes.push(Node { kind, parent });
        self.out.nodes.len() - 1
    }

    fn first_page(&mut self) {
        for fixed in &self.paper.first_page {
            let (x, y) = (fixed.left_mm * POINTS_PER_MM, fixed.top_mm * POINTS_PER_MM);
            let width = fixed.width_mm * POINTS_PER_MM;
            match &fixed.block {
                Block::Paragraph(paragraph) => {
                    let node = self.node(Kind::Paragraph(paragraph.role), None);
                    let mut y = y;
                    for line in lines(paragraph, width, self.shelf) {
                        let pitch = line.pitch_pt;
                        self.put(0, Thing::Line { x, y, line, node: Some(node) });
                        y += pitch;
                    }
                }
                Block::Rule(rule) => self.put(0, Thing::Rule { x, y, width, rule: *rule }),
                Block::Table(_) => {}
            }
        }
    }

    /// The units of the blocks, and for each whether it stays on one page with the next.
    fn units(&mut self, blocks: &'a [Block]) -> (Vec<Unit<'a>>, Vec<Hold>) {
        let mut units = Vec::new();
        let mut kept = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, &mut units, &mut kept),
                Block::Rule(rule) => {
                    units.push(Unit::Rule(*rule));
                    kept.push(Hold::Meaning);
                }
                Block::Table(table) => {
                    let measured = Measured::new(table, self.width(), self.shelf);
                    units.push(Unit::Table(Box::new(measured)));
                    kept.push(Hold::None);
                }
            }
        }
        (units, kept)
    }

    /// The first two lines of a paragraph stay together, and so do the last two.
    fn paragraph(
        &mut self,
        paragraph: &'a Paragraph,
        units: &mut Vec<Unit<'a>>,
        kept: &mut Vec<Hold>,
    ) {
        let node = self.node(Kind::Paragraph(paragraph.role), None);
        let lines = lines(paragraph, self.width(), self.shelf);
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let first = at == 0;
            let before = if first { paragraph.before_pt } else { 0.0 };
            let picture = paragraph.picture.as_ref().filter(|_| first);
            units.push(Unit::Line { line, before, node, picture });
            let is_last = at + 1 == count;
            kept.push(match (is_last, paragraph.keep_with_next) {
                (true, true) => Hold::Meaning,
                (true, false) => Hold::None,
                (false, _) if first || at + 2 == count => Hold::Lines,
                (false, _) => Hold::None,
            });
        }
    }

    fn run(&mut self, units: Vec<Unit<'a>>, kept: &[Hold]) {
        let mut start = 0;
        while start < units.len() {
            let (full, page_ends) = self.first_that_does_not_fit(&units, start);
            let end = if page_ends { self.end_of_page(&units, kept, start, full) } else { full };
            for unit in &units[start..end] {
                self.place(unit);
            }
            start = end;
            if page_ends {
                self.new_page();
            }
        }
    }

    /// Before which unit the page ends, where `full` does not fit any more.
    fn end_of_page(&self, units: &[Unit<'a>], kept: &[Hold], start: usize, full: usize) -> usize {
        let last = |most: Hold| (start + 1..=full).rev().find(|end| kept[end - 1] <= most);
        let taken = |end: usize| self.y + units[start..end].iter().map(Unit::height).sum::<f32>();
        let enough = |end: &usize| (1.0 - EMPTY) * self.height() <= taken(*end);
        last(Hold::None)
            .filter(enough)
            .or_else(|| last(Hold::Lines).filter(enough))
            .or_else(|| last(Hold::Lines))
            // What clings together and is longer than a page is cut where the page ends.
            .unwrap_or(full.max(start + 1))
    }

    /// Behind which unit to stop, and whether the page ends there: where one does not fit, or
    /// behind a table, which finds its own pages.
    fn first_that_does_not_fit(&self, units: &[Unit<'a>], start: usize) -> (usize, bool) {
        let mut y = self.y;
        for (at, unit) in units.iter().enumerate().skip(start) {
            let at_top = self.page() != 0 && at == start && self.y == 0.0;
            match unit {
                Unit::Line { line, before, .. } => {
                    y += if at_top { 0.0 } else { *before };
                    if self.height() + TOLERANCE < y + line.size_pt && start < at {
                        return (at, true);
                    }
                    y += line.pitch_pt;
                }
                Unit::Rule(rule) => y += rule.before_pt + rule.after_pt,
                Unit::Table(_) => return (at + 1, false),
            }
        }
        (units.len(), false)
    }

    fn place(&mut self, unit: &Unit<'a>) {
        match unit {
            Unit::Line { line, before, node, picture } => {
                if self.page() == 0 || 0.0 < self.y {
                    self.y += before;
                }
                let (x, y) = (self.left(), self.top() + self.y);
                let page = self.page();
                self.put(page, Thing::Line { x, y, line: line.clone(), node: Some(*node) });
                if let Some(picture) = picture {
                    self.picture(picture, y, *node);
                }
                self.y += line.pitch_pt;
            }
            Unit::Rule(rule) => {
                self.y += rule.before_pt;
                let (x, y, width) = (self.left(), self.top() + self.y, self.width());
                let page = self.page();
                self.put(page, Thing::Rule { x, y, width, rule: *rule });
                self.y += rule.after_pt;
            }
            Unit::Table(measured) => self.table(measured),
        }
    }

    fn picture(&mut self, picture: &'a Picture, line_top: f32, _beside: usize) {
        let node = self.node(Kind::Figure, None);
        let right = self.left() + self.width();
        let x = right - (picture.centre_from_right_mm + picture.width_mm / 2.0) * POINTS_PER_MM;
        let y = line_top + (picture.centre_down_mm - picture.height_mm / 2.0) * POINTS_PER_MM;
        let page = self.page();
        self.put(page, Thing::Picture { x, y, picture, node });
    }

    fn table(&mut self, measured: &Measured<'a>) {
        if self.page() == 0 || 0.0 < self.y {
            self.y += measured.table.before_pt;
        }
        let whole: f32 = measured.heights.iter().sum();
        // A table stands on one page where it can.
        if whole <= self.height() && self.height() + TOLERANCE < self.y + whole {
            self.new_page();
        }
        let (slices, heads) = self.slices(measured);
        let table = self.node(Kind::Table, None);
        let rows: Vec<_> =
            measured.heights.iter().map(|_| self.node(Kind::Row, Some(table))).collect();
        for cell in &measured.cells {
            let at = cell.at;
            let kind = Kind::Cell { head: at.cell.head, columns: at.columns, rows: at.rows };
            let node = self.node(kind, Some(rows[at.row]));
            self.cell(measured, cell, &slices, Some(node));
            if at.row + at.rows <= measured.n_head() {
                for head in &heads {
                    self.cell(measured, cell, head, None);
                }
            }
        }
        let gap = self.paper.page.line_pt - self.paper.page.size_pt;
        self.y += gap.max(0.0);
    }

    /// Finds each row its page; rows at the top are repeated on each further page.
    fn slices(&mut self, measured: &Measured<'a>) -> (Vec<Slice>, Vec<Vec<Slice>>) {
        let mut slices = Vec::new();
        let mut heads = Vec::new();
        let page_pt = self.height();
        for (row, height) in measured.heights.iter().enumerate() {
            let mut left = *height;
            while self.height() + TOLERANCE < self.y + left {
                let room = self.height() - self.y;
                let high = HIGH_ROW * page_pt < left && measured.n_head() <= row;
                let extra = measured.table.row_pt;
                if high && 2.0 * measured.table.row_pt < room {
                    slices.push(self.slice(row, room));
                    // A line that did not fit into the rest of the page needs its room again.
                    left = left - room + extra;
                } else if 0.0 == self.y || (room + measured.head_pt() + TOLERANCE >= page_pt) {
                    break;
                }
                self.new_page();
                if measured.n_head() <= row {
                    heads.push(self.head(measured));
                }
            }
            slices.push(self.slice(row, left));
        }
        (slices, heads)
    }

    fn head(&mut self, measured: &Measured<'a>) -> Vec<Slice> {
        let rows = measured.heights[..measured.n_head()].to_vec();
        rows.into_iter().enumerate().map(|(row, height)| self.slice(row, height)).collect()
    }

    fn slice(&mut self, row: usize, height_pt: f32) -> Slice {
        let slice = Slice { row, page: self.page(), top_pt: self.y, height_pt };
        self.y += height_pt;
        slice
    }

    fn cell(
        &mut self,
        measured: &Measured<'a>,
        cell: &crate::table::MeasuredCell<'a>,
        slices: &[Slice],
        node: Option<usize>,
    ) {
        let (left, top, table) = (self.left(), self.top(), measured.table);
        let (from, to) =
            (measured.edges[cell.at.column], measured.edges[cell.at.column + cell.at.columns]);
        let rooms = rooms(&cell.at, slices);
        for room in &rooms {
            let (x, y) = (left + from, top + room.top_pt);
            let (width, height, line_pt) = (to - from, room.height_pt, table.line_pt);
            self.put(room.page, Thing::Edge { x, y, width, height, line_pt });
        }
        for (room, down, line) in poured(&cell.lines, &rooms, table.padding_pt) {
            let Some(room) = rooms.get(room) else { continue };
            let (x, y) = (left + from + table.padding_pt, top + room.top_pt + down);
            self.put(room.page, Thing::Line { x, y, line, node });
        }
    }

    /// What stands at the bottom of the last page.
    fn closing(&mut self) {
        let paper = self.paper;
        let (units, _) = self.units(&paper.closing);
        let height: f32 = units.iter().map(Unit::height).sum();
        if units.is_empty() {
            return;
        }
        if self.height() < self.y + height {
            self.new_page();
        }
        self.y = self.height() - height;
        for unit in &units {
            self.place(unit);
        }
    }
}
