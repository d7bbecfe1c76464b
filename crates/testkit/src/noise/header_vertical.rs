//! Headers written downwards, one character a line.

use crate::Chance;
use crate::paper::{Paper, Role};

pub(super) fn spoil(paper: &mut Paper, _: &mut Chance) {
    paper.doubt_all();
    for entry in paper.entries_mut().filter(|entry| entry.role == Role::Head) {
        if entry.text.chars().count() < 8 {
            let characters: Vec<String> = entry.text.chars().map(String::from).collect();
            entry.text = characters.join("\n");
        }
    }
}
