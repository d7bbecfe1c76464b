//! Reports and findings as text for people.

pub mod check;
pub mod clock;
pub mod compared;
pub mod finding;
pub mod report;
mod rows;
mod shorten;
mod tables;

use gongkai_domain::figure::{CellKey, Place};
use gongkai_domain::form::TableKind;
use gongkai_domain::report::AnnualReport;

/// Words of a document for the terminal: on one line, nothing that a terminal would obey.
pub fn tame(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(text).replace(['\n', '\r'], " ")
}

/// A place in words: `第 2 页，表 3，第 5 行第 2 格`; empty when nothing is known.
fn place_words(place: Place) -> String {
    let Place { page, line, column, table, row, cell, paragraph } = place;
    let part = |number: Option<u32>, before: &str, after: &str| {
        number.map(|number| format!("{before}{number}{after}"))
    };
    let parts = [
        part(page, "第 ", " 页"),
        part(table, "表 ", ""),
        part(row, "第 ", " 行"),
        part(cell, "第 ", " 格"),
        part(paragraph, "第 ", " 段"),
        part(line.filter(|_| table.is_none()), "第 ", " 行"),
        part(column.filter(|_| line.is_some() && table.is_none()), "第 ", " 列"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

/// The table that a figure stands in.
fn table_of(cell: CellKey) -> Option<TableKind> {
    match cell.as_str().split('.').next()? {
        "proactive" => Some(TableKind::Proactive),
        "requests" => Some(TableKind::Requests),
        "remedies" => Some(TableKind::Remedies),
        _ => None,
    }
}

/// The names of a figure's row and column, in the report's form.
fn cell_names(report: &AnnualReport, cell: CellKey) -> Option<(String, String)> {
    let kind = table_of(cell)?;
    let table = report.forms.of(kind)?.form()?.table(kind);
    let (row, column) = table.position(cell)?;
    Some((table.rows[row].label.clone(), table.columns(row)[column].label.clone()))
}
