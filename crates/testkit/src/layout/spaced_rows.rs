//! Rows with a space between cells; a blank cell leaves no trace.

use super::{Written, flat, text};
use crate::paper::{Entry, Paper};

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| sheet.rows.iter().map(|row| line(row)).collect())
}

/// The cells of a row with a space between.
pub(super) fn line(row: &[Entry]) -> String {
    let cells: Vec<String> = row.iter().map(flat).filter(|text| !text.trim().is_empty()).collect();
    cells.join(" ")
}
