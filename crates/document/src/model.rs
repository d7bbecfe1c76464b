//! The neutral document: blocks in reading order, each knowing its place.

/// What a file was told to be, by its content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Office Open XML text document.
    Docx,
    /// Office Open XML or binary workbook.
    Workbook,
    /// PDF with text.
    Pdf,
}

/// Where a block or a cell stands; every number counts from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// Page, of PDF; sheet, of a workbook.
    pub page: Option<u32>,
    /// Line, of text and HTML source.
    pub line: Option<u32>,
    /// Column in that line, in characters.
    pub column: Option<u32>,
    /// Table, counted through the document.
    pub table: Option<u32>,
    /// Row of that table.
    pub row: Option<u32>,
    /// Grid column of that row.
    pub cell: Option<u32>,
    /// Paragraph outside tables, counted through the document.
    pub paragraph: Option<u32>,
}

/// A document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What the file was told to be.
    pub format: Format,
    /// The document's own title (HTML `<title>`, metadata), if it has one.
    pub title: Option<String>,
    /// Everything that is read, in reading order.
    pub blocks: Vec<Block>,
    /// What the reader noticed: damage, guesses, things left out.
    pub remarks: Vec<Remark>,
}

/// A paragraph or a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A line of text (of a text file: exactly one line, even an empty one).
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph outside tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paragraph {
    /// Its text. Of text files the line as it stands, tabs and bars kept, line end left off.
    pub text: String,
    /// Where it begins.
    pub place: Place,
    /// Level of the heading the format says it is (1 is the highest).
    pub heading: Option<u8>,
}

/// A table: rows of cells, each cell once, at its origin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Rows in order. A row holds the cells that begin in it, left to right; blank cells stand
    /// there with empty text. A place that a merged cell covers holds no cell of its own.
    pub rows: Vec<Vec<Cell>>,
    /// Where it begins.
    pub place: Place,
}

/// A cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Its text; paragraphs and forced breaks inside are `\n`.
    pub text: String,
    /// Grid column of its left edge, from 0, merged cells of this and earlier rows counted.
    pub column: usize,
    /// How many grid columns it covers, at least 1.
    pub column_span: usize,
    /// How many rows it covers, at least 1.
    pub row_span: usize,
    /// Where it stands.
    pub place: Place,
}

/// What a reader noticed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// What, for programs.
    pub kind: RemarkKind,
    /// What, for people, in Chinese.
    pub message: String,
    /// Where, if somewhere.
    pub place: Place,
}

/// What kind of thing a reader noticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RemarkKind {
    /// Bytes that are no text in the encoding, or text that was decoded wrongly before.
    Mojibake,
    /// The encoding was guessed.
    EncodingGuessed,
    /// Deletions of tracked changes were left out.
    TrackedChanges,
    /// Macros stand in the file; they were not looked at.
    Macros,
    /// Hidden rows, columns, sheets or text; they were read like the others, or left out (said so).
    Hidden,
    /// Something is damaged and was read as far as possible.
    Damaged,
    /// A page holds a picture and no text.
    PictureOnly,
}
