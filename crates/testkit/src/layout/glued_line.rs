//! A whole table in one line without anything between cells.

use super::{Written, glued_rows, text};
use crate::paper::Paper;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        vec![sheet.rows.iter().map(|row| glued_rows::line(row)).collect()]
    })
}
