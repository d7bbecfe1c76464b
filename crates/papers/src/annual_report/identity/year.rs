//! Tells which year a report is about: never the year in which it was signed.

use super::Sources;
use super::date::{self, Year};
use gongkai_domain::figure::Place;
use gongkai_domain::finding::{Finding, Verdict};
use gongkai_domain::report::Paragraph;

/// The year, with findings where sources are damaged or disagree.
pub(super) fn read(sources: &Sources<'_>, findings: &mut Vec<Finding>) -> Option<i16> {
    let in_title = sources.title().and_then(|title| in_title(title, findings));
    let period = sources.opening().find_map(|each| period(each).map(|year| (year, each.place)));
    if let (Some(year), Some((other, place))) = (in_title, period)
        && year != other
    {
        findings.push(disagree(year, other, place));
    }
    let told = in_title
        .or(period.map(|(year, _)| year))
        .or_else(|| sources.opening().find_map(|each| announced(&each.text)))
        .or_else(|| sources.document_title.and_then(plain_year))
        .or_else(|| most_often(sources));
    told.or_else(|| from_file_name(sources, findings)).or_else(|| {
        let place = sources.title().map(|title| title.place).unwrap_or_default();
        findings.push(unknown(place));
        None
    })
}

/// The year of the title; a damaged one is said.
fn in_title(title: &Paragraph, findings: &mut Vec<Finding>) -> Option<i16> {
    let bare = without_spaces(&title.text);
    let found = date::years(&bare);
    let year = found.iter().find(|year| year.named).or(found.first())?;
    if year.damaged && !is_bracketed(&bare, *year) {
        findings.push(damaged(&bare, *year, title.place));
    }
    let values: Vec<i16> = found.iter().filter_map(|each| each.value).collect();
    if values.iter().any(|value| Some(*value) != year.value) {
        let listed: Vec<String> = values.iter().map(ToString::to_string).collect();
        let message = format!("标题里有几个年份：{}。", listed.join("、"));
        findings.push(Finding::of("R-identity", Verdict::Uncertain, message).at(title.place));
    }
    year.value
}

/// 年度报告（2022）: in brackets of its own a year needs no 年.
fn is_bracketed(text: &str, year: Year) -> bool {
    let is_bare = text[year.start..year.end].bytes().all(|byte| byte.is_ascii_digit());
    let (before, after) = (&text[..year.start], &text[year.end..]);
    is_bare && before.ends_with(['（', '(']) && after.starts_with(['）', ')'])
}

fn damaged(text: &str, year: Year, place: Place) -> Finding {
    let written = &text[year.start..year.end];
    let message = match year.value {
        Some(value) if !year.named => format!("标题里“{written}”缺“年”字，按{value}年读。"),
        Some(value) => format!("标题里年份写作“{written}”，按{value}年读。"),
        None => format!("标题里年份写作“{written}”，不能确定是哪一年。"),
    };
    Finding::of("R-date", Verdict::Fails, message).at(place)
}

fn disagree(year: i16, other: i16, place: Place) -> Finding {
    let message = format!("标题写{year}年，正文所列数据的期限是{other}年，按标题读。");
    Finding::of("R-identity", Verdict::Uncertain, message).at(place)
}

fn unknown(place: Place) -> Finding {
    Finding::of("R-identity", Verdict::Fails, "没有写明报告的是哪一年。").at(place)
}

/// 2020年1月1日至2020年12月31日: the year of the data.
fn period(paragraph: &Paragraph) -> Option<i16> {
    let at = paragraph.text.find("12月31日").or_else(|| paragraph.text.find("12 月 31 日"))?;
    let start =
        paragraph.text[..at].rfind("1月1日").or_else(|| paragraph.text[..at].rfind("1 月 1 日"))?;
    let year_of = |text: &str| {
        let bare = without_spaces(text);
        let year = date::years(&bare).last().copied()?;
        (year.end == bare.len()).then_some(year.value).flatten()
    };
    let first = year_of(&paragraph.text[..start])?;
    match year_of(&paragraph.text[..at]) {
        Some(last) if last != first => None,
        _ => Some(first),
    }
}

/// 2020年度政府信息公开工作年度报告 in prose.
fn announced(text: &str) -> Option<i16> {
    if !text.contains("报告") {
        return None;
    }
    let bare = without_spaces(text);
    date::years(&bare).into_iter().find_map(|year| {
        let rest = &bare[year.end..];
        let matter = rest.find("信息公开").filter(|at| *at <= 120)?;
        let is_report = rest[matter..].chars().take(14).collect::<String>().contains("报告");
        let same_clause = !rest[..matter].contains(['。', '，', ',', '；', '《', '〔']);
        (year.named && is_report && same_clause).then_some(year.value).flatten()
    })
}

fn plain_year(text: &str) -> Option<i16> {
    date::years(&without_spaces(text)).into_iter().find_map(|year| year.value)
}

/// The year that begins most clauses of the opening: 「2020年，甲局…」.
fn most_often(sources: &Sources<'_>) -> Option<i16> {
    let mut counted: Vec<(i16, usize)> = Vec::new();
    for paragraph in sources.opening() {
        let bare = without_spaces(&paragraph.text);
        for year in date::years(&bare) {
            let begins =
                bare[..year.start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let is_in_brackets = bare[..year.start].ends_with(['〔', '[', '（', '(', '《', '“']);
            let Some(value) = year.value.filter(|_| begins && !is_in_brackets) else { continue };
            if !bare[year.end..].starts_with(['，', ',']) && !year.named {
                continue;
            }
            match counted.iter_mut().find(|(known, _)| *known == value) {
                Some((_, count)) => *count += 1,
                None => counted.push((value, 1)),
            }
        }
    }
    let most = counted.iter().map(|(_, count)| *count).max()?;
    let mut first = counted.iter().filter(|(_, count)| *count == most);
    match (first.next(), first.next()) {
        (Some((year, _)), None) => Some(*year),
        _ => None,
    }
}

/// A file's name is weak: its year is taken only where nothing else says one, and said so.
fn from_file_name(sources: &Sources<'_>, findings: &mut Vec<Finding>) -> Option<i16> {
    let year = date::years(sources.stem).into_iter().find_map(|year| year.value)?;
    let message = format!("报告里没有写年度，按文件名读作{year}年。");
    findings.push(Finding::of("R-identity", Verdict::Uncertain, message));
    Some(year)
}

pub(super) fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
