//! Reads an annual report from a neutral document: tables into figures, prose into claims.

mod assemble;
pub mod charts;
mod claims;
pub mod file;
mod fill;
mod forms_of;
mod found;
mod glue;
mod identity;
pub mod keyed;
mod labels;
mod outline;
mod place;
pub mod plain;
mod remedies;
mod rows;
mod scan;
mod tables;
mod value;
mod words;
pub mod write;

use gongkai_document::{Document, RemarkKind};
use gongkai_domain::figure::Figures;
use gongkai_domain::finding::{Finding, Verdict};
use gongkai_domain::report::AnnualReport;
use plain::Line;

/// Reads a report. Never fails: what cannot be read is `null`, with a finding that says so.
///
/// `source` is the file's name as given; it may tell the organ and the year.
pub fn read(document: &Document, source: &str) -> AnnualReport {
    let rows = rows::rows(document);
    let found = assemble::assemble(&rows);
    let lines: Vec<Line> =
        rows.iter().zip(&found.tabular).map(|(row, tabular)| row.line(*tabular)).collect();
    let outline = outline::read(&lines);
    let identity = identity::read(&outline, document.title.as_deref(), source);
    let tables = tables::read(&found, &lines, identity.year);
    let mut report = AnnualReport {
        source: source.to_owned(),
        agency: identity.agency,
        year: identity.year,
        form: tables.form,
        forms: tables.forms,
        figures: figures(&tables.readings),
        readings: tables.readings,
        sections: outline.sections,
        claims: Vec::new(),
        findings: document.remarks.iter().filter_map(remark).collect(),
        title: outline.title,
        front: outline.front,
        signed_on: identity.signed_on,
    };
    report.findings.extend(identity.findings);
    report.findings.extend(tables.findings);
    report.claims = claims::extract(&report);
    tables::doubt_contradicted_money(&mut report);
    report
}

fn figures(readings: &[gongkai_domain::figure::Reading]) -> Figures {
    readings.iter().map(|reading| (reading.cell, reading.value)).collect()
}

/// What the document reader noticed, as a finding; what needs no one's attention is left out.
fn remark(remark: &gongkai_document::Remark) -> Option<Finding> {
    let verdict = match remark.kind {
        RemarkKind::EncodingGuessed => return None,
        RemarkKind::Mojibake | RemarkKind::Damaged | RemarkKind::PictureOnly => Verdict::Fails,
        RemarkKind::TrackedChanges | RemarkKind::Macros | RemarkKind::Hidden => Verdict::Uncertain,
    };
    Some(
        Finding::of("R-text", verdict, remark.message.clone()).at(rows::domain_place(remark.place)),
    )
}
