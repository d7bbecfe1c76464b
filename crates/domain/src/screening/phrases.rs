//! Marks of secrecy and slips of writing, found word by word; blanks between characters do not hide them.

use super::load::{self, How, Mark, Wording};
use super::text::Text;
use super::{Alarm, AlarmKind, Stretch};
use crate::catalogue::CatalogueError;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// What opens and closes a mark that stands in brackets.
const OPENING: &str = "([【〔「『<《“";
const CLOSING: &str = ")]】〕」』>》”";

/// The words looked for, by their first character.
pub(super) struct Phrases {
    marks: Vec<Mark>,
    wording: Vec<Wording>,
    by_first: HashMap<char, Vec<Phrase>>,
}

/// One spelling of an entry.
struct Phrase {
    words: Vec<char>,
    of: Of,
}

#[derive(Clone, Copy)]
enum Of {
    Mark(usize),
    Wording(usize),
}

/// A block without blanks, each character with its place in the block.
struct Dense {
    characters: Vec<char>,
    places: Vec<usize>,
}

impl Phrases {
    /// The embedded ones.
    pub(super) fn official() -> Arc<Self> {
        static OFFICIAL: LazyLock<Arc<Phrases>> =
            LazyLock::new(|| Arc::new(Phrases::new(load::marks(), load::official_wording())));
        Arc::clone(&OFFICIAL)
    }

    /// The same with the wording of a further file.
    pub(super) fn with_wording(&self, file: &str, text: &str) -> Result<Self, CatalogueError> {
        let wording = load::wording(file, text, self.wording.clone())?;
        Ok(Self::new(self.marks.clone(), wording))
    }

    fn new(all_marks: Vec<Mark>, all_wording: Vec<Wording>) -> Self {
        let marks = all_marks.iter().enumerate();
        let marks =
            marks.flat_map(|(at, mark)| mark.words.iter().map(move |it| (it, Of::Mark(at))));
        let wording = all_wording.iter().enumerate();
        let wording =
            wording.flat_map(|(at, entry)| entry.wrong.iter().map(move |it| (it, Of::Wording(at))));
        let mut by_first: HashMap<char, Vec<Phrase>> = HashMap::new();
        for (words, of) in marks.chain(wording) {
            let words = dense(&Text::new(words)).characters;
            if let Some(first) = words.first() {
                by_first.entry(*first).or_default().push(Phrase { words, of });
            }
        }
        Self { marks: all_marks, wording: all_wording, by_first }
    }

    /// Every phrase of a block; one that lies inside a longer one of its kind is left out.
    pub(super) fn find(&self, block: usize, text: &Text) -> Vec<Alarm> {
        let dense = dense(text);
        let mut alarms: Vec<Alarm> = Vec::new();
        for (at, character) in dense.characters.iter().enumerate() {
            for phrase in self.by_first.get(character).into_iter().flatten() {
                if dense.has(at, &phrase.words) && self.is_meant(&dense, text, at, phrase) {
                    alarms.push(self.alarm(block, text, &dense, at, phrase));
                }
            }
        }
        let holds = |outer: &Alarm, inner: &Alarm| {
            let (long, short) = (outer.place, inner.place);
            let inside = long.start <= short.start && short.end <= long.end;
            outer.kind == inner.kind && inside && long != short
        };
        let keep: Vec<bool> = (0..alarms.len())
            .map(|at| {
                let near = at.saturating_sub(8)..alarms.len().min(at + 9);
                !alarms[near].iter().any(|other| holds(other, &alarms[at]))
            })
            .collect();
        let mut keep = keep.into_iter();
        alarms.retain(|_| keep.next().unwrap_or(true));
        alarms
    }

