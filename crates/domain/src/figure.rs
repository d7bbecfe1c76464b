//! One figure of the annual report: its key, its value, where it was read and how surely.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The stable name of a cell, `<table>.<row>.<column>`, interned from `data/forms`.
#[derive(Clone, Copy, Debug)]
pub struct CellKey {
    text: &'static str,
    /// Its position among the cells of all forms: one number a text.
    number: u16,
}

impl CellKey {
    /// Only the forms make keys: they give each text one number.
    pub(crate) fn new(text: &'static str, number: u16) -> Self {
        Self { text, number }
    }

    /// The key as text, the same in JSON, XLSX, CSV, the API and the database.
    pub fn as_str(self) -> &'static str {
        self.text
    }

    /// The position among the cells of all forms.
    pub(crate) fn number(self) -> usize {
        usize::from(self.number)
    }
}

impl PartialEq for CellKey {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for CellKey {}

impl Hash for CellKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl PartialOrd for CellKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CellKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(other.text)
    }
}

impl Serialize for CellKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text)
    }
}

impl fmt::Display for CellKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// How surely a figure was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Stands in the document as read.
    Sure,
    /// Restored by the identities of the form, which allow one solution only.
    Repaired,
    /// Something stands there, but not surely this value.
    Uncertain,
    /// Nothing readable stands in its place.
    Lost,
}

/// Where something stands in a document; every number counts from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize)]
pub struct Place {
    /// Page of a paged document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line of a text document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column in that line, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Table, counted through the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// Row of that table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Cell of that row (grid column).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<u32>,
    /// Paragraph, where the document has no lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<u32>,
}

impl Place {
    /// The place of a character (from 0) of the text that begins here; `columns` gives the column
    /// of each where they do not simply follow each other.
    #[must_use]
    pub fn of_character(self, character: usize, columns: &[u32]) -> Self {
        let before = u32::try_from(character).unwrap_or(u32::MAX);
        let column = match columns.get(character) {
            Some(column) => Some(*column),
            None => self.column.map(|first| first.saturating_add(before)),
        };
        Self { column, ..self }
    }
}

/// One figure as it was read.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// Which figure.
    pub cell: CellKey,
    /// The text that stands there, untouched.
    pub text: String,
    /// The value, in the unit that the key lays down.
    #[serde(serialize_with = "plain_option")]
    pub value: Option<Decimal>,
    /// Where it stands; empty when the cell was not found at all.
    pub place: Place,
    /// How surely.
    pub certainty: Certainty,
    /// How it was repaired, or why it is uncertain or lost, in Chinese.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The figures of a report in the order of its form; `None` where there is no readable value.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    cells: Vec<(CellKey, Option<Decimal>)>,
    /// By the number of a cell its position in `cells`, from 1; 0 where it is not there.
    positions: Vec<u16>,
}

impl Figures {
    /// The value of a cell; `None` also when the form has no such cell.
    pub fn get(&self, cell: CellKey) -> Option<Decimal> {
        self.cells[self.position(cell)?].1
    }

    /// The value of a cell by the text of its key.
    pub fn by_key(&self, key: &str) -> Option<Decimal> {
        self.iter().find(|(cell, _)| cell.text == key).and_then(|(_, value)| value)
    }

    /// Whether the report's forms have this cell.
    pub fn has(&self, cell: CellKey) -> bool {
        self.position(cell).is_some()
    }

    /// Sets a cell; a cell not yet there is added at the end.
    pub fn set(&mut self, cell: CellKey, value: Option<Decimal>) {
        if let Some(position) = self.position(cell) {
            self.cells[position].1 = value;
            return;
        }
        if self.positions.len() <= cell.number() {
            self.positions.resize(cell.number() + 1, 0);
        }
        self.cells.push((cell, value));
        // There are no more cells than numbers.
        self.positions[cell.number()] = self.cells.len() as u16;
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = (CellKey, Option<Decimal>)> + '_ {
        self.cells.iter().copied()
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn position(&self, cell: CellKey) -> Option<usize> {
        usize::from(*self.positions.get(cell.number())?).checked_sub(1)
    }
}

impl FromIterator<(CellKey, Option<Decimal>)> for Figures {
    fn from_iter<I: IntoIterator<Item = (CellKey, Option<Decimal>)>>(cells: I) -> Self {
        let mut figures = Self::default();
        cells.into_iter().for_each(|(cell, value)| figures.set(cell, value));
        figures
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(cell, value)| (cell, value.map(Plain))))
    }
}

/// A decimal as people write it: no trailing zeros, no exponent.
#[derive(Clone, Copy, Debug)]
pub struct Plain(pub Decimal);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match u64::try_from(self.0.mantissa()) {
            Ok(whole) if self.0.scale() == 0 => whole.fmt(f),
            _ => self.0.normalize().fmt(f),
        }
    }
}

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Most figures are.
        if self.0.is_zero() { serializer.serialize_str("0") } else { serializer.collect_str(self) }
    }
}

/// The same as a text.
pub fn plain_text(value: Decimal) -> String {
    Plain(value).to_string()
}

/// Serializes a decimal as a plain string.
pub fn plain<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    Plain(*value).serialize(serializer)
}

/// Serializes a decimal, or `null`.
pub fn plain_option<S: Serializer>(
    value: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => plain(value, serializer),
        None => serializer.serialize_none(),
    }
}
