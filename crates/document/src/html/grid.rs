//! Cells with the spans they ask for to cells with their place in the grid, after the table
//! algorithm of the HTML standard.

use crate::{Cell, Limits, Place, ReadError};

/// A row as it stands in the source.
#[derive(Debug)]
pub(super) struct RawRow {
    /// Number of its row group; spans end with the group.
    pub(super) group: u32,
    /// Whether it is shown after all others.
    pub(super) is_foot: bool,
    pub(super) cells: Vec<RawCell>,
}

/// A cell as it stands in the source.
#[derive(Debug)]
pub(super) struct RawCell {
    pub(super) text: String,
    /// Columns asked for, at least 1.
    pub(super) column_span: usize,
    /// Rows asked for; 0 means to the end of the group.
    pub(super) row_span: usize,
    pub(super) line: u32,
}

/// Lays the cells out; `table` is the number of the table.
///
/// Where the standard lets two cells cover one place, the later one is cut short. Columns at the
/// right edge in which no cell begins do not count.
pub(super) fn lay_out(
    mut raw: Vec<RawRow>,
    table: u32,
    limits: &Limits,
) -> Result<Vec<Vec<Cell>>, ReadError> {
    raw.sort_by_key(|row| row.is_foot);
    let ends = group_ends(&raw);
    let mut covered_until: Vec<usize> = Vec::new();
    let mut n_places = 0_u64;
    let mut rows = Vec::with_capacity(raw.len());
    for (index, row) in raw.into_iter().enumerate() {
        let mut cells = Vec::with_capacity(row.cells.len());
        let mut column = 0;
        for cell in row.cells {
            let is_free = |c: &usize| covered_until.get(*c).is_none_or(|until| *until <= index);
            column = (column..).find(is_free).expect("beyond the last column all is free");
            let asked = column + cell.column_span;
            let end = (column + 1..asked).find(|c| !is_free(c)).unwrap_or(asked);
            let rows_left = ends[index] - index;
            let row_span =
                if cell.row_span == 0 { rows_left } else { cell.row_span.min(rows_left) };
            n_places += (end - column) as u64 * row_span as u64;
            limits.check_table_cells(n_places)?;
            if covered_until.len() < end {
                covered_until.resize(end, 0);
            }
            covered_until[column..end].fill(index + row_span);
            let place = place(table, index, column, cell.line);
            let column_span = end - column;
            cells.push(Cell { text: cell.text, column, column_span, row_span, place });
            column = end;
        }
        rows.push(cells);
    }
    let n_columns = rows.iter().flatten().map(|cell| cell.column + 1).max().unwrap_or(0);
    for cell in rows.iter_mut().flatten() {
        cell.column_span = cell.column_span.min(n_columns - cell.column);
    }
    Ok(rows)
}

/// For each row the row after the last one of its group.
fn group_ends(raw: &[RawRow]) -> Vec<usize> {
    let mut ends = vec![raw.len(); raw.len()];
    for index in (1..raw.len()).rev() {
        let is_same = raw[index - 1].group == raw[index].group;
        ends[index - 1] = if is_same { ends[index] } else { index };
    }
    ends
}

fn place(table: u32, row: usize, column: usize, line: u32) -> Place {
    let counted = |index: usize| u32::try_from(index + 1).ok();
    Place {
        line: Some(line),
        table: Some(table),
        row: counted(row),
        cell: counted(column),
        ..Place::default()
    }
}
