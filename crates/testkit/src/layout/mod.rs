//! Layouts: every way in which a paper is written to a file, each with what it promises.

mod bar_lines;
mod blank_lines;
mod broken_labels;
mod docx;
mod docx_tracked;
mod glued_line;
mod glued_rows;
mod html;
mod html_nested;
mod html_padded;
mod html_word;
mod label_above;
mod markdown;
mod padded_columns;
mod pdf;
mod pipes;
mod plain_lines;
mod reshape;
mod spaced_line;
mod spaced_rows;
mod tab_rows;
mod tabbed_lines;
mod text;
mod xlsx;
mod zip_file;

use crate::paper::{Encoding, Entry, Expect, Paper, Role};
use encoding_rs::{BIG5, GB18030};
use gongkai_document::Format;
use gongkai_domain::figure::CellKey;
use indexmap::IndexMap;

/// How much of an unspoilt paper must be read from a layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Promise {
    /// Every cell.
    All,
    /// Ninety-nine of a hundred.
    Most,
    /// Nothing, but never a wrong figure.
    Nothing,
}

/// What a layout writes.
pub enum Written {
    /// Text, to be encoded.
    Text(String),
    /// A whole file.
    Bytes(Vec<u8>),
}

/// A layout.
pub struct Layout {
    /// Its name in reports of failures.
    pub name: &'static str,
    /// The format of its files.
    pub format: Format,
    /// How much must be read.
    pub promise: Promise,
    /// Whether a blank cell can be told from no cell.
    pub keeps_blanks: bool,
    /// Whether figures run together.
    pub glued: bool,
    write: fn(&Paper) -> Written,
}

const fn text(name: &'static str, promise: Promise, write: fn(&Paper) -> Written) -> Layout {
    Layout { name, format: Format::Text, promise, keeps_blanks: false, glued: false, write }
}

const fn file(name: &'static str, format: Format, write: fn(&Paper) -> Written) -> Layout {
    Layout { name, format, promise: Promise::All, keeps_blanks: true, glued: false, write }
}

impl Layout {
    const fn keeping_blanks(mut self) -> Self {
        self.keeps_blanks = true;
        self
    }

    const fn glueing(mut self) -> Self {
        self.glued = true;
        self
    }

    const fn promising(mut self, promise: Promise) -> Self {
        self.promise = promise;
        self
    }

    /// Ending of its file names.
    pub fn ending(&self) -> &'static str {
        match self.format {
            Format::Text => "txt",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Workbook => "xlsx",
            Format::Pdf => "pdf",
        }
    }

    /// Whether its files are text in some encoding.
    pub fn is_text(&self) -> bool {
        matches!(self.format, Format::Text | Format::Html)
    }

    /// Writes a paper to a file.
    pub fn write(&self, paper: &Paper) -> Vec<u8> {
        match (self.write)(paper) {
            Written::Text(text) => encode(&text, paper.encoding, self.format),
            Written::Bytes(bytes) => bytes,
        }
    }

    /// What a reader must give for a paper in this layout.
    pub fn expect(&self, paper: &Paper) -> IndexMap<CellKey, Expect> {
        let mut paper = paper.clone();
        if self.glued {
            paper.doubt_all();
        }
        if !self.keeps_blanks {
            paper.doubt_rows(|entry| entry.text.trim().is_empty());
        }
        paper.expect
    }
}

/// Every layout.
pub static LAYOUTS: [Layout; 28] = [
    text("pipes", Promise::All, pipes::write).keeping_blanks(),
    text("bar_lines", Promise::All, bar_lines::write).keeping_blanks(),
    text("tab_rows", Promise::All, tab_rows::write).keeping_blanks(),
    text("tabbed_lines", Promise::All, tabbed_lines::write).keeping_blanks(),
    text("blank_lines", Promise::All, blank_lines::write).keeping_blanks(),
    text("plain_lines", Promise::Most, plain_lines::write),
    text("markdown", Promise::All, markdown::write).keeping_blanks(),
    text("spaced_rows", Promise::Most, spaced_rows::write),
    text("spaced_line", Promise::Most, spaced_line::write),
    text("broken_labels", Promise::Most, broken_labels::write),
    text("label_above", Promise::Most, label_above::write),
    text("padded_columns", Promise::Most, padded_columns::write),
    text("glued_rows", Promise::Nothing, glued_rows::write).glueing(),
    text("glued_line", Promise::Nothing, glued_line::write).glueing(),
    file("html", Format::Html, html::write),
    file("html_padded", Format::Html, html_padded::write),
    file("html_word", Format::Html, html_word::write),
    file("html_nested", Format::Html, html_nested::write),
    file("html_header_repeated", Format::Html, html_header_repeated),
    file("html_cut_in_two", Format::Html, html_cut_in_two),
    file("html_extra_columns", Format::Html, html_extra_columns),
    file("docx", Format::Docx, docx::write),
    file("docx_tracked", Format::Docx, docx_tracked::write),
    file("docx_cut_in_two", Format::Docx, docx_cut_in_two),
    file("xlsx_numbers", Format::Workbook, xlsx::write_numbers),
    file("xlsx_texts", Format::Workbook, xlsx::write_texts),
    file("xlsx_sheets", Format::Workbook, xlsx::write_sheets),
    file("pdf", Format::Pdf, pdf::write).promising(Promise::Most),
];

