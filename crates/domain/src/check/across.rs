//! Checks between reports: year to year, parent to children, text to text.

mod alike;
mod passages;
mod places;
mod roll_up;
mod sketch;
mod values;
mod years;

pub use alike::{alike_text, likeness};
pub use passages::{Passage, passages};

use crate::agency;
use crate::figure::CellKey;
use crate::finding::{Finding, Spot};
use crate::form::TableKind;
use crate::report::{AnnualReport, TableForms};
use places::Places;
use sketch::Sketch;
use values::Values;

/// What is kept of a report so that it can be held against others: small, for ten thousand at once.
#[derive(Clone, Debug)]
pub struct Digest {
    /// File name as given.
    pub source: String,
    /// The organ, its name as it is compared.
    agency: Option<Box<str>>,
    year: Option<i16>,
    forms: TableForms,
    values: Values,
    places: Places,
    /// Sketch of the whole prose.
    text: Option<Sketch>,
    /// Sketch of section five.
    problems: Option<Sketch>,
}

impl Digest {
    /// What to keep of a report.
    pub fn of(report: &AnnualReport) -> Self {
        let section_five = report.section(5);
        let problems = section_five
            .and_then(|section| Sketch::of(section.paragraphs.iter().map(|each| &*each.text)));
        Self {
            source: report.source.clone(),
            agency: report.agency.as_deref().map(|name| agency::comparable(name).into()),
            year: report.year,
            forms: report.forms,
            values: Values::of(&report.figures),
            places: Places::of(report),
            text: Sketch::of(report.prose().map(|(_, paragraph)| &*paragraph.text)),
            problems,
        }
    }

    /// A figure in this report, for a finding about it.
    fn own(&self, cell: CellKey) -> Spot {
        Spot { place: self.places.get(cell), cell: Some(cell), source: None }
    }

    /// A figure in this report, for a finding about another.
    fn spot(&self, cell: CellKey) -> Spot {
        Spot { source: Some(self.source.clone()), ..self.own(cell) }
    }

    /// Organ and year, where they are known.
    fn identity(&self) -> Option<(&str, i16)> {
        self.agency.as_deref().zip(self.year)
    }
}

/// Every finding between the reports given, with the index of the report it is about; the places
/// in others carry their `source`.
pub fn between(digests: &[Digest]) -> Vec<(usize, Finding)> {
    let copies = alike::copies(digests);
    let is_first = |index: usize| copies.iter().all(|copy| copy.index != index);
    let mut by_identity: Vec<usize> = (0..digests.len())
        .filter(|index| digests[*index].identity().is_some() && is_first(*index))
        .collect();
    by_identity.sort_by_key(|index| (digests[*index].identity(), *index));
    // One report a year and organ: of several, the first given.
    by_identity.dedup_by_key(|index| digests[*index].identity());

    let mut findings: Vec<(usize, Finding)> = alike::say_copies(digests, &copies);
    findings.extend(years::check(digests, &by_identity));
    findings.extend(roll_up::check(digests, &by_identity));
    findings.extend(alike::check(digests, &copies));
    findings.sort_by_key(|(index, _)| *index);
    findings
}

/// A cell's name for people, whichever form has it: 「自然人 · （一）予以公开」.
fn cell_name(digest: &Digest, cell: CellKey) -> String {
    TableKind::ALL
        .iter()
        .filter_map(|kind| digest.forms.of(*kind)?.form())
        .find_map(|form| TableKind::ALL.iter().find_map(|kind| form.table(*kind).cell_name(cell)))
        .unwrap_or_else(|| cell.to_string())
}

#[cfg(test)]
mod tests;
