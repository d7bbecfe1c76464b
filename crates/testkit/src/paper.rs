//! A report as paper: titles, prose and table grids, with what a reader may be asked to find.

use crate::Chance;
use gongkai_domain::figure::CellKey;
use gongkai_domain::form::TableKind;
use indexmap::IndexMap;
use rand::Rng;
use rust_decimal::Decimal;

/// What a reader must give for a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expect {
    /// This value; nothing spoils it.
    Value(Decimal),
    /// No value: the paper has none.
    Null,
    /// This value, or none: the noise may have made it unreadable.
    ValueOrNull(Decimal),
}

impl Expect {
    /// Whether a reading agrees.
    pub fn admits(self, value: Option<Decimal>) -> bool {
        match (self, value) {
            (_, None) => true,
            (Self::Null, Some(_)) => false,
            (Self::Value(right) | Self::ValueOrNull(right), Some(value)) => value == right,
        }
    }
}

/// What a cell of a table is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// 第二十条第（一）项.
    Caption,
    /// Header: the corner, column names and what stands above them.
    Head,
    /// Name of a row or of a group of rows.
    Label,
    /// A figure.
    Value(CellKey),
    /// Something that is no figure of this report: last year's, a remark.
    Other,
}

/// A cell of a table at its origin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its text; forced breaks are `\n`.
    pub text: String,
    /// Grid columns covered.
    pub column_span: usize,
    /// Rows covered.
    pub row_span: usize,
    /// What it is for.
    pub role: Role,
}

impl Entry {
    /// A cell of one place.
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { text: text.into(), column_span: 1, row_span: 1, role }
    }

    /// Covering more places.
    #[must_use]
    pub fn spanning(mut self, columns: usize, rows: usize) -> Self {
        (self.column_span, self.row_span) = (columns, rows);
        self
    }

    /// Whether it is a figure.
    pub fn is_value(&self) -> bool {
        matches!(self.role, Role::Value(_))
    }
}

/// What stands at a place of the grid.
#[derive(Clone, Copy, Debug)]
pub enum Slot<'a> {
    /// A cell begins here.
    Origin(&'a Entry),
    /// The cell to the left, beginning in this row, covers it.
    Beside,
    /// A cell of an earlier row covers it, beginning in this column if the entry is given.
    Below(Option<&'a Entry>),
    /// Nothing: the row is short.
    Hole,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Which of the three it shows.
    pub kind: TableKind,
    /// Rows of cells at their origins.
    pub rows: Vec<Vec<Entry>>,
}

impl Sheet {
    /// Whether a row is a part of the header.
    pub fn is_head(row: &[Entry]) -> bool {
        row.iter().any(|entry| entry.role == Role::Head) && !row.iter().any(Entry::is_value)
    }

    /// The grid with spans laid out; every row has the same width.
    pub fn grid(&self) -> Vec<Vec<Slot<'_>>> {
        let mut grid: Vec<Vec<Option<Slot<'_>>>> = vec![Vec::new(); self.rows.len()];
        for (row, entries) in self.rows.iter().enumerate() {
            let mut column = 0;
            for entry in entries {
                while grid[row].get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                lay(&mut grid, row, column, entry);
                column += entry.column_span;
            }
        }
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        grid.iter_mut().for_each(|row| row.resize(width, None));
        let known = |slot: Option<_>| slot.unwrap_or(Slot::Hole);
        grid.into_iter().map(|row| row.into_iter().map(known).collect()).collect()
    }

    /// Grid columns.
    pub fn width(&self) -> usize {
        self.grid().first().map_or(0, Vec::len)
    }
}

fn lay<'a>(grid: &mut [Vec<Option<Slot<'a>>>], row: usize, column: usize, entry: &'a Entry) {
    let end = column + entry.column_span;
    for (below, line) in grid.iter_mut().skip(row).take(entry.row_span).enumerate() {
        line.resize(line.len().max(end), None);
        for (beside, slot) in line[column..end].iter_mut().enumerate() {
            *slot = Some(match (below, beside) {
                (0, 0) => Slot::Origin(entry),
                (0, _) => Slot::Beside,
                (_, 0) => Slot::Below(Some(entry)),
                _ => Slot::Below(None),
            });
        }
    }
}

