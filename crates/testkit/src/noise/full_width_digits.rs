//! Full-width digits in the place of half-width ones.

use crate::Chance;
use crate::paper::Paper;
use rand::Rng;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let likelihood = if chance.random_bool(0.5) { 1.0 } else { 0.3 };
    let mut deciding = chance.clone();
    paper.some_values(1.0, chance, |_, text| {
        if deciding.random_bool(likelihood) {
            *text = text.chars().map(full_width).collect();
        }
    });
    *chance = deciding;
}

fn full_width(character: char) -> char {
    match character {
        '0'..='9' => char::from_u32(u32::from(character) - 0x30 + 0xff10).unwrap_or(character),
        '.' => '．',
        _ => character,
    }
}
