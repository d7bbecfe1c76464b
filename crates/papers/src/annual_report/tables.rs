//! The official tables of a report as a whole: their forms, their readings, what is missing.

use super::fill::{fill, remarks};
use super::forms_of::forms_of;
use super::found::Found;
use super::plain::Line;
use super::remedies;
use gongkai_domain::figure::{Certainty, Reading};
use gongkai_domain::finding::{Finding, Severity, Spot, Verdict};
use gongkai_domain::form::{Form, FormKey, TableKind, forms};
use gongkai_domain::report::{AnnualReport, TableForms};
use std::sync::LazyLock;

/// What the tables came to.
#[derive(Debug, Default)]
pub struct Tables {
    /// Form of table two, or of the next table that was found.
    pub form: Option<FormKey>,
    /// Form of each.
    pub forms: TableForms,
    /// One reading for every cell of those forms.
    pub readings: Vec<Reading>,
    /// Remarks.
    pub findings: Vec<Finding>,
}

#[derive(serde::Deserialize)]
struct OldForm {
    labels: Vec<String>,
}

/// Words of the statistical tables of the older free form.
static OLD_FORM: LazyLock<OldForm> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/forms/pre-2019.toml"))
        .expect("data/forms/pre-2019.toml is embedded and tested")
});

/// So many words of the older form make a report one of it.
const OLD_WORDS: usize = 3;

/// Reads the tables.
pub fn read(found: &Found, lines: &[Line], year: Option<i16>) -> Tables {
    let forms = forms_of(found);
    let official = forms.proactive.or(forms.requests).or(forms.remedies);
    if official.is_none() && is_old(lines, year) {
        return Tables {
            form: Some(FormKey::PRE_2019),
            findings: vec![old()],
            ..Tables::default()
        };
    }
    let mut tables = Tables { form: official, forms, ..Tables::default() };
    for kind in TableKind::ALL {
        match forms.of(kind).and_then(FormKey::form) {
            Some(form) => tables.table(found, form, kind, year),
            None => tables.findings.push(missing(kind)),
        }
    }
    tables.findings.extend(form_remarks(&forms, year));
    tables.findings.extend(unlabelled(found, &tables.readings));
    tables
}

/// Rows of figures without a known label; harmless where the form is full without them (小计).
fn unlabelled(found: &Found, readings: &[Reading]) -> Option<Finding> {
    if found.unlabelled.is_empty() {
        return None;
    }
    let message = format!("有 {} 行数字前面的项目名称不在格式中，没有读入", found.unlabelled.len());
    let mut finding = Finding::of("R-uncertain", Verdict::Uncertain, message);
    if readings.iter().all(|reading| reading.value.is_some()) {
        finding = finding.severity(Severity::Note);
    }
    finding.places.extend(found.unlabelled.iter().map(|place| Spot::from(*place)));
    Some(finding)
}

impl Tables {
    fn table(&mut self, found: &Found, form: &Form, kind: TableKind, year: Option<i16>) {
        let table = form.table(kind);
        let (readings, findings) = match kind {
            TableKind::Remedies => remedies::fill(found, table, year),
            TableKind::Proactive | TableKind::Requests => {
                let filled = fill(found, table, year);
                (filled.readings, filled.findings)
            }
        };
        self.findings.extend(findings);
        self.findings.extend(remarks(table, &readings));
        self.readings.extend(readings);
    }
}

fn is_old(lines: &[Line], year: Option<i16>) -> bool {
    let words = OLD_FORM
        .labels
        .iter()
        .filter(|label| lines.iter().any(|line| line.text.contains(label.as_str())))
        .count();
    OLD_WORDS <= words || year.is_some_and(|year| year < forms()[0].first_year)
}

fn old() -> Finding {
    let year = forms()[0].first_year;
    let message = format!("这是 {year} 年以前的旧格式报告，读出章节和文字中的数，统计表不作核对");
    Finding::of("R-form", Verdict::NotAssessable, message).severity(Severity::Note)
}

fn missing(kind: TableKind) -> Finding {
    let message = format!("没有找到{}；表格可能是图片，或者已经丢失", kind.title());
    Finding::of("R-table", Verdict::NotAssessable, message)
}

/// Forms mixed, or not the form of the year.
fn form_remarks(forms: &TableForms, year: Option<i16>) -> Vec<Finding> {
    let used: Vec<(TableKind, FormKey)> = [TableKind::Proactive, TableKind::Requests]
        .into_iter()
        .filter_map(|kind| Some((kind, forms.of(kind)?)))
        .collect();
    let mut findings = Vec::new();
    if let [(_, first), (_, second)] = used[..]
        && first != second
    {
        let message =
            format!("表二用的是 {} 年格式，表三用的是 {} 年格式", first.as_str(), second.as_str());
        findings.push(Finding::of("R-form", Verdict::Fails, message));
    }
    let due = year.and_then(Form::for_year).map(|form| form.key);
    if let (Some(year), Some(due)) = (year, due)
        && let Some((kind, form)) = used.iter().find(|(_, form)| *form != due)
    {
        let message = format!(
            "{year} 年度应当使用 {} 年格式，{}用的是 {} 年格式",
            due.as_str(),
            kind.title(),
            form.as_str()
        );
        findings.push(Finding::of("R-form", Verdict::Fails, message));
    }
    findings
}

/// An amount whose unit the prose contradicts keeps its value and becomes uncertain.
pub fn doubt_contradicted_money(report: &mut AnnualReport) {
    let units = ["元", "万元", "亿元"];
    for reading in &mut report.readings {
        if reading.certainty != Certainty::Sure || !reading.text.contains('元') {
            continue;
        }
        let digits: String =
            reading.text.chars().filter(|each| each.is_ascii_digit() || *each == '.').collect();
        let unit: String = reading.text.chars().filter(|each| "元万亿".contains(*each)).collect();
        if !units.contains(&unit.as_str()) {
            continue;
        }
        let contradicting = report.claims.iter().find(|claim| {
            claim.unit != unit
                && units.contains(&claim.unit.as_str())
                && gongkai_domain::figure::plain_text(claim.value) == digits
        });
        if let Some(claim) = contradicting {
            reading.certainty = Certainty::Uncertain;
            let reason = format!(
                "表中写“{}”，文字写“{}{}”，按表中单位折算",
                reading.text, digits, claim.unit
            );
            let spot = Spot { place: reading.place, cell: Some(reading.cell), source: None };
            report.findings.push(
                Finding::of("R-uncertain", Verdict::Uncertain, reason.clone())
                    .at(spot)
                    .at(claim.place),
            );
            reading.reason = Some(reason);
        }
    }
}
