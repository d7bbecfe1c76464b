//! Reads reports that name their figures by key: JSON and JSON Lines of the contract, CSV of keys.
//!
//! Never fails: a value that is no number is `null`, with a finding that says so.

mod rows;
mod values;

use super::claims;
use gongkai_domain::figure::{CellKey, Certainty, Place, Reading, plain_text};
use gongkai_domain::finding::{Finding, Verdict};
use gongkai_domain::form::{Form, FormKey, TableKind, forms, section_titles};
use gongkai_domain::report::{AnnualReport, Paragraph, Section, TableForms};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::str::FromStr;

/// A finding names at most so many keys.
const MOST_NAMED: usize = 5;

/// One report as its file states it, in whatever order.
#[derive(Default, Debug)]
struct Stated {
    source: Option<String>,
    agency: Option<String>,
    year: Option<i16>,
    form: Option<String>,
    /// By the name of the table.
    forms: BTreeMap<String, String>,
    /// By key; empty where the file says that there is none.
    figures: BTreeMap<String, String>,
    /// By key, where it is not `sure`.
    certainties: BTreeMap<String, String>,
    /// Number and text.
    sections: Vec<(Option<u8>, Option<String>, String)>,
}

/// The reports of a file that names its figures by key; `None` when it is no such file.
pub fn read(bytes: &[u8], source: &str) -> Option<Vec<AnnualReport>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let stated = match text.chars().next()? {
        '{' | '[' => values::stated(text)?,
        _ => rows::stated(text)?,
    };
    Some(stated.into_iter().map(|each| report(each, source)).collect())
}

/// How a figure reads that is stated by its key.
pub(super) fn stated(cell: CellKey, value: Option<Decimal>) -> Reading {
    Reading {
        cell,
        text: value.map(plain_text).unwrap_or_default(),
        value,
        place: Place::default(),
        certainty: if value.is_some() { Certainty::Sure } else { Certainty::Lost },
        reason: value.is_none().then(|| "没有写数字".to_owned()),
    }
}

fn report(stated: Stated, source: &str) -> AnnualReport {
    let forms = table_forms(&stated);
    let (readings, findings) = readings(&stated, forms);
    let mut report = AnnualReport {
        source: stated.source.unwrap_or_else(|| source.to_owned()),
        agency: stated.agency,
        year: stated.year,
        form: forms.proactive,
        forms,
        figures: readings.iter().map(|reading| (reading.cell, reading.value)).collect(),
        readings,
        sections: stated.sections.into_iter().map(section).collect(),
        findings,
        ..AnnualReport::default()
    };
    report.claims = claims::extract(&report);
    report
}

/// The forms as stated; else that which has a key that is stated; else that of the year.
fn table_forms(stated: &Stated) -> TableForms {
    let of = |table: TableKind, name: &str| {
        let told = stated.forms.get(name).or(stated.form.as_ref());
        let told = told.and_then(|key| forms().iter().find(|form| form.key.as_str() == key));
        let form = told
            .or_else(|| stated.year.and_then(Form::for_year))
            .or_else(|| forms().iter().find(|form| has_all(form, table, name, stated)));
        form.map(|form| form.key)
    };
    let [two, three, four] = TableKind::ALL;
    TableForms {
        proactive: of(two, "proactive"),
        requests: of(three, "requests"),
        remedies: of(four, "remedies"),
    }
}

/// Whether a form's table has all the keys of that table that are stated.
fn has_all(form: &Form, table: TableKind, name: &str, stated: &Stated) -> bool {
    let table = form.table(table);
    let cells = || table.cells.iter().flatten().map(|cell| cell.as_str());
    let mut keys =
        stated.figures.keys().filter(|key| key.split('.').next() == Some(name)).peekable();
    keys.peek().is_some() && keys.all(|key| cells().any(|cell| cell == key))
}

fn readings(stated: &Stated, forms: TableForms) -> (Vec<Reading>, Vec<Finding>) {
    let tables = TableKind::ALL
        .into_iter()
        .filter_map(|kind| forms.of(kind).and_then(FormKey::form).map(|form| form.table(kind)));
    let cells: Vec<CellKey> =
        tables.flat_map(|table| table.cells.iter().flatten()).copied().collect();
    let (mut readings, mut lost, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    for cell in &cells {
        let reading = reading(*cell, stated);
        match reading.certainty {
            Certainty::Lost => lost.push(cell.as_str()),
            Certainty::Uncertain if reading.value.is_none() => unreadable.push(cell.as_str()),
            _ => {}
        }
        readings.push(reading);
    }
    let is_known = |key: &&String| cells.iter().any(|cell| cell.as_str() == key.as_str());
    let unknown: Vec<&str> =
        stated.figures.keys().filter(|key| !is_known(key)).map(String::as_str).collect();
    let findings = [
        finding("R-lost", "没有写数字", &lost),
        finding("R-uncertain", "写的不是数字", &unreadable),
        finding("R-uncertain", "在这一格式里没有，未读取", &unknown),
    ];
    (readings, findings.into_iter().flatten().collect())
}

fn finding(check: &str, what: &str, keys: &[&str]) -> Option<Finding> {
    let named: Vec<&str> = keys.iter().take(MOST_NAMED).copied().collect();
    let more = if named.len() < keys.len() { "等" } else { "" };
    let message = format!("有 {} 个指标{what}：{}{more}", keys.len(), named.join("、"));
    (!keys.is_empty()).then(|| Finding::of(check, Verdict::Uncertain, message))
}

fn reading(cell: CellKey, file: &Stated) -> Reading {
    let text = file.figures.get(cell.as_str()).map(|text| text.trim()).unwrap_or_default();
    if text.is_empty() {
        return stated(cell, None);
    }
    let Ok(value) = Decimal::from_str(text) else {
        let reason = Some("不是数字".to_owned());
        let (text, certainty) = (text.to_owned(), Certainty::Uncertain);
        return Reading { text, certainty, reason, ..stated(cell, None) };
    };
    let certainty = match file.certainties.get(cell.as_str()).map(String::as_str) {
        Some("repaired") => Certainty::Repaired,
        Some("uncertain" | "lost") => Certainty::Uncertain,
        _ => Certainty::Sure,
    };
    Reading { text: text.to_owned(), certainty, ..stated(cell, Some(value)) }
}

fn section((number, title, text): (Option<u8>, Option<String>, String)) -> Section {
    let official = section_titles().iter().find(|title| Some(title.number) == number);
    let title = title.or_else(|| official.map(|each| each.title.clone())).unwrap_or_default();
    let paragraph = |text: &str| Paragraph { text: text.to_owned(), ..Paragraph::default() };
    Section {
        number: official.map(|each| each.number),
        title,
        paragraphs: text.lines().map(paragraph).collect(),
        place: Place::default(),
        printed_number: number,
    }
}

#[cfg(test)]
mod tests;
