//! A neutral document, such as the annual report, as an official paper. What it says is not known here.

use super::{Cell, Head, OfficialPaper, Part, Signature, Table};
use gongkai_document::write::{self as document, Grid, Purpose, Slot};
use jiff::civil::Date;

/// The document as a plain official paper; `date` is the day of its signature, and of the file.
pub fn of_neutral(document: &document::Paper, date: Date) -> OfficialPaper {
    let mut paper = OfficialPaper::new(Head::Plain, document.title.clone(), date);
    paper.author.clone_from(&document.author);
    let mut signed = false;
    for part in &document.parts {
        match part {
            document::Part::Title(text) => paper.title = in_two_lines(text, &document.author),
            document::Part::Heading(text) => paper.body.push(Part::Heading(1, text.clone())),
            document::Part::Subheading(text) => paper.body.push(Part::Heading(2, text.clone())),
            document::Part::Paragraph(text) => paper.body.push(Part::Text(text.clone())),
            document::Part::Note(text) => paper.body.push(Part::Small(text.clone())),
            document::Part::Table(grid) => paper.body.push(Part::Table(table(grid))),
            document::Part::Signature(_) => signed = true,
        }
    }
    let organs = vec![document.author.clone()];
    paper.signature = signed.then_some(Signature { organs, date, seal: None });
    paper
}

/// A long title is parted behind the name of the organ, not within a word.
fn in_two_lines(title: &str, organ: &str) -> String {
    match title.strip_prefix(organ) {
        Some(rest) if !organ.is_empty() && !rest.is_empty() => format!("{organ}\n{rest}"),
        _ => title.to_owned(),
    }
}

fn table(grid: &Grid) -> Table {
    Table {
        // Widths are small numbers beside each other.
        columns: grid.widths.iter().map(|width| *width as f32).collect(),
        rows: grid.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        header_rows: grid.n_head_rows,
        compact: true,
    }
}

fn cell(slot: &Slot) -> Cell {
    let head = matches!(slot.purpose, Purpose::ColumnHead | Purpose::Caption);
    let centred = slot.purpose == Purpose::Datum;
    Cell { head, centred, ..Cell::new(slot.shown()).over(slot.column_span, slot.row_span) }
}
