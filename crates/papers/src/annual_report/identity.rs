//! Tells the organ, the year and the date of a report from title, text, signature and file name.

pub(super) mod date;
mod organ;
mod slips;
mod year;

use super::outline::{Outline, is_title};
use gongkai_domain::agency;
use gongkai_domain::figure::Place;
use gongkai_domain::finding::{Finding, Severity, Verdict};
use gongkai_domain::report::Paragraph;

/// Who reports on which year, as far as it can be known.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The organ, its full name.
    pub agency: Option<String>,
    /// The year reported on.
    pub year: Option<i16>,
    /// Date of signature or publication.
    pub signed_on: Option<(jiff::civil::Date, Place)>,
    /// What is missing or damaged.
    pub findings: Vec<Finding>,
}

/// What the names and years are looked for in.
struct Sources<'a> {
    outline: &'a Outline,
    /// The part of the document's title that is a title of a report.
    document_title: Option<&'a str>,
    /// The file's name without folders and ending.
    stem: &'a str,
}

impl<'a> Sources<'a> {
    fn title(&self) -> Option<&'a Paragraph> {
        self.outline.title.as_ref()
    }

    /// Prose that may say who reports: the front and the first section.
    fn opening(&self) -> impl Iterator<Item = &'a Paragraph> {
        let first = self.outline.sections.first().map(|section| section.paragraphs.iter());
        self.outline.front.iter().chain(first.into_iter().flatten())
    }
}

/// Tells the identity. `document_title` is the HTML title or the metadata's; `source` the file name.
pub fn read(outline: &Outline, document_title: Option<&str>, source: &str) -> Identity {
    let file = source.rsplit(['/', '\\']).next().unwrap_or(source);
    let sources = Sources {
        outline,
        document_title: document_title.and_then(report_title),
        stem: file.rsplit_once('.').map_or(file, |(stem, _)| stem),
    };
    let mut identity = Identity { findings: outline.findings.clone(), ..Identity::default() };
    identity.agency = name(&sources, &mut identity.findings);
    identity.year = year::read(&sources, &mut identity.findings);
    identity.signed_on = signed_on(outline);
    identity.findings.extend(slips::check(outline, identity.year));
    identity
}

/// The part of a page's title that names a report: 甲局2020年…报告 of 甲局2020年…报告_某某网.
fn report_title(title: &str) -> Option<&str> {
    title
        .split(['_', '|', '｜', '-', '－', '—', '–', '>', '·', '\n'])
        .map(str::trim)
        .find(|part| is_title(&part.chars().filter(|c| !c.is_whitespace()).collect::<String>()))
}

/// The organ's name: the fullest that the surest source gives.
fn name(sources: &Sources<'_>, findings: &mut Vec<Finding>) -> Option<String> {
    let in_title = sources.title().and_then(|title| organ::in_title(&title.text));
    let is_whole =
        |name: &String| !agency::lacks_place(name) && agency::place(name) != Some(name.as_str());
    if in_title.as_ref().is_some_and(is_whole) {
        return in_title;
    }
    let others = other_names(sources);
    let told = match in_title.or_else(|| others.first().cloned()) {
        Some(told) => told,
        None => {
            findings.push(unknown_name(sources));
            return None;
        }
    };
    let fuller = fuller(&told, &others);
    let name = fuller.unwrap_or(told);
    findings.extend(doubtful_name(&name, sources));
    Some(name)
}

/// Names from everything but the title, the surest first.
fn other_names(sources: &Sources<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let signed =
        sources.outline.signature.iter().filter_map(|each| organ::in_signature(&each.text));
    names.extend(signed.filter(|name| !agency::lacks_place(name)));
    names.extend(sources.document_title.and_then(organ::in_title));
    names.extend(most_often(sources));
    names.extend(organ::in_title(sources.stem).filter(|name| !agency::lacks_place(name)));
    names
}

/// The full name that begins most clauses of the opening, governments above the organ left out.
fn most_often(sources: &Sources<'_>) -> Option<String> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for name in sources.opening().flat_map(|paragraph| organ::in_prose(&paragraph.text)) {
        match counted.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counted.push((name, 1)),
        }
    }
    let is_government = |name: &str| agency::kind(name) == agency::Kind::Government;
    counted.retain(|(name, _)| !is_government(name));
    let most = counted.iter().map(|(_, count)| *count).max()?;
    counted.iter().find(|(_, count)| *count == most).map(|(name, _)| (*name).to_owned())
}

/// A name that says more than the one told: 甲山市商务局 for 市商务局, 丙县人民政府 for 丙县.
fn fuller(told: &str, others: &[String]) -> Option<String> {
    let is_place = agency::place(told) == Some(told);
    let short = agency::lacks_place(told);
    others
        .iter()
        .find(|other| {
            let other = other.as_str();
            (short && other != told && other.ends_with(told) && agency::place(other).is_some())
                || (is_place && *other == format!("{told}人民政府"))
        })
        .cloned()
}

fn doubtful_name(name: &str, sources: &Sources<'_>) -> Option<Finding> {
    let place = sources.title().map(|title| title.place).unwrap_or_default();
    if agency::lacks_place(name) {
        let rank = match name.chars().next() {
            Some(rank @ ('县' | '市' | '区' | '省' | '州' | '旗' | '镇' | '乡')) => {
                rank.to_string()
            }
            _ => "地方".to_owned(),
        };
        let message = format!("只写“{name}”，没有写明是哪个{rank}。");
        let message = if sources.title().is_some() { format!("标题{message}") } else { message };
        return Some(Finding::of("R-identity", Verdict::Fails, message).at(place));
    }
    let is_place = agency::place(name) == Some(name);
    is_place.then(|| {
        let message = format!("标题只写地名“{name}”，没有写明机关。");
        Finding::of("R-identity", Verdict::Uncertain, message).severity(Severity::Note).at(place)
    })
}

fn unknown_name(sources: &Sources<'_>) -> Finding {
    let finding = Finding::of("R-identity", Verdict::Fails, "没有写明是哪个机关的报告。");
    match sources.title() {
        Some(title) => finding.at(title.place),
        None => finding,
    }
}

/// The date under the report, else that of publication on the page.
fn signed_on(outline: &Outline) -> Option<(jiff::civil::Date, Place)> {
    let stated = outline.signature.iter().rev().chain(&outline.published);
    stated.into_iter().find_map(|paragraph| {
        let bare: String = paragraph.text.chars().filter(|c| !c.is_whitespace()).collect();
        date::first(&bare).map(|found| (found.date, paragraph.place))
    })
}

#[cfg(test)]
mod tests;
