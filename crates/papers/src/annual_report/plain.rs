//! Makes the text of a document plain: one width, simplified characters, no pinyin, no debris.

use gongkai_domain::figure::Place;

/// A line of the document, made plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Simplified, without pinyin marks, zero-width characters and debris; punctuation is kept as
    /// it stands (both `（` and `(` occur), full-width digits are half-width.
    pub text: String,
    /// Where it begins.
    pub place: Place,
    /// For lines whose plain text is not character for character the text as it stands: the
    /// column (from 1) at which each plain character stands. Empty where they agree.
    pub columns: Vec<u32>,
    /// Level of the heading the document's format says it is.
    pub heading: Option<u8>,
    /// Whether it belongs to a table (its cells are read elsewhere; it is no prose).
    pub tabular: bool,
}

impl Line {
    /// The place of the character at a position (in characters, from 0).
    pub fn place_at(&self, character: usize) -> Place {
        let column = match self.columns.get(character) {
            Some(column) => Some(*column),
            None => self.place.column.map(|first| first + character as u32),
        };
        Place { column, ..self.place }
    }
}
