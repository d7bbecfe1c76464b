//! Says of every cell what it is: a label, a value, a piece of a broken label, or prose.

use super::labels::{LABELS, Match, Target, bare};
use super::plain::{is_han, is_word};
use super::rows::{CellText, Origin, PhysicalRow};
use super::value::{self, CellValue};
use aho_corasick::{AhoCorasick, MatchKind};
use gongkai_domain::figure::Place;
use gongkai_domain::form::section_titles;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

/// What a piece is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A label of a form.
    Label(Match),
    /// A figure, a blank or a sign for nothing.
    Value(CellValue),
    /// Short words that are no label as they stand.
    Fragment,
    /// Running text.
    Prose,
    /// The title of a section, by its official number.
    Heading(u8),
}

/// A cell or a part of one.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Text as it stands.
    pub raw: Rc<str>,
    /// Plain text.
    pub plain: Rc<str>,
    /// Grid column or position in the line.
    pub column: usize,
    /// Grid columns covered.
    pub span: usize,
    /// Where.
    pub place: Place,
}

/// Longer texts are never pieces of a label.
const LONGEST_FRAGMENT: usize = 45;

static SECTIONS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let titles = section_titles().iter().flat_map(|section| {
        std::iter::once(&section.title)
            .chain(&section.variants)
            .map(move |title| (bare(title).1, section.number))
    });
    titles.collect()
});

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(LABELS.words())
        .expect("the labels are few")
});

/// The pieces of one physical row.
pub fn scan(row: &PhysicalRow) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        scan_cell(cell, row.origin, &mut pieces);
    }
    pieces
}

fn scan_cell(cell: &CellText, origin: Origin, pieces: &mut Vec<Piece>) {
    let text = &*cell.plain;
    if text.is_empty() {
        return pieces.push(piece(cell, Kind::Value(CellValue::Blank)));
    }
    // A unit alone (起) is a word.
    let says_a_figure = |each: char| each.is_ascii_digit() || value::is_sign(each) || each == '无';
    if value::is_value_like(text) && text.contains(says_a_figure) {
        // A cell of a grid that holds several figures, or one for several rows, says neither.
        let several = origin == Origin::Grid && text.split_whitespace().count() > 1;
        if is_lone_number(text) {
            pieces.push(piece(cell, Kind::Fragment));
        } else if cell.is_tall || several && matches!(value::read(text), CellValue::Doubtful) {
            pieces.push(piece(cell, Kind::Value(CellValue::Doubtful)));
        } else {
            values(cell, text, 0, pieces);
        }
        return;
    }
    let length = text.chars().count();
    if length <= LONGEST_FRAGMENT
        && let Some(kind) = heading_or_label(text)
    {
        return pieces.push(piece(cell, kind));
    }
    if let Some(found) = column_of_a_year(text) {
        return pieces.push(piece(cell, Kind::Label(found)));
    }
    if length <= 4 * LONGEST_FRAGMENT
        && text.contains(|each: char| matches!(each, '0'..='9' | '-' | '—' | '/'))
        && label_with_values(cell, pieces)
    {
        return;
    }
    if several_labels(cell, pieces) {
        return;
    }
    let words = text.chars().filter(|each| is_han(*each)).count();
    let sentence = text.contains(['。', '；', '！']) || LONGEST_FRAGMENT < words;
    if !sentence && let Some(found) = LABELS.find(text) {
        return pieces.push(piece(cell, Kind::Label(found)));
    }
    if origin == Origin::Line && !sentence && fragment_with_values(cell, pieces) {
        return;
    }
    pieces.push(piece(cell, if sentence { Kind::Prose } else { Kind::Fragment }));
}

/// A column's name with the year it is for: `本年制发件数（2021年）`.
fn column_of_a_year(text: &str) -> Option<Match> {
    let at = text.find('年').filter(|at| 4 <= *at)?;
    let year = text.get(at - 4..at)?;
    let is_year = year.starts_with("20") && year.bytes().all(|each| each.is_ascii_digit());
    let rest = text[at..].trim_start_matches(['年', '度']);
    let column = |found: &Match| {
        found.meanings.iter().all(|meaning| matches!(meaning.target, Target::Column(..)))
    };
    is_year.then(|| LABELS.exact(&format!("{}{rest}", &text[..at - 4])))?.filter(column)
}

/// The number of a label that stands on a line of its own: `1.`, `2、`, `(3)`.
fn is_lone_number(text: &str) -> bool {
    text.ends_with(['.', '、', '．'])
        && text.chars().next().is_some_and(|each| each.is_ascii_digit())
}

