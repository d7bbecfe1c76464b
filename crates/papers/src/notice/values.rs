//! What is filled into the blanks of a notice; no blank is looked for here.

use crate::official::written_date;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The filling of a blank.
#[derive(serde::Serialize, serde::Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words; each line is a paragraph.
    Text(String),
    /// A day.
    Date(Date),
    /// The lines of a table.
    Rows(Vec<Vec<String>>),
}

/// Fillings by the names of their blanks. A name that the notice does not ask for is passed over,
/// so that one set of facts serves every notice of a case.
#[derive(serde::Serialize, serde::Deserialize, Clone, PartialEq, Eq, Default, Debug)]
pub struct Values(BTreeMap<String, Value>);

impl Values {
    /// Nothing filled in.
    pub fn new() -> Values {
        Values::default()
    }

    /// Adds words.
    pub fn text(mut self, blank: impl Into<String>, words: impl Into<String>) -> Values {
        self.set(blank, Value::Text(words.into()));
        self
    }

    /// Adds a day.
    pub fn date(mut self, blank: impl Into<String>, day: Date) -> Values {
        self.set(blank, Value::Date(day));
        self
    }

    /// Adds the lines of a table.
    pub fn rows(mut self, blank: impl Into<String>, rows: Vec<Vec<String>>) -> Values {
        self.set(blank, Value::Rows(rows));
        self
    }

    /// Fills a blank, or fills it otherwise.
    pub fn set(&mut self, blank: impl Into<String>, value: Value) {
        self.0.insert(blank.into(), value);
    }

    /// The filling of a blank, if there is one.
    pub fn get(&self, blank: &str) -> Option<&Value> {
        self.0.get(blank)
    }

    /// These fillings, and those of `base` for the blanks that have none here.
    pub(super) fn over(&self, base: &Values) -> Values {
        let mut all = base.0.clone();
        all.extend(self.0.clone());
        Values(all)
    }

    /// The words of a filling, without what cannot be printed; `None` where nothing is left.
    pub(super) fn words(&self, blank: &str) -> Option<String> {
        let words = match self.0.get(blank)? {
            Value::Text(words) => printable(words),
            Value::Date(day) => written_date(*day),
            Value::Rows(_) => return None,
        };
        (!words.is_empty()).then_some(words)
    }

    /// The lines of a table; `None` where there is none.
    pub(super) fn lines(&self, blank: &str) -> Option<Vec<Vec<String>>> {
        let Value::Rows(rows) = self.0.get(blank)? else { return None };
        let line = |row: &Vec<String>| row.iter().map(|field| printable(field)).collect();
        (!rows.is_empty()).then(|| rows.iter().map(line).collect())
    }
}

/// The text without control characters, with `\n` as the only end of a line, trimmed.
fn printable(text: &str) -> String {
    let one_end = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let kept = one_end.chars().filter(|each| *each == '\n' || !is_unprintable(*each));
    kept.collect::<String>().trim().to_owned()
}

/// Control characters, and marks without width that a printed paper cannot show.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_left_out() {
        let values =
            Values::new().text("a", " 一\u{200b}行\r\n二\u{7}行\t尾 ").text("b", " \u{feff}\n ");
        assert_eq!(values.words("a").as_deref(), Some("一行\n二行 尾"));
        assert_eq!(values.words("b"), None);
        assert_eq!(values.words("c"), None);
    }
}
