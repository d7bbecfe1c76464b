//! Narrative checks: what the prose says against the figures, and against itself.

mod blanks;
mod fees;
mod figures;
mod parts;
mod rates;
mod repeats;
#[cfg(test)]
mod tests;
mod voice;

use crate::figure::Place;
use crate::finding::Finding;
use crate::report::{AnnualReport, Paragraph};

/// Every finding of this kind.
pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let mut findings = figures::check(report);
    findings.extend(parts::check(report));
    findings.extend(rates::check(report));
    findings.extend(repeats::check(report));
    findings.extend(fees::check(report));
    findings.extend(blanks::check(report));
    findings.extend(voice::check(report));
    findings
}

/// The place of a byte of a paragraph.
fn place_at(paragraph: &Paragraph, at: usize) -> Place {
    let before = u32::try_from(paragraph.text[..at].chars().count()).unwrap_or(u32::MAX);
    let column = paragraph.place.column.map(|first| first.saturating_add(before));
    Place { column, ..paragraph.place }
}
