//! Spaces before and behind figures: half-width, full-width, unbroken.

use crate::Chance;
use crate::paper::Paper;
use rand::Rng;
use rand::seq::IndexedRandom;

const SPACES: [&str; 4] = [" ", "\u{3000}", "\u{a0}", "  "];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mut deciding = chance.clone();
    paper.some_values(1.0, chance, |_, text| {
        let space = SPACES.choose(&mut deciding).expect("there are spaces");
        match deciding.random_range(0..3) {
            0 => text.insert_str(0, space),
            1 => text.push_str(space),
            _ => {}
        }
    });
    *chance = deciding;
}
