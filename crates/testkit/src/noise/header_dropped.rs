//! Tables without any header.

use crate::Chance;
use crate::paper::{Paper, Sheet};
use rand::Rng;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mut dropped = Vec::new();
    for sheet in paper.sheets_mut() {
        if chance.random_bool(0.6) {
            sheet.rows.retain(|row| !Sheet::is_head(row));
            dropped.push(sheet.kind);
        }
    }
    dropped.into_iter().for_each(|kind| paper.doubt_table(kind));
}
