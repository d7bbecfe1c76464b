//! All figures of some rows, or of whole tables, are gone; the labels are left.

use crate::Chance;
use crate::paper::{Paper, Role};
use rand::Rng;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mut lost = Vec::new();
    for sheet in paper.sheets_mut() {
        let likelihood = if chance.random_bool(0.3) { 1.0 } else { 0.15 };
        for row in &mut sheet.rows {
            if chance.random_bool(likelihood) {
                lost.extend(row.iter().filter_map(|entry| match entry.role {
                    Role::Value(cell) => Some(cell),
                    _ => None,
                }));
                row.retain(|entry| !entry.is_value());
            }
        }
    }
    lost.into_iter().for_each(|cell| paper.lose(cell));
}
