//! One section stands without its heading.

use crate::Chance;
use crate::paper::{Item, Paper};
use rand::seq::IteratorRandom;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let headings = (0..paper.items.len()).filter(|at| matches!(paper.items[*at], Item::Heading(_)));
    if let Some(heading) = headings.choose(chance) {
        paper.items.remove(heading);
    }
}
