//! DOCX with merged cells: `gridSpan` and `vMerge`.

use super::{Written, zip_file};
use crate::paper::{Entry, Item, Paper, Sheet, Slot};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

const BORDERS: &str = r#"<w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr>"#;

pub(super) fn write(paper: &Paper) -> Written {
    document(paper, |entry| paragraphs(&entry.text))
}

/// A document whose cells are filled by `content`.
pub(super) fn document(paper: &Paper, content: impl Fn(&Entry) -> String) -> Written {
    let mut body = OPENING.to_owned();
    for item in &paper.items {
        let part = match item {
            Item::Title(text) | Item::Heading(text) | Item::Prose(text) | Item::Furniture(text) => {
                paragraphs(text)
            }
            Item::Table(sheet) => table(sheet, &content) + &paragraphs(""),
        };
        body.push_str(&part);
    }
    body.push_str("</w:body></w:document>");
    let parts =
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", &body)];
    Written::Bytes(zip_file::bytes(&parts))
}

fn table(sheet: &Sheet, content: &impl Fn(&Entry) -> String) -> String {
    let grid = sheet.grid();
    let columns = "<w:gridCol w:w=\"900\"/>".repeat(grid.first().map_or(0, Vec::len));
    let mut text = format!("<w:tbl>{BORDERS}<w:tblGrid>{columns}</w:tblGrid>");
    for row in grid {
        let cells: String = row.into_iter().map(|slot| cell(slot, content)).collect();
        text.push_str(&format!("<w:tr>{cells}</w:tr>"));
    }
    text + "</w:tbl>"
}

fn cell(slot: Slot<'_>, content: &impl Fn(&Entry) -> String) -> String {
    let wrapped = |columns: usize, merge: &str, inside: &str| {
        let span = match columns {
            1 => String::new(),
            _ => format!("<w:gridSpan w:val=\"{columns}\"/>"),
        };
        format!("<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inside}</w:tc>")
    };
    match slot {
        Slot::Origin(entry) => {
            let merge = if entry.row_span > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
            wrapped(entry.column_span, merge, &content(entry))
        }
        Slot::Below(Some(entry)) => wrapped(entry.column_span, "<w:vMerge/>", &paragraphs("")),
        Slot::Beside | Slot::Below(None) | Slot::Hole => String::new(),
    }
}

/// A text as paragraphs, one a line.
pub(super) fn paragraphs(text: &str) -> String {
    let line = |line: &str| match line {
        "" => "<w:p/>".to_owned(),
        _ => format!("<w:p>{}</w:p>", run(line)),
    };
    text.split('\n').map(line).collect()
}

/// A run of text.
pub(super) fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// Text for XML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
