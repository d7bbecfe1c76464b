//! Makes paper of a plan: the official title, headings, prose and tables, nothing spoilt.

use crate::paper::{Encoding, Entry, Expect, Item, Paper, Role, Sheet};
use crate::prose;
use crate::truth::Plan;
use gongkai_domain::figure::{Figures, plain_text};
use gongkai_domain::form::{Column, Layout, Table, section_titles};

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// The paper of a plan.
pub fn paper(plan: &Plan) -> Paper {
    let mut items =
        vec![Item::Title(format!("{}{}年政府信息公开工作年度报告", plan.agency, plan.year))];
    let sections = prose::sections(plan);
    for ((title, numeral), paragraphs) in section_titles().iter().zip(NUMERALS).zip(sections) {
        items.push(Item::Heading(format!("{numeral}、{}", title.title)));
        items.extend(paragraphs.into_iter().map(Item::Prose));
        let table = plan.tables().into_iter().find(|table| table.section == title.number);
        items.extend(table.map(|table| Item::Table(sheet(table, &plan.figures))));
    }
    items.push(Item::Prose(plan.agency.clone()));
    items.push(Item::Prose(format!("{}年1月20日", plan.year + 1)));
    let known = |value: Option<_>| Expect::Value(value.unwrap_or_default());
    Paper {
        name: format!("{}{}", plan.agency, plan.year),
        year: plan.year,
        items,
        expect: plan.figures.iter().map(|(cell, value)| (cell, known(value))).collect(),
        encoding: Encoding::Utf8,
    }
}

/// One table in its official shape.
pub fn sheet(table: &Table, figures: &Figures) -> Sheet {
    let rows = match table.layout {
        Layout::Blocks => blocks(table, figures),
        Layout::Rows => rows(table, figures),
        Layout::OneLine => one_line(table, figures),
    };
    Sheet { kind: table.kind, rows }
}

fn values<'a>(
    table: &'a Table,
    row: usize,
    figures: &'a Figures,
) -> impl Iterator<Item = Entry> + 'a {
    table.cells[row].iter().map(|cell| {
        let text = figures.get(*cell).map(plain_text).unwrap_or_default();
        Entry::new(Role::Value(*cell), text)
    })
}

fn head(text: &str) -> Entry {
    Entry::new(Role::Head, text)
}

/// The last cell covers what the wider blocks have more.
fn fill(mut row: Vec<Entry>, width: usize) -> Vec<Entry> {
    let missing = width - row.len();
    if let Some(last) = row.last_mut() {
        last.column_span += missing;
    }
    row
}

fn blocks(table: &Table, figures: &Figures) -> Vec<Vec<Entry>> {
    let width = 1 + table.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
    let corner = table.corner.as_deref().unwrap_or_default();
    let mut rows = Vec::new();
    for (position, block) in table.blocks.iter().enumerate() {
        let caption = block.caption.as_deref().unwrap_or_default();
        rows.push(vec![Entry::new(Role::Caption, caption).spanning(width, 1)]);
        let mut line = vec![head(corner)];
        line.extend(block.columns.iter().map(|column| head(&column.label)));
        rows.push(fill(line, width));
        for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| row.block == position) {
            let mut line = vec![Entry::new(Role::Label, &row.label)];
            line.extend(values(table, index, figures));
            rows.push(fill(line, width));
        }
    }
    rows
}

/// How many label columns table three has.
fn depth(table: &Table) -> usize {
    1 + table.rows.iter().map(|row| row.groups.len()).max().unwrap_or(0)
}

fn rows(table: &Table, figures: &Figures) -> Vec<Vec<Entry>> {
    let depth = depth(table);
    let mut lines = rows_header(table, depth);
    for (index, row) in table.rows.iter().enumerate() {
        let mut line = Vec::new();
        for (level, key) in row.groups.iter().enumerate() {
            let inside = |row: usize| table.rows[row].groups.get(level) == Some(key);
            if index > 0 && inside(index - 1) {
                continue;
            }
            let length = (index..table.rows.len()).take_while(|row| inside(*row)).count();
            let group = table.groups.iter().find(|group| group.key == *key);
            let label = group.map_or("", |group| group.label.as_str());
            line.push(Entry::new(Role::Label, label).spanning(1, length));
        }
        line.push(Entry::new(Role::Label, &row.label).spanning(depth - row.groups.len(), 1));
        line.extend(values(table, index, figures));
        lines.push(line);
    }
    lines
}

fn rows_header(table: &Table, depth: usize) -> Vec<Vec<Entry>> {
    let columns = &table.blocks[0].columns;
    let corner = table.corner.as_deref().unwrap_or_default();
    let above = table.heads.first().map_or("", String::as_str);
    let first = vec![head(corner).spanning(depth, 3), head(above).spanning(columns.len(), 1)];
    let mut second: Vec<Entry> = Vec::new();
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

fn one_line(table: &Table, figures: &Figures) -> Vec<Vec<Entry>> {
    let columns = &table.blocks[0].columns;
    let (width, others) = (columns.len(), table.rows.len() - 1);
    let above = table.heads.first().map_or("", String::as_str);
    let first = vec![
        head(&table.rows[0].label).spanning(width, 1),
        head(above).spanning(width * others, 1),
    ];
    let mut second: Vec<Entry> =
        columns.iter().map(|column| head(&column.label).spanning(1, 2)).collect();
    second.extend(table.rows.iter().skip(1).map(|row| head(&row.label).spanning(width, 1)));
    let third = (0..others).flat_map(|_| columns.iter().map(|column| head(&column.label)));
    let figures = (0..table.rows.len()).flat_map(|row| values(table, row, figures));
    vec![first, second, third.collect(), figures.collect()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chance;
    use crate::paper::Slot;
    use crate::truth::Mode;
    use rand::SeedableRng;

    #[test]
    fn tables_have_their_official_width_and_no_hole() {
        for seed in 0..20 {
            let paper = paper(&Plan::draw(Mode::Small, &mut Chance::seed_from_u64(seed)));
            let widths: Vec<usize> = paper.sheets().map(Sheet::width).collect();
            assert_eq!(widths, [4, 10, 15]);
            for sheet in paper.sheets() {
                let grid = sheet.grid();
                assert!(!grid.iter().flatten().any(|slot| matches!(slot, Slot::Hole)));
            }
        }
    }
}
