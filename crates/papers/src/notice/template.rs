//! The templates and their blanks as they stand in `data/notices`; nothing is filled in here.

use crate::official::{self, Head};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a blank takes.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines, each a paragraph.
    Text,
    /// A day.
    Date,
    /// The lines of a table.
    Rows,
}

/// A blank of the notices.
#[derive(Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Blank {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What is to be filled in, where the label does not say it.
    pub hint: Option<String>,
    /// What it takes.
    pub kind: Kind,
    /// What stands there where nobody fills it in.
    pub default: Option<String>,
    /// An example of its words or its day.
    pub example: Option<String>,
    /// An example of its lines.
    pub example_rows: Option<Vec<Vec<String>>>,
    /// Fields of a line, where it takes lines.
    pub columns: Option<usize>,
}

/// An article that a notice rests on.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Key of the instrument in `data/law`.
    pub instrument: Option<String>,
    /// Number of a document that is no instrument of `data/law`.
    pub document: Option<String>,
    /// Article, in Chinese.
    pub article: String,
}

/// A cell of a table in a template.
#[derive(Deserialize, Clone, Debug)]
#[serde(untagged)]
pub(super) enum TemplateCell {
    /// Words alone.
    Text(String),
    /// Words with what the cell covers.
    Full(FullCell),
}

#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct FullCell {
    text: String,
    columns: Option<usize>,
    rows: Option<usize>,
    #[serde(default)]
    head: bool,
    #[serde(default)]
    centred: bool,
}

/// A row that stands once for each line of a blank.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Repeat {
    pub of: String,
    pub row: Vec<TemplateCell>,
}

/// A table of a template.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateTable {
    pub columns: Vec<f32>,
    #[serde(default)]
    pub header_rows: usize,
    pub rows: Vec<Vec<TemplateCell>>,
    pub repeat: Option<Repeat>,
}

/// A notice with blanks.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its key; that of an answer is the key of its row in the annual report.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// First day on which it may be issued.
    pub from: Date,
    /// Last day on which it may be issued.
    pub until: Option<Date>,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// Key of a form that goes with it.
    pub enclosure: Option<String>,
    /// Of these blanks at least one must be filled.
    #[serde(default)]
    pub one_of: Vec<String>,
    pub(super) title: Option<String>,
    pub(super) head: Option<Head>,
    pub(super) addressee: Option<String>,
    pub(super) body: Option<String>,
    pub(super) decision: Option<String>,
    #[serde(default)]
    pub(super) attachments: Vec<String>,
    #[serde(default)]
    pub(super) unsigned: bool,
    #[serde(default)]
    pub(super) without_remedy: bool,
    #[serde(default)]
    pub(super) table: BTreeMap<String, TemplateTable>,
    #[serde(default)]
    pub(super) examples: BTreeMap<String, String>,
}

/// What all answers have in common.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    pub title: String,
    pub head: Head,
    pub addressee: String,
    pub opening: String,
    pub single: String,
    pub several: String,
    pub item: String,
    pub ending: String,
    /// Examples that go with all answers: their days follow each other.
    #[serde(default)]
    pub examples: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    frame: Option<Frame>,
    notice: Vec<Template>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blanks {
    remedy_names: RemedyNames,
    blank: Vec<Blank>,
}

/// Whom the remedy of an example names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemedyNames {
    pub body: String,
    pub court: String,
}

#[derive(Deserialize)]
struct Instruments {
    instrument: Vec<Instrument>,
}

#[derive(Deserialize)]
struct Instrument {
    key: String,
    title: String,
}

struct Data {
    frame: Frame,
    templates: Vec<Template>,
    blanks: Vec<Blank>,
    remedy_names: RemedyNames,
    instruments: Vec<Instrument>,
}

const FILES: [&str; 3] = [
    include_str!("../../../../data/notices/procedure.toml"),
    include_str!("../../../../data/notices/replies.toml"),
    include_str!("../../../../data/notices/forms.toml"),
];

static DATA: LazyLock<Data> = LazyLock::new(|| {
    let parsed = FILES.map(|text| toml::from_str::<File>(text).expect("data/notices is tested"));
    let frame = parsed.iter().find_map(|file| file.frame.clone());
    let blanks = include_str!("../../../../data/notices/blanks.toml");
    let instruments = include_str!("../../../../data/law/instruments.toml");
    let Blanks { remedy_names, blank: blanks } =
        toml::from_str(blanks).expect("data/notices is tested");
    Data {
        frame: frame.expect("data/notices/replies.toml has a frame, as tested"),
        templates: parsed.into_iter().flat_map(|file| file.notice).collect(),
        blanks,
        remedy_names,
        instruments: toml::from_str::<Instruments>(instruments)
            .expect("data/law is tested")
            .instrument,
    }
});

/// Every template, of every time.
pub fn all() -> &'static [Template] {
    &DATA.templates
}

/// The template of a notice on a day.
pub fn find(key: &str, on: Date) -> Option<&'static Template> {
    all().iter().find(|each| each.key == key && each.is_in_force(on))
}

/// A blank by its name.
pub fn blank(name: &str) -> Option<&'static Blank> {
    DATA.blanks.iter().find(|each| each.name == name)
}

pub(super) fn frame() -> &'static Frame {
    &DATA.frame
}

pub(super) fn remedy_names() -> &'static RemedyNames {
    &DATA.remedy_names
}

impl Template {
    /// Whether it may be issued on a day.
    pub fn is_in_force(&self, on: Date) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }

    /// Whether it answers a request, and can stand in one answer with others.
    pub fn is_reply(&self) -> bool {
        self.decision.is_some()
    }

    /// Whether it is signed by the organ, and so sealed.
    pub fn is_signed(&self) -> bool {
        !self.unsigned
    }
}

impl Basis {
    /// As a notice cites it: 《…》第三十条.
    pub fn cited(&self) -> String {
        let key = self.instrument.as_deref().unwrap_or_default();
        let instrument = DATA.instruments.iter().find(|each| each.key == key);
        match (instrument, &self.document) {
            (Some(instrument), _) => format!("《{}》{}", instrument.title, self.article),
            (None, Some(document)) => format!("{document}{}", self.article),
            (None, None) => self.article.clone(),
        }
    }
}

impl TemplateCell {
    pub fn text(&self) -> &str {
        match self {
            TemplateCell::Text(text) => text,
            TemplateCell::Full(cell) => &cell.text,
        }
    }

    /// The cell with other words.
    pub fn with(&self, text: String) -> official::Cell {
        match self {
            TemplateCell::Text(_) => official::Cell::new(text),
            TemplateCell::Full(cell) => official::Cell {
                head: cell.head,
                centred: cell.centred,
                ..official::Cell::new(text).over(cell.columns.unwrap_or(1), cell.rows.unwrap_or(1))
            },
        }
    }
}
