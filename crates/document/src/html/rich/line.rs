//! A line while it is collected: white space collapsed, invisible characters left out.

use super::super::flow::is_wide;
use super::model::{Line, Marks, Piece};

/// Collects pieces between two ends of a paragraph.
#[derive(Debug, Default)]
pub(super) struct LineBuilder {
    pieces: Line,
    gap: Gap,
}

/// White space met since the last word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
enum Gap {
    #[default]
    None,
    LineEnd,
    Space,
}

impl LineBuilder {
    pub(super) fn write(&mut self, text: &str, marks: &Marks) {
        let mut word = String::new();
        for c in text.chars().filter(|c| !is_invisible(*c)) {
            let gap = match c {
                '\n' => Gap::LineEnd,
                ' ' | '\t' | '\r' | '\u{0C}' | '\u{A0}' => Gap::Space,
                _ => Gap::None,
            };
            if gap == Gap::None {
                word.push(c);
                continue;
            }
            self.write_word(&std::mem::take(&mut word), marks);
            // A line end beside blanks is a line end: sources are indented.
            let is_indented = self.gap == Gap::LineEnd || gap == Gap::LineEnd;
            self.gap = if is_indented { Gap::LineEnd } else { Gap::Space };
        }
        self.write_word(&word, marks);
    }

    fn write_word(&mut self, word: &str, marks: &Marks) {
        let Some(first) = word.chars().next() else { return };
        let gap = std::mem::take(&mut self.gap);
        let plain = Marks::default();
        let (before, is_plain) = match self.pieces.last() {
            Some(Piece::Text(text, marks)) => (text.chars().next_back(), *marks == plain),
            Some(Piece::Picture(..)) => (Some('x'), false),
            Some(Piece::Break) | None => (None, false),
        };
        let is_inside_chinese =
            gap == Gap::LineEnd && is_wide(first) && before.is_some_and(is_wide);
        let has_gap = gap != Gap::None && before.is_some() && !is_inside_chinese;
        let blank = if has_gap { " " } else { "" };
        match self.pieces.last_mut() {
            Some(Piece::Text(text, last)) if last == marks => {
                text.push_str(blank);
                text.push_str(word);
                return;
            }
            // A blank between marked words is not marked.
            Some(Piece::Text(text, _)) if is_plain => text.push_str(blank),
            _ if *marks == plain => {
                self.pieces.push(Piece::Text(format!("{blank}{word}"), plain));
                return;
            }
            _ if has_gap => self.pieces.push(Piece::Text(blank.to_owned(), plain)),
            _ => {}
        }
        self.pieces.push(Piece::Text(word.to_owned(), marks.clone()));
    }

    pub(super) fn end_line(&mut self) {
        self.gap = Gap::None;
        self.pieces.push(Piece::Break);
    }

    pub(super) fn picture(&mut self, address: String, words: String) {
        self.pieces.push(Piece::Picture(address, words));
    }

    /// Ends the paragraph; two line breaks end one too, so that several may come of it.
    pub(super) fn finish(&mut self) -> Vec<Line> {
        self.gap = Gap::None;
        let mut lines = vec![Line::new()];
        let mut n_breaks = 0;
        for part in std::mem::take(&mut self.pieces).split_inclusive(|each| *each == Piece::Break) {
            let is_ended = part.last() == Some(&Piece::Break);
            let text = trimmed(&part[..part.len() - usize::from(is_ended)]);
            if !text.is_empty() {
                if 2 <= n_breaks {
                    lines.push(Line::new());
                }
                let line = lines.last_mut().expect("there is always a line");
                if !line.is_empty() {
                    line.push(Piece::Break);
                }
                line.extend(text);
                n_breaks = 0;
            }
            n_breaks += usize::from(is_ended);
        }
        lines.retain(|line| !line.is_empty());
        lines
    }
}

/// Without the blanks at its ends, ideographic ones too: indenting is the page's business.
fn trimmed(pieces: &[Piece]) -> Line {
    let mut line: Line = pieces.to_vec();
    while let Some(Piece::Text(text, _)) = line.first_mut() {
        *text = text.trim_start().to_owned();
        if !text.is_empty() {
            break;
        }
        line.remove(0);
    }
    while let Some(Piece::Text(text, _)) = line.last_mut() {
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            break;
        }
        line.pop();
    }
    line
}

/// Characters that nobody sees and that hide words from search, or turn their order round.
fn is_invisible(c: char) -> bool {
    let is_odd_control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{0C}');
    let is_mark =
        matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}');
    let is_order = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}');
    let is_tag = matches!(c, '\u{E0000}'..='\u{E007F}' | '\u{FFF9}'..='\u{FFFB}');
    is_odd_control || is_mark || is_order || is_tag
}

/// Joins pieces that stand side by side and are marked alike.
pub(super) fn join(line: &mut Line) {
    line.dedup_by(|later, earlier| match (earlier, later) {
        (Piece::Text(text, marks), Piece::Text(more, others)) if marks == others => {
            text.push_str(more);
            true
        }
        _ => false,
    });
}
