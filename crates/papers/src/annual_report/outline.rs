//! Splits the lines of a report into title, front matter and the sections, furniture left out.

mod furniture;
mod heading;
mod sections;
mod signature;
mod title;
mod wrapped;

use super::plain::Line;
use gongkai_domain::finding::{Finding, Severity, Verdict};
use gongkai_domain::report::{Paragraph, Section};
use heading::Style;
use sections::{Candidate, Chosen};

pub(super) use title::is_title;

/// The report's lines, sorted.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The title line, without inner spaces.
    pub title: Option<Paragraph>,
    /// Prose before the first section.
    pub front: Vec<Paragraph>,
    /// The sections.
    pub sections: Vec<Section>,
    /// The organ and the date below the last section.
    pub signature: Vec<Paragraph>,
    /// Lines of the page around the report that state when it was published.
    pub published: Vec<Paragraph>,
    /// Faults of the headings' numbers that only the reader sees; `identity::read` hands them on.
    pub findings: Vec<Finding>,
}

/// A line that is not empty.
pub(super) struct Row<'a> {
    line: &'a Line,
    /// Its text without spaces at the ends.
    text: &'a str,
}

/// Sorts lines; tabular lines end a paragraph and are dropped.
pub fn read(lines: &[Line]) -> Outline {
    let rows: Vec<Row<'_>> = lines
        .iter()
        .map(|line| Row { line, text: line.text.trim() })
        .filter(|row| !row.text.is_empty())
        .collect();
    let candidates = candidates(&rows);
    let chosen = sections::choose(&candidates);
    let first_section = chosen.first().map_or(rows.len(), |first| candidates[first.candidate].row);
    let mut outline = Outline::default();
    read_front(&rows[..first_section], &mut outline);
    read_sections(&rows, &candidates, &chosen, &mut outline);
    outline.findings.extend(mixed_styles(&rows, &candidates, &chosen));
    let last = match outline.sections.last_mut() {
        Some(section) => &mut section.paragraphs,
        None => &mut outline.front,
    };
    signature::split_off(last, &mut outline.signature, &mut outline.published);
    outline
}

