//! Figures and findings as CSV rows: empty where unknown, never a guessed zero.

use crate::commands::Compared;
use gongkai_domain::figure::{CellKey, Place, Reading, plain_text};
use gongkai_domain::finding::Finding;
use gongkai_domain::report::AnnualReport;
use gongkai_domain::report::compare::{OrganLine, YearLine};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Columns of `report read --csv`.
pub const FIGURE_HEAD: &[&str] = &[
    "source",
    "agency",
    "year",
    "form",
    "key",
    "value",
    "text",
    "certainty",
    "reason",
    "page",
    "line",
    "column",
    "table",
    "row",
    "cell",
    "paragraph",
];

/// Columns of `report check --csv`.
pub const FINDING_HEAD: &[&str] = &[
    "source",
    "agency",
    "year",
    "check",
    "kind",
    "verdict",
    "severity",
    "title",
    "message",
    "expression",
    "left",
    "right",
    "difference",
    "basis",
    "hint",
    "key",
    "page",
    "line",
    "column",
    "table",
    "row",
    "cell",
    "paragraph",
    "places",
];

/// The first row.
pub fn head(columns: &[&str]) -> String {
    write(|rows| rows.write_record(columns))
}

/// One row a figure, in the order of the form.
pub fn figures(report: &AnnualReport) -> String {
    let readings: HashMap<CellKey, &Reading> =
        report.readings.iter().map(|reading| (reading.cell, reading)).collect();
    write(|rows| {
        for (cell, value) in report.figures.iter() {
            let reading = readings.get(&cell);
            let mut row = vec![
                report.source.clone(),
                report.agency.clone().unwrap_or_default(),
                report.year.map(|year| year.to_string()).unwrap_or_default(),
                form_of(report, cell).unwrap_or_default().to_owned(),
                cell.as_str().to_owned(),
                value.map(plain_text).unwrap_or_default(),
                reading.map(|reading| reading.text.clone()).unwrap_or_default(),
                reading.map(|reading| word(&json!(reading.certainty))).unwrap_or_default(),
                reading.and_then(|reading| reading.reason.clone()).unwrap_or_default(),
            ];
            row.extend(place(reading.map(|reading| reading.place).unwrap_or_default()));
            rows.write_record(&row)?;
        }
        Ok(())
    })
}

/// One row a finding; its first place stands in columns, the others are counted.
pub fn findings(
    source: &str,
    agency: Option<&str>,
    year: Option<i16>,
    findings: &[Finding],
) -> String {
    write(|rows| {
        for finding in findings {
            let first = finding.places.first();
            let key = first.and_then(|spot| spot.cell).map(CellKey::as_str).unwrap_or_default();
            let mut row = vec![
                source.to_owned(),
                agency.unwrap_or_default().to_owned(),
                year.map(|year| year.to_string()).unwrap_or_default(),
                finding.check.to_owned(),
                word(&json!(finding.kind)),
                word(&json!(finding.verdict)),
                word(&json!(finding.severity)),
                finding.title.to_owned(),
                finding.message.clone(),
                finding.expression.clone().unwrap_or_default(),
                finding.left.map(plain_text).unwrap_or_default(),
                finding.right.map(plain_text).unwrap_or_default(),
                finding.difference.map(plain_text).unwrap_or_default(),
                finding.basis.to_owned(),
                finding.hint.to_owned(),
                key.to_owned(),
            ];
            row.extend(place(first.map(|spot| spot.place).unwrap_or_default()));
            row.push(finding.places.len().to_string());
            rows.write_record(&row)?;
        }
        Ok(())
    })
}

/// Columns of `report compare --csv`.
const COMPARED_HEAD: &[&str] = &[
    "key",
    "title",
    "unit",
    "agency",
    "year",
    "value",
    "reliability",
    "difference",
    "growth",
    "break",
    "share",
    "rank",
];

