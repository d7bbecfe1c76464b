//! How runs are set, and what becomes of digits that stand above or below the line of the others.

use super::styles::Styles;
use super::xml::Element;
use crate::script::Script;

/// The size of text of which nobody says one, in half points.
const USUAL_SIZE: i64 = 20;

/// What a run or a style says of how text stands; `None` where it says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Font {
    /// `vertAlign`, as it stands.
    align: Option<String>,
    /// How far it is raised (`position`), in half points; lowered when negative.
    raise: Option<i64>,
    /// In half points.
    size: Option<i64>,
}

impl Font {
    /// Takes in one property, if it is one of these.
    pub(super) fn declare(&mut self, name: &str, element: &Element<'_>) {
        let number = || element.value()?.trim().parse().ok();
        match name {
            "vertAlign" => self.align = element.value(),
            "position" => self.raise = number(),
            "sz" => self.size = number(),
            _ => {}
        }
    }

    /// This, and what `other` says where this says nothing.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            align: self.align.or_else(|| other.align.clone()),
            raise: self.raise.or(other.raise),
            size: self.size.or(other.size),
        }
    }

    /// In half points.
    pub(super) fn size(&self) -> Option<i64> {
        self.size
    }

    /// Above or below the line by its nature.
    fn script(&self) -> Option<Script> {
        match self.align.as_deref()? {
            "superscript" => Some(Script::Superscript),
            "subscript" => Some(Script::Subscript),
            _ => None,
        }
    }

    /// Above or below the line by hand, if it is also smaller than the text around.
    fn shift(&self) -> Option<Script> {
        match self.raise? {
            0 => None,
            1.. => Some(Script::Superscript),
            _ => Some(Script::Subscript),
        }
    }
}

/// How the text of a run is shown.
#[derive(Default)]
pub(super) struct RunLook {
    pub(super) is_hidden: bool,
    pub(super) is_struck: bool,
    /// Its character style.
    pub(super) style: Option<String>,
    /// What it says itself.
    pub(super) font: Font,
}

/// The text of a paragraph as it grows.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    /// Size of the text on the line that was written last.
    level_size: Option<i64>,
    /// Pieces shifted by hand before there was any text on the line to compare them with.
    waiting: Vec<Shifted>,
}

/// A piece of a line that was raised or lowered by hand.
struct Shifted {
    from: usize,
    to: usize,
    script: Script,
    size: i64,
}

impl Line {
    /// A line that goes on with what is there.
    pub(super) fn going_on(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Writes what a run shows, in a paragraph of that style.
    pub(super) fn write(
        &mut self,
        text: &str,
        run: &RunLook,
        paragraph: Option<&str>,
        styles: &Styles,
    ) {
        if text.trim().is_empty() {
            self.text.push_str(text);
            return;
        }
        let font = match run.style.as_deref() {
            Some(style) => run.font.clone().or(&styles.font(style)),
            None => run.font.clone(),
        };
        if let Some(script) = font.script() {
            self.text.push_str(&Script::write(Some(script), text));
            return;
        }
        let size = font.size.or_else(|| styles.paragraph_size(paragraph)).unwrap_or(USUAL_SIZE);
        match (font.shift(), self.level_size) {
            (None, _) => {
                self.settle(size);
                self.text.push_str(text);
            }
            (Some(script), Some(level)) => {
                let script = (size < level).then_some(script);
                self.text.push_str(&Script::write(script, text));
            }
            (Some(script), None) => {
                let from = self.text.len();
                self.text.push_str(text);
                self.waiting.push(Shifted { from, to: self.text.len(), script, size });
            }
        }
    }

    /// Text on the line comes, of that size: what waits is shifted, or is not.
    fn settle(&mut self, level: i64) {
        self.level_size = Some(level);
        if self.waiting.is_empty() {
            return;
        }
        let before = std::mem::take(&mut self.text);
        let mut at = 0;
        for piece in self.waiting.drain(..).filter(|piece| piece.size < level) {
            self.text.push_str(&before[at..piece.from]);
            self.text.push_str(&Script::write(Some(piece.script), &before[piece.from..piece.to]));
            at = piece.to;
        }
        self.text.push_str(&before[at..]);
    }

    /// The text. Where all of it is shifted alike, there is no line that it stands above.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}
