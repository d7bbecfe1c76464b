//! A table of a form as a grid with merged cells, as it is printed.

use super::Words;
use gongkai_document::write::{Grid, Purpose, Slot};
use gongkai_domain::figure::{Figures, plain_text};
use gongkai_domain::form::{Column, Layout, Table, section_titles};
use rust_decimal::Decimal;

/// The table with its figures.
pub(super) fn grid(table: &Table, figures: &Figures, words: &Words) -> Grid {
    let (rows, n_head_rows) = match table.layout {
        Layout::Blocks => (blocks(table, figures), 0),
        Layout::Rows => (rows(table, figures), 3),
        Layout::OneLine => (one_line(table, figures), 3),
    };
    Grid { name: name(table), widths: widths(table, words), n_head_rows, rows }
}

/// The form prints nothing over its tables but the title of the section that they stand in.
fn name(table: &Table) -> String {
    let section = section_titles().iter().find(|title| title.number == table.section);
    section.map_or(table.kind.title(), |section| &section.title).to_owned()
}

fn widths(table: &Table, words: &Words) -> Vec<u32> {
    let columns = table.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    match table.layout {
        Layout::Blocks => vec![1; 1 + columns],
        Layout::Rows => {
            let mut widths = vec![words.widths.group; depth(table) - 1];
            widths.push(words.widths.label);
            widths.resize(widths.len() + columns, words.widths.figure);
            widths
        }
        Layout::OneLine => vec![1; columns * table.rows.len()],
    }
}

fn values<'a>(
    table: &'a Table,
    row: usize,
    figures: &'a Figures,
) -> impl Iterator<Item = Slot> + 'a {
    table.cells[row].iter().zip(table.columns(row)).map(|(cell, column)| {
        Slot::datum(cell.as_str(), figures.get(*cell).map(|value| shown(value, column)))
    })
}

/// A figure; an amount has its unit beside it where no header names it.
fn shown(value: Decimal, column: &Column) -> String {
    let is_amount = column.unit.ends_with('元') && !column.label.contains(&column.unit);
    let unit = if is_amount && !value.is_zero() { column.unit.as_str() } else { "" };
    plain_text(value) + unit
}

fn head(text: &str) -> Slot {
    Slot::new(Purpose::ColumnHead, text)
}

fn label(text: &str) -> Slot {
    Slot::new(Purpose::RowHead, text)
}

/// The last cell covers what the wider blocks have more.
fn fill(mut row: Vec<Slot>, width: usize) -> Vec<Slot> {
    let missing = width - row.len();
    if let Some(last) = row.last_mut() {
        last.column_span += missing;
    }
    row
}

fn blocks(table: &Table, figures: &Figures) -> Vec<Vec<Slot>> {
    let width = 1 + table.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    let corner = table.corner.as_deref().unwrap_or_default();
    let mut rows = Vec::new();
    for (position, block) in table.blocks.iter().enumerate() {
        let caption = block.caption.as_deref().unwrap_or_default();
        rows.push(vec![Slot::new(Purpose::Caption, caption).spanning(width, 1)]);
        let mut line = vec![head(corner)];
        line.extend(block.columns.iter().map(|column| head(&column.label)));
        rows.push(fill(line, width));
        for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| row.block == position) {
            let mut line = vec![label(&row.label)];
            line.extend(values(table, index, figures));
            rows.push(fill(line, width));
        }
    }
    rows
}

/// How many columns of labels a table with groups has.
fn depth(table: &Table) -> usize {
    1 + table.rows.iter().map(|row| row.groups.len()).max().unwrap_or(0)
}

fn rows(table: &Table, figures: &Figures) -> Vec<Vec<Slot>> {
    let depth = depth(table);
    let mut lines = rows_header(table, depth);
    for (index, row) in table.rows.iter().enumerate() {
        let mut line = groups_that_begin(table, index);
        line.push(label(&row.label).spanning(depth - row.groups.len(), 1));
        line.extend(values(table, index, figures));
        lines.push(line);
    }
    lines
}

/// The labels over several rows whose first row this is.
fn groups_that_begin(table: &Table, index: usize) -> Vec<Slot> {
    let mut begun = Vec::new();
    for (level, key) in table.rows[index].groups.iter().enumerate() {
        let inside = |row: usize| table.rows[row].groups.get(level) == Some(key);
        if 0 < index && inside(index - 1) {
            continue;
        }
        let length = (index..table.rows.len()).take_while(|row| inside(*row)).count();
        let group = table.groups.iter().find(|group| group.key == *key);
        let words = group.map_or("", |group| group.label.as_str());
        begun.push(label(words).spanning(1, length));
    }
    begun
}

fn rows_header(table: &Table, depth: usize) -> Vec<Vec<Slot>> {
    let columns = &table.blocks[0].columns;
    let corner = table.corner.as_deref().unwrap_or_default();
    let above = table.heads.first().map_or("", String::as_str);
    let first = vec![head(corner).spanning(depth, 3), head(above).spanning(columns.len(), 1)];
    let mut second: Vec<Slot> = Vec::new();
    let mut third = Vec::new();
    let mut group: Option<&str> = None;
    for Column { label, group: of, .. } in columns {
        match of.as_deref() {
            None => second.push(head(label).spanning(1, 2)),
            Some(name) if group == Some(name) => {
                second.last_mut().expect("the group began before").column_span += 1;
                third.push(head(label));
            }
            Some(name) => {
                second.push(head(name));
                third.push(head(label));
            }
        }
        group = of.as_deref();
    }
    vec![first, second, third]
}

fn one_line(table: &Table, figures: &Figures) -> Vec<Vec<Slot>> {
    let columns = &table.blocks[0].columns;
    let (width, n_others) = (columns.len(), table.rows.len() - 1);
    let above = table.heads.first().map_or("", String::as_str);
    let first = vec![
        head(&table.rows[0].label).spanning(width, 1),
        head(above).spanning(width * n_others, 1),
    ];
    let mut second: Vec<Slot> =
        columns.iter().map(|column| head(&column.label).spanning(1, 2)).collect();
    second.extend(table.rows.iter().skip(1).map(|row| head(&row.label).spanning(width, 1)));
    let third = (0..n_others).flat_map(|_| columns.iter().map(|column| head(&column.label)));
    let figures = (0..table.rows.len()).flat_map(|row| values(table, row, figures));
    vec![first, second, third.collect(), figures.collect()]
}
