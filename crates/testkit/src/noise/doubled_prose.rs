//! Paragraphs that stand twice, as changes that were accepted only in part leave them.

use crate::Chance;
use crate::paper::{Item, Paper};
use rand::Rng;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mut items = Vec::new();
    for item in std::mem::take(&mut paper.items) {
        if matches!(item, Item::Prose(_)) && chance.random_bool(0.5) {
            items.push(item.clone());
        }
        items.push(item);
    }
    paper.items = items;
}
