//! What is found of the official tables: rows with their cells, headers, and table four's stream.

use super::labels::Target;
use super::rows::Origin;
use super::value::CellValue;
use gongkai_domain::figure::Place;
use gongkai_domain::form::{FormKey, TableKind};
use std::rc::Rc;

/// A cell of figures.
#[derive(Clone, Debug)]
pub struct Slot {
    /// What stands there.
    pub value: CellValue,
    /// As it stands.
    pub raw: Rc<str>,
    /// Grid column or position in the line.
    pub column: usize,
    /// Grid columns covered.
    pub span: usize,
    /// Number of the physical row it stands in.
    pub physical: usize,
    /// Where.
    pub place: Place,
}

/// A row of table two or three with the cells behind its label.
#[derive(Clone, Debug)]
pub struct RowRecord {
    /// Its table.
    pub table: TableKind,
    /// Its key.
    pub row: &'static str,
    /// What the row was in the document.
    pub origin: Origin,
    /// Number of the grid it stands in.
    pub grid: u32,
    /// Cells before the first slot, in its physical row.
    pub depth: usize,
    /// Cells behind the label.
    pub slots: Vec<Slot>,
    /// Where the label stands.
    pub place: Place,
}

/// A header cell.
#[derive(Clone, Debug)]
pub struct HeaderCell {
    /// The column or head it names.
    pub target: Target,
    /// Its words.
    pub text: String,
    /// Forms in which these words name it.
    pub forms: &'static [FormKey],
    /// Number of the grid it stands in; 0 outside grids.
    pub grid: u32,
    /// Left grid column.
    pub column: usize,
    /// How many row records came before it.
    pub before: usize,
}

/// A year that stands in a header, for tables with two years side by side.
#[derive(Clone, Debug)]
pub struct HeaderYear {
    /// The year.
    pub year: i16,
    /// The table it stands over.
    pub table: TableKind,
    /// Number of the grid.
    pub grid: u32,
    /// How many row records came before it.
    pub before: usize,
    /// How many header cells came before it.
    pub headers: usize,
}

/// A header cell or a value of table four, in reading order.
#[derive(Clone, Debug)]
pub enum RemedyItem {
    /// The head over the two blocks of litigation.
    Head,
    /// One of the three blocks.
    Block(&'static str),
    /// One of the five columns.
    Column(&'static str),
    /// A value.
    Slot(Slot),
}

/// Everything found of the official tables.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Rows of tables two and three, in reading order, as often as they occur.
    pub rows: Vec<RowRecord>,
    /// Header cells of tables two and three.
    pub headers: Vec<HeaderCell>,
    /// Years in headers.
    pub years: Vec<HeaderYear>,
    /// Table four.
    pub remedies: Vec<RemedyItem>,
    /// Broken pieces of header words seen in table four.
    pub header_debris: Vec<Place>,
    /// Rows of values whose label could not be told.
    pub unlabelled: Vec<Place>,
    /// Tables whose figures stand before their labels: which is whose cannot be told.
    pub values_first: Vec<TableKind>,
    /// For each physical row whether it belongs to a table.
    pub tabular: Vec<bool>,
}
