//! Units behind figures: `0件`.

use super::column;
use crate::Chance;
use crate::paper::Paper;
use rand::seq::IndexedRandom;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let is_in_yuan = paper.entries_mut().any(|entry| entry.text.contains("单位：元"));
    let likelihood = *[0.2, 1.0].choose(chance).expect("there are two");
    paper.some_values(likelihood, chance, |cell, text| {
        let ends_in_digit = text.ends_with(|last: char| last.is_ascii_digit());
        let fits = |column: &&gongkai_domain::form::Column| {
            ends_in_digit && !(is_in_yuan && column.unit == "万元")
        };
        if let Some(column) = column(cell).filter(fits) {
            text.push_str(&column.unit);
        }
    });
}