fn heading_or_label(text: &str) -> Option<Kind> {
    let (numbering, words) = bare(text);
    match SECTIONS.get(&words) {
        Some(number) => Some(Kind::Heading(*number)),
        None => LABELS.exact_words(numbering, &words).map(Kind::Label),
    }
}

fn piece(cell: &CellText, kind: Kind) -> Piece {
    Piece {
        kind,
        raw: cell.raw.clone(),
        plain: cell.plain.clone(),
        column: cell.column,
        span: cell.span,
        place: cell.place,
    }
}

/// A part of a cell; its place is exact where plain and raw text agree.
fn part(cell: &CellText, text: &str, offset: usize, kind: Kind) -> Piece {
    let before = cell.plain[..offset].chars().count() as u32;
    let place = Place { column: cell.place.column.map(|first| first + before), ..cell.place };
    Piece {
        kind,
        raw: text.into(),
        plain: text.into(),
        column: cell.column,
        span: cell.span,
        place,
    }
}

/// One or several values parted by white space; `offset` is where `text` begins in the cell.
fn values(cell: &CellText, text: &str, offset: usize, pieces: &mut Vec<Piece>) {
    let read = value::read(text);
    let several = text.split_whitespace().count() > 1;
    if !several || matches!(read, CellValue::Number(_)) {
        let mut piece = if offset == 0 && text.len() == cell.plain.len() {
            piece(cell, Kind::Value(read))
        } else {
            part(cell, text.trim(), offset, Kind::Value(read))
        };
        if text.trim().len() != piece.plain.len() {
            piece.plain = text.trim().into();
        }
        return pieces.push(piece);
    }
    for token in text.split_whitespace() {
        let at = offset + (token.as_ptr() as usize - text.as_ptr() as usize);
        pieces.push(part(cell, token, at, Kind::Value(value::read(token))));
    }
}

/// A label with its values run together or parted by spaces: `规章 0 0 0`, `规章000`.
fn label_with_values(cell: &CellText, pieces: &mut Vec<Piece>) -> bool {
    let text = &*cell.plain;
    let mut before_is_value = true;
    for (at, character) in text.char_indices() {
        let begins = character.is_ascii_digit()
            || value::is_sign(character)
            || matches!(character, '增' | '减');
        if begins && !before_is_value && value::is_value_like(&text[at..]) {
            let label = &text[..at];
            let (before, label) = behind_other_words(label);
            if let Some(found) = LABELS.find(label) {
                if !before.is_empty() {
                    pieces.push(part(cell, before, 0, Kind::Fragment));
                }
                let from = label.as_ptr() as usize - text.as_ptr() as usize;
                pieces.push(part(cell, label.trim(), from, Kind::Label(found)));
                values(cell, &text[at..], at, pieces);
                return true;
            }
        }
        before_is_value = character.is_ascii_digit() || character == '.';
    }
    false
}

/// Parts off the rest of a broken label that stands before a whole one: `度办理结果 （一）予以公开`.
fn behind_other_words(text: &str) -> (&str, &str) {
    const LONGEST_REST: usize = 16;
    match text.trim().rsplit_once(char::is_whitespace) {
        Some((before, label))
            if before.chars().count() <= LONGEST_REST
                && LABELS.exact(text).is_none()
                && LABELS.exact(label).is_some() =>
        {
            (before.trim(), label)
        }
        _ => ("", text),
    }
}

/// Words that are no label, with values behind: the middle line of a label broken over lines.
fn fragment_with_values(cell: &CellText, pieces: &mut Vec<Piece>) -> bool {
    let text = &*cell.plain;
    let mut start = text.len();
    for token in text.split_whitespace().rev() {
        if !value::is_value_like(token) {
            break;
        }
        start = token.as_ptr() as usize - text.as_ptr() as usize;
    }
    if start == 0 || start == text.len() {
        return false;
    }
    pieces.push(part(cell, text[..start].trim(), 0, Kind::Fragment));
    values(cell, &text[start..], start, pieces);
    true
}

/// Several labels in one cell, nothing but values between them.
fn several_labels(cell: &CellText, pieces: &mut Vec<Piece>) -> bool {
    let text = &*cell.plain;
    let mut words = String::with_capacity(text.len());
    let mut offsets = Vec::with_capacity(text.len());
    for (at, each) in text.char_indices().filter(|(_, each)| is_word(*each)) {
        words.push(each);
        offsets.resize(words.len(), at);
    }
    let found: Vec<(usize, usize)> = FINDER
        .find_iter(&words)
        .map(|found| {
            let last = offsets[found.end() - 1];
            let width = text[last..].chars().next().map_or(1, char::len_utf8);
            (offsets[found.start()], last + width)
        })
        .collect();
    if found.len() < 2 || is_subtotal(text, &found) {
        return false;
    }
    let spans = with_numbering(text, &found);
    if !mostly_values_between(text, &spans) {
        return false;
    }
    if let Some(first) = spans.first().filter(|span| span.0 > 0) {
        pieces.push(part(cell, text[..first.0].trim(), 0, Kind::Fragment));
    }
    for (index, (start, end)) in spans.iter().enumerate() {
        let Some(label) = LABELS.find(&text[*start..*end]) else { continue };
        pieces.push(part(cell, &text[*start..*end], *start, Kind::Label(label)));
        gap(cell, *end, gap_end(text, &spans, index), pieces);
    }
    true
}

