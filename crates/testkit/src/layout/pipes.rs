//! Rows with `|` between cells, merged cells collapsed and their bars left at the end of the row.

use super::{Written, flat, text};
use crate::paper::{Paper, Sheet};

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, table)
}

fn table(sheet: &Sheet) -> Vec<String> {
    let width = sheet.width();
    let line = |row: &Vec<_>| {
        let cells: Vec<String> = row.iter().map(flat).collect();
        let collapsed = width.saturating_sub(cells.len());
        let tail =
            if collapsed == 0 { String::new() } else { format!(" {}", "|".repeat(collapsed)) };
        format!("{} |{tail}", cells.join(" | "))
    };
    sheet.rows.iter().map(line).collect()
}
