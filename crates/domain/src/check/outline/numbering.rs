//! Checks the numbers of headings: 一 to 六 of the sections, （一）（二） inside them.

use crate::figure::Place;
use crate::finding::{Finding, Severity, Verdict};
use crate::report::{AnnualReport, Section};

const NAMES: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];

/// A fault in words, and where.
type Fault = (String, Place);

/// One finding for the sections, one for every section whose sub-headings are misnumbered; one
/// that holds if there is none of them.
pub(super) fn check(report: &AnnualReport, is_official_form: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    if is_official_form {
        findings.extend(finding("各部分的序号有误", section_faults(report)));
    }
    for section in &report.sections {
        let subject = format!("“{}”下的小标题序号有误", section.title);
        findings.extend(finding(&subject, heading_faults(section)));
    }
    if findings.is_empty() && !report.sections.is_empty() {
        findings.push(Finding::of("F-numbering", Verdict::Holds, "标题序号连续。"));
    }
    findings
}

fn finding(subject: &str, faults: Vec<Fault>) -> Option<Finding> {
    if faults.is_empty() {
        return None;
    }
    let listed: Vec<&str> = faults.iter().map(|(words, _)| words.as_str()).collect();
    let message = format!("{subject}：{}。", listed.join("，"));
    let finding = Finding::of("F-numbering", Verdict::Fails, message).severity(Severity::Note);
    Some(faults.iter().fold(finding, |finding, (_, place)| finding.at(*place)))
}

fn section_faults(report: &AnnualReport) -> Vec<Fault> {
    let name = |number: u8| NAMES.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or("？");
    // Where no section has a number, the word processor counted them: nothing was left out.
    let are_printed = report.sections.iter().any(|section| section.printed_number.is_some());
    report
        .sections
        .iter()
        .filter(|_| are_printed)
        .filter_map(|section| {
            let number = section.number?;
            let words = match section.printed_number {
                Some(printed) if printed == number => return None,
                Some(printed) => {
                    format!("“{}”应为{}，写作{}", section.title, name(number), name(printed))
                }
                None => format!("“{}”没有序号", section.title),
            };
            Some((words, section.place))
        })
        .collect()
}

/// Sub-headings that come twice, go back, or leave one out.
fn heading_faults(section: &Section) -> Vec<Fault> {
    let headings: Vec<(usize, Place)> = section
        .paragraphs
        .iter()
        .flat_map(|paragraph| numbers(&paragraph.text).map(|number| (number, paragraph.place)))
        .collect();
    let mut faults = Vec::new();
    let mut last = 0;
    for (number, place) in headings.iter().copied() {
        if number != 1 && number != last + 1 && (last != 0 || number == 2) {
            faults.push((fault(last, number, &headings), place));
        }
        last = number;
    }
    // One number alone is a reference or a quotation, no list.
    if headings.len() < 2 { Vec::new() } else { faults }
}

fn fault(last: usize, number: usize, headings: &[(usize, Place)]) -> String {
    let name = NAMES[number - 1];
    let n_before = number - 1;
    if number <= last {
        return if headings.iter().filter(|(each, _)| *each == number).count() < 2 {
            format!("（{name}）排在（{}）之后", NAMES[last - 1])
        } else {
            format!("（{name}）重复")
        };
    }
    let missing: Vec<String> =
        (last + 1..=n_before).map(|number| format!("（{}）", NAMES[number - 1])).collect();
    format!("（{name}）之前缺{}", missing.concat())
}

/// The numbers （一） that begin a paragraph or a sentence in it.
fn numbers(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(['（', '(']).filter_map(|(at, mark)| {
        let before = text[..at].trim_end();
        let begins = before.is_empty() || before.ends_with(['。', '；', '！', '：']);
        let inner = &text[at + mark.len()..];
        let close = inner.find(['）', ')']).filter(|close| begins && 0 < *close && *close <= 9)?;
        let after = inner[close..].trim_start_matches(['）', ')']);
        let is_reference = after.starts_with(['项', '款', '目', '条']);
        let number = NAMES.iter().position(|name| *name == &inner[..close])? + 1;
        (!is_reference).then_some(number)
    })
}
