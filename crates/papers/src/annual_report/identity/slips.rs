//! Finds dates in the prose that are written with a slip: 202020年, 20251月, 「2021, 」.

use super::date;
use crate::annual_report::outline::Outline;
use gongkai_domain::finding::{Finding, Severity, Verdict};
use gongkai_domain::report::Paragraph;

/// One finding a paragraph at most.
pub(super) fn check(outline: &Outline, year: Option<i16>) -> Vec<Finding> {
    let body = outline.sections.iter().flat_map(|section| &section.paragraphs);
    let all = outline.front.iter().chain(body).chain(&outline.signature);
    all.filter_map(|paragraph| slip(paragraph, year)).collect()
}

fn slip(paragraph: &Paragraph, year: Option<i16>) -> Option<Finding> {
    let text = paragraph.text.as_str();
    if !text.contains("20") && !text.contains("2O") {
        return None;
    }
    let message = glued(text).or_else(|| wrong_year(text)).or_else(|| bare_year(text, year))?;
    Some(
        Finding::of("R-date", Verdict::Fails, message).severity(Severity::Note).at(paragraph.place),
    )
}

fn glued(text: &str) -> Option<String> {
    let (_, run) = date::glued_months(text).next()?;
    Some(format!("“{run}”可能是“{}年{}”，缺“年”字。", &run[..4], &run[4..]))
}

fn wrong_year(text: &str) -> Option<String> {
    let found = date::years(text).into_iter().find(|year| year.named && year.damaged)?;
    let written = &text[found.start..found.end];
    Some(match found.value {
        Some(value) => format!("年份写作“{written}”，应为{value}年。"),
        None => format!("年份写作“{written}”，不能确定是哪一年。"),
    })
}

/// 「2021, 市商务局…」 at the beginning of a paragraph.
fn bare_year(text: &str, year: Option<i16>) -> Option<String> {
    let year = year?;
    let rest = text.strip_prefix(year.to_string().as_str())?;
    rest.starts_with(['，', ',']).then(|| format!("段首“{year}”后缺“年”字。"))
}
