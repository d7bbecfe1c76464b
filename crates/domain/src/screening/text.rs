//! A text taken apart for screening: wide characters made plain, runs of figures with their breaks.

use crate::metadata::half_width;

/// The longest run of blanks and dashes that may break one number, in characters.
const LONGEST_BREAK: usize = 3;

/// One block, character by character.
pub(super) struct Text {
    /// As it stands.
    pub original: Vec<char>,
    /// The same in half width; as many characters.
    pub plain: Vec<char>,
}

impl Text {
    pub(super) fn new(block: &str) -> Self {
        let original: Vec<char> = block.chars().collect();
        let plain = original.iter().map(|character| half_width(*character)).collect();
        Self { original, plain }
    }

    /// The plain characters before a place, nearest last, at most so many.
    pub(super) fn before(&self, at: usize, n_most: usize) -> String {
        self.plain[at.saturating_sub(n_most)..at].iter().collect()
    }

    /// The plain characters from a place on, at most so many.
    pub(super) fn after(&self, at: usize, n_most: usize) -> String {
        self.plain[at..].iter().take(n_most).collect()
    }

    /// Whether one of the labels stands right before a place; blanks, colons and brackets between
    /// do not count.
    pub(super) fn labelled(&self, at: usize, labels: &[String]) -> bool {
        const WINDOW: usize = 24;
        let between =
            |character: char| character.is_whitespace() || ":：为是“\"(（[【".contains(character);
        let before = self.before(at, WINDOW).to_lowercase();
        let before = before.trim_end_matches(between);
        labels.iter().any(|label| before.ends_with(label.as_str()))
    }

    /// Whether a place stands inside an address of the net.
    pub(super) fn in_address(&self, at: usize) -> bool {
        const MARKS: [&str; 4] = ["://", "www.", ".gov.", ".htm"];
        /// No address worth the name is longer; it also bounds the work for a hostile text.
        const LONGEST: usize = 200;
        let of_address = |each: &&char| each.is_ascii_graphic();
        let before = self.plain[..at].iter().rev().take(LONGEST).take_while(of_address).count();
        let after = self.plain[at..].iter().take(LONGEST).take_while(of_address).count();
        let word: String = self.plain[at - before..at + after].iter().collect();
        MARKS.iter().any(|mark| word.contains(mark))
    }

    /// Runs of figures, each a list of groups with short breaks between.
    pub(super) fn runs(&self) -> Vec<Vec<Group>> {
        let mut runs: Vec<Vec<Group>> = Vec::new();
        let mut at = 0;
        while at < self.plain.len() {
            let follows = runs.last().and_then(|run| self.gap(run.last()?, at));
            let Some(group) = self.group(at, follows.is_some()) else {
                at += 1;
                continue;
            };
            at = group.end;
            match (follows, runs.last_mut()) {
                (Some(dashed), Some(run)) => run.push(Group { dashed, ..group }),
                _ => runs.push(vec![group]),
            }
        }
        runs
    }

    /// The group of figures that begins here; a lone X only where figures went before.
    fn group(&self, start: usize, follows: bool) -> Option<Group> {
        let rest = &self.plain[start..];
        let n_figures = rest.iter().take_while(|each| each.is_ascii_digit()).count();
        let mut figures: String = rest[..n_figures].iter().collect();
        let letter = |index: usize| rest.get(index).is_some_and(char::is_ascii_alphanumeric);
        let is_check = |each: &char| "Xx×".contains(*each);
        let check = rest.get(n_figures).is_some_and(is_check) && !letter(n_figures + 1);
        if check && (n_figures != 0 || follows) {
            figures.push('X');
        }
        let end = start + figures.len();
        (start != end).then_some(Group { start, end, figures, dashed: false })
    }

    /// Whether only a short break lies between a group and a place, and whether it holds a dash.
    fn gap(&self, group: &Group, at: usize) -> Option<bool> {
        let gap = &self.plain[group.end..at];
        if gap.is_empty() || LONGEST_BREAK < gap.len() || !gap.iter().all(|each| is_break(*each)) {
            return None;
        }
        Some(gap.contains(&'-'))
    }
}

/// Blanks, dashes and invisible characters; a tab or a line end parts numbers.
fn is_break(character: char) -> bool {
    matches!(
        character,
        ' ' | '-' | '\u{a0}' | '\u{3000}' | '\u{ad}' | '\u{feff}' | '\u{2000}'
            ..='\u{200d}' | '\u{202f}'
    )
}

/// Figures without a break, perhaps with the check character X at the end.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// First character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The figures, in half width.
    pub figures: String,
    /// Whether a dash stands before it, after the group before.
    pub dashed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_with_their_breaks() {
        let of = |text: &str| -> Vec<Vec<String>> {
            let runs = Text::new(text).runs();
            runs.into_iter()
                .map(|run| run.into_iter().map(|group| group.figures).collect())
                .collect()
        };
        assert_eq!(of("电话１３８-1234 5678。"), [["138", "1234", "5678"]]);
        assert_eq!(of("12\t34"), [["12"], ["34"]]);
        assert_eq!(of("1\u{200b}2"), [["1", "2"]]);
        assert_eq!(of("123X、45x6"), [vec!["123X"], vec!["45"], vec!["6"]]);
        assert_eq!(of("12 X"), [["12", "X"]]);
        assert_eq!(of("X"), Vec::<Vec<String>>::new());
        assert_eq!(of("1     2"), [["1"], ["2"]]);
    }
}
