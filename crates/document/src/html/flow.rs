//! Text as it flows through elements: white space collapsed, lines ended.

/// A line that is being written.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    /// Source line of its first word.
    line: u32,
    gap: Gap,
}

/// White space met since the last word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
enum Gap {
    #[default]
    None,
    Space,
    LineEnd,
}

/// White space that collapses; no-break and ideographic spaces do not.
fn collapses(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}')
}

impl Flow {
    /// Writes text that begins in a source line; runs of white space become one space.
    pub(super) fn write(&mut self, text: &str, mut line: u32) {
        let mut rest = text;
        loop {
            let end = rest.find(collapses).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if !word.is_empty() {
                self.close_gap(word);
                self.begin(line);
                self.text.push_str(word);
            }
            let end = after.find(|c| !collapses(c)).unwrap_or(after.len());
            let (space, after) = after.split_at(end);
            if space.is_empty() {
                return;
            }
            let n_line_ends = space.bytes().filter(|byte| *byte == b'\n').count();
            line = line.saturating_add(u32::try_from(n_line_ends).unwrap_or(u32::MAX));
            self.gap = self.gap.max(if n_line_ends == 0 { Gap::Space } else { Gap::LineEnd });
            rest = after;
        }
    }

    /// Writes text as it stands.
    pub(super) fn write_verbatim(&mut self, text: &str, line: u32) {
        self.begin(line);
        self.text.push_str(text);
    }

    /// Ends the line and gives it with its source line, if anything but white space is in it.
    pub(super) fn end(&mut self) -> Option<(String, u32)> {
        self.gap = Gap::None;
        if self.text.chars().all(char::is_whitespace) {
            self.text.clear();
            return None;
        }
        Some((std::mem::take(&mut self.text), self.line))
    }

    fn begin(&mut self, line: u32) {
        if self.text.is_empty() {
            self.line = line;
        }
    }

    /// Writes the space between two words. A line end of the source between two Chinese
    /// characters is none (CSS Text, segment breaks).
    fn close_gap(&mut self, word: &str) {
        let gap = std::mem::take(&mut self.gap);
        let Some(before) = self.text.chars().next_back() else { return };
        let is_inside_chinese =
            is_wide(before) && word.chars().next().is_some_and(is_wide) && gap == Gap::LineEnd;
        if gap != Gap::None && !is_inside_chinese {
            self.text.push(' ');
        }
    }
}

/// Ideographs and the marks written with them.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303F}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
}
