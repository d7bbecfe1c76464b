//! Lists as Word writes them: paragraphs that carry a level and a marker as text.

use super::model::{Block, Line, List};

/// Word has nine levels.
pub(super) const MAX_LEVEL: u8 = 9;

/// A paragraph that is an item.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) level: u8,
    /// Its number; `None` for a bullet.
    pub(super) number: Option<u32>,
    pub(super) line: Line,
}

/// What a marker makes of its paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Marker {
    Bullet,
    Number(u32),
    /// 第一条, （一）, a) and the like: no list of HTML says these, so they stay as text.
    Words,
}

/// The level that `mso-list` names; `None` where it names no list.
pub(super) fn level(value: &str) -> Option<u8> {
    let (_, after) = value.split_once("level")?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    Some(digits.parse().unwrap_or(MAX_LEVEL).clamp(1, MAX_LEVEL))
}

/// Tells a marker.
pub(super) fn marker(text: &str) -> Marker {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{A0}');
    let number = text.strip_suffix(['.', '．', '、', ')', '）']).unwrap_or(text);
    if number.len() <= 5 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.parse().map_or(Marker::Words, Marker::Number);
    }
    // Letters that stand for bullets in the symbol fonts of Word.
    let is_symbol = matches!(text, "o" | "l" | "n" | "u" | "v" | "q" | "w" | "Ø" | "§" | "ü" | "è");
    let is_mark = !text.chars().any(char::is_alphanumeric);
    if is_symbol || is_mark { Marker::Bullet } else { Marker::Words }
}

/// Items as lists within lists.
pub(super) fn nest(items: Vec<Item>) -> Vec<Block> {
    let Some(base) = items.iter().map(|item| item.level).min() else { return Vec::new() };
    let mut lists: Vec<List> = Vec::new();
    let mut rest = items.into_iter().peekable();
    while let Some(item) = rest.next() {
        let mut deeper = Vec::new();
        while let Some(child) = rest.next_if(|next| base < next.level) {
            deeper.push(child);
        }
        // An item without one above it stands by itself.
        if base < item.level {
            deeper.insert(0, item);
            let start = None;
            lists.push(List { start, items: vec![nest(deeper)] });
            continue;
        }
        let mut blocks = vec![Block::Paragraph(item.line)];
        blocks.extend(nest(deeper));
        match lists.last_mut().filter(|list| goes_on(list, item.number)) {
            Some(list) => list.items.push(blocks),
            None => lists.push(List { start: item.number, items: vec![blocks] }),
        }
    }
    lists.into_iter().map(Block::List).collect()
}

/// Whether an item with this number comes next in a list.
fn goes_on(list: &List, number: Option<u32>) -> bool {
    let next = list.start.map(|start| start as usize + list.items.len());
    next == number.map(|number| number as usize)
}
