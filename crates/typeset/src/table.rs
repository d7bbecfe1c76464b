//! Tables: how wide the columns and how high the rows are, and which piece of a cell falls on which
//! page. It draws nothing.

use crate::line::{Line, lines};
use crate::paper::{Cell, Placed, Table};
use crate::shelf::Shelf;

/// A table with its measures.
pub(crate) struct Measured<'a> {
    pub table: &'a Table,
    /// Left edges of the columns and the right edge of the last, points.
    pub edges: Vec<f32>,
    /// Heights of the rows, points.
    pub heights: Vec<f32>,
    pub cells: Vec<MeasuredCell<'a>>,
}

/// A cell with its lines.
pub(crate) struct MeasuredCell<'a> {
    pub at: Placed<'a>,
    pub lines: Vec<Line>,
}

/// A row, or a piece of a row, on a page.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Slice {
    pub row: usize,
    pub page: usize,
    pub top_pt: f32,
    pub height_pt: f32,
}

impl<'a> Measured<'a> {
    pub fn new(table: &'a Table, width_pt: f32, shelf: &mut Shelf<'_>) -> Measured<'a> {
        let shares: f32 = table.columns.iter().sum();
        let mut edges = vec![0.0];
        for share in &table.columns {
            let last = edges.last().copied().unwrap_or_default();
            edges.push(last + width_pt * share / shares.max(f32::MIN_POSITIVE));
        }
        let measure = |at: Placed<'a>| {
            let width = edges[at.column + at.columns] - edges[at.column] - 2.0 * table.padding_pt;
            MeasuredCell { lines: cell_lines(at.cell, width, shelf), at }
        };
        let cells: Vec<_> = table.placed().into_iter().map(measure).collect();
        let heights = heights(table, &cells);
        Measured { table, edges, heights, cells }
    }

    /// Height of the rows that are repeated on each page.
    pub fn head_pt(&self) -> f32 {
        self.heights[..self.n_head()].iter().sum()
    }

    pub fn n_head(&self) -> usize {
        self.table.header_rows.min(self.heights.len())
    }
}

fn cell_lines(cell: &Cell, width: f32, shelf: &mut Shelf<'_>) -> Vec<Line> {
    let paragraphs = cell.paragraphs.iter();
    paragraphs.flat_map(|paragraph| lines(&paragraph.fitted(width), width, shelf)).collect()
}

/// Height of the lines of a cell.
pub(crate) fn lines_pt(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.pitch_pt).sum()
}

/// The rows are as high as their highest cell; a cell over several rows makes the last of them
/// higher if it must.
fn heights(table: &Table, cells: &[MeasuredCell<'_>]) -> Vec<f32> {
    let mut heights = vec![table.row_pt; table.rows.len()];
    let mut by_span: Vec<_> = cells.iter().collect();
    by_span.sort_by_key(|cell| cell.at.rows);
    for cell in by_span {
        let wanted = lines_pt(&cell.lines) + 2.0 * table.padding_pt;
        let rows = &mut heights[cell.at.row..cell.at.row + cell.at.rows];
        let have: f32 = rows.iter().sum();
        if let Some(last) = rows.last_mut().filter(|_| have < wanted) {
            *last += wanted - have;
        }
    }
    heights
}

/// The room of a cell on one page.
pub(crate) struct Room {
    pub page: usize,
    pub top_pt: f32,
    pub height_pt: f32,
}

/// The rooms of a cell, page by page.
pub(crate) fn rooms(at: &Placed<'_>, slices: &[Slice]) -> Vec<Room> {
    let mut rooms: Vec<Room> = Vec::new();
    let covered = at.row..at.row + at.rows;
    for slice in slices.iter().filter(|slice| covered.contains(&slice.row)) {
        match rooms.last_mut().filter(|room| room.page == slice.page) {
            Some(room) => room.height_pt += slice.height_pt,
            None => rooms.push(Room {
                page: slice.page,
                top_pt: slice.top_pt,
                height_pt: slice.height_pt,
            }),
        }
    }
    rooms
}

/// The lines of a cell for each of its rooms, each line with its distance from the room's top. In
/// one room they stand in the middle; over several they fill one after the other.
pub(crate) fn poured(lines: &[Line], rooms: &[Room], padding_pt: f32) -> Vec<(usize, f32, Line)> {
    if let [room] = rooms {
        let mut y = ((room.height_pt - lines_pt(lines)) / 2.0).max(0.0);
        let place = |line: &Line| {
            let top = y + (line.pitch_pt - line.size_pt) / 2.0;
            y += line.pitch_pt;
            (0, top, line.clone())
        };
        return lines.iter().map(place).collect();
    }
    let mut poured = Vec::with_capacity(lines.len());
    let (mut room, mut y) = (0, padding_pt);
    for line in lines {
        while room + 1 < rooms.len() && rooms[room].height_pt < y + line.pitch_pt {
            room += 1;
            y = padding_pt;
        }
        poured.push((room, y + (line.pitch_pt - line.size_pt) / 2.0, line.clone()));
        y += line.pitch_pt;
    }
    poured
}