/// Every line that could head a section.
fn candidates(rows: &[Row<'_>]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut last_row = None;
    for (at, row) in rows.iter().enumerate() {
        let Some(mut candidate) = candidate(rows, at, row) else { continue };
        candidate.follows = at.checked_sub(1) == last_row && last_row.is_some();
        last_row = Some(at);
        found.push(candidate);
    }
    found
}

/// The longest heading without an official title, in bytes.
const LONGEST_OTHER_HEADING: usize = 120;

fn candidate(rows: &[Row<'_>], at: usize, row: &Row<'_>) -> Option<Candidate> {
    let numbered = heading::numbered(row.text);
    let rest = numbered.map_or(row.text, |numbered| numbered.rest);
    let style = numbered.map_or(Style::Bare, |numbered| numbered.style);
    let is_marked = row.line.heading.is_some();
    let may_be_like = style == Style::Chinese || (is_marked && style == Style::Bare);
    if row.line.tabular {
        if style != Style::Chinese {
            return None;
        }
        let titled = heading::titled(rest.trim_end_matches(['|', '\t', ' ']))?;
        return Some(made(at, numbered.as_ref(), Some(titled), true));
    }
    if heading::is_row_label(rest) {
        return None;
    }
    let may_lead = matches!(style, Style::Chinese | Style::Arabic);
    let titled = heading::titled(rest)
        .or_else(|| may_lead.then(|| heading::leading(rest)).flatten())
        .or_else(|| may_be_like.then(|| heading::likely(rest)).flatten())
        .or_else(|| broken(rows, at, style, rest));
    let is_short = rest.len() <= LONGEST_OTHER_HEADING && !rest.contains(['。', '；', ';']);
    let is_other = style == Style::Chinese && is_short && !rest.is_empty();
    (titled.is_some() || is_other).then(|| made(at, numbered.as_ref(), titled, false))
}

fn made(
    row: usize,
    numbered: Option<&heading::Numbered<'_>>,
    titled: Option<heading::Titled>,
    tabular: bool,
) -> Candidate {
    Candidate {
        row,
        style: numbered.map_or(Style::Bare, |numbered| numbered.style),
        printed: numbered.map(|numbered| numbered.value),
        section: titled.map(|titled| titled.section),
        fit: titled.map_or(heading::Fit::Like, |titled| titled.fit),
        listed: titled.is_some_and(|titled| titled.listed),
        follows: false,
        tabular,
    }
}

/// A heading whose title goes on in the next line, or whose number stands alone.
fn broken(rows: &[Row<'_>], at: usize, style: Style, rest: &str) -> Option<heading::Titled> {
    let next = rows.get(at + 1).filter(|next| !next.line.tabular)?;
    if style != Style::Chinese || 60 < rest.len() || rest.contains(['。', '：', ':', '；']) {
        return None;
    }
    let joined = format!("{rest}{}", next.text);
    let titled = heading::titled(&joined).filter(|titled| titled.end == joined.len())?;
    Some(heading::Titled { end: usize::MAX, ..titled })
}

/// Title, dates of publication and prose before the first section.
fn read_front(rows: &[Row<'_>], outline: &mut Outline) {
    let title = title::find(rows);
    let title_rows = title.as_ref().map_or(0..0, |title| title.rows.clone());
    for (at, row) in rows.iter().enumerate() {
        if title_rows.contains(&at) || row.line.tabular {
            continue;
        }
        let is_before = at < title_rows.start;
        if furniture::around(row.text) {
            if signature::states_publication(row.text) {
                outline.published.push(paragraph(row, 0));
            }
        } else if is_before && !is_sentence(row.text) {
            continue;
        } else if !repeats_title(row.text, title.as_ref()) {
            push(&mut outline.front, paragraph(row, 0));
        }
    }
    outline.title = title.map(|title| {
        let place = paragraph(&rows[title.rows.start], 0).place;
        if signature::states_publication(&title.tail) {
            outline.published.push(Paragraph { text: title.tail, place, ..Paragraph::default() });
        }
        Paragraph { text: title.words, place, ..Paragraph::default() }
    });
}

fn is_sentence(text: &str) -> bool {
    60 < text.len() && text.contains('。')
}

fn repeats_title(text: &str, title: Option<&title::Found>) -> bool {
    let Some(title) = title else { return false };
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    title.words.contains(&words) && 4 < words.chars().count() || is_title(&words)
}

/// The text of every section between its heading and the next.
fn read_sections(
    rows: &[Row<'_>],
    candidates: &[Candidate],
    chosen: &[Chosen],
    outline: &mut Outline,
) {
    for (position, each) in chosen.iter().enumerate() {
        let start = candidates[each.candidate].row;
        let end =
            chosen.get(position + 1).map_or(rows.len(), |next| candidates[next.candidate].row);
        outline.sections.push(section(&rows[start..end], each.number));
    }
}

fn section(rows: &[Row<'_>], number: Option<u8>) -> Section {
    let head = &rows[0];
    let numbered = heading::numbered(head.text);
    let rest = numbered.map_or(head.text, |numbered| numbered.rest);
    let titled = heading::titled(rest).or_else(|| heading::leading(rest));
    let title_end = titled.map_or(rest.len(), |titled| titled.end);
    let is_broken = titled.is_none()
        && heading::likely(rest).is_none()
        && number.is_some()
        && broken(rows, 0, Style::Chinese, rest).is_some();
    let mut title = trim_title(&rest[..title_end]).to_owned();
    let mut body = 1;
    if is_broken {
        title.push_str(trim_title(rows[1].text));
        body = 2;
    }
    let mut paragraphs = Vec::new();
    let after =
        rest[title_end..].trim_start_matches(|c: char| !c.is_alphanumeric() && !is_opening(c));
    if !after.is_empty() {
        let skipped = head.text.len() - after.len();
        push(&mut paragraphs, paragraph(head, skipped));
    }
    for row in &rows[body..] {
        let is_doubled_heading = paragraphs.is_empty() && row.text == head.text;
        if !row.line.tabular && !is_doubled_heading && !furniture::anywhere(row.text) {
            push(&mut paragraphs, paragraph(row, 0));
        }
    }
    Section {
        number,
        title,
        paragraphs,
        place: paragraph(head, 0).place,
        printed_number: numbered.map(|numbered| numbered.value),
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '（' | '(' | '《' | '“' | '"' | '〈' | '【')
}

fn trim_title(title: &str) -> &str {
    title.trim().trim_end_matches(['：', ':', '。', '；', ';', '，', ',', '、']).trim_end()
}

/// The paragraph of a row from a byte of its text on.
fn paragraph(row: &Row<'_>, from: usize) -> Paragraph {
    let lead = row.line.text.len() - row.line.text.trim_start().len();
    let skipped = row.line.text[..lead + from].chars().count();
    let columns = row.line.columns.get(skipped..).unwrap_or_default().to_vec();
    Paragraph { text: row.text[from..].to_owned(), place: row.line.place_at(skipped), columns }
}

/// Adds a paragraph unless it is the same as the one before (a change tracked twice).
fn push(paragraphs: &mut Vec<Paragraph>, paragraph: Paragraph) {
    let is_doubled = 4 < paragraph.text.chars().count()
        && paragraphs.last().is_some_and(|last| last.text == paragraph.text);
    if !is_doubled {
        paragraphs.push(paragraph);
    }
}

/// Sections numbered `1、` among others numbered `二、`.
fn mixed_styles(rows: &[Row<'_>], candidates: &[Candidate], chosen: &[Chosen]) -> Option<Finding> {
    let styled = || {
        chosen.iter().filter(|each| each.number.is_some()).map(|each| &candidates[each.candidate])
    };
    let n_chinese = styled().filter(|each| each.style == Style::Chinese).count();
    let others: Vec<&Candidate> =
        styled().filter(|each| !matches!(each.style, Style::Chinese | Style::Bare)).collect();
    if n_chinese == 0 || others.is_empty() {
        return None;
    }
    let printed: Vec<String> = others
        .iter()
        .filter_map(|each| heading::numbered(rows[each.row].text))
        .map(|number| format!("“{}”", number.printed))
        .collect();
    let message = format!("部分标题的序号写法不一：{}，其余部分用“一、”。", printed.join("、"));
    let finding = Finding::of("F-numbering", Verdict::Fails, message).severity(Severity::Note);
    Some(
        others
            .iter()
            .fold(finding, |finding, each| finding.at(paragraph(&rows[each.row], 0).place)),
    )
}

#[cfg(test)]
pub(in crate::annual_report) mod tests;
