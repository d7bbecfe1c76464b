//! Dashes and slashes where a zero should stand: they are no zeros.

use super::blank_zeros;
use crate::Chance;
use crate::paper::Paper;
use rand::seq::IndexedRandom;

const MARKS: [&str; 6] = ["-", "—", "/", "——", "－", "╱"];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let mark = *MARKS.choose(chance).expect("there are marks");
    let likelihood = *[0.2, 1.0].choose(chance).expect("there are two");
    blank_zeros::replace_zeros(paper, likelihood, mark, chance);
}
