//! Checks: what must hold inside a report, and between reports.

mod arithmetic;
mod catalogue;
mod narrative;
mod outline;
mod plausibility;

pub mod across;

pub use catalogue::catalogue;

use crate::finding::Finding;
use crate::report::AnnualReport;

/// Every finding about one report by itself, those that hold included.
pub fn inside(report: &AnnualReport) -> Vec<Finding> {
    let mut findings = arithmetic::check(report);
    findings.extend(plausibility::check(report));
    findings.extend(outline::check(report));
    findings.extend(narrative::check(report));
    findings
}
