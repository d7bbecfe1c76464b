//! The report as an official paper, for PDF: the same description, set as GB/T 9704 lays down.

use super::{Draft, paper};
use crate::official::{Cell, Head, OfficialPaper, Part, Signature, Table};
use gongkai_document::write::{self as document, Grid, Purpose, Slot};
use jiff::civil::date;

/// The report, ready to be set.
pub fn official(draft: &Draft) -> OfficialPaper {
    // Where nobody signs, the file bears the last day of the year: a true one would differ each time.
    let day = draft.signed_on.unwrap_or_else(|| date(draft.year, 12, 31));
    let mut official = OfficialPaper::new(Head::Plain, draft.title(), day);
    official.body = paper(draft).parts.iter().filter_map(part).collect();
    let signed = |date| Signature { organs: vec![draft.agency.clone()], date, seal: None };
    official.signature = draft.signed_on.map(signed);
    official
}

/// Title and signature have places of their own.
fn part(part: &document::Part) -> Option<Part> {
    Some(match part {
        document::Part::Title(_) | document::Part::Signature(_) => return None,
        document::Part::Heading(text) => Part::Heading(1, text.clone()),
        document::Part::Subheading(text) => Part::Heading(2, text.clone()),
        document::Part::Paragraph(text) => Part::Text(text.clone()),
        document::Part::Note(text) => Part::Small(text.clone()),
        document::Part::Table(grid) => Part::Table(table(grid)),
    })
}

fn table(grid: &Grid) -> Table {
    let all: u32 = grid.widths.iter().sum();
    // Shares are small whole numbers; a float holds them exactly.
    let share = |width: &u32| *width as f32 / all.max(1) as f32;
    let row = |slots: &Vec<Slot>| slots.iter().map(cell).collect();
    Table {
        columns: grid.widths.iter().map(share).collect(),
        rows: grid.rows.iter().map(row).collect(),
        header_rows: grid.n_head_rows,
        compact: true,
    }
}

fn cell(slot: &Slot) -> Cell {
    let is_head = matches!(slot.purpose, Purpose::ColumnHead | Purpose::Caption);
    let centred = slot.purpose == Purpose::Datum;
    let is_unknown = centred && slot.text.is_empty();
    let text = if is_unknown { document::UNKNOWN } else { &slot.text };
    let cell = Cell::new(text).over(slot.column_span, slot.row_span);
    Cell { head: is_head, centred, ..cell }
}
