//! The official forms of the annual report: tables, rows, columns, labels, and what adds up.
//!
//! Declared once in `data/forms`; reading, checking, writing and pages derive from it.

mod load;

use crate::figure::CellKey;
use crate::finding::CheckDefinition;
use serde::{Deserialize, Serialize};

pub use load::{forms, section_titles};

/// A form by the first year it was used for: `2019`, `2021`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct FormKey(pub(crate) &'static str);

impl FormKey {
    /// The free form of the reports for 2008 to 2018, whose tables are not comparable.
    pub const PRE_2019: Self = Self("pre-2019");

    /// The key as text.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The official form of this key; `None` for the older free form.
    pub fn form(self) -> Option<&'static Form> {
        forms().iter().find(|form| form.key == self)
    }
}

/// The three tables of the report.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// Table two: proactive disclosure.
    Proactive,
    /// Table three: disclosure requests.
    Requests,
    /// Table four: reconsideration and litigation.
    Remedies,
}

impl TableKind {
    /// All three in order.
    pub const ALL: [Self; 3] = [Self::Proactive, Self::Requests, Self::Remedies];

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Proactive => "表二（主动公开）",
            Self::Requests => "表三（依申请公开）",
            Self::Remedies => "表四（复议诉讼）",
        }
    }
}

/// How a table is laid out on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Blocks below each other, each with its caption and header.
    Blocks,
    /// One header, one line a row.
    Rows,
    /// All rows beside each other in one line of figures, under a header of several levels.
    OneLine,
}

/// One official form.
#[derive(Debug)]
pub struct Form {
    /// Its key.
    pub key: FormKey,
    /// Its official title.
    pub title: String,
    /// The document that laid it down.
    pub document: String,
    /// The first year it is for.
    pub first_year: i16,
    /// The last year it is for, if it has been replaced.
    pub last_year: Option<i16>,
    /// Its tables.
    pub tables: Vec<Table>,
}

impl Form {
    /// One of its tables.
    pub fn table(&self, kind: TableKind) -> &Table {
        self.tables
            .iter()
            .find(|table| table.kind == kind)
            .expect("every form declares three tables; kept by a test")
    }

    /// The form laid down for reports on a year.
    pub fn for_year(year: i16) -> Option<&'static Self> {
        forms().iter().find(|form| {
            form.first_year <= year && form.last_year.is_none_or(|last_year| year <= last_year)
        })
    }
}

/// One table of one form.
#[derive(Debug)]
pub struct Table {
    /// Which of the three.
    pub kind: TableKind,
    /// Section of the report it stands in.
    pub section: u8,
    /// Title of that section.
    pub title: String,
    /// Layout on paper.
    pub layout: Layout,
    /// Text of the corner cell or of the note above the row labels.
    pub corner: Option<String>,
    /// Further header texts that stand over several columns.
    pub heads: Vec<String>,
    /// Labels that stand over several rows.
    pub groups: Vec<Group>,
    /// Blocks; a table without captions has one.
    pub blocks: Vec<Block>,
    /// Rows of all blocks, in order.
    pub rows: Vec<Row>,
    /// What must hold inside the table.
    pub relations: Vec<Relation>,
    /// What carries from year to year.
    pub carries: Vec<Carry>,
    /// Keys by row, then column of the row's block.
    pub cells: Vec<Vec<CellKey>>,
}

impl Table {
    /// The columns of a row.
    pub fn columns(&self, row: usize) -> &[Column] {
        &self.blocks[self.rows[row].block].columns
    }

