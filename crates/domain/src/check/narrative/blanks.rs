//! a measure word right behind its noun, where a number should stand between (信息条、).

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

/// All those measure words.
const MEASURES: &[&str] =
    &["条", "件", "篇", "份", "个", "起", "宗", "封", "次", "场", "项", "元", "万元", "亿元"];

/// What may stand in the blank: spaces and signs that hold a place.
const PLACEHOLDERS: &str = " \u{3000}\u{a0}_＿×*○□XxＸ";

/// The blank holds no more characters than these.
const LONGEST_BLANK: usize = 8;

pub(super) fn check(report: &AnnualReport) -> Vec<Finding> {
    report.prose().flat_map(|(_, paragraph)| blanks(paragraph)).collect()
}

/// Goes from break to break: what stands before one is looked at, nothing else.
fn blanks(paragraph: &Paragraph) -> Vec<Finding> {
    let text = paragraph.text.as_str();
    let breaks = text.match_indices(['，', ',', '。', '；', ';', '、', '）', ')']);
    breaks
        .filter_map(|(at, _)| {
            let (start, noun, measure) = measure_before(text[..at].trim_end())?;
            Some(blank(paragraph, start, noun, measure))
        })
        .collect()
}

/// The measure word at the end of the text, with its noun and no number between.
fn measure_before(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let measures = MEASURES.iter().filter(|measure| text.ends_with(**measure));
    measures.into_iter().find_map(|measure| {
        let start = text.len() - measure.len();
        let before = text[..start].trim_end_matches(|c: char| PLACEHOLDERS.contains(c));
        let short = text[before.len()..start].chars().count() <= LONGEST_BLANK;
        let fits = |(noun, measures): &&(&str, &[&str])| {
            before.ends_with(noun) && measures.contains(measure)
        };
        let (noun, _) = NOUNS.iter().find(fits).filter(|_| short)?;
        Some((start, *noun, *measure))
    })
}

fn blank(paragraph: &Paragraph, at: usize, noun: &str, measure: &str) -> Finding {
    let message = format!("“{noun}”与“{measure}”之间没有数字，可能漏写");
    Finding::of("X-9", Verdict::Fails, message).at(paragraph.place_at(at))
}
