//! Pages to one document: page numbers and repeated headers left out, tables that a page end cut
//! joined again.

use std::collections::BTreeMap;

use super::layout::{Item, PageContent, PageTable, TextLine};
use super::ruling::{Region, nearest};
use crate::limits::{Deadline, at_most};
use crate::model::{Block, Cell, Paragraph, Place, Table};
use crate::{Limits, ReadError};

/// Column edges that differ by less than this are the same.
const SAME_EDGE: f64 = 3.0;

/// The part of a page, at its top and at its bottom, where headers and page numbers stand.
const MARGIN: f64 = 0.12;

/// Joins the pages.
pub(super) fn join(
    mut pages: Vec<PageContent>,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Vec<Block>, ReadError> {
    drop_furniture(&mut pages);
    let mut joiner = Joiner::default();
    for page in pages {
        let mut line = 0;
        for (index, item) in page.items.into_iter().enumerate() {
            match item {
                Item::Text(text) => {
                    line += 1;
                    joiner.paragraph(text, page.number, line);
                }
                Item::Table(table) => joiner.table(table, page.number, index == 0),
            }
        }
    }
    joiner.finish(limits, deadline)
}

fn drop_furniture(pages: &mut [PageContent]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for page in pages {
        let height = page.height;
        let is_margin =
            |line: &TextLine| line.y < MARGIN * height || (1.0 - MARGIN) * height < line.y;
        while let Some(Item::Text(line)) = page.items.last()
            && is_margin(line)
            && is_page_number(&line.text)
        {
            page.items.pop();
        }
        let is_furniture = |item: &&Item| match item {
            Item::Text(line) => {
                is_margin(line) && (is_page_number(&line.text) || seen.contains_key(&line.text))
            }
            Item::Table(_) => false,
        };
        let n_furniture = page.items.iter().take_while(is_furniture).count();
        page.items.drain(..n_furniture);
        if let Some(Item::Text(line)) = page.items.first()
            && is_margin(line)
        {
            seen.insert(line.text.clone(), page.number);
        }
    }
}

/// Whether a line is nothing but a page number, like `3`, `— 3 —`, `第 3 页`, `3 / 12`.
fn is_page_number(text: &str) -> bool {
    let is_filling = |c: char| c.is_whitespace() || "—–-－―·•.~〜_/第页共，,()（）".contains(c);
    let mut numbers = text.split(is_filling).filter(|part| !part.is_empty()).peekable();
    numbers.peek().is_some()
        && numbers.all(|part| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A table that may go on.
struct OpenTable {
    xs: Vec<f64>,
    pieces: Vec<(u32, PageTable)>,
}

enum Open {
    Paragraph(Paragraph),
    Table(OpenTable),
}

#[derive(Default)]
struct Joiner {
    done: Vec<Open>,
    paragraphs: u32,
}

impl Joiner {
    fn paragraph(&mut self, line: TextLine, page: u32, number: u32) {
        self.paragraphs += 1;
        self.done.push(Open::Paragraph(Paragraph {
            text: line.text,
            place: Place {
                page: Some(page),
                line: Some(number),
                paragraph: Some(self.paragraphs),
                ..Place::default()
            },
            heading: None,
        }));
    }

    /// Takes in a table; one that is first on its page may go on from the page before.
    fn table(&mut self, table: PageTable, page: u32, is_first: bool) {
        if is_first
            && let Some(Open::Table(open)) = self.done.last_mut()
            && open.pieces.last().is_some_and(|(before, _)| before + 1 == page)
            && same_sides(&open.xs, &table.xs)
        {
            open.xs = united(&open.xs, &table.xs);
            open.pieces.push((page, table));
            return;
        }
        let xs = table.xs.clone();
        self.done.push(Open::Table(OpenTable { xs, pieces: vec![(page, table)] }));
    }

    fn finish(self, limits: &Limits, deadline: &Deadline) -> Result<Vec<Block>, ReadError> {
        let mut tables = 0;
        self.done
            .into_iter()
            .map(|open| match open {
                Open::Paragraph(paragraph) => Ok(Block::Paragraph(paragraph)),
                Open::Table(open) => {
                    deadline.check()?;
                    tables += 1;
                    Ok(Block::Table(finish_table(open, tables, limits)?))
                }
            })
            .collect()
    }
}

fn same_sides(a: &[f64], b: &[f64]) -> bool {
    let same =
        |a: Option<&f64>, b: Option<&f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() < SAME_EDGE);
    same(a.first(), b.first()) && same(a.last(), b.last())
}

fn united(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut edges = [a, b].concat();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|later, earlier| *later - *earlier < SAME_EDGE);
    edges
}

fn finish_table(open: OpenTable, number: u32, limits: &Limits) -> Result<Table, ReadError> {
    let height: usize = open.pieces.iter().map(|(_, piece)| piece.rows).sum();
    let places = (height * (open.xs.len() - 1)) as u64;
    at_most("table-cells", "一个表格的单元格数", limits.table_cells, places)?;
    let place = Place {
        page: open.pieces.first().map(|(page, _)| *page),
        table: Some(number),
        row: Some(1),
        ..Place::default()
    };
    let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(height);
    for (page, piece) in open.pieces {
        let first = rows.len();
        rows.resize_with(first + piece.rows, Vec::new);
        for cell in piece.cells {
            let Region { row, column, rows: row_span, columns } = cell.region;
            let left = nearest(&open.xs, piece.xs[column]);
            let right = nearest(&open.xs, piece.xs[column + columns]);
            let row = first + row;
            rows[row].push(Cell {
                text: cell.text,
                column: left,
                column_span: right.saturating_sub(left).max(1),
                row_span,
                place: Place {
                    page: Some(page),
                    row: u32::try_from(row + 1).ok(),
                    cell: u32::try_from(left + 1).ok(),
                    ..place
                },
            });
        }
    }
    Ok(Table { rows, place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known_and_figures_in_words_are_not() {
        for text in ["3", "— 3 —", "- 12 -", "第 3 页 共 12 页", "3/12"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2023年", "3条", "—", "", "2023", "20230131"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
