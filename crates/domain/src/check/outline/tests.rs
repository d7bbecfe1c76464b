//! Shapes of invented reports.

use super::*;
use crate::figure::Place;
use crate::report::Paragraph;
use jiff::civil::date;

fn place(line: u32) -> Place {
    Place { line: Some(line), ..Place::default() }
}

fn section(number: u8, printed: Option<u8>, texts: &[&str]) -> Section {
    let title = section_titles()[usize::from(number) - 1].title.clone();
    let paragraph = |(at, text): (usize, &&str)| Paragraph {
        text: (*text).to_owned(),
        place: place(u32::from(number) * 10 + at as u32 + 1),
        ..Paragraph::default()
    };
    Section {
        number: Some(number),
        title,
        paragraphs: texts.iter().enumerate().map(paragraph).collect(),
        place: place(u32::from(number) * 10),
        printed_number: printed,
    }
}

fn whole() -> AnnualReport {
    AnnualReport {
        agency: Some("甲山市商务局".to_owned()),
        year: Some(2020),
        title: Some(Paragraph {
            text: "甲山市商务局2020年报告".to_owned(),
            place: place(1),
            ..Paragraph::default()
        }),
        sections: (1..=6).map(|number| section(number, Some(number), &["写有内容。"])).collect(),
        signed_on: Some((date(2021, 1, 31), place(90))),
        ..AnnualReport::default()
    }
}

fn faults(report: &AnnualReport) -> Vec<(&'static str, String)> {
    check(report)
        .into_iter()
        .filter(|finding| finding.verdict != Verdict::Holds)
        .map(|finding| (finding.check, finding.message))
        .collect()
}

#[test]
fn a_whole_report_is_met_with_silence() {
    assert_eq!(faults(&whole()), []);
}

#[test]
fn a_missing_section_and_a_missing_title_are_said() {
    let mut report = whole();
    report.sections.pop();
    report.title = None;
    let expected = [
        ("F-title", "报告没有标题。".to_owned()),
        ("F-sections", "缺少第六部分“其他需要报告的事项”。".to_owned()),
    ];
    assert_eq!(faults(&report), expected);
}

#[test]
fn sub_headings_twice_or_left_out_are_one_finding_a_section() {
    let mut report = whole();
    let texts = ["（一）甲", "（二）乙", "（三）丙。", "（三）丁", "（四）戊", "（六）己"];
    report.sections[0] = section(1, Some(1), &texts);
    let found: Vec<Finding> =
        check(&report).into_iter().filter(|finding| finding.verdict == Verdict::Fails).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "“总体情况”下的小标题序号有误：（三）重复，（六）之前缺（五）。");
    let lines: Vec<Option<u32>> = found[0].places.iter().map(|spot| spot.place.line).collect();
    assert_eq!(lines, [Some(14), Some(16)]);
}

#[test]
fn lists_that_begin_anew_and_references_are_no_fault() {
    let mut report = whole();
    let texts =
        ["（一）甲。（二）乙。", "1.丙", "(一)丁", "(二)戊", "第二十条第（五）项", "（六）项"];
    report.sections[0] = section(1, Some(1), &texts);
    assert_eq!(faults(&report), []);
}

#[test]
fn wrong_numbers_of_sections_are_said() {
    let mut report = whole();
    report.sections[3].printed_number = Some(3);
    let (check, message) = faults(&report).remove(0);
    assert_eq!(check, "F-numbering");
    assert!(message.contains("应为四，写作三"), "{message}");
}

#[test]
fn nothing_is_enough_in_section_six_only() {
    let mut report = whole();
    report.sections[4] = section(5, Some(5), &["无。"]);
    report.sections[5] = section(6, Some(6), &["无"]);
    assert_eq!(faults(&report).iter().map(|(check, _)| *check).collect::<Vec<_>>(), ["X-3"]);
    assert!(!says_nothing("无依申请公开情况。一是公开不及时。"));
    assert!(says_nothing("暂无其他需要报告事项。"));
}

#[test]
fn the_last_day_is_in_time_and_the_first_after_it_is_late() {
    let late = |agency: &str, day| {
        let mut report = whole();
        report.agency = Some(agency.to_owned());
        report.signed_on = Some((day, place(90)));
        faults(&report).iter().any(|(check, _)| *check == "X-5")
    };
    assert!(!late("甲山市商务局", date(2021, 1, 31)) && late("甲山市商务局", date(2021, 2, 1)));
    assert!(!late("甲山市人民政府", date(2021, 3, 31)) && late("甲山市人民政府", date(2021, 4, 1)));
}

#[test]
fn reports_of_the_free_form_are_not_held_to_six_sections() {
    let report = AnnualReport {
        form: Some(FormKey::PRE_2019),
        sections: vec![section(1, Some(1), &["好。"])],
        ..whole()
    };
    assert_eq!(faults(&report), []);
}
