//! Files that name figures by key, right and wrong.

use super::read;
use gongkai_domain::figure::{Certainty, plain_text};
use gongkai_domain::report::AnnualReport;

fn one(text: &str) -> AnnualReport {
    let mut reports = read(text.as_bytes(), "甲.json").expect("it names figures by key");
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

fn value(report: &AnnualReport, key: &str) -> Option<String> {
    report.figures.by_key(key).map(plain_text)
}

#[test]
fn other_files_are_left_to_others() {
    for text in ["", "一份报告", "{\"a\": 1}", "[]", "{", "名称,数量\n甲,1", "\u{fffd}"] {
        assert!(read(text.as_bytes(), "").is_none(), "{text}");
    }
    assert!(read(&[0xff, 0xfe, 0x00], "").is_none());
}

#[test]
fn a_value_that_is_no_number_and_one_that_is_missing_are_null_with_a_finding() {
    let report = one(r#"{"form":"2021","figures":{"requests.received.total":"三",
        "requests.received.natural":null,"proactive.fee.amount":12.50,"nobody.knows":"1"}}"#);
    assert_eq!(value(&report, "requests.received.total"), None);
    assert_eq!(value(&report, "proactive.fee.amount").as_deref(), Some("12.5"));
    assert_eq!(report.figures.len(), 10 + 25 * 7 + 15);
    let checks: Vec<&str> = report.findings.iter().map(|finding| finding.check).collect();
    assert_eq!(checks, ["R-lost", "R-uncertain", "R-uncertain"]);
    assert!(report.findings[2].message.contains("nobody.knows"));
}

#[test]
fn what_was_not_sure_stays_so() {
    let report = one(r#"{"form":"2021","figures":{"proactive.fee.amount":"3"},
        "readings":[{"cell":"proactive.fee.amount","certainty":"repaired"}]}"#);
    let reading = report.readings.iter().find(|each| each.cell.as_str() == "proactive.fee.amount");
    assert_eq!(reading.map(|each| each.certainty), Some(Certainty::Repaired));
}

#[test]
fn the_form_is_told_by_the_keys_where_nothing_else_tells_it() {
    let form = |key: &str| one(&format!("key,value\n{key},1\n")).form.map(|form| form.as_str());
    assert_eq!(form("proactive.procurement.projects"), Some("2019"));
    assert_eq!(form("proactive.rule.in_force"), Some("2021"));
}

#[test]
fn rows_of_several_sources_are_several_reports() {
    let text = "source,agency,year,form,key,value\n\
        a.txt,甲局,,2021,requests.received.total,1\n\
        a.txt,甲局,,2021,requests.received.natural,1\n\
        b.txt,乙局,,2021,requests.received.total,2\n";
    let reports = read(text.as_bytes(), "").expect("rows of keys");
    let told: Vec<_> = reports
        .iter()
        .map(|each| (each.agency.as_deref().unwrap(), value(each, "requests.received.total")))
        .collect();
    assert_eq!(told, [("甲局", Some("1".to_owned())), ("乙局", Some("2".to_owned()))]);
}

#[test]
fn lines_and_lists_are_several_reports() {
    let object = r#"{"form":"2021","figures":{}}"#;
    for text in [format!("{object}\n{object}\n"), format!("[{object},{object}]")] {
        assert_eq!(read(text.as_bytes(), "").map(|reports| reports.len()), Some(2));
    }
}
