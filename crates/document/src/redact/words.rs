//! The words that are to go, and where they stand in a text however it writes them; not what becomes of them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::Refusal;

/// More words than anybody marks by hand; bounds the work.
const MOST_WORDS: usize = 1_000;
/// No word is longer, in characters; a longer one is a mistake of marking.
const LONGEST_WORD: usize = 500;

/// A number of so many figures is the same number with dashes or points in it.
const LONG_NUMBER: usize = 7;

/// A word that is to go.
#[derive(Clone, Debug)]
struct Word {
    /// As it was marked.
    given: String,
    /// As it is compared.
    folded: Vec<char>,
    is_number: bool,
}

/// All words that are to go.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(Vec<Word>);

impl Words {
    /// Takes the words as they were marked; the same one twice counts once.
    pub(super) fn new(given: &[String]) -> Result<Self, Refusal> {
        if MOST_WORDS < given.len() {
            return Err(Refusal::TooManyWords { bound: MOST_WORDS, actual: given.len() });
        }
        let mut words: Vec<Word> = Vec::new();
        for given in given {
            let folded: Vec<char> = Folded::new(given.chars(), false).characters;
            if folded.is_empty() {
                return Err(Refusal::EmptyWord);
            }
            if LONGEST_WORD < folded.len() {
                return Err(Refusal::LongWord { bound: LONGEST_WORD, actual: folded.len() });
            }
            let plain = Folded::new(given.chars(), true).characters;
            let is_number = LONG_NUMBER <= plain.len() && plain.iter().all(|c| is_figure(*c));
            let folded = if is_number { plain } else { folded };
            if words.iter().all(|word| word.folded != folded) {
                words.push(Word { given: given.clone(), folded, is_number });
            }
        }
        Ok(Self(words))
    }

    /// As they were marked.
    pub(super) fn given(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|word| word.given.as_str())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every place of every word: which word, and the characters it covers.
    pub(super) fn find(&self, text: &[char]) -> Vec<(usize, Range<usize>)> {
        let plain = Folded::new(text.iter().copied(), false);
        let figures = self
            .0
            .iter()
            .any(|word| word.is_number)
            .then(|| Folded::new(text.iter().copied(), true));
        let mut found = Vec::new();
        for (index, word) in self.0.iter().enumerate() {
            let folded = match &figures {
                Some(figures) if word.is_number => figures,
                _ => &plain,
            };
            found.extend(folded.places(&word.folded).map(|range| (index, range)));
        }
        found
    }

    /// The words that a text holds, as they were marked.
    pub(super) fn held(&self, text: &str) -> Vec<&str> {
        let text: Vec<char> = text.chars().collect();
        let mut held: Vec<usize> = self.find(&text).into_iter().map(|(index, _)| index).collect();
        held.sort_unstable();
        held.dedup();
        held.into_iter().map(|index| self.0[index].given.as_str()).collect()
    }

    /// A text with every word masked; `None` when it holds none.
    pub(super) fn masked(&self, text: &str) -> Option<String> {
        let characters: Vec<char> = text.chars().collect();
        let mut places: Vec<Range<usize>> =
            self.find(&characters).into_iter().map(|(_, range)| range).collect();
        if places.is_empty() {
            return None;
        }
        places.sort_by_key(|range| range.start);
        let mut masked = String::new();
        let mut done = 0;
        for range in places {
            if done <= range.start {
                masked.extend(&characters[done..range.start]);
                masked.push_str(super::MASK);
            }
            done = done.max(range.end);
        }
        masked.extend(&characters[done..]);
        Some(masked)
    }

    /// Those words that may be looked for in what is not text but markup: values of attributes,
    /// names. A short plain word would be met there by accident, as `12` is in every width.
    pub(super) fn for_markup(&self) -> Self {
        const SHORT: usize = 6;
        let telling = |word: &&Word| !word.given.is_ascii() || SHORT <= word.folded.len();
        Self(self.0.iter().filter(telling).cloned().collect())
    }
}

fn is_figure(character: char) -> bool {
    character.is_ascii_digit() || character == 'x'
}

/// A text made comparable: wide forms and radicals to their characters, small letters, without
/// blanks and what is not seen.
struct Folded {
    characters: Vec<char>,
    /// For each of them the character of the text that it came from.
    origins: Vec<usize>,
}

impl Folded {
    fn new(text: impl Iterator<Item = char>, drops_dashes: bool) -> Self {
        let mut folded = Self { characters: Vec::new(), origins: Vec::new() };
        for (origin, character) in text.enumerate() {
            for character in std::iter::once(character).nfkc().flat_map(char::to_lowercase) {
                let is_dash = drops_dashes && is_dash(character);
                if !character.is_whitespace() && !is_unseen(character) && !is_dash {
                    folded.characters.push(character);
                    folded.origins.push(origin);
                }
            }
        }
        folded
    }

    /// The places of a word, overlapping ones too.
    fn places<'a>(&'a self, word: &'a [char]) -> impl Iterator<Item = Range<usize>> + 'a {
        let first = word[0];
        let windows = self.characters.windows(word.len()).enumerate();
        windows
            .filter(move |(_, window)| window[0] == first && *window == word)
            .map(move |(at, _)| self.origins[at]..self.origins[at + word.len() - 1] + 1)
    }
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '·' | '/' | '(' | ')')
}

/// What takes no place in a line and can be written between any two characters.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(given: &[&str]) -> Words {
        let given: Vec<String> = given.iter().map(|word| (*word).to_owned()).collect();
        Words::new(&given).unwrap()
    }

    #[test]
    fn a_word_is_found_however_its_characters_are_written() {
        let words = words(&["王某人", "138-0013-8000", "Ab1"]);
        for text in [
            "王某人",
            "王 某\u{3000}人",
            "王\n某\u{200b}人",
            "王某\u{2F08}",
            "１３８００１３８０００",
            "138 0013.8000",
            "ＡＢ１",
        ] {
            assert_eq!(words.held(text).len(), 1, "{text}");
        }
        assert!(words.held("王人某 1380013800 AB 2").is_empty());
    }

    #[test]
    fn a_masked_text_keeps_the_rest_and_not_the_length_of_the_word() {
        let words = words(&["王某", "某甲"]);
        assert_eq!(words.masked("由王某甲、王 某签").as_deref(), Some("由■■■、■■■签"));
        assert_eq!(words.masked("由李某签"), None);
    }

    #[test]
    fn overlapping_places_all_count() {
        assert_eq!(words(&["呵呵"]).masked("呵呵呵").as_deref(), Some("■■■"));
    }

    #[test]
    fn a_word_of_nothing_is_refused() {
        for empty in ["", " ", "\u{200b}\n"] {
            assert_eq!(Words::new(&[empty.to_owned()]).err(), Some(Refusal::EmptyWord));
        }
        assert!(Words::new(&vec!["甲".to_owned(); MOST_WORDS + 1]).is_err());
        assert!(Words::new(&["甲".repeat(LONGEST_WORD + 1)]).is_err());
    }
}
