//! Paragraphs to lines: where a line may end by the rules of Chinese typesetting (避头尾), and where
//! each letter of it stands. Pages are not known here.

use crate::fonts::{Letter, Loaded};
use crate::paper::{Align, Paragraph, Style};
use crate::shelf::Shelf;
use std::sync::Arc;

/// A letter of a paragraph before it has a place.
#[derive(Clone)]
pub(crate) struct Atom {
    pub character: char,
    pub letter: Letter,
    pub style: Style,
    pub font: Arc<Loaded>,
}

/// A letter at its place in a line.
#[derive(Clone)]
pub(crate) struct Set {
    /// From the left of the column, points.
    pub x: f32,
    pub atom: Atom,
}

/// A line of a paragraph.
#[derive(Clone)]
pub(crate) struct Line {
    pub letters: Vec<Set>,
    /// Height of its largest letters, points.
    pub size_pt: f32,
    /// From its top to the top of the next, points.
    pub pitch_pt: f32,
}

/// Widths smaller than this are no difference, points.
const TOLERANCE: f32 = 0.05;
/// A mark at the end of a line may lose so much of its width, which is blank.
const SQUEEZE: f32 = 0.5;

const NO_START: &str = "，。、；：？！）》〉」』】〕”’…—～％℃·,.;:?!)]}%";
const NO_END: &str = "（《〈「『【〔“‘￥([{$";
const SQUEEZABLE: &str = "，。、；：？！）》〉」』】〕";

impl Atom {
    fn width(&self) -> f32 {
        if self.character == '\t' {
            return 0.0;
        }
        self.letter.advance * self.style.size_pt + self.style.spacing_pt
    }

    fn is(&self, set: &str) -> bool {
        set.contains(self.character)
    }

    fn squeeze(&self) -> f32 {
        if self.is(SQUEEZABLE) { SQUEEZE * self.style.size_pt } else { 0.0 }
    }

    /// Part of a word or a number that is not cut.
    fn is_word(&self) -> bool {
        self.character.is_ascii_graphic() || ('\u{a1}'..='\u{24f}').contains(&self.character)
    }
}

/// The lines of a paragraph in a column so wide.
pub(crate) fn lines(paragraph: &Paragraph, width_pt: f32, shelf: &mut Shelf<'_>) -> Vec<Line> {
    let inner = (width_pt - paragraph.left_pt - paragraph.right_pt).max(1.0);
    let column = match paragraph.align {
        Align::Centred => balanced(paragraph, inner, shelf),
        _ => inner,
    };
    let atoms = atoms(paragraph, shelf);
    let mut lines = Vec::new();
    for (first, hard) in atoms.split(|atom| atom.character == '\n').enumerate() {
        let indent = if first == 0 { paragraph.first_line_pt } else { 0.0 };
        for (range, is_first, is_last) in broken(hard, column, indent) {
            let indent = if is_first { indent } else { 0.0 };
            let offset = paragraph.left_pt + indent;
            lines.push(set(paragraph, &hard[range], inner - indent, offset, is_last));
        }
    }
    lines
}

fn atoms(paragraph: &Paragraph, shelf: &mut Shelf<'_>) -> Vec<Atom> {
    paragraph.runs.iter().flat_map(|run| shelf.atoms(&run.text, run.style)).collect()
}

/// The narrowest column that takes no more lines: the lines of a title are near to equally long.
fn balanced(paragraph: &Paragraph, width: f32, shelf: &mut Shelf<'_>) -> f32 {
    let atoms = atoms(paragraph, shelf);
    let count = |width| {
        let hard = atoms.split(|atom| atom.character == '\n');
        hard.map(|each| broken(each, width, 0.0).len()).sum::<usize>()
    };
    let most = count(width);
    let (mut low, mut high) = (0.0, width);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        if count(middle) <= most { high = middle } else { low = middle }
    }
    high
}

type Broken = (std::ops::Range<usize>, bool, bool);

