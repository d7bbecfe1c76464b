//! HTML with the official layout: `rowspan` and `colspan`.

use super::Written;
use crate::paper::{Entry, Item, Paper, Sheet};
use std::fmt::Write as _;

pub(super) fn write(paper: &Paper) -> Written {
    page(paper, table)
}

/// A page whose tables are written by `table`.
pub(super) fn page(paper: &Paper, table: impl Fn(&Sheet) -> String) -> Written {
    let mut body = String::new();
    let mut title = "";
    for item in &paper.items {
        let part = match item {
            Item::Title(text) => {
                title = text;
                format!("<h1>{}</h1>\n", escaped(text))
            }
            Item::Heading(text) => format!("<p><strong>{}</strong></p>\n", escaped(text)),
            Item::Prose(text) => format!("<p>{}</p>\n", escaped(text)),
            Item::Furniture(text) => format!("<div><a href=\"#\">{}</a></div>\n", escaped(text)),
            Item::Table(sheet) => table(sheet),
        };
        body.push_str(&part);
    }
    let head = format!("<meta charset=\"utf-8\">\n<title>{}</title>\n", escaped(title));
    Written::Text(format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</html>\n"
    ))
}

pub(super) fn table(sheet: &Sheet) -> String {
    let mut text = "<table border=\"1\">\n".to_owned();
    for row in &sheet.rows {
        let cells: String = row.iter().map(cell).collect();
        writeln!(text, "<tr>{cells}</tr>").expect("a string takes every text");
    }
    text + "</table>\n"
}

fn cell(entry: &Entry) -> String {
    format!("<td{}>{}</td>", spans(entry), escaped(&entry.text))
}

/// The attributes of a merged cell.
pub(super) fn spans(entry: &Entry) -> String {
    let attribute = |name: &str, span: usize| match span {
        1 => String::new(),
        _ => format!(" {name}=\"{span}\""),
    };
    attribute("colspan", entry.column_span) + &attribute("rowspan", entry.row_span)
}

/// Text for HTML, forced breaks as `<br>`.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('\u{a0}', "&nbsp;").replace('\n', "<br>")
}
