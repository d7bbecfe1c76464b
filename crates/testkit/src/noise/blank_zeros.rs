//! Blanks where a zero should stand: they are no zeros.

use crate::Chance;
use crate::paper::Paper;
use rand::Rng;
use rand::seq::IndexedRandom;

const BLANKS: [&str; 4] = ["", " ", "\u{3000}", "\u{a0}"];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let likelihood = *[0.1, 0.5, 1.0].choose(chance).expect("there are three");
    let blank = *BLANKS.choose(chance).expect("there are blanks");
    replace_zeros(paper, likelihood, blank, chance);
}

/// Puts a text in the place of zeros; those cells have no value then.
pub(super) fn replace_zeros(paper: &mut Paper, likelihood: f64, text: &str, chance: &mut Chance) {
    let mut lost = Vec::new();
    let mut deciding = chance.clone();
    paper.some_values(1.0, chance, |cell, value| {
        if value == "0" && deciding.random_bool(likelihood) {
            text.clone_into(value);
            lost.push(cell);
        }
    });
    *chance = deciding;
    lost.into_iter().for_each(|cell| paper.lose(cell));
}
