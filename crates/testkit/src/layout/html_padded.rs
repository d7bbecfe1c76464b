//! HTML without merged cells: blank cells stand where they reached.

use super::{Written, html};
use crate::paper::{Paper, Sheet, Slot};
use std::fmt::Write as _;

pub(super) fn write(paper: &Paper) -> Written {
    html::page(paper, table)
}

fn table(sheet: &Sheet) -> String {
    let mut text = "<table>\n<tbody>\n".to_owned();
    for row in sheet.grid() {
        let cells: String = row.into_iter().map(cell).collect();
        writeln!(text, "<tr>{cells}</tr>").expect("a string takes every text");
    }
    text + "</tbody>\n</table>\n"
}

fn cell(slot: Slot<'_>) -> String {
    match slot {
        Slot::Origin(entry) => format!("<td>{}</td>", html::escaped(&entry.text)),
        Slot::Beside => "<td>&nbsp;</td>".to_owned(),
        Slot::Below(_) => "<td></td>".to_owned(),
        Slot::Hole => String::new(),
    }
}
