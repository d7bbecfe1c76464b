//! A Markdown table with its line of dashes below the first row.

use super::{Written, tab_rows, text};
use crate::paper::{Paper, Sheet};

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, table)
}

fn table(sheet: &Sheet) -> Vec<String> {
    let mut lines: Vec<String> =
        tab_rows::cells(sheet).into_iter().map(|row| format!("| {} |", row.join(" | "))).collect();
    lines.insert(lines.len().min(1), format!("|{}", "---|".repeat(sheet.width())));
    lines.insert(0, String::new());
    lines.push(String::new());
    lines
}
