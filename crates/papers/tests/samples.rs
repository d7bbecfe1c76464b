//! The five real reports, read as a person reads them. Skipped, saying so, where they are absent.

use gongkai_document::Limits;
use gongkai_domain::figure::Certainty;
use gongkai_domain::report::AnnualReport;
use std::path::PathBuf;

#[expect(clippy::print_stderr, clippy::unwrap_used, reason = "a helper of tests; skipping is said")]
fn sample(name: &str) -> Option<AnnualReport> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples"));
    let Ok(bytes) = std::fs::read(folder.join(name)) else {
        eprintln!("skipped: {name} is not here");
        return None;
    };
    let document = gongkai_document::read(&bytes, &Limits::default()).unwrap();
    Some(gongkai_papers::annual_report::read(&document, name))
}

/// Every figure is surely read and zero, but for those given.
fn assert_figures(report: &AnnualReport, given: &[(&str, &str)]) {
    for (cell, value) in report.figures.iter() {
        let expected = given.iter().find(|(key, _)| *key == cell.as_str()).map_or("0", |(_, v)| v);
        let value = value.map(gongkai_domain::figure::plain_text);
        assert_eq!(value.as_deref(), Some(expected), "{cell}: {:?}", report.reading(cell));
    }
    for (key, _) in given {
        assert!(report.figures.by_key(key).is_some(), "{key}");
    }
}

fn form(report: &AnnualReport) -> Option<&str> {
    report.form.map(|form| form.as_str())
}

#[test]
fn labels_without_cells_give_no_zero() {
    let Some(report) = sample("lixin_commerce_2020.txt") else { return };
    assert_eq!(form(&report), Some("2019"));
    assert_eq!(report.figures.len(), 22 + 23 * 7 + 15);
    assert!(report.figures.iter().all(|(_, value)| value.is_none()));
}

#[test]
fn traditional_text_with_pinyin_is_read_cell_by_cell() {
    let Some(report) = sample("mouding_government_services_2020.txt") else { return };
    assert_eq!(form(&report), Some("2019"));
    assert_figures(
        &report,
        &[
            ("proactive.permit.items_before", "112"),
            ("proactive.permit.items_change", "3"),
            ("proactive.permit.decided", "3"),
            ("proactive.procurement.projects", "45"),
            ("proactive.procurement.amount", "1.371389"),
        ],
    );
    let amount = report.readings.iter().find(|each| each.cell.as_str().ends_with("amount"));
    assert_eq!(amount.map(|reading| reading.certainty), Some(Certainty::Uncertain));
}

#[test]
fn one_cell_a_line_between_tabs_is_read() {
    let Some(report) = sample("fushun_commerce_2020.txt") else { return };
    assert_eq!(form(&report), Some("2019"));
    assert_figures(
        &report,
        &[
            ("proactive.normative_document.made", "3"),
            ("proactive.normative_document.published", "3"),
            ("proactive.normative_document.published_total", "3"),
            ("proactive.permit.items_before", "3"),
            ("proactive.permit.decided", "230"),
            ("proactive.other_service.items_before", "10"),
            ("proactive.other_service.decided", "449"),
            ("proactive.penalty.items_before", "12"),
        ],
    );
}

#[test]
fn a_reading_keeps_its_text_untouched_and_points_at_the_figure() {
    let Some(report) = sample("fushun_commerce_2020.txt") else { return };
    let reading =
        report.readings.iter().find(|each| each.cell.as_str() == "proactive.permit.decided");
    let reading = reading.unwrap();
    assert_eq!((reading.text.as_str(), reading.place.column), ("\u{3000}230", Some(3)));
}

#[test]
fn a_damaged_header_does_not_hide_the_fifteen_figures() {
    let Some(report) = sample("county_industry_2022.txt") else { return };
    assert_eq!((form(&report), report.figures.len()), (Some("2021"), 10 + 25 * 7 + 15));
    assert_figures(&report, &[]);
    assert!(report.findings.iter().any(|finding| finding.check == "R-header"));
}

#[test]
fn a_table_cut_in_two_is_read_whole() {
    let Some(report) = sample("luohe_commerce_2021.txt") else { return };
    assert_eq!(form(&report), Some("2021"));
    assert_figures(&report, &[("proactive.permit.decided", "39"), ("proactive.fee.amount", "162")]);
    assert!(!report.findings.iter().any(|finding| finding.check == "R-header"));
}