/// A part of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// The title.
    Title(String),
    /// Heading of a section.
    Heading(String),
    /// A paragraph.
    Prose(String),
    /// What belongs to the page and not to the report.
    Furniture(String),
    /// A table.
    Table(Sheet),
}

/// Bytes of text documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with a mark.
    Utf8Mark,
    /// GB18030.
    Gb18030,
    /// Big5, where every character has a place in it; else UTF-8.
    Big5,
    /// UTF-16, little end first, with a mark.
    Utf16Little,
    /// UTF-16, big end first, with a mark.
    Utf16Big,
}

/// A report as paper.
#[derive(Clone, PartialEq, Debug)]
pub struct Paper {
    /// Name for the file, without its ending.
    pub name: String,
    /// The year reported on.
    pub year: i16,
    /// In reading order.
    pub items: Vec<Item>,
    /// Of every cell of the report.
    pub expect: IndexMap<CellKey, Expect>,
    /// How text is to be encoded.
    pub encoding: Encoding,
}

impl Paper {
    /// The tables.
    pub fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.items.iter().filter_map(|item| match item {
            Item::Table(sheet) => Some(sheet),
            _ => None,
        })
    }

    /// The tables, to be changed.
    pub fn sheets_mut(&mut self) -> impl Iterator<Item = &mut Sheet> {
        self.items.iter_mut().filter_map(|item| match item {
            Item::Table(sheet) => Some(sheet),
            _ => None,
        })
    }

    /// The cells of all tables, to be changed.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.sheets_mut().flat_map(|sheet| sheet.rows.iter_mut().flatten())
    }

    /// Changes every text of the report: titles, prose and cells.
    pub fn each_text(&mut self, mut change: impl FnMut(&mut String)) {
        for item in &mut self.items {
            match item {
                Item::Title(text)
                | Item::Heading(text)
                | Item::Prose(text)
                | Item::Furniture(text) => {
                    change(text);
                }
                Item::Table(sheet) => {
                    sheet.rows.iter_mut().flatten().for_each(|entry| change(&mut entry.text));
                }
            }
        }
    }

    /// Changes the text of figures, each with a likelihood.
    pub fn some_values(
        &mut self,
        likelihood: f64,
        chance: &mut Chance,
        mut change: impl FnMut(CellKey, &mut String),
    ) {
        for entry in self.entries_mut() {
            if let Role::Value(cell) = entry.role
                && chance.random_bool(likelihood)
            {
                change(cell, &mut entry.text);
            }
        }
    }

    /// The cell has no value any more.
    pub fn lose(&mut self, cell: CellKey) {
        self.expect.insert(cell, Expect::Null);
    }

    /// The cell may have become unreadable.
    pub fn doubt(&mut self, cell: CellKey) {
        if let Some(expect) = self.expect.get_mut(&cell)
            && let Expect::Value(value) = *expect
        {
            *expect = Expect::ValueOrNull(value);
        }
    }

    /// All cells of a table may have become unreadable.
    pub fn doubt_table(&mut self, kind: TableKind) {
        let cells: Vec<CellKey> = self
            .sheets()
            .filter(|sheet| sheet.kind == kind)
            .flat_map(|sheet| sheet.rows.iter().flatten())
            .filter_map(|entry| match entry.role {
                Role::Value(cell) => Some(cell),
                _ => None,
            })
            .collect();
        cells.into_iter().for_each(|cell| self.doubt(cell));
    }

    /// Every cell may have become unreadable.
    pub fn doubt_all(&mut self) {
        TableKind::ALL.into_iter().for_each(|kind| self.doubt_table(kind));
    }

    /// All figures that stand beside a figure of which `spoilt` is true may have become unreadable.
    pub fn doubt_rows(&mut self, spoilt: impl Fn(&Entry) -> bool) {
        let mut cells = Vec::new();
        for row in self.sheets().flat_map(|sheet| &sheet.rows) {
            if row.iter().any(|entry| entry.is_value() && spoilt(entry)) {
                cells.extend(row.iter().filter_map(|entry| match entry.role {
                    Role::Value(cell) => Some(cell),
                    _ => None,
                }));
            }
        }
        cells.into_iter().for_each(|cell| self.doubt(cell));
    }
}
