//! Rows of a Word table, with merges told cell by cell, to cells with their place in the grid.

use std::collections::HashMap;

use crate::{Cell, Limits, Place, ReadError};

/// Most grid columns that one cell may cover.
pub(super) const MAX_SPAN: usize = 1000;

/// A row as the part has it.
#[derive(Debug, Default)]
pub(super) struct RawRow {
    /// Grid columns left free before the first cell.
    pub(super) before: usize,
    pub(super) is_deleted: bool,
    pub(super) cells: Vec<RawCell>,
}

/// A cell as the part has it.
#[derive(Debug, Default)]
pub(super) struct RawCell {
    pub(super) items: Vec<Item>,
    pub(super) span: usize,
    /// It goes on with the cell above.
    pub(super) continues_above: bool,
    /// It goes on with the cell before.
    pub(super) continues_before: bool,
}

/// What stands in a cell, or in the body.
#[derive(Debug)]
pub(super) enum Item {
    /// A line and the level of heading it is said to be.
    Line(String, Option<u8>),
    /// A table's rows; places are not counted yet.
    Table(Vec<Vec<Cell>>),
}

/// What a table gives: itself and, after it, the tables in it. A table without a row of two cells
/// is there for layout only, and what is in it stands for itself.
pub(super) fn items(raw: Vec<RawRow>, limits: &Limits) -> Result<Vec<Item>, ReadError> {
    if raw.iter().all(|row| row.cells.len() < 2) {
        let cells = raw.into_iter().flat_map(|row| row.cells);
        return Ok(cells.flat_map(|cell| cell.items).collect());
    }
    let mut inner = Vec::new();
    let rows = lay_out(raw, limits, &mut inner)?;
    Ok(std::iter::once(Item::Table(rows)).chain(inner).collect())
}

/// Lays the cells out; tables that stand in cells go to `inner`.
fn lay_out(
    raw: Vec<RawRow>,
    limits: &Limits,
    inner: &mut Vec<Item>,
) -> Result<Vec<Vec<Cell>>, ReadError> {
    let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(raw.len());
    // Where the cell stands that covers a column, by its left edge.
    let mut above: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut n_places = 0_u64;
    for (index, row) in raw.into_iter().enumerate() {
        let mut cells: Vec<Cell> = Vec::with_capacity(row.cells.len());
        let mut column = row.before.min(MAX_SPAN);
        let mut here = HashMap::new();
        for cell in row.cells {
            let span = cell.span.clamp(1, MAX_SPAN);
            n_places += span as u64;
            limits.check_table_cells(n_places)?;
            let text = text(cell.items, inner);
            let origin = above.get(&column).copied().filter(|_| cell.continues_above);
            match (cells.last_mut(), origin) {
                (Some(before), _) if cell.continues_before => before.column_span += span,
                (_, Some((row, at))) => {
                    let origin: &mut Cell = &mut rows[row][at];
                    origin.row_span = index + 1 - row;
                    // Word shows nothing of it, but nothing that is written may be lost.
                    join(&mut origin.text, &text);
                    here.insert(column, (row, at));
                }
                _ => {
                    here.insert(column, (index, cells.len()));
                    let place = Place::default();
                    cells.push(Cell { text, column, column_span: span, row_span: 1, place });
                }
            }
            column += span;
        }
        above = here;
        rows.push(cells);
    }
    Ok(rows)
}

/// The lines of a cell; its tables go to `inner`.
fn text(items: Vec<Item>, inner: &mut Vec<Item>) -> String {
    let mut text = String::new();
    for item in items {
        match item {
            Item::Line(line, _) => join(&mut text, &line),
            table @ Item::Table(_) => inner.push(table),
        }
    }
    text
}

/// Adds a line.
fn join(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
