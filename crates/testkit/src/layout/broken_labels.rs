//! Rows with spaces between cells, long labels broken over two lines.

use super::{Written, flat, text};
use crate::paper::{Paper, Role};

/// Labels longer than this are broken in the middle.
const LONG: usize = 8;

pub(super) fn write(paper: &Paper) -> Written {
    text::document(paper, |sheet| {
        let mut lines = Vec::new();
        for row in &sheet.rows {
            let cells = row.iter().filter(|entry| !entry.text.trim().is_empty());
            let broken = cells.map(|entry| match entry.role {
                Role::Label => broken(&flat(entry)),
                _ => flat(entry),
            });
            lines.extend(broken.collect::<Vec<String>>().join(" ").split('\n').map(str::to_owned));
        }
        lines
    })
}

fn broken(label: &str) -> String {
    let characters: Vec<char> = label.chars().collect();
    if characters.len() <= LONG {
        return label.to_owned();
    }
    let (first, second) = characters.split_at(characters.len() / 2);
    first.iter().chain(['\n'].iter()).chain(second).collect()
}
