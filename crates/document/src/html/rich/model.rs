//! All that clean HTML can say; what has no place here cannot come through.

use crate::script::Script;

/// A piece of a text, a cell or an item.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Block {
    /// A heading of level 2 to 4.
    Heading(u8, Line),
    Paragraph(Line),
    List(List),
    Table(Vec<Vec<Cell>>),
}

/// A list.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct List {
    /// The number of its first item; `None` for a list of bullets.
    pub(super) start: Option<u32>,
    pub(super) items: Vec<Vec<Block>>,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Cell {
    pub(super) is_header: bool,
    pub(super) column_span: u16,
    pub(super) row_span: u16,
    pub(super) blocks: Vec<Block>,
}

/// Text between two ends of a paragraph.
pub(super) type Line = Vec<Piece>;

/// A piece of a line.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Piece {
    Text(String, Marks),
    Break,
    /// A picture with its address and the words for those who do not see it.
    Picture(String, String),
}

/// How text is marked.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Marks {
    pub(super) link: Option<String>,
    pub(super) is_bold: bool,
    pub(super) script: Option<Script>,
}
