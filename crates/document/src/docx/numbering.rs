//! Automatic numbers, which are not in the text: `一、`, `（一）`, `1.` made again from the lists'
//! definitions.

use std::collections::HashMap;

use super::xml::{Element, Handler};
use crate::ReadError;

/// Levels of a list, as Office Open XML has them.
const LEVELS: usize = 9;

/// Longer texts around a number are no numbers; repeated for each paragraph they fill the memory.
const MAX_TEXT_BYTES: usize = 64;

/// All lists of a document, and how far each was counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Vec<Level>>,
    lists: HashMap<String, List>,
    counted: HashMap<String, Vec<usize>>,
    path: Vec<String>,
    definition: String,
    list: String,
    level: usize,
}

/// One level of a definition.
#[derive(Clone, Debug, Default)]
struct Level {
    start: usize,
    format: String,
    text: String,
}

/// A list: which definition it follows, and where its levels start anew.
#[derive(Clone, Debug, Default)]
struct List {
    definition: String,
    starts: HashMap<usize, usize>,
}

impl Numbering {
    /// The number of the next paragraph of a list, as it is shown; `None` for bullets and for
    /// formats that are not known, for a guessed number would be worse than none.
    pub(super) fn next(&mut self, list_id: &str, level: usize) -> Option<String> {
        let list = self.lists.get(list_id)?;
        let levels = self.definitions.get(&list.definition)?;
        let start = |at: usize| {
            let own = levels.get(at).map_or(1, |level| level.start);
            list.starts.get(&at).copied().unwrap_or(own)
        };
        let shown = levels.get(level)?;
        // Lists with a start of their own count for themselves, others go on together.
        let key = if list.starts.is_empty() { &list.definition } else { list_id };
        let counts = self.counted.entry(key.to_owned()).or_default();
        counts.truncate(level + 1);
        while counts.len() < level {
            counts.push(start(counts.len()));
        }
        match counts.get_mut(level) {
            Some(count) => *count += 1,
            None => counts.push(start(level)),
        }
        let mut text = Some(&shown.text).filter(|text| text.len() <= MAX_TEXT_BYTES)?.clone();
        for (at, count) in counts.iter().enumerate() {
            let mark = format!("%{}", at + 1);
            if text.contains(&mark) {
                text = text.replace(&mark, &written(*count, &levels.get(at)?.format)?);
            }
        }
        (!text.is_empty() && shown.format != "bullet").then_some(text)
    }

    fn level_mut(&mut self) -> Option<&mut Level> {
        let levels = self.definitions.get_mut(&self.definition)?;
        levels.get_mut(self.level)
    }
}

impl Handler for Numbering {
    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        let is_override = self.path.iter().any(|name| name == "lvlOverride");
        match name.as_str() {
            "abstractNum" => {
                self.definition = element.attribute("abstractNumId").unwrap_or_default();
                let level = Level { start: 1, ..Level::default() };
                self.definitions.insert(self.definition.clone(), vec![level; LEVELS]);
            }
            "num" => {
                self.list = element.attribute("numId").unwrap_or_default();
                self.lists.insert(self.list.clone(), List::default());
            }
            "abstractNumId" => {
                if let Some(list) = self.lists.get_mut(&self.list) {
                    list.definition = element.value().unwrap_or_default();
                }
            }
            "lvl" | "lvlOverride" => {
                let level = element.attribute("ilvl").and_then(|level| level.parse().ok());
                self.level = level.unwrap_or(LEVELS);
            }
            "startOverride" => {
                let (level, start) = (self.level, element.number());
                if let (Some(list), Some(start)) = (self.lists.get_mut(&self.list), start) {
                    list.starts.insert(level, start);
                }
            }
            "start" | "numFmt" | "lvlText" if !is_override => {
                let (number, value) = (element.number(), element.value().unwrap_or_default());
                match (self.level_mut(), name.as_str()) {
                    (Some(level), "start") => level.start = number.unwrap_or(1),
                    (Some(level), "numFmt") => level.format = value,
                    (Some(level), _) => level.text = value,
                    (None, _) => {}
                }
            }
            _ => {}
        }
        self.path.push(name);
    }

    fn close(&mut self) -> Result<(), ReadError> {
        self.path.pop();
        Ok(())
    }

    fn text(&mut self, _text: &str) {}
}

/// A count as a format writes it.
fn written(count: usize, format: &str) -> Option<String> {
    match format {
        "decimal" => Some(count.to_string()),
        "decimalFullWidth" => Some(count.to_string().chars().map(full_width).collect()),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let offset = u32::try_from(count.checked_sub(1)?).ok()?;
            (offset < 20).then(|| char::from_u32('①' as u32 + offset)).flatten().map(String::from)
        }
        "none" => Some(String::new()),
        _ => None,
    }
}

fn full_width(digit: char) -> char {
    char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０')).unwrap_or(digit)
}

/// Chinese numerals to ninety-nine; titles go no further.
fn chinese(count: usize) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (count / 10, count % 10);
    match tens {
        0 if ones == 0 => None,
        0 => Some(DIGITS[ones].to_owned()),
        1 => Some(format!("十{}", DIGITS[ones])),
        2..=9 => Some(format!("{}十{}", DIGITS[tens], DIGITS[ones])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_word_writes_them() {
        let check = |count, format, text: Option<&str>| {
            assert_eq!(written(count, format).as_deref(), text, "{count} {format}");
        };
        check(3, "chineseCounting", Some("三"));
        check(10, "japaneseCounting", Some("十"));
        check(21, "chineseCountingThousand", Some("二十一"));
        check(12, "decimal", Some("12"));
        check(12, "decimalFullWidth", Some("１２"));
        check(2, "decimalEnclosedCircle", Some("②"));
        check(21, "decimalEnclosedCircle", None);
        check(1, "hebrew1", None);
    }
}
