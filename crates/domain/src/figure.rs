//! One figure of the annual report: its key, its value, where it was read and how surely.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// The stable name of a cell, `<table>.<row>.<column>`, interned from `data/forms`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(transparent)]
pub struct CellKey(pub(crate) &'static str);

impl CellKey {
    /// The key as text, the same in JSON, XLSX, CSV, the API and the database.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for CellKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
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
pub struct Figures(IndexMap<CellKey, Option<Decimal>>);

impl Figures {
    /// The value of a cell; `None` also when the form has no such cell.
    pub fn get(&self, cell: CellKey) -> Option<Decimal> {
        self.0.get(&cell).copied().flatten()
    }

    /// The value of a cell by the text of its key.
    pub fn by_key(&self, key: &str) -> Option<Decimal> {
        self.0.iter().find(|(cell, _)| cell.0 == key).and_then(|(_, value)| *value)
    }

    /// Whether the report's forms have this cell.
    pub fn has(&self, cell: CellKey) -> bool {
        self.0.contains_key(&cell)
    }

    /// Sets a cell; a cell not yet there is added at the end.
    pub fn set(&mut self, cell: CellKey, value: Option<Decimal>) {
        self.0.insert(cell, value);
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = (CellKey, Option<Decimal>)> + '_ {
        self.0.iter().map(|(cell, value)| (*cell, *value))
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(CellKey, Option<Decimal>)> for Figures {
    fn from_iter<I: IntoIterator<Item = (CellKey, Option<Decimal>)>>(cells: I) -> Self {
        Self(cells.into_iter().collect())
    }
}

impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(cell, value)| (cell, value.map(plain_text))))
    }
}

/// A decimal as people write it: no trailing zeros, no exponent.
pub fn plain_text(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Serializes a decimal as a plain string.
pub fn plain<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&plain_text(*value))
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
