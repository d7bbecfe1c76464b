//! A report as records for programs: JSON of the contract, CSV of keys and values.

use super::Draft;
use crate::annual_report::{claims, keyed};
use gongkai_domain::figure::{Place, plain_text};
use gongkai_domain::form::section_titles;
use gongkai_domain::report::{AnnualReport, Paragraph, Section};

/// The object that `report read --json` gives for the same report.
pub(super) fn json(draft: &Draft) -> String {
    let text = serde_json::to_string_pretty(&report(draft));
    text.expect("reports hold no maps with keys that are no text") + "\n"
}

fn report(draft: &Draft) -> AnnualReport {
    let mut report = AnnualReport {
        source: draft.title(),
        agency: Some(draft.agency.clone()),
        year: Some(draft.year),
        form: Some(draft.forms[0].key),
        forms: draft.table_forms(),
        figures: draft.cells().collect(),
        sections: sections(draft),
        ..AnnualReport::default()
    };
    report.readings = draft.cells().map(|(cell, value)| keyed::stated(cell, value)).collect();
    report.claims = claims::extract(&report);
    report
}

fn sections(draft: &Draft) -> Vec<Section> {
    let section = |(title, paragraphs): (&_, &Vec<String>)| {
        let title: &gongkai_domain::form::SectionTitle = title;
        let lines = paragraphs.iter().flat_map(|text| text.lines());
        let paragraph = |text: &str| Paragraph { text: text.to_owned(), ..Paragraph::default() };
        Section {
            number: Some(title.number),
            title: title.title.clone(),
            paragraphs: lines.map(paragraph).collect(),
            place: Place::default(),
            printed_number: Some(title.number),
        }
    };
    section_titles().iter().zip(&draft.sections).map(section).collect()
}

/// Rows of key and value: who, when, which form, the figures, the text by section.
pub(super) fn csv(draft: &Draft) -> String {
    let mut rows: Vec<(String, String)> = vec![
        ("key".to_owned(), "value".to_owned()),
        ("agency".to_owned(), draft.agency.clone()),
        ("year".to_owned(), draft.year.to_string()),
    ];
    let forms = [("proactive", 0), ("requests", 1), ("remedies", 2)];
    rows.extend(
        forms
            .map(|(table, at)| (format!("forms.{table}"), draft.forms[at].key.as_str().to_owned())),
    );
    rows.extend(
        draft
            .cells()
            .map(|(cell, value)| (cell.to_string(), value.map(plain_text).unwrap_or_default())),
    );
    for (number, paragraphs) in (1..).zip(&draft.sections) {
        rows.push((format!("sections.{number}"), paragraphs.join("\n")));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (key, value) in &rows {
        writer.write_record([key, value]).expect("memory can be written, and all rows have two");
    }
    let bytes = writer.into_inner().expect("memory can be flushed");
    String::from_utf8(bytes).expect("only text was written")
}
