//! A whole table in one line, with spaces between cells.

use super::{Written, spaced_rows, text};
use crate::paper::Paper;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        let rows: Vec<String> = sheet.rows.iter().map(|row| spaced_rows::line(row)).collect();
        vec![rows.join(" ")]
    })
}