/// One row an indicator, organ and year, head included; first over the years, then over the organs.
pub fn compared(compared: &Compared) -> String {
    write(|rows| {
        rows.write_record(COMPARED_HEAD)?;
        for organ in &compared.years {
            organ.lines.iter().try_for_each(|line| over_years(rows, &organ.agency, line))?;
        }
        for year in &compared.organs {
            year.lines.iter().try_for_each(|line| over_organs(rows, year.year, line))?;
        }
        Ok(())
    })
}

fn number(value: Option<Decimal>) -> String {
    value.map(plain_text).unwrap_or_default()
}

fn over_years(rows: &mut csv::Writer<Vec<u8>>, agency: &str, line: &YearLine) -> csv::Result<()> {
    line.points.iter().try_for_each(|point| {
        rows.write_record([
            line.key,
            line.title,
            line.unit,
            agency,
            &point.year.to_string(),
            &number(point.value),
            &word(&json!(point.reliability)),
            &number(point.difference),
            &number(point.growth),
            point.r#break.map(|found| found.reason.as_str()).unwrap_or_default(),
            "",
            "",
        ])
    })
}

fn over_organs(rows: &mut csv::Writer<Vec<u8>>, year: i16, line: &OrganLine) -> csv::Result<()> {
    line.points.iter().try_for_each(|point| {
        rows.write_record([
            line.key,
            line.title,
            line.unit,
            &point.agency,
            &year.to_string(),
            &number(point.value),
            &word(&json!(point.reliability)),
            "",
            "",
            "",
            &number(point.share),
            &point.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        ])
    })
}

/// The form of the table that a figure stands in; forms may be mixed in one report.
fn form_of(report: &AnnualReport, cell: CellKey) -> Option<&'static str> {
    let form = match cell.as_str().split('.').next() {
        Some("proactive") => report.forms.proactive,
        Some("requests") => report.forms.requests,
        Some("remedies") => report.forms.remedies,
        _ => None,
    };
    form.or(report.form).map(|form| form.as_str())
}

/// The word that the JSON has for it.
fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn place(place: Place) -> [String; 7] {
    let Place { page, line, column, table, row, cell, paragraph } = place;
    [page, line, column, table, row, cell, paragraph]
        .map(|number| number.map(|number| number.to_string()).unwrap_or_default())
}

fn write(fill: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> String {
    let mut rows = csv::Writer::from_writer(Vec::new());
    fill(&mut rows).expect("memory can be written, and all rows are as long as their head");
    let bytes = rows.into_inner().expect("memory can be flushed");
    String::from_utf8(bytes).expect("only text was written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::finding::Verdict;
    use gongkai_domain::form::forms;

    fn rows(head_row: &[&str], body: &str) -> Vec<HashMap<String, String>> {
        let text = head(head_row) + body;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.deserialize().map(|row| row.unwrap()).collect()
    }

    #[test]
    fn a_figure_without_value_is_an_empty_field() {
        let cell = forms()[1].tables[0].cells[0][0];
        let report = AnnualReport {
            source: "甲,乙.txt".to_owned(),
            year: Some(2022),
            figures: [(cell, None)].into_iter().collect(),
            ..AnnualReport::default()
        };
        let rows = rows(FIGURE_HEAD, &figures(&report));
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["source"], "甲,乙.txt");
        assert_eq!((rows[0]["value"].as_str(), rows[0]["year"].as_str()), ("", "2022"));
        assert_eq!(rows[0]["key"], "proactive.rule.issued");
    }

    #[test]
    fn a_finding_is_one_row() {
        let finding = Finding::of("R-lost", Verdict::Uncertain, "第一行\n第二行");
        let rows = rows(FINDING_HEAD, &findings("a.txt", None, None, &[finding]));
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0]["verdict"].as_str(), rows[0]["kind"].as_str()),
            ("uncertain", "reading")
        );
        assert_eq!(rows[0]["places"], "0");
    }
}
