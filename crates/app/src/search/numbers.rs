//! Document numbers in a text, however they are typed: 〔2025〕12号, [2025]12, 2025 12号.

use gongkai_papers::annual_report::plain::is_han;
use std::ops::Range;

/// A document number as it stands in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// Where: bytes, the word of the organ included.
    pub range: Range<usize>,
    /// Year and serial: `2025#12`.
    pub key: String,
    /// The word of the organ before them, where there is one.
    pub word: String,
}

impl Number {
    /// The key with the word of the organ.
    pub fn full(&self) -> String {
        if self.word.is_empty() { self.key.clone() } else { format!("{}#{}", self.word, self.key) }
    }
}

/// The longest word of an organ, in characters.
const LONGEST_WORD: usize = 20;

/// A place in a text that is read from left to right.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) -> bool {
        let from = self.at;
        while let Some(next) = self.rest().chars().next().filter(|next| wanted(*next)) {
            self.at += next.len_utf8();
        }
        from < self.at
    }

    fn take(&mut self, wanted: &[char]) -> bool {
        let Some(next) = self.rest().chars().next().filter(|next| wanted.contains(next)) else {
            return false;
        };
        self.at += next.len_utf8();
        true
    }

    fn digits(&mut self) -> &str {
        let from = self.at;
        self.skip(|next| next.is_ascii_digit());
        &self.text[from..self.at]
    }
}

const OPENING: &[char] = &['〔', '[', '(', '【', '［', '（', '﹝', '{'];
const CLOSING: &[char] = &['〕', ']', ')', '】', '］', '）', '﹞', '}'];

/// The document numbers in a text that was made alike.
pub fn find(text: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut before = ' ';
    let mut done = 0;
    for (byte, character) in text.char_indices() {
        if byte < done {
            continue;
        }
        let starts = OPENING.contains(&character)
            || (character.is_ascii_digit() && !before.is_ascii_alphanumeric());
        before = character;
        if let Some((end, key)) = starts.then(|| read(text, byte)).flatten() {
            let word = word_before(&text[done..byte]);
            found.push(Number { range: byte - word.len()..end, key, word: word.trim().to_owned() });
            done = end;
        }
    }
    found
}

/// Year and serial from here, and where they end. Without brackets only with 号 at the end.
fn read(text: &str, from: usize) -> Option<(usize, String)> {
    let mut cursor = Cursor { text, at: from };
    let is_open = cursor.take(OPENING);
    cursor.skip(|next| next == ' ');
    let year = cursor.digits().to_owned();
    let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
    if !is_year {
        return None;
    }
    cursor.skip(|next| next == ' ' || next == '年');
    let is_closed = cursor.take(CLOSING);
    cursor.skip(|next| next == ' ' || next == '第' || next == '-');
    let serial: u32 =
        cursor.digits().parse().ok().filter(|serial| (1..100_000).contains(serial))?;
    let behind_serial = cursor.at;
    cursor.skip(|next| next == ' ');
    let has_end = cursor.take(&['号']);
    let is_number = has_end || (is_open && is_closed);
    let end = if has_end { cursor.at } else { behind_serial };
    is_number.then(|| (end, format!("{year}#{serial}")))
}

/// The Chinese word that ends here; a blank between it and the number does not count.
fn word_before(text: &str) -> &str {
    let trimmed = text.trim_end_matches(' ');
    let word: usize = trimmed
        .chars()
        .rev()
        .take_while(|character| is_han(*character))
        .take(LONGEST_WORD)
        .map(char::len_utf8)
        .sum();
    if word == 0 { "" } else { &text[trimmed.len() - word..] }
}

/// The keys under which a document's own number is found: with its word, and without.
pub fn own_keys(number: &str) -> Vec<String> {
    keys(find(number))
}

/// The keys of the numbers that a text names. The word before a number in running text may begin
/// anywhere, so each ending of it counts, from two characters on.
pub fn cited_keys(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for number in find(text) {
        let starts: Vec<usize> = number.word.char_indices().map(|(byte, _)| byte).collect();
        let n_starts = starts.len().saturating_sub(1);
        let endings = starts.into_iter().take(n_starts).map(|byte| &number.word[byte..]);
        all.extend(endings.map(|word| format!("{word}#{}", number.key)));
        all.push(number.key);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn keys(numbers: Vec<Number>) -> Vec<String> {
    let mut keys: Vec<_> =
        numbers.into_iter().flat_map(|number| [number.full(), number.key]).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_typed() {
        for typed in [
            "某政办发〔2025〕12号",
            "某政办发[2025]12号",
            "某政办发(2025)12",
            "某政办发【2025】 12 号",
            "某政办发2025年第12号",
            "某政办发 2025 12号",
            "某政办发〔2025〕第12号",
        ] {
            let found = find(typed);
            assert_eq!(found.len(), 1, "{typed}");
            assert_eq!(found[0].full(), "某政办发#2025#12", "{typed}");
        }
        assert_eq!(own_keys("〔2025〕12号"), ["2025#12"]);
    }

    #[test]
    fn dates_amounts_and_plain_figures_are_no_numbers() {
        for text in ["2025年12月", "12025 12号", "2025", "共 3000 12", "〔25〕12号", "2025-12-01"]
        {
            assert!(find(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_cited_number_is_found_by_any_ending_of_what_stands_before_it() {
        let keys = cited_keys("根据某政办发〔2025〕12号文件");
        assert!(keys.contains(&"某政办发#2025#12".to_owned()), "{keys:?}");
        assert!(keys.contains(&"2025#12".to_owned()));
    }
}
