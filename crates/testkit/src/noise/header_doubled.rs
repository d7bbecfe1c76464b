//! Headers that stand twice, one below the other.

use crate::Chance;
use crate::paper::{Entry, Paper, Sheet};

pub(super) fn spoil(paper: &mut Paper, _: &mut Chance) {
    for sheet in paper.sheets_mut() {
        let mut rows = Vec::new();
        let mut header: Vec<Vec<Entry>> = Vec::new();
        for row in std::mem::take(&mut sheet.rows) {
            match Sheet::is_head(&row) {
                true => header.push(row.clone()),
                false => rows.append(&mut header),
            }
            rows.push(row);
        }
        sheet.rows = rows;
    }
}
