//! Other shapes of the same tables: header repeated, cut in two, with empty columns.

use super::is_caption;
use crate::paper::{Entry, Item, Paper, Role, Sheet};

/// Repeats the header of table three in its middle, as a page break does.
pub fn repeat_header(paper: &Paper) -> Paper {
    let mut paper = paper.clone();
    for sheet in paper.sheets_mut() {
        let header: Vec<Vec<Entry>> =
            sheet.rows.iter().take_while(|row| Sheet::is_head(row)).cloned().collect();
        if let Some(row) =
            header.len().checked_add(6).filter(|row| !header.is_empty() && *row < sheet.rows.len())
        {
            split_spans(sheet, row);
            sheet.rows.splice(row..row, header);
        }
    }
    paper
}

/// Cuts every table of many rows in two; the second part begins without a header.
pub fn cut_in_two(paper: &Paper) -> Paper {
    let mut paper = paper.clone();
    paper.items = std::mem::take(&mut paper.items).into_iter().flat_map(cut).collect();
    paper
}

fn cut(item: Item) -> Vec<Item> {
    let Item::Table(mut sheet) = item else { return vec![item] };
    let half = sheet.rows.len() / 2;
    let row = match sheet.rows.iter().skip(half).position(|row| is_caption(row)) {
        Some(further) => half + further,
        None if sheet.rows.len() > 10 => half,
        None => return vec![Item::Table(sheet)],
    };
    split_spans(&mut sheet, row);
    let rest = Sheet { kind: sheet.kind, rows: sheet.rows.split_off(row) };
    vec![Item::Table(sheet), Item::Table(rest)]
}

/// Merged cells that reach over `row` end before it; blank ones go on in their place.
fn split_spans(sheet: &mut Sheet, row: usize) {
    let mut blanks = Vec::new();
    for (above, entries) in sheet.rows.iter_mut().enumerate().take(row) {
        for entry in entries.iter_mut().filter(|entry| above + entry.row_span > row) {
            let rest = above + entry.row_span - row;
            entry.row_span = row - above;
            blanks.push(Entry::new(Role::Other, "").spanning(entry.column_span, rest));
        }
    }
    sheet.rows[row].splice(0..0, blanks);
}

/// Puts one or two empty columns at the end of every table.
pub fn add_empty_columns(paper: &Paper) -> Paper {
    let mut paper = paper.clone();
    for row in paper.sheets_mut().flat_map(|sheet| &mut sheet.rows) {
        row.push(Entry::new(Role::Other, ""));
        if row.iter().any(Entry::is_value) {
            row.push(Entry::new(Role::Other, "\u{a0}"));
        }
    }
    paper
}
