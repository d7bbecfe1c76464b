//! HTML as Word saves it: spans inside spans, conditional comments, digits set apart, unclosed cells.

use super::{Written, html};
use crate::paper::{Entry, Paper, Sheet};
use std::fmt::Write as _;

pub(super) fn write(paper: &Paper) -> Written {
    html::page(paper, table)
}

fn table(sheet: &Sheet) -> String {
    let mut text = "<div align=center>\n<table class=MsoNormalTable border=1 cellspacing=0 \
        style='border-collapse:collapse;mso-yfti-tbllook:1184'>\n"
        .to_owned();
    for (index, row) in sheet.rows.iter().enumerate() {
        let cells: String = row.iter().map(cell).collect();
        write!(text, " <tr style='mso-yfti-irow:{index};height:22.7pt'>\n{cells}")
            .expect("a string takes every text");
    }
    text + "</table>\n</div>\n"
}

/// Neither cells nor rows are closed, and a lone blank is what Word puts into empty paragraphs.
fn cell(entry: &Entry) -> String {
    let style = "<p class=MsoNormal align=center style='text-align:center'>";
    let runs = match entry.text.is_empty() {
        true => "<span lang=EN-US><![if !supportEmptyParas]>&nbsp;<![endif]><o:p></o:p></span>"
            .to_owned(),
        false => runs(&entry.text),
    };
    format!("  <td{} style='border:solid windowtext 1.0pt'>\n  {style}{runs}\n", html::spans(entry))
}

/// The first half and the second half of a text in spans of their own.
fn runs(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (first, second) = characters.split_at(characters.len() / 2);
    let run = |part: &[char]| match part {
        [] => String::new(),
        _ => format!(
            "<span lang=EN-US style='font-family:仿宋'>{}</span>",
            html::escaped(&part.iter().collect::<String>())
        ),
    };
    format!("<b>{}{}</b><span lang=EN-US><o:p></o:p></span></p>", run(first), run(second))
}
