//! Last year's figures beside this year's, under a header that names both years.

use crate::Chance;
use crate::paper::{Entry, Paper, Role, Sheet};
use rand::Rng;
use rust_decimal::Decimal;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    paper.doubt_all();
    let year = paper.year;
    let last_first = chance.random_bool(0.8);
    let years = if last_first { [year - 1, year] } else { [year, year - 1] };
    for sheet in paper.sheets_mut() {
        double(sheet, years, last_first, chance);
    }
}

fn double(sheet: &mut Sheet, years: [i16; 2], last_first: bool, chance: &mut Chance) {
    let body = |row: &[Entry]| -> usize { row.iter().map(|entry| entry.column_span).sum() };
    let width =
        sheet.rows.iter().rev().map(|row| {
            body(&row.iter().filter(|entry| entry.is_value()).cloned().collect::<Vec<_>>())
        });
    let width = width.max().unwrap_or(0);
    let mut rows = Vec::new();
    let mut in_header = false;
    for mut row in std::mem::take(&mut sheet.rows) {
        if row.iter().any(|entry| entry.role == Role::Caption) {
            row[0].column_span += width;
            rows.push(row);
            in_header = false;
            continue;
        }
        let is_head = Sheet::is_head(&row);
        let mut lead: Vec<Entry> = match is_head && !in_header && body(&row) > width {
            true => vec![row.remove(0)],
            false => Vec::new(),
        };
        if is_head && !in_header {
            lead.iter_mut().for_each(|corner| corner.row_span += 1);
            let names =
                years.map(|year| Entry::new(Role::Head, format!("{year}年")).spanning(width, 1));
            rows.push(lead.drain(..).chain(names).collect());
        }
        in_header = is_head;
        rows.push(doubled(row, last_first, chance));
    }
    sheet.rows = rows;
}

/// Labels once, all else twice; figures of last year differ from this year's.
fn doubled(row: Vec<Entry>, last_first: bool, chance: &mut Chance) -> Vec<Entry> {
    let (mut labels, body): (Vec<Entry>, Vec<Entry>) =
        row.into_iter().partition(|entry| entry.role == Role::Label);
    let last: Vec<Entry> = body.iter().map(|entry| of_last_year(entry, chance)).collect();
    match last_first {
        true => labels.extend(last.into_iter().chain(body)),
        false => labels.extend(body.into_iter().chain(last)),
    }
    labels
}

fn of_last_year(entry: &Entry, chance: &mut Chance) -> Entry {
    if !entry.is_value() {
        return entry.clone();
    }
    let value = entry.text.parse::<Decimal>().unwrap_or_default();
    let other = value.trunc() + Decimal::from(chance.random_range(1..=9));
    Entry { text: other.to_string(), role: Role::Other, ..entry.clone() }
}
