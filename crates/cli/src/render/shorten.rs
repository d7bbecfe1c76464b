//! Long lines of a document cut to what stands around the marks. Positions are those of the whole
//! line and are told apart from the picture, so cutting moves none.

use super::rows::{Mark, Row};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// A line this wide is shown whole: a terminal of a hundred columns less the number of the line.
const MAX_COLUMNS: usize = 90;

/// Columns kept on each side of a mark; several marks in one line share them.
const BESIDE_COLUMNS: usize = 40;

/// So much is kept beside a mark however many there are.
const MIN_BESIDE_COLUMNS: usize = 12;

/// Columns of a marked piece that are kept from its beginning.
const MARKED_COLUMNS: usize = 60;

/// Stands for what was left out.
const GAP: char = '…';

/// The row with its long lines cut, marks moved along.
pub fn shortened(row: Row) -> Row {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut start = 0;
    for line in row.text.split('\n') {
        if start != 0 {
            text.push('\n');
        }
        let within = start..=start + line.len();
        let own: Vec<&Mark> =
            row.marks.iter().filter(|mark| within.contains(&mark.range.start)).collect();
        let ranges: Vec<Range<usize>> =
            own.iter().map(|mark| mark.range.start - start..mark.range.end - start).collect();
        let cut = Cut::new(line, &ranges);
        for (mark, range) in own.into_iter().zip(ranges) {
            let range = text.len() + cut.moved(range.start)..text.len() + cut.moved(range.end);
            marks.push(Mark { range, ..mark.clone() });
        }
        text.push_str(&cut.text);
        start += line.len() + 1;
    }
    Row { text, marks, ..row }
}

/// A line after cutting.
struct Cut {
    text: String,
    /// What was kept: bytes of the line, and where they begin in `text`.
    kept: Vec<(Range<usize>, usize)>,
}

impl Cut {
    fn new(line: &str, marks: &[Range<usize>]) -> Self {
        let mut cut = Self { text: String::new(), kept: Vec::new() };
        let mut end = 0;
        for window in windows(line, marks) {
            if end < window.start {
                cut.text.push(GAP);
            }
            end = window.end;
            cut.kept.push((window.clone(), cut.text.len()));
            cut.text.push_str(&line[window]);
        }
        if end < line.trim_end().len() {
            cut.text.push(GAP);
        }
        cut
    }

    /// Where a byte of the line stands now; of what was left out, where the next piece begins.
    fn moved(&self, byte: usize) -> usize {
        match self.kept.iter().find(|(window, _)| byte <= window.end) {
            Some((window, at)) => at + byte.saturating_sub(window.start),
            None => self.text.len(),
        }
    }
}

/// The pieces of a line to be kept, in order, none touching the next.
fn windows(line: &str, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    let marked_end = marks.iter().map(|mark| mark.end).max().unwrap_or_default();
    let end = marked_end.max(line.trim_end().len());
    if columns(&line[..end]) <= MAX_COLUMNS {
        return std::iter::once(0..end).collect();
    }
    if marks.is_empty() {
        return std::iter::once(0..forward(line, 0, MAX_COLUMNS)).collect();
    }
    let beside = (BESIDE_COLUMNS / marks.len()).max(MIN_BESIDE_COLUMNS);
    let around = |mark: &Range<usize>| {
        let marked_end = mark.end.min(forward(line, mark.start, MARKED_COLUMNS));
        back(line, mark.start, beside)..forward(line, marked_end, beside).min(end)
    };
    let mut windows: Vec<Range<usize>> = marks.iter().map(around).collect();
    windows.sort_by_key(|window| window.start);
    windows.dedup_by(|next, last| {
        let is_near = next.start <= last.end + GAP.len_utf8();
        if is_near {
            last.end = last.end.max(next.end);
        }
        is_near
    });
    windows
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// As the renderer counts: a tab takes four columns, a sign that is not shown takes one.
fn width(character: char) -> usize {
    if character == '\t' { 4 } else { character.width().unwrap_or(1) }
}

/// The byte so many columns behind another.
fn forward(line: &str, from: usize, columns: usize) -> usize {
    let mut taken = 0;
    let past = line[from..].char_indices().find(|(_, character)| {
        taken += width(*character);
        columns < taken
    });
    past.map_or(line.len(), |(at, _)| from + at)
}

/// The byte so many columns before another.
fn back(line: &str, from: usize, columns: usize) -> usize {
    let mut taken = 0;
    let past = line[..from].char_indices().rev().find(|(_, character)| {
        taken += width(*character);
        columns < taken
    });
    past.map_or(0, |(at, character)| at + character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::figure::Place;

    fn row(text: &str, marked: &[&str]) -> Row {
        let mark = |words: &&str| {
            let start = text.find(words).unwrap();
            Mark { range: start..start + words.len(), label: None, is_first: false }
        };
        let marks = marked.iter().map(mark).collect();
        Row { text: text.to_owned(), place: Place::default(), line: Some(1), marks }
    }

    fn marked(row: &Row) -> Vec<&str> {
        row.marks.iter().map(|mark| &row.text[mark.range.clone()]).collect()
    }

    #[test]
    fn a_line_that_fits_stays_as_it_stands() {
        let row = row("行政许可 | 3 |\n\n规章 | 0 |", &["3", "0"]);
        assert_eq!(shortened(row.clone()), row);
    }

    #[test]
    fn of_a_long_line_the_words_around_each_mark_are_kept() {
        let far = "认真做好各项工作，".repeat(30);
        let text = format!("{far}收到申请5件。{far}办结申请4件。{far}");
        let short = shortened(row(&text, &["5件", "4件"]));
        assert_eq!(marked(&short), ["5件", "4件"]);
        assert_eq!(short.text.matches(GAP).count(), 3);
        assert!(columns(&short.text) <= MAX_COLUMNS + 10, "{}", short.text);
    }

    #[test]
    fn a_long_marked_piece_is_marked_to_where_it_is_cut() {
        let text = "工作，".repeat(200);
        let short = shortened(row(&text, &[text.as_str()]));
        assert_eq!(marked(&short), [short.text.as_str()]);
        assert!(short.text.ends_with(GAP) && columns(&short.text) <= 101, "{}", short.text);
    }

    #[test]
    fn a_mark_on_nothing_stays_behind_the_line() {
        let mut empty = row("规章 |   ", &["规章"]);
        empty.marks[0].range = empty.text.len()..empty.text.len();
        assert_eq!(shortened(empty.clone()), empty);
    }

    #[test]
    fn the_lines_between_keep_their_number() {
        let text = format!("5件\n{}\n4件\n", "很长的一段，".repeat(50));
        let short = shortened(row(&text, &["5件", "4件"]));
        assert_eq!(marked(&short), ["5件", "4件"]);
        assert_eq!(short.text.lines().count(), 3);
        assert!(short.text.lines().all(|line| columns(line) <= MAX_COLUMNS + 1), "{}", short.text);
    }
}
