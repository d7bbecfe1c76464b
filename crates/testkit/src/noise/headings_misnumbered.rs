//! Headings numbered wrongly: a number twice, one left out, or Arabic numbers.

use crate::Chance;
use crate::paper::{Item, Paper};
use rand::Rng;
use rand::seq::IndexedRandom;

const NUMBERS: [&str; 8] = ["一、", "二、", "三、", "五、", "1、", "2.", "第三部分 ", ""];

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    for item in &mut paper.items {
        if let Item::Heading(text) = item
            && chance.random_bool(0.4)
            && let Some((_, title)) = text.split_once('、')
        {
            *text = format!("{}{title}", NUMBERS.choose(chance).expect("there are numbers"));
        }
    }
}
