//! Spaces inside labels: `商业 企业`.

use crate::Chance;
use crate::paper::{Paper, Role};
use rand::Rng;
use rand::seq::IndexedRandom;

const SPACES: [char; 3] = [' ', '\u{3000}', '\u{a0}'];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let space = *SPACES.choose(chance).expect("there are spaces");
    for entry in paper.entries_mut() {
        if matches!(entry.role, Role::Head | Role::Label) && chance.random_bool(0.4) {
            let mut characters: Vec<char> = entry.text.chars().collect();
            if characters.len() > 1 {
                characters.insert(chance.random_range(1..characters.len()), space);
                entry.text = characters.into_iter().collect();
            }
        }
    }
}
