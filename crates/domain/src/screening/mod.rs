//! Helps before review: what a text should perhaps not show, and slips of writing; it decides nothing.
//!
//! Looks at plain text in blocks. Data stands in `data/catalogue/screening.toml`,
//! `secrecy-marks.toml` and `wording.toml`; a place adds wording of its own.

mod load;
mod numbers;
mod persons;
mod phrases;
mod plates;
mod text;

pub use persons::Suggestion;

use crate::catalogue::CatalogueError;
use crate::finding::Severity;
use load::Rules;
use phrases::Phrases;
use serde::Serialize;
use std::collections::HashSet;
use std::sync::Arc;
use text::Text;

/// Where an alarm stands; every number counts from 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
pub struct Stretch {
    /// Which block.
    pub block: usize,
    /// The first character of the block.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
}

/// What an alarm is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// A number that belongs to a person (个人信息保护法).
    Personal,
    /// A mark of secrecy or of inner use (保守国家秘密法).
    Secrecy,
    /// Wrong wording.
    Wording,
}

/// Something that someone has to look at before the text goes out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Alarm {
    /// Stable key: `id_card`, `mobile`, `secrecy.secret`, `wording.account` …
    pub key: String,
    /// What it is about.
    pub kind: AlarmKind,
    /// Where.
    pub place: Stretch,
    /// What stands there, personal numbers masked: fit to be shown and kept.
    pub shown: String,
    /// What was found, a Chinese sentence.
    pub message: String,
    /// What to do, a Chinese sentence.
    pub hint: String,
    /// How heavy.
    pub severity: Severity,
    /// What can be put in its place as it stands.
    pub replacement: Option<String>,
}

/// Screens texts by the embedded data and what a place has added; cheap to make and to clone.
#[derive(Clone)]
pub struct Screener {
    rules: &'static Rules,
    phrases: Arc<Phrases>,
    allowed: HashSet<String>,
}

impl Screener {
    /// By the embedded data alone.
    pub fn official() -> Self {
        Self { rules: load::rules(), phrases: Phrases::official(), allowed: HashSet::new() }
    }

    /// With further wording in the shape of `wording.toml`; `file` is the name used in the error.
    ///
    /// # Errors
    /// When the text is no such file, or a key stands in it twice or stands in ours already.
    pub fn with_wording(mut self, file: &str, text: &str) -> Result<Self, CatalogueError> {
        self.phrases = Arc::new(self.phrases.with_wording(file, text)?);
        Ok(self)
    }

    /// With numbers that may be shown: the office's own telephones and accounts, in any writing.
    #[must_use]
    pub fn allowing<'a>(mut self, numbers: impl IntoIterator<Item = &'a str>) -> Self {
        let plain = numbers.into_iter().map(|number| figures_of(&Text::new(number).plain));
        self.allowed.extend(plain.filter(|number| !number.is_empty()));
        self
    }

    /// Everything found, in the order of the text.
    pub fn screen(&self, blocks: &[&str]) -> Vec<Alarm> {
        let mut alarms = Vec::new();
        for (block, content) in blocks.iter().enumerate() {
            let text = Text::new(content);
            let mut found = numbers::find(&text, self.rules, &self.allowed);
            found.extend(plates::find(&text, self.rules));
            alarms.extend(found.into_iter().map(|hit| hit.alarm(block, &text)));
            alarms.extend(self.phrases.find(block, &text));
        }
        alarms.sort_by_key(|alarm| alarm.place);
        alarms
    }
}

impl Screener {
    /// What to take out of a paper before it goes to somebody: numbers of persons, and names and
    /// addresses where a label says that they are such, in the order of the text. A help; who
    /// redacts decides (政府信息公开条例第十五条、第三十七条).
    pub fn suggest(&self, blocks: &[&str]) -> Vec<Suggestion> {
        let mut suggestions = persons::find(blocks, self.rules);
        let personal =
            self.screen(blocks).into_iter().filter(|alarm| alarm.kind == AlarmKind::Personal);
        suggestions.extend(personal.map(|alarm| Suggestion::of_number(alarm, blocks)));
        suggestions.sort_by_key(|a| a.place);
        suggestions.dedup_by(|a, b| a.place == b.place);
        suggestions
    }
}

/// The blocks with every replacement proposed by the alarms put in; the rest stays as it is.
///
/// Alarms come from [`Screener::screen`] on the same blocks; one that fits no place is left out,
/// and of two that overlap the first one counts.
pub fn masked(blocks: &[&str], alarms: &[Alarm]) -> Vec<String> {
    let mask = |(block, content): (usize, &&str)| {
        let characters: Vec<char> = content.chars().collect();
        let mut here: Vec<&Alarm> =
            alarms.iter().filter(|alarm| alarm.place.block == block).collect();
        here.sort_by_key(|alarm| alarm.place);
        let mut text = String::new();
        let mut done = 0;
        for alarm in here {
            let Stretch { start, end, .. } = alarm.place;
            let Some(replacement) = &alarm.replacement else { continue };
            if done <= start && start <= end && end <= characters.len() {
                text.extend(&characters[done..start]);
                text.push_str(replacement);
                done = end;
            }
        }
        text.extend(&characters[done..]);
        text
    };
    blocks.iter().enumerate().map(mask).collect()
}

/// A personal number found in a text.
struct Hit {
    key: &'static str,
    /// What it is, in Chinese.
    name: &'static str,
    severity: Severity,
    start: usize,
    end: usize,
    /// How many of its letters and figures stay at the front and at the end.
    kept: (usize, usize),
}

impl Hit {
    fn alarm(self, block: usize, text: &Text) -> Alarm {
        let shown = self.mask(&text.original[self.start..self.end]);
        Alarm {
            key: self.key.to_owned(),
            kind: AlarmKind::Personal,
            place: Stretch { block, start: self.start, end: self.end },
            message: format!("出现{}：{shown}。", self.name),
            hint: format!("请核实是否应当公开；确需公开的，隐去部分数字，写作“{shown}”。"),
            severity: self.severity,
            replacement: Some(shown.clone()),
            shown,
        }
    }

    /// The characters with the middle ones starred; breaks stay where they are.
    fn mask(&self, characters: &[char]) -> String {
        let counts =
            |each: &char| !each.is_whitespace() && (each.is_alphanumeric() || *each == '×');
        let n_counted = characters.iter().filter(|each| counts(each)).count();
        let (front, back) = self.kept;
        let mut index = 0;
        let star = |each: &char| {
            if !counts(each) {
                return *each;
            }
            index += 1;
            if index <= front || n_counted < index + back { *each } else { '*' }
        };
        characters.iter().map(star).collect()
    }
}

/// The figures of a number as people write it.
fn figures_of(characters: &[char]) -> String {
    characters.iter().filter(|each| each.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests;
