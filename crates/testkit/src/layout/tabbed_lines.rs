//! One cell a line behind a tab, an empty line between rows, nothing where merged cells reach.

use super::{Written, text};
use crate::paper::Paper;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        let mut lines = Vec::new();
        for row in &sheet.rows {
            for entry in row {
                lines.extend(entry.text.split('\n').map(|line| format!("\t{line}")));
            }
            lines.push(String::new());
        }
        lines
    })
}
