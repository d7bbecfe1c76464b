//! An annual report as read or compiled: identity, figures, sections, claims and findings.

pub mod cell;
pub mod compare;
pub mod expression;
pub mod field;
pub mod rollup;
pub mod sentence;

use crate::claim::Claim;
use crate::figure::{CellKey, Figures, Place, Reading};
use crate::finding::{Finding, Spot};
use crate::form::{FormKey, TableKind};
use serde::{Serialize, Serializer};

/// A paragraph of prose with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Simplified, without pinyin marks and debris.
    pub text: String,
    /// Where it begins.
    pub place: Place,
    /// The column in the document of each character, where the text is not character for
    /// character as it stands there; empty where it is.
    pub columns: Vec<u32>,
}

impl Paragraph {
    /// The place of a byte of the text.
    pub fn place_at(&self, byte: usize) -> Place {
        self.place.of_character(self.text[..byte].chars().count(), &self.columns)
    }
}

/// One section of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its number in the official form, told by its title; `None` where no official title fits.
    pub number: Option<u8>,
    /// The title as it stands, without its number.
    pub title: String,
    /// The prose, tables left out.
    #[serde(rename = "text", serialize_with = "joined")]
    pub paragraphs: Vec<Paragraph>,
    /// Where the title stands.
    pub place: Place,
    /// The number as printed (一 is 1), where one is printed.
    #[serde(skip)]
    pub printed_number: Option<u8>,
}

fn joined<S: Serializer>(paragraphs: &[Paragraph], serializer: S) -> Result<S::Ok, S::Error> {
    let lines: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    serializer.serialize_str(&lines.join("\n"))
}

impl Section {
    /// The prose as one text.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.paragraphs.iter().map(|p| p.text.as_str()).collect();
        lines.join("\n")
    }
}

/// The form of each table, told by its labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableForms {
    /// Table two.
    pub proactive: Option<FormKey>,
    /// Table three.
    pub requests: Option<FormKey>,
    /// Table four.
    pub remedies: Option<FormKey>,
}

impl TableForms {
    /// The form of one table.
    pub fn of(&self, table: TableKind) -> Option<FormKey> {
        match table {
            TableKind::Proactive => self.proactive,
            TableKind::Requests => self.requests,
            TableKind::Remedies => self.remedies,
        }
    }
}

/// An annual report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AnnualReport {
    /// File name as given.
    pub source: String,
    /// The organ, where it can be known.
    pub agency: Option<String>,
    /// The year reported on, where it can be known.
    pub year: Option<i16>,
    /// First year of the form; that of table two where forms are mixed.
    pub form: Option<FormKey>,
    /// The form of each table.
    pub forms: TableForms,
    /// The figures of those forms.
    pub figures: Figures,
    /// How each figure was read.
    pub readings: Vec<Reading>,
    /// The prose by sections.
    pub sections: Vec<Section>,
    /// The numbers of the prose.
    pub claims: Vec<Claim>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// The title line, where there is one.
    #[serde(skip)]
    pub title: Option<Paragraph>,
    /// Prose before the first section.
    #[serde(skip)]
    pub front: Vec<Paragraph>,
    /// The date of signature or publication that the paper states, if any.
    #[serde(skip)]
    pub signed_on: Option<(jiff::civil::Date, Place)>,
}

impl AnnualReport {
    /// How a figure was read.
    pub fn reading(&self, cell: CellKey) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.cell == cell)
    }

    /// A figure's place, for a finding.
    pub fn spot(&self, cell: CellKey) -> Spot {
        let place = self.reading(cell).map(|reading| reading.place).unwrap_or_default();
        Spot { place, cell: Some(cell), source: None }
    }

    /// Every paragraph of prose, in order, with its section's number.
    pub fn prose(&self) -> impl Iterator<Item = (Option<u8>, &Paragraph)> {
        let front = self.front.iter().map(|paragraph| (None, paragraph));
        let body = self.sections.iter().flat_map(|section| {
            section.paragraphs.iter().map(move |paragraph| (section.number, paragraph))
        });
        front.chain(body)
    }

    /// The section of an official number.
    pub fn section(&self, number: u8) -> Option<&Section> {
        self.sections.iter().find(|section| section.number == Some(number))
    }
}
