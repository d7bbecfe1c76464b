//! One cell a line and nothing else; a blank cell leaves no trace.

use super::{Written, text};
use crate::paper::Paper;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        let cells = sheet.rows.iter().flatten().filter(|entry| !entry.text.is_empty());
        cells.flat_map(|entry| entry.text.split('\n').map(str::to_owned)).collect()
    })
}
