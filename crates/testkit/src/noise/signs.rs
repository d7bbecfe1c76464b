//! Words in the place of signs: `增3`, `减2`.

use super::column;
use crate::Chance;
use crate::paper::Paper;
use rand::seq::IndexedRandom;

const WORDS: [(&str, &str); 4] = [("增", "减"), ("增加", "减少"), ("+", "-"), ("＋", "－")];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let (more, fewer) = *WORDS.choose(chance).expect("there are words");
    paper.some_values(1.0, chance, |cell, text| {
        if !column(cell).is_some_and(|column| column.signed) || text == "0" {
            return;
        }
        if let Some(amount) = text.strip_prefix('-') {
            *text = format!("{fewer}{amount}");
        } else if text.starts_with(|first: char| first.is_ascii_digit()) {
            *text = format!("{more}{text}");
        }
    });
}
