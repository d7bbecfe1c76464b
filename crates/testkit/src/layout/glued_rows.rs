//! Rows without anything between cells: a label followed by digits that run together.

use super::{Written, text};
use crate::paper::{Entry, Paper};

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| sheet.rows.iter().map(|row| line(row)).collect())
}

/// The cells of a row, nothing between.
pub(super) fn line(row: &[Entry]) -> String {
    row.iter().flat_map(|entry| entry.text.split('\n')).collect()
}
