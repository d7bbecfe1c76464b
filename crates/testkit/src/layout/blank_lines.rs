//! One cell a line behind a tab, an empty line between rows, a lone tab where a merged cell reaches down.

use super::{Written, text};
use crate::paper::{Paper, Sheet, Slot};

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, table)
}

fn table(sheet: &Sheet) -> Vec<String> {
    let mut lines = Vec::new();
    for row in sheet.grid() {
        for slot in row {
            match slot {
                Slot::Origin(entry) => {
                    lines.extend(entry.text.split('\n').map(|line| format!("\t{line}")));
                }
                Slot::Below(Some(_)) => lines.push("\t".to_owned()),
                Slot::Below(None) | Slot::Beside | Slot::Hole => {}
            }
        }
        lines.push(String::new());
    }
    lines
}
