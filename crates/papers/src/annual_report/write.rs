//! Writes an annual report: figures, text and identity into the official paper, in every format.
//!
//! One neutral description feeds every writer; all structure of the tables comes from the forms.
//! What is written is read back equal by [`super::read`] and [`super::keyed`].

mod grid;
mod official;
mod records;

pub use official::official;

use gongkai_document::write::{self as document, Links, Paper, Part};
use gongkai_domain::figure::{CellKey, Figures, plain_text};
use gongkai_domain::form::{Form, FormKey, Table, TableKind, section_titles};
use gongkai_domain::report::{AnnualReport, TableForms};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// The style of a page that stands alone.
const PAGE_STYLE: &str = include_str!("write/page.css");

/// The numerals of the six sections.
const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// A line that begins so and is no longer than this, in characters, is a heading of the second level.
const LONGEST_SUBHEADING: usize = 30;

#[derive(Deserialize)]
pub(super) struct Words {
    title: String,
    blank_note: String,
    widths: Widths,
}

#[derive(Deserialize)]
struct Widths {
    group: u32,
    label: u32,
    figure: u32,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/forms/paper.toml"))
        .expect("data/forms/paper.toml is embedded and tested")
});

/// Everything that a report says.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Full name of the organ.
    pub agency: String,
    /// The year reported on.
    pub year: i16,
    /// The form of each table.
    pub forms: [&'static Form; 3],
    /// The figures; a cell that is not there or `None` is left blank.
    pub figures: Figures,
    /// The paragraphs of sections one to six.
    pub sections: [Vec<String>; 6],
    /// The day of signature, if it is signed.
    pub signed_on: Option<Date>,
}

/// Why a report cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// No name of the organ.
    #[error("不知道机关名称")]
    NoAgency,
    /// No year.
    #[error("不知道报告年度")]
    NoYear,
    /// No form is laid down for the year.
    #[error("{0} 年度没有规定这样的表格格式")]
    NoForm(i16),
}

impl Draft {
    /// A draft with the form of its year, without figures and text.
    ///
    /// # Errors
    /// When no form is laid down for the year.
    pub fn new(agency: impl Into<String>, year: i16) -> Result<Self, DraftError> {
        let form = Form::for_year(year).ok_or(DraftError::NoForm(year))?;
        Ok(Self {
            agency: agency.into(),
            year,
            forms: [form; 3],
            figures: Figures::default(),
            sections: Default::default(),
            signed_on: None,
        })
    }

    /// What a report says that was read or compiled.
    ///
    /// # Errors
    /// When organ or year are not known, or a table's form is not one of the official ones.
    pub fn of(report: &AnnualReport) -> Result<Self, DraftError> {
        let agency = report.agency.clone().ok_or(DraftError::NoAgency)?;
        let year = report.year.ok_or(DraftError::NoYear)?;
        let of_year = Form::for_year(year);
        let official = |kind: TableKind| {
            let told = report.forms.of(kind).or(report.form).and_then(FormKey::form);
            told.or(of_year).ok_or(DraftError::NoForm(year))
        };
        let [two, three, four] = TableKind::ALL;
        let text = |number: u8| {
            let section = report.section(number).into_iter();
            let texts = section.flat_map(|section| &section.paragraphs).map(|each| &each.text);
            texts.filter(|text| **text != WORDS.blank_note).cloned().collect()
        };
        Ok(Self {
            agency,
            year,
            forms: [official(two)?, official(three)?, official(four)?],
            figures: report.figures.clone(),
            sections: [1, 2, 3, 4, 5, 6].map(text),
            signed_on: report.signed_on.map(|(date, _)| date),
        })
    }

    /// The three tables, each of its form.
    pub fn tables(&self) -> [&'static Table; 3] {
        let [two, three, four] = self.forms;
        [
            two.table(TableKind::Proactive),
            three.table(TableKind::Requests),
            four.table(TableKind::Remedies),
        ]
    }

