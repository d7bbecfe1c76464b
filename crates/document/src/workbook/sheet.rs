//! One sheet: sparse cells and merged regions, laid out as paragraphs and tables.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Dimensions;

use super::Bounds;
use crate::ReadError;
use crate::limits::Deadline;
use crate::limits::at_most;
use crate::model::{Block, Cell, Paragraph, Place, Table};

/// A merged region wider or higher than this is clipped to the cells that hold text.
const WIDEST_MERGE: u32 = 1_000;

/// Numbers that count through the document.
#[derive(Default)]
pub(super) struct Counters {
    tables: u32,
    paragraphs: u32,
}

/// The cells of one sheet that hold text; rows and columns count from 0.
pub(super) struct Sheet {
    number: u32,
    cells: BTreeMap<(u32, u32), String>,
    /// Places with a border, where the format tells borders.
    bordered: Option<BTreeSet<(u32, u32)>>,
    seen: u64,
    /// The merged regions.
    pub(super) merges: Vec<Dimensions>,
}

impl Sheet {
    pub(super) fn new(number: u32) -> Self {
        Self { number, cells: BTreeMap::new(), bordered: None, seen: 0, merges: Vec::new() }
    }

    /// Takes in a cell; one without text is kept only for its border.
    pub(super) fn put(
        &mut self,
        at: (u32, u32),
        text: String,
        bordered: Option<bool>,
        bounds: &Bounds,
    ) -> Result<(), ReadError> {
        self.seen += 1;
        if self.seen.is_multiple_of(4096) {
            bounds.deadline.check()?;
        }
        let most = bounds.limits.table_cells;
        if !text.trim().is_empty() {
            self.cells.insert(at, text);
            at_most("table-cells", WHAT, most, self.cells.len() as u64)?;
        }
        if bordered == Some(true) {
            let places = self.bordered.get_or_insert_default();
            if (places.len() as u64) < most {
                places.insert(at);
            }
        }
        Ok(())
    }

    /// Lays the sheet out.
    pub(super) fn into_blocks(
        self,
        counters: &mut Counters,
        bounds: &Bounds,
    ) -> Result<Vec<Block>, ReadError> {
        let Some(area) = Area::of(&self) else { return Ok(Vec::new()) };
        at_most("table-cells", WHAT, bounds.limits.table_cells, area.places())?;
        let grid = Grid::new(&self, area, bounds.deadline)?;
        let mut blocks = Vec::new();
        let mut run: Option<(u32, u32)> = None;
        for row in area.top..=area.bottom {
            match grid.kind(row, run.is_some()) {
                RowKind::Table => run = Some((run.map_or(row, |(first, _)| first), row)),
                RowKind::Blank => blocks.extend(grid.table(run.take(), counters)),
                RowKind::Paragraph => {
                    blocks.extend(grid.table(run.take(), counters));
                    blocks.push(grid.paragraph(row, counters));
                }
            }
        }
        blocks.extend(grid.table(run, counters));
        Ok(blocks)
    }
}

const WHAT: &str = "一个表格的单元格数";

/// The rectangle in use: every cell with text, and the merged regions that begin at one.
#[derive(Clone, Copy)]
struct Area {
    top: u32,
    bottom: u32,
    left: u32,
    right: u32,
}

impl Area {
    fn of(sheet: &Sheet) -> Option<Self> {
        let mut places = sheet.cells.keys();
        let &(row, column) = places.next()?;
        let mut area = Self { top: row, bottom: row, left: column, right: column };
        for &place in places {
            area.include(place);
        }
        for merge in &sheet.merges {
            let small = merge.end.0.saturating_sub(merge.start.0) < WIDEST_MERGE
                && merge.end.1.saturating_sub(merge.start.1) < WIDEST_MERGE;
            if small && sheet.cells.contains_key(&merge.start) {
                area.include(merge.end);
            }
        }
        Some(area)
    }

    fn include(&mut self, (row, column): (u32, u32)) {
        self.top = self.top.min(row);
        self.bottom = self.bottom.max(row);
        self.left = self.left.min(column);
        self.right = self.right.max(column);
    }

    fn width(self) -> u32 {
        self.right - self.left + 1
    }

