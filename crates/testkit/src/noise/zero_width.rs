//! Characters without width between the others.

use crate::Chance;
use crate::paper::Paper;
use rand::Rng;
use rand::seq::IndexedRandom;

const MARKS: [char; 4] = ['\u{200b}', '\u{feff}', '\u{200d}', '\u{2060}'];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    paper.each_text(|text| {
        if chance.random_bool(0.3) {
            let mut characters: Vec<char> = text.chars().collect();
            let place = chance.random_range(0..=characters.len());
            characters.insert(place, *MARKS.choose(chance).expect("there are marks"));
            *text = characters.into_iter().collect();
        }
    });
}
