//! The description that every writer takes: parts in order, tables with merged cells at their places.

/// Stands for a datum that is not known where a blank at the end of a row cannot be told from no
/// cell at all: in sheets and on pages.
pub const UNKNOWN: &str = "—";

/// A paper to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// Its title, for the properties of the file.
    pub title: String,
    /// Who gives it, for the properties of the file.
    pub author: String,
    /// Everything in reading order.
    pub parts: Vec<Part>,
    /// Names and values for programs, one a datum of the tables: `requests.received.total`.
    pub data: Vec<(String, Option<String>)>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title line.
    Title(String),
    /// A heading of the first level, number included: 一、…
    Heading(String),
    /// A heading of the second level, number included: （一）…
    Subheading(String),
    /// A paragraph.
    Paragraph(String),
    /// A small remark, such as below a table.
    Note(String),
    /// A line of the signature: who, and when.
    Signature(String),
    /// A table.
    Table(Grid),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// What it is called, for those who do not see what stands over it, and as the name of its sheet.
    /// It is not printed.
    pub name: String,
    /// How wide its columns are beside each other.
    pub widths: Vec<u32>,
    /// How many rows at the top are its header.
    pub n_head_rows: usize,
    /// Rows of slots, each at its origin, left to right.
    pub rows: Vec<Vec<Slot>>,
}

/// What a slot is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Names columns.
    ColumnHead,
    /// Names a row, or several.
    RowHead,
    /// Stands over a part of the table.
    Caption,
    /// A datum.
    Datum,
}

/// A cell of a table, at its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its text; a datum that is not known has none.
    pub text: String,
    /// The name of its datum.
    pub key: Option<String>,
    /// What it is for.
    pub purpose: Purpose,
    /// Grid columns covered, at least 1.
    pub column_span: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
}

impl Slot {
    /// What is written: its text, or the sign for a datum that is not known.
    pub fn shown(&self) -> &str {
        match self.purpose {
            Purpose::Datum if self.text.is_empty() => UNKNOWN,
            _ => &self.text,
        }
    }

    /// A slot of one place.
    pub fn new(purpose: Purpose, text: impl Into<String>) -> Self {
        Self { text: text.into(), key: None, purpose, column_span: 1, row_span: 1 }
    }

    /// Covering more places.
    #[must_use]
    pub fn spanning(mut self, columns: usize, rows: usize) -> Self {
        (self.column_span, self.row_span) = (columns, rows);
        self
    }

    /// A datum by its name; `None` leaves it blank.
    pub fn datum(key: impl Into<String>, value: Option<String>) -> Self {
        let slot = Self::new(Purpose::Datum, value.unwrap_or_default());
        Self { key: Some(key.into()), ..slot }
    }
}

/// What stands at a place of the grid.
#[derive(Clone, Copy, Debug)]
pub enum Spot<'a> {
    /// A slot begins here.
    Origin(&'a Slot),
    /// The slot to the left, of this row, covers it.
    Beside,
    /// A slot of an earlier row that begins in this column covers it.
    Below(&'a Slot),
    /// A slot of an earlier row and of an earlier column covers it.
    Inside,
    /// Nothing: the row is short.
    Hole,
}

impl Grid {
    /// The grid with all spans laid out; every row is as wide as the widest.
    pub fn spots(&self) -> Vec<Vec<Spot<'_>>> {
        let mut grid: Vec<Vec<Option<Spot<'_>>>> = vec![Vec::new(); self.rows.len()];
        for (row, slots) in self.rows.iter().enumerate() {
            let mut column = 0;
            for slot in slots {
                while grid[row].get(column).is_some_and(Option::is_some) {
                    column += 1;
                }
                lay(&mut grid, row, column, slot);
                column += slot.column_span;
            }
        }
        let width = grid.iter().map(Vec::len).max().unwrap_or(0).max(self.widths.len());
        grid.iter_mut().for_each(|row| row.resize(width, None));
        let known = |spot: Option<_>| spot.unwrap_or(Spot::Hole);
        grid.into_iter().map(|row| row.into_iter().map(known).collect()).collect()
    }
}

fn lay<'a>(grid: &mut [Vec<Option<Spot<'a>>>], row: usize, column: usize, slot: &'a Slot) {
    let end = column + slot.column_span.max(1);
    for (below, line) in grid.iter_mut().skip(row).take(slot.row_span.max(1)).enumerate() {
        line.resize(line.len().max(end), None);
        for (beside, spot) in line[column..end].iter_mut().enumerate() {
            *spot = Some(match (below, beside) {
                (0, 0) => Spot::Origin(slot),
                (0, _) => Spot::Beside,
                (_, 0) => Spot::Below(slot),
                _ => Spot::Inside,
            });
        }
    }
}
