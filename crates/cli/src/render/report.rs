//! One report for people: who, when, which form, its tables, and what the reader doubts.

use super::{place_words, tables, tame};
use gongkai_domain::finding::{Finding, Severity};
use gongkai_domain::form::{FormKey, TableKind, forms};
use gongkai_domain::report::AnnualReport;
use indexmap::IndexMap;
use std::fmt::Write;

/// Findings of one check shown for one file.
const MAX_ALIKE: usize = 5;

/// Draws a report.
pub fn draw(report: &AnnualReport) -> String {
    let mut text = head(report);
    for kind in TableKind::ALL {
        let form = report.forms.of(kind);
        match form.and_then(|form| form.form()) {
            Some(form) => {
                let _ = writeln!(text, "\n{} {} 年格式", kind.title(), form.key.as_str());
                text.push_str(&tables::draw(report, form.table(kind)));
            }
            None => {
                let _ = writeln!(text, "\n{}：没有读到", kind.title());
            }
        }
    }
    if text.contains(['?', '*', '~']) {
        text.push_str("\n? 没有可读的数字　* 由勾稽关系还原　~ 不能确定\n");
    }
    let n_tied = report.claims.iter().filter(|claim| !claim.means.is_empty()).count();
    let _ = writeln!(
        text,
        "\n正文 {} 个部分，{} 处数字，其中 {n_tied} 处与表格对应",
        report.sections.len(),
        report.claims.len()
    );
    text.push_str(&doubts(&report.findings));
    text.push('\n');
    text
}

fn head(report: &AnnualReport) -> String {
    let agency = report.agency.as_deref().map_or("机关不明".to_owned(), tame);
    let year = report.year.map_or("年度不明".to_owned(), |year| format!("{year} 年"));
    let form = match report.form.map(|form| form.as_str()) {
        None => "格式不明".to_owned(),
        Some(form) if form == FormKey::PRE_2019.as_str() => {
            format!("{} 年以前的自由格式", forms()[0].first_year)
        }
        Some(form) => format!("{form} 年格式"),
    };
    format!("{}：{agency}，{year}，{form}\n", tame(&report.source))
}

fn doubts(findings: &[Finding]) -> String {
    let mut groups: IndexMap<&str, Vec<&Finding>> = IndexMap::new();
    for finding in findings {
        groups.entry(finding.check).or_default().push(finding);
    }
    let mut text = String::new();
    for (check, alike) in groups {
        for finding in alike.iter().take(MAX_ALIKE) {
            let severity = match finding.severity {
                Severity::Error => "错误",
                Severity::Warning => "警告",
                Severity::Note => "提示",
            };
            let place = finding.places.first().map(|spot| place_words(spot.place));
            let place = place.filter(|words| !words.is_empty());
            let place = place.map(|words| format!("（{words}）")).unwrap_or_default();
            let _ = writeln!(text, "{severity}[{check}]：{}{place}", tame(&finding.message));
        }
        if MAX_ALIKE < alike.len() {
            let n_more = alike.len() - MAX_ALIKE;
            let _ = writeln!(text, "[{check}] 同类另有 {n_more} 处（--json 全部列出）");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::figure::{CellKey, Certainty, Place, Reading};
    use gongkai_domain::finding::Verdict;
    use gongkai_domain::form::forms;
    use gongkai_domain::report::TableForms;

    #[test]
    fn a_report_for_people() {
        let form = &forms()[1];
        let key = Some(form.key);
        let cells = || form.tables.iter().flat_map(|table| table.cells.iter().flatten().copied());
        let mut report = AnnualReport {
            source: "甲局.txt".to_owned(),
            agency: Some("某县甲局".to_owned()),
            year: Some(2022),
            form: key,
            forms: TableForms { proactive: key, requests: key, remedies: None },
            figures: cells().map(|cell| (cell, Some(0.into()))).collect(),
            ..AnnualReport::default()
        };
        let mut doubt = |cell: CellKey, value: Option<i64>, certainty| {
            let value = value.map(Into::into);
            let place = Place { line: Some(9), column: Some(2), ..Place::default() };
            report.figures.set(cell, value);
            let text = String::new();
            report.readings.push(Reading { cell, text, value, place, certainty, reason: None });
        };
        let some: Vec<CellKey> = cells().skip(10).take(3).collect();
        doubt(some[0], Some(217), Certainty::Repaired);
        doubt(some[1], Some(13_713), Certainty::Uncertain);
        doubt(some[2], None, Certainty::Lost);
        let place = Place { line: Some(9), column: Some(2), ..Place::default() };
        report.findings =
            vec![Finding::of("R-lost", Verdict::Uncertain, "这一格是空的。").at(place)];
        insta::assert_snapshot!(draw(&report));
    }
}