/// Where the lines begin and end: range, first, last.
fn broken(atoms: &[Atom], width: f32, indent: f32) -> Vec<Broken> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < atoms.len() {
        let room = if start == 0 { width - indent } else { width };
        let end = end_of_line(atoms, start, room);
        lines.push((start..end, start == 0, end == atoms.len()));
        start = end;
        while start < atoms.len() && atoms[start].character == ' ' {
            start += 1;
        }
    }
    if lines.is_empty() {
        lines.push((0..0, true, true));
    }
    lines
}

fn end_of_line(atoms: &[Atom], start: usize, room: f32) -> usize {
    let mut used = 0.0;
    let mut squeezable = 0.0;
    for at in start..atoms.len() {
        let atom = &atoms[at];
        used += atom.width();
        squeezable += atom.squeeze();
        // The spacing after the last letter needs no room.
        let excess = used - atom.style.spacing_pt.max(0.0) - room;
        let fits = excess <= TOLERANCE;
        let squeezed = atom.is(NO_START) && excess <= squeezable;
        if fits || squeezed {
            continue;
        }
        let before = (start + 1..=at).rev().find(|end| may_end(atoms, *end));
        return before.unwrap_or_else(|| at.max(start + 1));
    }
    atoms.len()
}

/// Whether a line may end before the letter at `end`.
fn may_end(atoms: &[Atom], end: usize) -> bool {
    let Some(after) = atoms.get(end) else { return true };
    let before = &atoms[end - 1];
    if before.is(NO_END) || after.is(NO_START) {
        return false;
    }
    if before.is_word() && after.is_word() {
        return "-/?&=".contains(before.character) && !after.character.is_ascii_digit();
    }
    true
}

/// Places the letters of a line.
fn set(paragraph: &Paragraph, atoms: &[Atom], room: f32, offset: f32, is_last: bool) -> Line {
    let trimmed = atoms.iter().rposition(|atom| atom.character != ' ').map_or(0, |last| last + 1);
    let atoms = &atoms[..trimmed];
    let natural: f32 = atoms.iter().map(Atom::width).sum();
    let last_spacing = atoms.last().map_or(0.0, |atom| atom.style.spacing_pt);
    let free = room - (natural - last_spacing);
    let tabs = atoms.iter().filter(|atom| atom.character == '\t').count();
    let tab = if 0 < tabs { free.max(0.0) / tabs as f32 } else { 0.0 };
    let gaps = gaps(atoms);
    let n_gaps = gaps.iter().filter(|gap| **gap).count().max(1) as f32;
    let squeezable: f32 = atoms.iter().map(Atom::squeeze).sum();
    let justified = paragraph.align == Align::Justified;
    let stretch =
        if justified && !is_last && tabs == 0 && 0.0 < free { free / n_gaps } else { 0.0 };
    let squeeze = if free < 0.0 && 0.0 < squeezable { (-free / squeezable).min(1.0) } else { 0.0 };
    let start = match paragraph.align {
        _ if 0 < tabs => 0.0,
        Align::Justified | Align::Left => 0.0,
        Align::Centred => (free / 2.0).max(0.0),
        Align::Right => free.max(0.0),
    };
    let mut x = offset + start;
    let mut letters = Vec::with_capacity(atoms.len());
    for (at, atom) in atoms.iter().enumerate() {
        letters.push(Set { x, atom: atom.clone() });
        let gap = if gaps[at] { stretch } else { 0.0 };
        let filled = if atom.character == '\t' { tab } else { 0.0 };
        x += atom.width() + filled + gap - squeeze * atom.squeeze();
    }
    let largest = atoms.iter().map(|atom| atom.style.size_pt).fold(0.0, f32::max);
    let own = paragraph.runs.first().map_or(0.0, |run| run.style.size_pt);
    Line { letters, size_pt: largest.max(own), pitch_pt: paragraph.line_pt }
}

