//! One cell a line, with ` |` behind it.

use super::{Written, flat, text};
use crate::paper::Paper;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        sheet.rows.iter().flatten().map(|entry| format!("{} |", flat(entry))).collect()
    })
}
