//! The reading order of one page: characters to lines, lines into cells and between tables.

use super::ink::{Ink, Mark};
use super::ruling::{self, Region, Ruling};
use crate::limits::Deadline;
use crate::script::Script;
use crate::{Limits, ReadError};

/// What stands on one page, in reading order.
pub(super) struct PageContent {
    /// The page, from 1.
    pub(super) number: u32,
    pub(super) height: f64,
    pub(super) items: Vec<Item>,
}

impl PageContent {
    pub(super) fn new(number: u32) -> Self {
        Self { number, height: 0.0, items: Vec::new() }
    }
}

/// A line of text or a table.
pub(super) enum Item {
    Text(TextLine),
    Table(PageTable),
}

impl Item {
    fn top(&self) -> f64 {
        match self {
            Self::Text(line) => line.y,
            Self::Table(table) => table.top,
        }
    }
}

/// A line of text outside tables.
pub(super) struct TextLine {
    pub(super) text: String,
    /// Base line.
    pub(super) y: f64,
}

/// The part of a table that stands on one page.
pub(super) struct PageTable {
    pub(super) top: f64,
    /// Edges of the columns, left to right.
    pub(super) xs: Vec<f64>,
    pub(super) rows: usize,
    /// The cells, row by row, left to right.
    pub(super) cells: Vec<PageCell>,
}

/// A cell with its place in the grid of its page.
pub(super) struct PageCell {
    pub(super) region: Region,
    pub(super) text: String,
}