    /// Whether the words stand there as themselves, not as part of a right longer word.
    fn is_meant(&self, dense: &Dense, text: &Text, at: usize, phrase: &Phrase) -> bool {
        let (except, how) = match phrase.of {
            Of::Mark(index) => (&self.marks[index].except, self.marks[index].how),
            Of::Wording(index) => (&self.wording[index].except, How::Anywhere),
        };
        let excepted = except.iter().any(|longer| {
            let longer = self::dense(&Text::new(longer)).characters;
            dense.covered(at, &phrase.words, &longer)
        });
        !excepted && (how == How::Anywhere || dense.is_mark(text, at, phrase.words.len()))
    }

    fn alarm(&self, block: usize, text: &Text, dense: &Dense, at: usize, phrase: &Phrase) -> Alarm {
        let start = dense.places[at];
        let end = dense.places[at + phrase.words.len() - 1] + 1;
        let shown: String = text.original[start..end].iter().collect();
        let place = Stretch { block, start, end };
        match phrase.of {
            Of::Mark(index) => {
                let mark = &self.marks[index];
                Alarm {
                    key: format!("secrecy.{}", mark.key),
                    kind: AlarmKind::Secrecy,
                    place,
                    message: format!("出现“{shown}”，像是{}。", mark.meaning),
                    hint: "请停止发布并送保密审查；确属可以公开的，写明理由后继续。".to_owned(),
                    severity: mark.severity,
                    replacement: None,
                    shown,
                }
            }
            Of::Wording(index) => {
                let entry = &self.wording[index];
                let basis = if entry.source.is_empty() {
                    String::new()
                } else {
                    format!("（{}）", entry.source)
                };
                Alarm {
                    key: format!("wording.{}", entry.key),
                    kind: AlarmKind::Wording,
                    place,
                    message: format!("“{shown}”写法有误{basis}。"),
                    hint: format!("请改为“{}”。", entry.right),
                    severity: entry.severity,
                    replacement: entry.replace.then(|| entry.right.clone()),
                    shown,
                }
            }
        }
    }
}

fn dense(text: &Text) -> Dense {
    let numbered = text.plain.iter().enumerate();
    let (places, characters) = numbered.filter(|(_, each)| !hides(**each)).unzip();
    Dense { characters, places }
}

/// Blanks and invisible characters, but no line end: it ends a mark.
fn hides(character: char) -> bool {
    let invisible = matches!(character, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}');
    invisible || (character.is_whitespace() && character != '\n' && character != '\r')
}

impl Dense {
    fn has(&self, at: usize, words: &[char]) -> bool {
        self.characters[at..].starts_with(words)
    }

    /// Whether a longer phrase that holds the words stands around them.
    fn covered(&self, at: usize, words: &[char], longer: &[char]) -> bool {
        let offsets = longer.windows(words.len()).enumerate();
        let mut offsets = offsets.filter(|(_, window)| *window == words).map(|(offset, _)| offset);
        offsets.any(|offset| at.checked_sub(offset).is_some_and(|start| self.has(start, longer)))
    }

    /// Whether it stands as marks do: alone on its line, in brackets, or before a star.
    fn is_mark(&self, text: &Text, at: usize, n_characters: usize) -> bool {
        let end = at + n_characters;
        let before = at.checked_sub(1).map(|at| self.characters[at]);
        let after = self.characters.get(end).copied();
        if after.is_some_and(|each| "★☆".contains(each)) {
            return true;
        }
        let bracketed = before.is_some_and(|each| OPENING.contains(each))
            && after.is_some_and(|each| CLOSING.contains(each));
        // Quoted words are spoken of; brackets alone on a line or after a title are a mark.
        let quoted = before.is_some_and(|each| "“《「『".contains(each));
        let starts = before.is_none_or(|each| each == '\n' || each == '\r');
        let ends = after.is_none_or(|each| each == '\n' || each == '\r');
        let labelled = text.labelled(self.places[at], &["密级".to_owned(), "公开属性".to_owned()]);
        (bracketed && !quoted) || (starts && ends) || labelled
    }
}
