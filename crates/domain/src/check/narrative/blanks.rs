//! a measure word right behind its noun, where a number should stand between (信息条、).

use super::place_at;
use crate::finding::{Finding, Verdict};
use crate::report::{AnnualReport, Paragraph};

/// Nouns with the measure words that make no word with them.
const NOUNS: &[(&str, &[&str])] = &[
    ("信息", &["条", "件", "篇", "份"]),
    ("文件", &["份", "件", "个"]),
    ("公告", &["条", "份", "个"]),
    ("动态", &["条", "篇", "个"]),
    ("稿件", &["篇", "条", "份"]),
    ("解读", &["篇", "件", "条", "个", "份"]),
    ("申请", &["起", "份", "宗", "条"]),
    ("项目", &["个"]),
    ("热线", &["起", "条"]),
    ("来信", &["封", "条", "起"]),
    ("留言", &["条"]),
    ("诉求", &["条", "起", "个"]),
    ("建议", &["条"]),
    ("意见", &["条"]),
    ("会议", &["次", "场"]),
    ("培训", &["次", "场"]),
    ("金额", &["元", "万元", "亿元"]),
    ("资金", &["万元", "亿元"]),
    ("共计", &["条", "件", "份", "次", "个", "项", "篇", "万元"]),
    ("累计", &["条", "件", "份", "次", "篇", "万元"]),
    ("信息共", &["条", "件", "篇"]),
    ("申请共", &["件", "条", "起"]),
];

/// What may stand in the blank: spaces and signs that hold a place.
const PLACEHOLDERS: &str = " \u{3000}\u{a0}_＿×*○□XxＸ";

/// The blank holds no more characters than these.
const LONGEST_BLANK: usize = 8;

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    report.prose().flat_map(|(_, paragraph)| blanks(paragraph)).collect()
}

fn blanks(paragraph: &Paragraph) -> Vec<Finding> {
    let text = paragraph.text.as_str();
    let mut found: Vec<(usize, &str, &str)> = Vec::new();
    for (noun, measures) in NOUNS {
        for (at, _) in text.match_indices(noun) {
            if let Some((end, measure)) = measure_behind(text, at + noun.len(), measures)
                && !found.iter().any(|(other, _, _)| *other == end)
            {
                found.push((end, noun, measure));
            }
        }
    }
    found.sort_unstable();
    found.iter().map(|(at, noun, measure)| blank(paragraph, *at, noun, measure)).collect()
}

/// The position of a measure word that stands here, with a break or nothing behind it.
fn measure_behind<'a>(text: &str, from: usize, measures: &[&'a str]) -> Option<(usize, &'a str)> {
    let rest = &text[from..];
    let open = rest.trim_start_matches(|c: char| PLACEHOLDERS.contains(c));
    let blank = &rest[..rest.len() - open.len()];
    let measure = measures.iter().find(|measure| open.starts_with(**measure))?;
    let behind = open[measure.len()..].trim_start().chars().next();
    let ends = behind.is_some_and(|c| "，,。；;、）)".contains(c));
    let short = blank.chars().count() <= LONGEST_BLANK;
    (ends && short).then(|| (from + blank.len(), *measure))
}

fn blank(paragraph: &Paragraph, at: usize, noun: &str, measure: &str) -> Finding {
    let message = format!("“{noun}”与“{measure}”之间没有数字，可能漏写");
    Finding::of("X-9", Verdict::Fails, message).at(place_at(paragraph, at))
}