/// After which letters a line may be drawn apart: not within a word, not after the last.
fn gaps(atoms: &[Atom]) -> Vec<bool> {
    let inner = atoms.windows(2).map(|pair| !(pair[0].is_word() && pair[1].is_word()));
    inner.chain([false]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Fonts;
    use crate::paper::{BLACK, Face, Role, Run};

    fn paragraph(text: &str, align: Align) -> Paragraph {
        let style = Style { face: Face::Text, size_pt: 16.0, spacing_pt: -0.2, color: BLACK };
        Paragraph {
            role: Role::Text,
            runs: vec![Run { text: text.to_owned(), style }],
            align,
            first_line_pt: 0.0,
            left_pt: 0.0,
            right_pt: 0.0,
            line_pt: 30.0,
            before_pt: 0.0,
            keep_with_next: false,
            picture: None,
        }
    }

    fn set(text: &str, align: Align, width: f32) -> Vec<Line> {
        let fonts = Fonts::find(&[]);
        let mut shelf = Shelf::new(&fonts);
        let set = lines(&paragraph(text, align), width, &mut shelf);
        assert_eq!(shelf.problem, None);
        set
    }

    fn text(line: &Line) -> String {
        line.letters.iter().map(|set| set.atom.character).collect()
    }

    fn right_edge(line: &Line) -> f32 {
        line.letters
            .last()
            .map_or(0.0, |last| last.x + last.atom.letter.advance * last.atom.style.size_pt)
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        let words = "根据《中华人民共和国政府信息公开条例》（以下简称“条例”）第三十六条、第三十七条的规定，答复如下：2025年3月3日，……";
        for width in 60..220 {
            for line in set(&words.repeat(3), Align::Justified, 2.0 * width as f32) {
                let line = text(&line);
                assert!(!line.starts_with(|each| NO_START.contains(each)), "{width}: {line}");
                assert!(!line.ends_with(|each| NO_END.contains(each)), "{width}: {line}");
            }
        }
    }

    #[test]
    fn no_letter_is_lost_and_no_line_is_longer_than_its_column() {
        let words = "正文（2025）3号、https://example.invalid/long/address?with=query 末尾“引号”。";
        for width in [50.0, 97.0, 180.0, 442.2] {
            let lines = set(words, Align::Justified, width);
            let all: String = lines.iter().map(text).collect();
            assert_eq!(all.replace(' ', ""), words.replace(' ', ""), "{width}");
            for line in &lines {
                // A mark at the end may hang out by what is blank of it.
                assert!(right_edge(line) <= width + 8.0 + TOLERANCE, "{width}: {}", text(line));
            }
        }
    }

    #[test]
    fn full_lines_end_where_the_column_ends() {
        let lines = set(&"正文2025年，".repeat(40), Align::Justified, 442.2);
        for line in &lines[..lines.len() - 1] {
            let ends_with_mark = text(line).ends_with('，');
            let end = right_edge(line);
            assert!(ends_with_mark || (end - 442.2).abs() < 0.3, "{end}: {}", text(line));
        }
    }

    #[test]
    fn words_and_numbers_are_not_cut() {
        let lines = set(&"在2025年的disclosure工作中".repeat(20), Align::Left, 200.0);
        for line in lines.iter().map(text) {
            let whole = line.replace("2025", "").replace("disclosure", "");
            assert!(!whole.chars().any(|each| each.is_ascii_alphanumeric()), "{line}");
        }
    }

    #[test]
    fn lines_of_a_title_are_near_to_equally_long() {
        let lines = set(&"题".repeat(31), Align::Centred, 30.0 * 15.8);
        let counts: Vec<_> = lines.iter().map(|line| line.letters.len()).collect();
        assert_eq!(counts, [16, 15]);
    }

    #[test]
    fn a_tab_fills_the_line() {
        let lines = set("左\t右", Align::Left, 300.0);
        assert_eq!(lines.len(), 1);
        assert!((right_edge(&lines[0]) - 300.0).abs() < 0.3);
    }

    #[test]
    fn an_empty_paragraph_is_a_line() {
        assert_eq!(set("", Align::Left, 100.0).len(), 1);
        assert_eq!(set("一\n\n二", Align::Left, 100.0).len(), 3);
    }
}
