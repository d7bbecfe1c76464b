//! Headers cut short: cells left out, or only the first two characters of their words kept.

use crate::Chance;
use crate::paper::{Paper, Role, Sheet};
use rand::Rng;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    paper.doubt_all();
    let shorten = chance.random_bool(0.5);
    for row in paper.sheets_mut().flat_map(|sheet| &mut sheet.rows) {
        if !Sheet::is_head(row) || !chance.random_bool(0.6) {
            continue;
        }
        if shorten {
            for entry in row.iter_mut().filter(|entry| entry.role == Role::Head) {
                entry.text = entry.text.chars().take(2).collect();
            }
        } else {
            let kept = chance.random_range(0..row.len());
            row.truncate(kept);
        }
    }
}
