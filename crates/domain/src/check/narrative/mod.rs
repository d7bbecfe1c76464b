//! Placeholder of the narrative checks.

use crate::finding::Finding;
use crate::report::AnnualReport;

/// Every finding of this kind.
pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let _ = report;
    Vec::new()
}