    fn places(self) -> u64 {
        u64::from(self.bottom - self.top + 1) * u64::from(self.width())
    }
}

/// What a row is in the layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum RowKind {
    Table,
    Paragraph,
    Blank,
}

/// How many texts begin in a row; a row that a cell from above reaches into has many.
enum Texts {
    None,
    One((u32, u32)),
    Many,
}

/// A sheet with its merged regions spread over the places in use.
struct Grid<'a> {
    sheet: &'a Sheet,
    area: Area,
    /// For every covered place that is not an origin: the origin.
    covered: BTreeMap<(u32, u32), (u32, u32)>,
    /// For every origin: the last place, clipped to the area.
    ends: BTreeMap<(u32, u32), (u32, u32)>,
}

impl<'a> Grid<'a> {
    fn new(sheet: &'a Sheet, area: Area, deadline: &Deadline) -> Result<Self, ReadError> {
        let mut grid = Self { sheet, area, covered: BTreeMap::new(), ends: BTreeMap::new() };
        for merge in &sheet.merges {
            deadline.check()?;
            grid.merge(merge);
        }
        Ok(grid)
    }

    fn merge(&mut self, merge: &Dimensions) {
        let start = (merge.start.0.max(self.area.top), merge.start.1.max(self.area.left));
        let end = (merge.end.0.min(self.area.bottom), merge.end.1.min(self.area.right));
        let places = || (start.0..=end.0).flat_map(|row| (start.1..=end.1).map(move |c| (row, c)));
        let clash = places().any(|p| self.covered.contains_key(&p) || self.ends.contains_key(&p));
        if clash || end.0 < start.0 || end.1 < start.1 {
            return;
        }
        self.covered.extend(places().skip(1).map(|place| (place, start)));
        self.ends.insert(start, end);
    }

    fn end(&self, at: (u32, u32)) -> (u32, u32) {
        self.ends.get(&at).copied().unwrap_or(at)
    }

    fn kind(&self, row: u32, in_table: bool) -> RowKind {
        match self.texts(row) {
            Texts::None if self.is_bordered(row) == Some(true) && in_table => RowKind::Table,
            Texts::None => RowKind::Blank,
            Texts::Many => RowKind::Table,
            Texts::One(_) if self.area.width() == 1 => RowKind::Paragraph,
            Texts::One(only) => self.kind_of_single(only, in_table),
        }
    }

    /// A row with one text is prose, a heading, a caption inside a table, or a table row whose
    /// other cells are blank.
    fn kind_of_single(&self, only: (u32, u32), in_table: bool) -> RowKind {
        let row = only.0;
        let is_full = |row: u32| matches!(self.texts(row), Texts::One(at) if self.is_full(at));
        let is_prose = self.sheet.cells[&only].contains('。');
        let beside_full = (self.area.top < row && is_full(row - 1)) || is_full(row + 1);
        match self.is_bordered(row) {
            Some(false) => RowKind::Paragraph,
            _ if is_full(row) && (is_prose || beside_full) => RowKind::Paragraph,
            _ if is_full(row) && in_table && !self.is_caption(row) => RowKind::Paragraph,
            None if is_prose || !in_table => RowKind::Paragraph,
            _ => RowKind::Table,
        }
    }

    /// Whether the rows above and below stand in the same columns, one perhaps in fewer.
    fn is_caption(&self, row: u32) -> bool {
        let is_inner = |row: &u32| match self.texts(*row) {
            Texts::None => false,
            Texts::One(at) => !self.is_full(at),
            Texts::Many => true,
        };
        let above = self.columns((self.area.top..row).rev().take_while(is_inner));
        let below = self.columns((row + 1..=self.area.bottom).take_while(is_inner));
        above.is_subset(&below) || below.is_subset(&above)
    }

    /// Every column at which a cell of these rows begins.
    fn columns(&self, rows: impl Iterator<Item = u32>) -> BTreeSet<u32> {
        rows.flat_map(|row| (self.area.left..=self.area.right).map(move |column| (row, column)))
            .filter(|at| !self.covered.contains_key(at))
            .map(|(_, column)| column)
            .collect()
    }

