//! Checks of the paper's shape: title, sections, numbers of headings, empty texts, date.

mod deadline;
mod numbering;

use crate::finding::{Finding, Severity, Verdict};
use crate::form::{FormKey, section_titles};
use crate::report::{AnnualReport, Section};

/// Every finding of this kind; reports before 2019 have a free form and are not held to this one.
pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    let is_free_form = report.form == Some(FormKey::PRE_2019)
        || (report.form.is_none() && report.year.is_some_and(|year| year < 2019));
    let mut findings = vec![title(report)];
    if !is_free_form {
        findings.push(sections(report));
        findings.extend(out_of_order(report));
        findings.extend(empty_texts(report));
        findings.push(problems(report));
    }
    findings.extend(numbering::check(report, !is_free_form));
    findings.push(deadline::check(report));
    findings
}

fn title(report: &AnnualReport) -> Finding {
    match &report.title {
        Some(title) => Finding::of("F-title", Verdict::Holds, "有标题。").at(title.place),
        None => Finding::of("F-title", Verdict::Fails, "报告没有标题。"),
    }
}

const NAMES: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

fn sections(report: &AnnualReport) -> Finding {
    let missing: Vec<String> = section_titles()
        .iter()
        .filter(|title| report.section(title.number).is_none())
        .map(|title| format!("第{}部分“{}”", NAMES[usize::from(title.number) - 1], title.title))
        .collect();
    match missing.len() {
        0 => Finding::of("F-sections", Verdict::Holds, "六个部分齐全。"),
        6 => Finding::of("F-sections", Verdict::NotAssessable, "没有认出任何一个部分的标题。"),
        _ => {
            let message = format!("缺少{}。", missing.join("、"));
            let finding = Finding::of("F-sections", Verdict::Fails, message);
            match report.sections.last() {
                Some(last) => finding.at(last.place),
                None => finding,
            }
        }
    }
}

fn out_of_order(report: &AnnualReport) -> Option<Finding> {
    let numbered: Vec<(u8, &Section)> = report
        .sections
        .iter()
        .filter_map(|section| section.number.map(|number| (number, section)))
        .collect();
    let pair = numbered.windows(2).find(|pair| pair[1].0 < pair[0].0)?;
    let message = format!("“{}”排在“{}”之后，与格式的次序不同。", pair[1].1.title, pair[0].1.title);
    Some(Finding::of("F-sections", Verdict::Fails, message).at(pair[1].1.place))
}

/// Sections one and six want words; 无 will do in section six only.
fn empty_texts(report: &AnnualReport) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(first) = report.section(1).filter(|first| says_nothing(&first.text())) {
        let message = "第一部分“总体情况”没有内容。";
        findings.push(Finding::of("F-sections", Verdict::Fails, message).at(first.place));
    }
    if let Some(last) = report.section(6).filter(|last| last.text().trim().is_empty()) {
        let message = "第六部分空白；没有其他事项的，写“无”。";
        let finding = Finding::of("F-sections", Verdict::Fails, message);
        findings.push(finding.severity(Severity::Note).at(last.place));
    }
    findings
}

fn problems(report: &AnnualReport) -> Finding {
    let Some(section) = report.section(5) else {
        return Finding::of("X-3", Verdict::NotAssessable, "没有第五部分。");
    };
    let text = section.text();
    let finding = if text.trim().is_empty() {
        Finding::of("X-3", Verdict::Fails, "第五部分没有内容。")
    } else if says_nothing(&text) {
        let message = format!("第五部分只写“{}”，没有写问题和改进。", text.trim());
        Finding::of("X-3", Verdict::Fails, message)
    } else {
        Finding::of("X-3", Verdict::Holds, "第五部分写有内容。")
    };
    finding.at(section.paragraphs.first().map_or(section.place, |first| first.place))
}

/// All words that say nothing, one behind the other, are shorter, in characters.
const LONGER_THAN_NOTHING: usize = 40;

/// 无, 暂无, 没有问题 … and nothing more.
fn says_nothing(text: &str) -> bool {
    let words: String =
        text.chars().filter(|c| c.is_alphanumeric()).take(LONGER_THAN_NOTHING).collect();
    let rest = ["不存在", "暂时", "暂无", "没有", "无", "暂"]
        .iter()
        .find_map(|start| words.strip_prefix(start));
    let is_filler = |rest: &str| {
        let mut rest = rest;
        for filler in [
            "其他",
            "相关",
            "需要",
            "说明",
            "报告",
            "存在",
            "的",
            "主要",
            "问题",
            "情况",
            "事项",
            "内容",
            "及改进",
            "改进",
        ] {
            rest = rest.strip_prefix(filler).unwrap_or(rest);
        }
        rest.is_empty()
    };
    words.is_empty() || rest.is_some_and(is_filler)
}

#[cfg(test)]
mod tests;
