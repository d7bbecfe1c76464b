//! DOCX with tracked changes: another number deleted before every figure.

use super::{Written, docx};
use crate::paper::{Entry, Paper};

const CHANGE: &str = "w:author=\"甲\" w:date=\"2024-01-08T09:00:00Z\"";

pub(super) fn write(paper: &Paper) -> Written {
    docx::document(paper, |entry| match entry.is_value() && !entry.text.contains('\n') {
        true => changed(entry),
        false => docx::paragraphs(&entry.text),
    })
}

fn changed(entry: &Entry) -> String {
    let inserted = format!("<w:ins w:id=\"2\" {CHANGE}>{}</w:ins>", docx::run(&entry.text));
    let deleted = format!("<w:del w:id=\"1\" {CHANGE}><w:r><w:delText>7</w:delText></w:r></w:del>");
    format!("<w:p>{deleted}{inserted}</w:p>")
}