/// Lays one page out.
pub(super) fn lay_out(
    mut ink: Ink,
    number: u32,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<PageContent, ReadError> {
    let across = std::mem::take(&mut ink.across);
    let down = std::mem::take(&mut ink.down);
    let mut rulings = ruling::find(across, down, limits, deadline)?;
    // A table inside a cell comes first, so that it gets its own characters.
    rulings.sort_by(|a, b| a.area().total_cmp(&b.area()));
    let mut cells: Vec<Vec<Vec<Mark>>> =
        rulings.iter().map(|ruling| vec![Vec::new(); ruling.regions.len()]).collect();
    let mut outside = Vec::new();
    for (index, mark) in std::mem::take(&mut ink.glyphs).into_iter().enumerate() {
        if index.is_multiple_of(256) {
            deadline.check()?;
        }
        let centre = mark.centre();
        let home = rulings
            .iter()
            .enumerate()
            .find_map(|(index, ruling)| Some((index, ruling.region_at(centre)?)));
        match home {
            Some((table, region)) => cells[table][region].push(mark),
            None => outside.push(mark),
        }
    }
    let tables = rulings.into_iter().zip(cells);
    let mut items: Vec<Item> =
        tables.map(|(ruling, marks)| Item::Table(page_table(ruling, marks))).collect();
    items.extend(lines(outside).into_iter().map(Item::Text));
    items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    Ok(PageContent { number, height: ink.height(), items })
}

fn page_table(ruling: Ruling, marks: Vec<Vec<Mark>>) -> PageTable {
    let cell = |(region, marks): (&Region, Vec<Mark>)| {
        let texts: Vec<String> = lines(marks).into_iter().map(|line| line.text).collect();
        PageCell { region: *region, text: texts.join("\n") }
    };
    PageTable {
        top: ruling.top(),
        cells: ruling.regions.iter().zip(marks).map(cell).collect(),
        rows: ruling.ys.len() - 1,
        xs: ruling.xs,
    }
}

/// Two characters stand on one line if their base lines differ by less than this part of the
/// larger one's size.
const SAME_LINE: f64 = 0.45;

/// A gap wider than this part of the size is a space.
const WIDE_GAP: f64 = 0.6;

/// The same character again, this near (in parts of its size), is drawn twice to look bold.
const DOUBLE: f64 = 0.2;

/// Groups characters to lines, top to bottom; a line without visible text is left out.
fn lines(mut marks: Vec<Mark>) -> Vec<TextLine> {
    marks.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    for mark in marks {
        match groups.last_mut() {
            Some(group) if is_same_line(group, &mark) => group.push(mark),
            _ => groups.push(vec![mark]),
        }
    }
    let line = |group: Vec<Mark>| {
        let y = group.iter().map(|mark| mark.y).sum::<f64>() / group.len() as f64;
        TextLine { text: text_of(group), y }
    };
    groups.into_iter().map(line).filter(|line| !line.text.is_empty()).collect()
}

fn is_same_line(group: &[Mark], mark: &Mark) -> bool {
    group.first().is_some_and(|first| {
        let size = first.size.max(mark.size);
        mark.y - first.y < SAME_LINE * size
    })
}

/// A character smaller than this part of its neighbour's size, and raised above its base line by
/// more than this part of it, is a mark of a footnote.
const SMALL: f64 = 0.75;
const RAISED: f64 = 0.1;

fn text_of(mut line: Vec<Mark>) -> String {
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    line.dedup_by(|mark, last| last.text == mark.text && mark.x - last.x < DOUBLE * mark.size);
    let mut text = String::new();
    let words = line.chunk_by(|last, mark| !is_wide_gap(last, mark));
    for word in words {
        if !text.is_empty() && !text.ends_with([' ', '\u{3000}']) {
            text.push(' ');
        }
        for (mark, is_raised) in word.iter().zip(raised(word)) {
            let script = is_raised.then_some(Script::Superscript);
            text.push_str(&Script::write(script, &mark.text));
        }
    }
    text.trim().to_owned()
}

fn is_wide_gap(last: &Mark, mark: &Mark) -> bool {
    WIDE_GAP * mark.size.min(last.size) < mark.x - last.right()
}

/// Which characters of a word stand raised: beside the nearest one before that does not, or, where
/// the word begins with a mark, beside the first one after.
fn raised(word: &[Mark]) -> Vec<bool> {
    let is_above = |mark: &Mark, level: &Mark| {
        mark.size < SMALL * level.size && RAISED * level.size < level.y - mark.y
    };
    let mut raised = vec![false; word.len()];
    let mut level: Option<&Mark> = None;
    for (mark, is_raised) in word.iter().zip(&mut raised) {
        *is_raised = level.is_some_and(|level| is_above(mark, level));
        if !*is_raised && !mark.text.trim().is_empty() {
            level = Some(mark);
        }
    }
    let n_marks = word.iter().take_while(|mark| !mark.text.contains(char::is_alphabetic)).count();
    let begins_above = |level: &Mark| is_above(&word[0], level);
    if let Some(end) = word.iter().take(n_marks + 1).position(begins_above) {
        raised[..end].fill(true);
    }
    raised
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, x: f64, y: f64) -> Mark {
        Mark { text: text.to_owned(), x, y, width: 5.0, size: 10.0 }
    }

    fn small(text: &str, x: f64, y: f64) -> Mark {
        Mark { width: 3.0, size: 6.0, ..mark(text, x, y) }
    }

    #[test]
    fn small_digits_above_the_line_do_not_join_a_number() {
        let number = |x: f64| vec![mark("1", x, 10.0), mark("2", x + 5.0, 10.0)];
        let after = [number(0.0), vec![small("1", 10.0, 6.5), small("0", 13.0, 6.5)]].concat();
        assert_eq!(texts(after), ["12¹⁰"]);
        let before = [vec![small("1", 0.0, 6.5), small(")", 3.0, 6.5)], number(6.0)].concat();
        assert_eq!(texts(before), ["¹)12"]);
        let between = [number(0.0), vec![small("1", 10.0, 6.5)], number(13.0)].concat();
        assert_eq!(texts(between), ["12¹12"]);
        let words = [vec![small("1", 0.0, 6.5), small("a", 3.0, 6.5)], number(6.0)].concat();
        assert_eq!(texts(words), ["1a12"]);
    }

    #[test]
    fn small_digits_on_the_line_and_large_ones_above_it_stay() {
        let small_only = vec![small("1", 0.0, 6.5), small("2", 3.0, 6.5)];
        assert_eq!(texts(small_only), ["12"]);
        assert_eq!(texts(vec![mark("1", 0.0, 10.0), small("2", 5.0, 10.0)]), ["12"]);
        assert_eq!(texts(vec![mark("1", 0.0, 10.0), mark("2", 5.0, 8.0)]), ["12"]);
        let apart = vec![mark("1", 0.0, 10.0), small("2", 15.0, 6.5)];
        assert_eq!(texts(apart), ["1 2"]);
    }

    fn texts(marks: Vec<Mark>) -> Vec<String> {
        lines(marks).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_wide_gap_becomes_a_space() {
        assert_eq!(texts(vec![mark("1", 0.0, 0.0), mark("2", 12.0, 0.0)]), ["1 2"]);
        assert_eq!(texts(vec![mark("1", 0.0, 0.0), mark("2", 6.0, 0.0)]), ["12"]);
    }

    #[test]
    fn a_character_drawn_twice_is_read_once_and_equal_neighbours_stay() {
        let bold = vec![mark("1", 0.0, 0.0), mark("1", 0.3, 0.0), mark("1", 5.0, 0.0)];
        assert_eq!(texts(bold), ["11"]);
    }
}