    fn is_full(&self, at: (u32, u32)) -> bool {
        at.1 == self.area.left && self.end(at) == (at.0, self.area.right)
    }

    /// The texts that begin in a row.
    fn texts(&self, row: u32) -> Texts {
        let in_row = (row, self.area.left)..=(row, self.area.right);
        let from_above = self.covered.range(in_row.clone()).any(|(_, origin)| origin.0 < row);
        if from_above {
            return Texts::Many;
        }
        let texts = self.sheet.cells.range(in_row).map(|(at, _)| *at);
        let mut texts = texts.filter(|at| !self.covered.contains_key(at));
        match (texts.next(), texts.next()) {
            (None, _) => Texts::None,
            (Some(only), None) if self.end(only).0 == row => Texts::One(only),
            _ => Texts::Many,
        }
    }

    /// Whether more than one place of the row has a border; nothing where no border is known.
    fn is_bordered(&self, row: u32) -> Option<bool> {
        let bordered = self.sheet.bordered.as_ref()?;
        let row = (row, self.area.left)..=(row, self.area.right);
        Some(1 < bordered.range(row).count())
    }

    fn paragraph(&self, row: u32, counters: &mut Counters) -> Block {
        counters.paragraphs += 1;
        let in_row = (row, self.area.left)..=(row, self.area.right);
        let (at, text) = self.sheet.cells.range(in_row).next().expect("the row holds one text");
        let place = Place { paragraph: Some(counters.paragraphs), ..self.place(*at) };
        Block::Paragraph(Paragraph { text: text.clone(), place, heading: None })
    }

    fn table(&self, run: Option<(u32, u32)>, counters: &mut Counters) -> Option<Block> {
        let (first, last) = run?;
        counters.tables += 1;
        let table = Some(counters.tables);
        let cell = |at: (u32, u32)| {
            let end = self.end(at);
            Cell {
                text: self.sheet.cells.get(&at).cloned().unwrap_or_default(),
                column: (at.1 - self.area.left) as usize,
                column_span: (end.1 - at.1 + 1) as usize,
                row_span: (end.0.min(last) - at.0 + 1) as usize,
                place: Place { table, ..self.place(at) },
            }
        };
        let rows = (first..=last)
            .map(|row| {
                (self.area.left..=self.area.right)
                    .map(|column| (row, column))
                    .filter(|at| !self.covered.contains_key(at))
                    .map(cell)
                    .collect()
            })
            .collect();
        let place = Place { table, cell: None, ..self.place((first, self.area.left)) };
        Some(Block::Table(Table { rows, place }))
    }

    fn place(&self, (row, column): (u32, u32)) -> Place {
        Place {
            page: Some(self.sheet.number),
            row: Some(row.saturating_add(1)),
            cell: Some(column.saturating_add(1)),
            ..Place::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn sheet(cells: &[(u32, u32, &str)]) -> Sheet {
        let mut sheet = Sheet::new(1);
        sheet.cells =
            cells.iter().map(|&(row, column, text)| ((row, column), text.to_owned())).collect();
        sheet
    }

    fn blocks(sheet: Sheet) -> Vec<Block> {
        let limits = Limits::default();
        let deadline = Deadline::start(&limits);
        let bounds = Bounds { limits: &limits, deadline: &deadline };
        sheet.into_blocks(&mut Counters::default(), &bounds).unwrap()
    }

    #[test]
    fn a_sheet_of_one_column_is_prose() {
        let blocks = blocks(sheet(&[(0, 2, "一、总体情况"), (1, 2, "全年公开 3 条。")]));
        assert!(matches!(&blocks[..], [Block::Paragraph(_), Block::Paragraph(_)]));
    }

    #[test]
    fn overlapping_merges_do_not_cover_a_cell_twice() {
        let mut sheet = sheet(&[(0, 0, "甲"), (1, 1, "乙"), (1, 2, "丙")]);
        sheet.merges = vec![
            Dimensions { start: (0, 0), end: (1, 1) },
            Dimensions { start: (1, 1), end: (2, 2) },
        ];
        let blocks = blocks(sheet);
        let Block::Table(table) = &blocks[0] else { panic!("a table") };
        let texts: Vec<_> = table.rows[1].iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["丙"]);
    }
}
