//! Finds the title of the report among its first lines, whole or broken over two or three.

use super::{Row, furniture, wrapped};
use gongkai_domain::agency;
use std::ops::Range;

/// The longest title, in characters.
const LONGEST: usize = 70;

/// A title: the rows it stands in and its words, without inner spaces.
pub(super) struct Found {
    pub(super) rows: Range<usize>,
    pub(super) words: String,
    /// What follows it on its line, if anything: a date of publication, a counter.
    pub(super) tail: String,
}

/// The best title among the rows before the first section.
pub(super) fn find(rows: &[Row<'_>]) -> Option<Found> {
    let mut best: Option<(u8, Found)> = None;
    for start in 0..rows.len() {
        let plain = at(rows, start).map(|found| (weight(&found.words), found));
        // Any title that stands for itself weighs more.
        let other = || within_line(rows, start).map(|found| (0, found));
        let Some((weight, found)) = plain.or_else(other) else { continue };
        if best.as_ref().is_none_or(|(heaviest, _)| *heaviest < weight) {
            best = Some((weight, found));
        }
    }
    best.map(|(_, found)| found)
}

/// A title that begins in a row; a line above that names the organ only is taken with it.
fn at(rows: &[Row<'_>], start: usize) -> Option<Found> {
    let mut words = String::new();
    for end in start..rows.len().min(start + 3) {
        let row = &rows[end];
        if row.line.tabular || furniture::around(row.text) {
            return None;
        }
        let (head, tail) = without_tail(row.text);
        words.extend(head.chars().filter(|c| !c.is_whitespace()));
        if is_title(&words) {
            let start =
                if end == start { with_organ_above(rows, start, &mut words) } else { start };
            let end = with_year_below(rows, end + 1, &mut words);
            return Some(Found { rows: start..end, words, tail: tail.to_owned() });
        }
        let may_go_on = words.chars().count() <= LONGEST && !words.contains(is_sentence_mark);
        if !may_go_on || (end == start && !may_begin(&words)) {
            return None;
        }
    }
    None
}

/// A title within a line that says more than it.
fn within_line(rows: &[Row<'_>], start: usize) -> Option<Found> {
    let row = &rows[start];
    if row.line.tabular {
        return None;
    }
    let words: String = row.text.chars().filter(|c| !c.is_whitespace()).collect();
    let labelled = wrapped::labelled(&words).map(str::to_owned);
    let found = labelled
        .or_else(|| (!furniture::around(row.text)).then(|| wrapped::within(&words)).flatten())?;
    Some(Found { rows: start..start + 1, words: found, tail: String::new() })
}

/// Takes a line of nothing but a year below a title without one; gives where the title ends.
fn with_year_below(rows: &[Row<'_>], below: usize, words: &mut String) -> usize {
    match rows.get(below) {
        Some(row) if !row.line.tabular && !has_year(words) && wrapped::is_year(row.text) => {
            words.extend(row.text.chars().filter(|c| !c.is_whitespace()));
            below + 1
        }
        _ => below,
    }
}

fn has_year(words: &str) -> bool {
    ["20", "二〇", "二○", "二零"].iter().any(|century| words.contains(century))
}

/// A title's first line names an organ, a year, or the matter itself.
fn may_begin(words: &str) -> bool {
    let bare = words.trim_start_matches("关于").trim_end_matches("关于");
    bare.contains("信息公开")
        || bare.contains("年度")
        || bare.ends_with('年')
        || agency::looks_like_organ(bare)
}

fn with_organ_above(rows: &[Row<'_>], start: usize, words: &mut String) -> usize {
    let names_organ = !words.starts_with("政府信息公开") && !words.starts_with("20");
    let Some(above) = start.checked_sub(1).map(|above| &rows[above]) else { return start };
    let name: String = above.text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = name.trim_end_matches("关于").trim_end_matches("年度").trim_end_matches('年');
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    if names_organ
        || above.line.tabular
        || furniture::around(above.text)
        || !agency::looks_like_organ(bare)
    {
        return start;
    }
    words.insert_str(0, &name);
    start - 1
}

/// Splits off a date, a source or a counter that stands behind a title on the same line.
fn without_tail(text: &str) -> (&str, &str) {
    let Some(end) = text.rfind("报告").map(|at| at + "报告".len()) else { return (text, "") };
    let tail = text[end..].trim_start();
    let is_apart = text[end..].starts_with(char::is_whitespace);
    if is_apart && furniture::around(tail) { (&text[..end], tail) } else { (text, "") }
}

fn is_sentence_mark(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '，' | ',' | '!' | '！' | '？' | '>' | '＞')
}

/// Whether words without spaces are the title of such a report.
pub(in crate::annual_report) fn is_title(words: &str) -> bool {
    let n_characters = words.chars().count();
    if !(8..=LONGEST).contains(&n_characters) || !words.contains("公开") {
        return false;
    }
    let body = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let body = match body.rfind(['（', '(', '【', '[']) {
        Some(open) if body.len() - open <= 45 && !body[open..].contains(['）', ')', '】', ']']) => {
            body[..open].trim_end_matches(|c: char| !c.is_alphanumeric())
        }
        _ => body,
    };
    let names_matter =
        ["信息公开", "政务公开", "主动公开"].iter().any(|matter| body.contains(matter));
    let is_report = ["报告", "年报", "报告书", "总结"].iter().any(|end| body.ends_with(end));
    let is_prose = words.contains(is_sentence_mark)
        || ["如下", "根据", "按照", "现将", "上一", "下一", "本报告", "附件"]
            .iter()
            .any(|word| words.contains(word));
    names_matter && is_report && !is_prose
}

/// A title that says organ and year weighs more than one that does not.
fn weight(words: &str) -> u8 {
    let head = words.find("信息公开").map_or(words, |at| &words[..at]);
    let head = head.trim_end_matches("政府").trim_start_matches("关于");
    let has_organ = agency::place(head).is_some() || head.contains(['局', '委', '厅', '府', '办']);
    let says_report = words.contains("报告") || words.contains("年报");
    u8::from(says_report) * 4 + u8::from(has_year(words)) * 2 + u8::from(has_organ) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_prose_and_links() {
        for title in [
            "甲山市商务局2020年度政府信息公开工作报告",
            "关于丙县教育局2022年政府信息公开工作年度报告",
            "政府信息公开工作年度报告（2022年度）",
            "2019年政务公开年报",
        ] {
            assert!(is_title(title), "{title}");
        }
        for other in [
            "现将2020年政府信息公开工作年度报告",
            "上一篇：甲山市商务局2019年政府信息公开工作报告",
            "政府信息公开工作年度报告如下:",
            "政府信息公开指南",
        ] {
            assert!(!is_title(other), "{other}");
        }
    }
}