    /// The forms of the tables.
    pub fn table_forms(&self) -> TableForms {
        let [proactive, requests, remedies] = self.forms.map(|form| Some(form.key));
        TableForms { proactive, requests, remedies }
    }

    /// Every cell of the tables in order, with its value.
    pub fn cells(&self) -> impl Iterator<Item = (CellKey, Option<rust_decimal::Decimal>)> + '_ {
        let cells = self.tables().into_iter().flat_map(|table| table.cells.iter().flatten());
        cells.map(|cell| (*cell, self.figures.get(*cell)))
    }

    /// The cells that are written blank, because no figure is known.
    pub fn blanks(&self) -> Vec<CellKey> {
        self.cells().filter(|(_, value)| value.is_none()).map(|(cell, _)| cell).collect()
    }

    /// The official title.
    pub fn title(&self) -> String {
        let title = WORDS.title.replace("{agency}", &self.agency);
        title.replace("{year}", &self.year.to_string())
    }
}

/// A format to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A page of its own.
    Html,
    /// Office Open XML text document.
    Docx,
    /// Office Open XML workbook.
    Xlsx,
    /// Rows of key and value.
    Csv,
    /// The contract of `report read`.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Html, Self::Docx, Self::Xlsx, Self::Csv, Self::Json];

    /// How names of its files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The format of files that end so.
    pub fn by_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        let ending = if ending == "htm" { "html" } else { &ending };
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// Writes a report in a format.
///
/// # Errors
/// When a text passes the bounds of the format.
pub fn write(draft: &Draft, format: Format) -> Result<Vec<u8>, document::WriteError> {
    Ok(match format {
        Format::Html => document::page(&paper(draft), PAGE_STYLE).into_bytes(),
        Format::Docx => official(draft)
            .to_docx()
            .map_err(|problem| document::WriteError::Package(problem.to_string()))?,
        Format::Xlsx => document::workbook(&paper(draft))?,
        Format::Csv => records::csv(draft).into_bytes(),
        Format::Json => records::json(draft).into_bytes(),
    })
}

/// The report as a part of a page of the site; `links` tells where each figure leads, by its key.
pub fn fragment(draft: &Draft, links: Links<'_>) -> String {
    document::fragment(&paper(draft), links)
}

/// The neutral description that every writer takes.
pub fn paper(draft: &Draft) -> Paper {
    let mut parts = vec![Part::Title(draft.title())];
    for ((title, numeral), paragraphs) in section_titles().iter().zip(NUMERALS).zip(&draft.sections)
    {
        parts.push(Part::Heading(format!("{numeral}、{}", title.title)));
        parts.extend(paragraphs.iter().flat_map(|text| text.lines()).filter_map(prose));
        for table in draft.tables().into_iter().filter(|table| table.section == title.number) {
            parts.push(Part::Table(grid::grid(table, &draft.figures, &WORDS)));
            let is_blank = |cell: &CellKey| draft.figures.get(*cell).is_none();
            if table.cells.iter().flatten().any(is_blank) {
                parts.push(Part::Note(WORDS.blank_note.clone()));
            }
        }
    }
    if let Some(date) = draft.signed_on {
        parts.push(Part::Signature(draft.agency.clone()));
        let (year, month, day) = (date.year(), date.month(), date.day());
        parts.push(Part::Signature(format!("{year}年{month}月{day}日")));
    }
    Paper { title: draft.title(), author: draft.agency.clone(), parts, data: data(draft) }
}

/// A paragraph, or a heading of the second level; nothing for an empty line.
fn prose(text: &str) -> Option<Part> {
    // No format takes control characters, and nobody means them.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let is_heading = text.starts_with('（')
        && !text.ends_with(['。', '；', '：', '！', '？'])
        && text.chars().count() <= LONGEST_SUBHEADING;
    let text = text.to_owned();
    Some(if is_heading { Part::Subheading(text) } else { Part::Paragraph(text) })
}

fn data(draft: &Draft) -> Vec<(String, Option<String>)> {
    draft.cells().map(|(cell, value)| (cell.to_string(), value.map(plain_text))).collect()
}
