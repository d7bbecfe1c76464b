//! Units behind figures: `0件`.

use super::column;
use crate::Chance;
use crate::paper::Paper;
use rand::seq::IndexedRandom;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let likelihood = *[0.2, 1.0].choose(chance).expect("there are two");
    paper.some_values(likelihood, chance, |cell, text| {
        let ends_in_digit = text.ends_with(|last: char| last.is_ascii_digit());
        if let Some(column) = column(cell).filter(|_| ends_in_digit) {
            text.push_str(&column.unit);
        }
    });
}
