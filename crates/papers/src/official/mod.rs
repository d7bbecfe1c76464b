//! An official paper (公文): what stands on it, in the words of GB/T 9704, and its writers to DOCX
//! and PDF. What a paper of disclosure must say is not known here; that is `notice`.

mod compose;
mod docx;
mod measures;
mod neutral;
mod seal;
mod table;

pub use compose::compose;
pub use docx::{OfficeFonts, Problem as DocxProblem, docx};
pub use gongkai_typeset::{Fonts, Problem as PdfProblem, Rendered as Pdf, Substitution};
use jiff::civil::Date;
pub use measures::{Measures, measures};
pub use neutral::of_neutral;
pub use seal::{SealProblem, check_seal};
pub use table::{Cell, Table};

/// How the first page begins.
#[derive(serde::Serialize, serde::Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    /// 文件格式: red letterhead, number, red rule.
    File,
    /// 信函格式: red letterhead between red double rules, as for a letter to one person.
    Letter,
    /// No letterhead: forms and records.
    Plain,
}

/// A piece of the body.
#[derive(Clone, PartialEq, Debug)]
pub enum Part {
    /// A heading; its own number (一、（一）1.（1）) stands in the text. Level 1 to 4.
    Heading(u8, String),
    /// A paragraph, indented by two characters.
    Text(String),
    /// A paragraph without indent.
    Flush(String),
    /// A remark below a form, in the size of the form.
    Small(String),
    /// A line in the middle.
    Centred(String),
    /// A table.
    Table(Table),
}

/// Who signs, and when.
#[derive(Clone, PartialEq, Debug)]
pub struct Signature {
    /// 发文机关署名, as many as sign.
    pub organs: Vec<String>,
    /// 成文日期.
    pub date: Date,
    /// The picture of the seal, where it is printed and not stamped by hand.
    pub seal: Option<Seal>,
}

/// A picture of a seal and where it is placed.
#[derive(Clone, PartialEq, Debug)]
pub struct Seal {
    /// PNG or JPEG; with a transparent ground the text below stays readable.
    pub bytes: Vec<u8>,
    /// How wide it is on paper, millimetres; without it the usual 42.
    pub diameter_mm: Option<f32>,
    /// Moves the seal to the right of its place, millimetres.
    pub right_mm: f32,
    /// Moves the seal below its place, millimetres.
    pub down_mm: f32,
}

/// 版记: to whom copies go, who printed it and when.
#[derive(Clone, PartialEq, Debug)]
pub struct Imprint {
    /// 抄送.
    pub copies_to: Vec<String>,
    /// 印发机关.
    pub printed_by: String,
    /// 印发日期.
    pub printed_on: Date,
}

/// An official paper.
#[derive(Clone, PartialEq, Debug)]
pub struct OfficialPaper {
    /// How the first page begins.
    pub head: Head,
    /// 发文机关标志; none on a plain paper.
    pub letterhead: String,
    /// 发文字号.
    pub number: Option<String>,
    /// 标题.
    pub title: String,
    /// 主送机关, or the person written to.
    pub addressee: Option<String>,
    /// 正文.
    pub body: Vec<Part>,
    /// 附件说明: names of what is attached.
    pub attachments: Vec<String>,
    /// 署名 and 成文日期.
    pub signature: Option<Signature>,
    /// 附注, without its brackets.
    pub note: Option<String>,
    /// 版记.
    pub imprint: Option<Imprint>,
    /// The day for the properties of the file, where nobody signs.
    pub date: Date,
    /// Who gives it, for the properties of the file, where no letterhead says it.
    pub author: String,
}

impl OfficialPaper {
    /// A paper with a title and nothing else on it.
    pub fn new(head: Head, title: impl Into<String>, date: Date) -> OfficialPaper {
        OfficialPaper {
            head,
            letterhead: String::new(),
            number: None,
            title: title.into(),
            addressee: None,
            body: Vec::new(),
            attachments: Vec::new(),
            signature: None,
            note: None,
            imprint: None,
            date,
            author: String::new(),
        }
    }

    /// Writes the paper as DOCX. The commercial faces are named, not embedded.
    ///
    /// # Errors
    /// Where a picture is no PNG or JPEG.
    pub fn to_docx(&self) -> Result<Vec<u8>, DocxProblem> {
        docx(&compose(self, measures()), &OfficeFonts::default())
    }

    /// Writes the paper as PDF/A-2u with these fonts.
    ///
    /// # Errors
    /// Where a face has no font, a font lacks a character, or a picture is no PNG or JPEG.
    pub fn to_pdf(&self, fonts: &Fonts) -> Result<Pdf, PdfProblem> {
        gongkai_typeset::pdf(&compose(self, measures()), fonts)
    }

    /// The words of the paper, a line for each paragraph and each row.
    pub fn text(&self) -> String {
        compose::text(&compose(self, measures()))
    }
}

/// A day as official papers write it: `2025年3月3日`, without leading zeros.
pub fn written_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
