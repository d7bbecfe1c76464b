//! Some cells are gone without a trace, so that nobody can tell which of their rows is which.

use crate::Chance;
use crate::paper::{Paper, Role};
use rand::Rng;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mut lost = Vec::new();
    let mut doubtful = Vec::new();
    for row in paper.sheets_mut().flat_map(|sheet| &mut sheet.rows) {
        if !chance.random_bool(0.2) {
            continue;
        }
        let values: Vec<usize> = (0..row.len()).filter(|index| row[*index].is_value()).collect();
        if values.is_empty() {
            continue;
        }
        let entry = row.remove(values[chance.random_range(0..values.len())]);
        if let Role::Value(cell) = entry.role {
            lost.push(cell);
        }
        doubtful.extend(row.iter().filter_map(|entry| match entry.role {
            Role::Value(cell) => Some(cell),
            _ => None,
        }));
    }
    doubtful.into_iter().for_each(|cell| paper.doubt(cell));
    lost.into_iter().for_each(|cell| paper.lose(cell));
}
