//! Columns padded with spaces as `pdftotext -layout` gives them, long labels broken around their figures.

use super::{Written, text};
use crate::paper::{Paper, Sheet, Slot};
use gongkai_domain::form::TableKind;
use unicode_width::UnicodeWidthStr;

/// Display width of the columns of figures.
const FIGURE: usize = 10;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, table)
}

/// Pieces of text at display columns of one line.
type Line = Vec<(usize, String)>;

fn table(sheet: &Sheet) -> Vec<String> {
    let grid = sheet.grid();
    let edges = edges(sheet.kind, grid.first().map_or(0, Vec::len));
    let mut heights = vec![1; grid.len()];
    let mut cells = Vec::new();
    for (row, slots) in grid.iter().enumerate() {
        for (column, slot) in slots.iter().enumerate() {
            if let Slot::Origin(entry) = *slot {
                let width = edges[column + entry.column_span] - edges[column] - 2;
                let pieces = wrap(&entry.text, width);
                if entry.row_span == 1 {
                    heights[row] = heights[row].max(pieces.len());
                }
                cells.push((row, column, entry, pieces));
            }
        }
    }
    let starts: Vec<usize> = heights
        .iter()
        .scan(0, |next, height| Some(std::mem::replace(next, *next + height)))
        .collect();
    let mut lines: Vec<Line> = vec![Vec::new(); heights.iter().sum()];
    for (row, column, entry, pieces) in cells {
        let height: usize = heights[row..].iter().take(entry.row_span).sum();
        let first = starts[row] + height.saturating_sub(pieces.len()) / 2;
        for (offset, piece) in pieces.into_iter().enumerate() {
            lines.get_mut(first + offset).into_iter().for_each(|line| {
                line.push((edges[column], piece.clone()));
            });
        }
    }
    lines.into_iter().map(padded).collect()
}

/// Display columns at which the grid columns begin, and the end of the last.
fn edges(kind: TableKind, width: usize) -> Vec<usize> {
    let size = |column: usize| match (kind, column) {
        (TableKind::Proactive, _) => 24,
        (TableKind::Requests, 0 | 1) => 16,
        (TableKind::Requests, 2) => 28,
        _ => FIGURE,
    };
    let mut edges = vec![0];
    for column in 0..width {
        edges.push(edges[column] + size(column));
    }
    edges
}

/// Breaks a text into pieces of a display width.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    for part in text.split('\n') {
        let mut piece = String::new();
        for character in part.chars() {
            let mut longer = piece.clone();
            longer.push(character);
            if longer.width() > width && !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
            }
            piece.push(character);
        }
        pieces.push(piece);
    }
    pieces
}

fn padded(mut line: Line) -> String {
    line.sort_by_key(|(start, _)| *start);
    let mut text = String::new();
    for (start, piece) in line {
        let gap = start.saturating_sub(text.width()).max(usize::from(!text.is_empty()));
        text.push_str(&" ".repeat(gap));
        text.push_str(&piece);
    }
    text
}