    /// Position of a row by its key.
    pub fn row(&self, key: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    /// The key of a cell by row key and column key.
    pub fn cell(&self, row: &str, column: &str) -> Option<CellKey> {
        let row = self.row(row)?;
        let column = self.columns(row).iter().position(|each| each.key == column)?;
        Some(self.cells[row][column])
    }

    /// Position of a cell: row, then column.
    pub fn position(&self, cell: CellKey) -> Option<(usize, usize)> {
        self.cells.iter().enumerate().find_map(|(row, cells)| {
            cells.iter().position(|each| *each == cell).map(|column| (row, column))
        })
    }

    /// A cell's name for people: 「自然人 · （一）予以公开」.
    pub fn cell_name(&self, cell: CellKey) -> Option<String> {
        let (row, column) = self.position(cell)?;
        Some(format!("{} · {}", self.rows[row].label, self.columns(row)[column].label))
    }
}

/// A label over several rows.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// Key.
    pub key: String,
    /// Official words.
    pub label: String,
    /// Words met in reality.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Forms it stands in; empty for all.
    #[serde(default)]
    pub forms: Vec<String>,
}

/// Rows under one caption and one header.
#[derive(Debug, Clone)]
pub struct Block {
    /// Caption, e.g. 第二十条第（一）项.
    pub caption: Option<String>,
    /// Columns.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone, Deserialize)]
pub struct Column {
    /// Key.
    pub key: String,
    /// Official words.
    pub label: String,
    /// Words met in reality.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Label that stands over it and its neighbours.
    #[serde(default)]
    pub group: Option<String>,
    /// Unit of its figures.
    pub unit: String,
    /// Whether 增 and 减 (a sign) may stand in it.
    #[serde(default)]
    pub signed: bool,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Key.
    pub key: String,
    /// Official words.
    pub label: String,
    /// Words met in reality.
    pub variants: Vec<String>,
    /// Its block.
    pub block: usize,
    /// Keys of the groups over it, outermost first.
    pub groups: Vec<String>,
}

/// Along which line a relation is repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Across {
    /// Once for every column; its terms are rows.
    Columns,
    /// Once for every row that has all the columns; its terms are columns.
    Rows,
}

/// How both sides compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub enum Operator {
    /// Equal.
    #[serde(rename = "=")]
    Equal,
    /// Left not smaller.
    #[serde(rename = ">=")]
    AtLeast,
    /// Left not larger.
    #[serde(rename = "<=")]
    AtMost,
}

impl Operator {
    /// The sign for people.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
        }
    }

    /// Whether it holds.
    pub fn holds<T: PartialOrd>(self, left: T, right: T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtLeast => right <= left,
            Self::AtMost => left <= right,
        }
    }
}

/// What must hold inside a table: the sum of `left` against the sum of `right`.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Key, kind, title, basis and severity.
    pub check: CheckDefinition,
    /// Repeated along.
    pub across: Across,
    /// Comparison.
    pub op: Operator,
    /// Row or column positions.
    pub left: Vec<String>,
    /// Row or column positions.
    pub right: Vec<String>,
    /// Its lines, worked out once.
    pub instances: Vec<Instance>,
}

/// One instance of a relation: its line, and the cells on both sides.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Label of the row or column.
    pub line: String,
    /// Terms of the left side.
    pub left: Vec<CellKey>,
    /// Terms of the right side.
    pub right: Vec<CellKey>,
}

/// What must hold from one year to the next.
#[derive(Debug, Clone)]
pub struct Carry {
    /// Key, kind, title, basis and severity.
    pub check: CheckDefinition,
    /// Repeated along.
    pub across: Across,
    /// Comparison of (`previous` + `plus` − `minus`) with `current`.
    pub op: Operator,
    /// Terms of last year's report.
    pub previous: Vec<String>,
    /// Terms of this year's report added to them.
    pub plus: Vec<String>,
    /// Terms of this year's report taken off.
    pub minus: Vec<String>,
    /// Terms of this year's report on the other side.
    pub current: Vec<String>,
}

/// An official section title with the variants met in reality.
#[derive(Debug, Clone, Deserialize)]
pub struct SectionTitle {
    /// 1 to 6.
    pub number: u8,
    /// Official words.
    pub title: String,
    /// Words met in reality.
    #[serde(default)]
    pub variants: Vec<String>,
}
