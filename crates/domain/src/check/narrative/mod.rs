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

use crate::finding::Finding;
use crate::report::AnnualReport;

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
