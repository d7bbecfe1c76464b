//! Marks of word processors that came along: `[bookmark: _GoBack]`.

use crate::Chance;
use crate::paper::{Item, Paper};
use rand::Rng;

const BOOKMARK: &str = "[bookmark: _GoBack]";

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    for item in &mut paper.items {
        match item {
            Item::Prose(text) if chance.random_bool(0.3) => text.insert_str(0, BOOKMARK),
            Item::Heading(text) if chance.random_bool(0.1) => text.push_str(BOOKMARK),
            _ => {}
        }
    }
    let places = paper.items.len();
    let place = chance.random_range(0..places);
    paper.items.insert(place, Item::Prose(BOOKMARK.to_owned()));
}
