//! A table of an official paper: cells that may cover several columns and rows; no line is drawn here.

use gongkai_typeset::paper;

use super::measures::{Measures, Table as Sizes};
use gongkai_typeset::paper::{Align, BLACK, Face, Paragraph, Role, Run, Style};

/// A cell; a cell that covers others is written once, where it begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// What it says; a line feed begins a new paragraph.
    pub text: String,
    /// Columns it covers.
    pub columns: usize,
    /// Rows it covers.
    pub rows: usize,
    /// Heads a row or a column: stands in the middle, in 黑体.
    pub head: bool,
    /// Stands in the middle although it heads nothing, as figures do.
    pub centred: bool,
}

/// A table; it goes over as many pages as it needs.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// Widths of the columns in shares of the whole.
    pub columns: Vec<f32>,
    /// Rows with the cells that begin in them.
    pub rows: Vec<Vec<Cell>>,
    /// So many rows at the top are repeated on each page.
    pub header_rows: usize,
    /// Set small, for tables of many columns.
    pub compact: bool,
}

impl Cell {
    /// A cell of one place.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), columns: 1, rows: 1, head: false, centred: false }
    }

    /// A cell that heads a row or a column.
    pub fn head(text: impl Into<String>) -> Cell {
        Cell { head: true, ..Cell::new(text) }
    }

    /// Covers so many columns and rows.
    pub fn over(self, columns: usize, rows: usize) -> Cell {
        Cell { columns: columns.max(1), rows: rows.max(1), ..self }
    }
}

fn cell(cell: &Cell, sizes: &Sizes) -> paper::Cell {
    let face = if cell.head { Face::Sans } else { Face::Text };
    let style = Style { face, size_pt: sizes.size_pt, spacing_pt: 0.0, color: BLACK };
    let align = if cell.head || cell.centred { Align::Centred } else { Align::Left };
    let paragraph = |text: &str| Paragraph {
        role: Role::Text,
        runs: vec![Run { text: text.to_owned(), style }],
        align,
        first_line_pt: 0.0,
        left_pt: 0.0,
        right_pt: 0.0,
        line_pt: sizes.line_pt,
        before_pt: 0.0,
        // A head stands with what it heads, wherever the office program breaks the page.
        keep_with_next: cell.head,
        picture: None,
    };
    paper::Cell {
        paragraphs: cell.text.split('\n').map(paragraph).collect(),
        columns: cell.columns,
        rows: cell.rows,
        head: cell.head,
    }
}

/// The table with its measures.
pub(super) fn table(table: &Table, measures: &Measures) -> paper::Table {
    let sizes = if table.compact { &measures.compact_table } else { &measures.table };
    let row = |cells: &Vec<Cell>| cells.iter().map(|each| cell(each, sizes)).collect();
    paper::Table {
        columns: table.columns.clone(),
        rows: table.rows.iter().map(row).collect(),
        header_rows: table.header_rows,
        row_pt: sizes.row_pt,
        line_pt: sizes.rule_pt,
        padding_pt: sizes.padding_pt,
        before_pt: measures.line_pt() - measures.character_pt(),
    }
}