/// A sum that the form does not have: `不予公开合计`.
fn is_subtotal(text: &str, found: &[(usize, usize)]) -> bool {
    let [(start, end), (next, last)] = *found else { return false };
    let is_results = LABELS.exact(&text[start..end]).is_some_and(|label| {
        label.meanings.iter().any(|each| matches!(each.target, Target::Group(_, "results")))
    });
    end == next && !is_results && ["合计", "总计", "小计"].contains(&&text[next..last])
}

fn gap_end(text: &str, spans: &[(usize, usize)], index: usize) -> usize {
    spans.get(index + 1).map_or(text.len(), |next| next.0)
}

/// What stands between two labels: values, or values and a label that is not known as it stands.
fn gap(cell: &CellText, from: usize, until: usize, pieces: &mut Vec<Piece>) {
    let text = &*cell.plain;
    let gap = text[from..until].trim_matches(is_bracket_or_space);
    if gap.is_empty() {
        return;
    }
    let at = gap.as_ptr() as usize - text.as_ptr() as usize;
    if gap.split_whitespace().all(|token| value::named_year(token).is_some()) {
        return pieces.push(part(cell, gap, at, Kind::Fragment));
    }
    let is_word = |each: char| !value::is_value_like(each.encode_utf8(&mut [0; 4]));
    let (Some(first), Some(last)) = (gap.find(is_word), gap.rfind(is_word)) else {
        return values(cell, gap, at, pieces);
    };
    let behind = last + gap[last..].chars().next().map_or(0, char::len_utf8);
    let (start, _) = with_numbering(&text[at..], &[(first, behind)])[0];
    let before = gap[..start].trim_matches(is_bracket_or_space);
    if !before.is_empty() {
        values(cell, before, at, pieces);
    }
    let label = &gap[start..behind];
    let kind = LABELS.find(label).map_or(Kind::Fragment, Kind::Label);
    pieces.push(part(cell, label, at + start, kind));
    let rest = gap[behind..].trim_matches(is_bracket_or_space);
    if !rest.is_empty() {
        values(cell, rest, rest.as_ptr() as usize - text.as_ptr() as usize, pieces);
    }
}

/// Widens each label to the left by its number: 一、 （二） 3.
fn with_numbering(text: &str, found: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut spans = Vec::with_capacity(found.len());
    let mut least = 0;
    for (start, end) in found {
        let mut begin = *start;
        // Spaces may stand inside the number (7 .), but a number it is.
        let mut taken = text[least..*start]
            .char_indices()
            .rev()
            .filter(|(_, each)| !each.is_whitespace())
            .peekable();
        let closed = taken.next_if(|(_, each)| matches!(each, ')' | '）' | '.' | '、' | '．'));
        if let Some((at, close)) = closed {
            let digits = taken.next_if(|(_, each)| "一二三四五六七八九123456789".contains(*each));
            if let Some((digit_at, _)) = digits {
                begin = least + digit_at;
                if matches!(close, ')' | '）') {
                    let open = taken.next_if(|(_, each)| matches!(each, '(' | '（'));
                    begin = open.map_or(least + at, |(open_at, _)| least + open_at);
                }
            }
        }
        spans.push((begin, *end));
        least = *end;
    }
    spans
}

/// Whether this is the text of a table and no sentence: between labels stand values, but for a
/// label or two that are not known as they stand.
fn mostly_values_between(text: &str, spans: &[(usize, usize)]) -> bool {
    let head = text[..spans[0].0].trim();
    let pure = (0..spans.len())
        .filter(|index| {
            let gap = &text[spans[*index].1..gap_end(text, spans, *index)];
            let gap = gap.trim_matches(is_bracket_or_space);
            gap.is_empty() || value::is_value_like(gap)
        })
        .count();
    let few = if spans.len() < 6 { 0 } else { spans.len() / 4 };
    head.chars().count() <= 12 && spans.len() <= pure + few
}

fn is_bracket_or_space(each: char) -> bool {
    each.is_whitespace() || "()（）、:：,，”\"|".contains(each)
}
