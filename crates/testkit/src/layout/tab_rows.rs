//! Rows with tabs between grid columns, blanks where merged cells reach.

use super::{Written, flat, text};
use crate::paper::{Paper, Sheet, Slot};

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| cells(sheet).into_iter().map(|row| row.join("\t")).collect())
}

/// The grid as texts, blank where merged cells reach.
pub(super) fn cells(sheet: &Sheet) -> Vec<Vec<String>> {
    let cell = |slot: Slot<'_>| match slot {
        Slot::Origin(entry) => flat(entry),
        Slot::Beside | Slot::Below(_) | Slot::Hole => String::new(),
    };
    sheet.grid().into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
}
