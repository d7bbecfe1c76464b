//! What all text layouts share: titles and prose as lines, tables by the layout.

use super::Written;
use crate::paper::{Item, Paper, Sheet};

/// A text file whose tables are written by `table`.
pub fn document(paper: &Paper, table: impl Fn(&Sheet) -> Vec<String>) -> Written {
    let mut lines = Vec::new();
    for item in &paper.items {
        match item {
            Item::Title(text) | Item::Heading(text) | Item::Prose(text) | Item::Furniture(text) => {
                lines.push(text.clone());
            }
            Item::Table(sheet) => lines.extend(table(sheet)),
        }
    }
    lines.push(String::new());
    Written::Text(lines.join("\n"))
}