/// The layout of a name.
pub fn by_name(name: &str) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.name == name)
}

fn html_header_repeated(paper: &Paper) -> Written {
    html::write(&reshape::repeat_header(paper))
}

fn html_cut_in_two(paper: &Paper) -> Written {
    html::write(&reshape::cut_in_two(paper))
}

fn html_extra_columns(paper: &Paper) -> Written {
    html::write(&reshape::add_empty_columns(paper))
}

fn docx_cut_in_two(paper: &Paper) -> Written {
    docx::write(&reshape::cut_in_two(paper))
}

/// Bytes of a text. HTML names its encoding, text files of UTF-16 carry a mark.
fn encode(text: &str, encoding: Encoding, format: Format) -> Vec<u8> {
    let named = |name: &str| match format {
        Format::Html => text.replacen("charset=\"utf-8\"", &format!("charset=\"{name}\""), 1),
        _ => text.to_owned(),
    };
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Mark => format!("\u{feff}{text}").into_bytes(),
        Encoding::Gb18030 => GB18030.encode(&named("gb2312")).0.into_owned(),
        Encoding::Big5 => match BIG5.encode(&named("big5")) {
            (bytes, _, false) => bytes.into_owned(),
            _ => text.as_bytes().to_vec(),
        },
        Encoding::Utf16Little => units(text).flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Big => units(text).flat_map(u16::to_be_bytes).collect(),
    }
}

fn units(text: &str) -> impl Iterator<Item = u16> + '_ {
    std::iter::once(0xfeff).chain(text.encode_utf16())
}

/// The text of a cell in one line.
fn flat(entry: &Entry) -> String {
    entry.text.replace('\n', " ")
}

/// Whether a row opens a part of table two.
fn is_caption(row: &[Entry]) -> bool {
    row.iter().any(|entry| entry.role == Role::Caption)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chance;
    use crate::compose;
    use crate::truth::{Mode, Plan};
    use rand::SeedableRng;

    fn paper(seed: u64) -> Paper {
        compose::paper(&Plan::draw(Mode::Small, &mut Chance::seed_from_u64(seed)))
    }

    #[test]
    fn names_of_layouts_are_unique() {
        let mut names: Vec<&str> = LAYOUTS.iter().map(|layout| layout.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LAYOUTS.len());
    }

    #[test]
    fn every_layout_writes_the_same_bytes_twice() {
        for layout in &LAYOUTS {
            assert_eq!(layout.write(&paper(3)), layout.write(&paper(3)), "{}", layout.name);
        }
    }

    #[test]
    fn text_layouts_hold_every_label_and_figure() {
        let plain = |text: &str| text.replace(['\n', '\t', ' ', '|', '\u{a0}'], "");
        for layout in LAYOUTS.iter().filter(|layout| layout.format == Format::Text) {
            let paper = paper(5);
            let text = plain(&String::from_utf8(layout.write(&paper)).unwrap());
            for entry in paper.sheets().flat_map(|sheet| sheet.rows.iter().flatten()) {
                // Text in padded columns breaks labels around their figures.
                if layout.name != "padded_columns" || entry.is_value() {
                    assert!(text.contains(&plain(&entry.text)), "{} {}", layout.name, entry.text);
                }
            }
        }
    }

    #[test]
    fn zip_based_layouts_open_as_zip_files() {
        for layout in &LAYOUTS {
            if matches!(layout.format, Format::Docx | Format::Workbook) {
                let bytes = std::io::Cursor::new(layout.write(&paper(6)));
                let mut archive = zip::ZipArchive::new(bytes).unwrap();
                assert!(archive.by_name("[Content_Types].xml").is_ok(), "{}", layout.name);
            }
        }
    }

    #[test]
    fn a_blank_makes_its_row_doubtful_where_blanks_vanish() {
        let mut paper = paper(7);
        let cell = *paper.expect.keys().next().unwrap();
        let next = *paper.expect.keys().nth(1).unwrap();
        for entry in paper.entries_mut().filter(|entry| entry.role == Role::Value(cell)) {
            entry.text.clear();
        }
        paper.lose(cell);
        let of = |name: &str| {
            let layout = LAYOUTS.iter().find(|layout| layout.name == name).unwrap();
            (layout.expect(&paper)[&cell], layout.expect(&paper)[&next])
        };
        assert!(matches!(of("html"), (Expect::Null, Expect::Value(_))));
        assert!(matches!(of("spaced_rows"), (Expect::Null, Expect::ValueOrNull(_))));
    }
}
