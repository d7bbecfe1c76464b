//! Makes the text of a document plain: one width, simplified characters, no pinyin, no debris.

use gongkai_domain::figure::Place;
use opencc_fmmseg::OpenCC;
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A line of the document, made plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Simplified, without pinyin marks, zero-width characters and debris; punctuation is kept as
    /// it stands (both `（` and `(` occur), full-width digits are half-width.
    pub text: String,
    /// Where it begins.
    pub place: Place,
    /// For lines whose plain text is not character for character the text as it stands: the
    /// column (from 1) at which each plain character stands. Empty where they agree.
    pub columns: Vec<u32>,
    /// Level of the heading the document's format says it is.
    pub heading: Option<u8>,
    /// Whether it belongs to a table (its cells are read elsewhere; it is no prose).
    pub tabular: bool,
}

impl Line {
    /// The place of the character at a position (in characters, from 0).
    pub fn place_at(&self, character: usize) -> Place {
        self.place.of_character(character, &self.columns)
    }
}

/// What has to be undone in a document, told from the whole of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plainer {
    pinyin: bool,
    traditional: bool,
}

/// A text made plain, with the position (in characters) at which each of its characters stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// Positions; empty where the text is character for character as it stood.
    pub positions: Vec<u32>,
}

/// Characters that occur in nearly every traditional text of this kind and in no simplified one.
fn is_traditional_sign(character: char) -> bool {
    matches!(
        character,
        '開' | '務'
            | '報'
            | '關'
            | '請'
            | '數'
            | '與'
            | '會'
            | '國'
            | '總'
            | '縣'
            | '類'
            | '處'
            | '聯'
    )
}

/// A syllable in brackets behind a character: `務(wù)`, toneless or toned.
static PINYIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[(（](?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsywBPMFDTNLGKHJQXRZCSYW])?",
        r"[aeiouüvāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,4}(?:ng|n|r)?[)）]"
    ))
    .expect("constant pattern")
});

/// What word processors leave behind when text is copied.
static DEBRIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[bookmark: ?[^\]\n]*\]|<!--\[(?:if|endif)[^>]*-->|<!\[(?:if|endif)[^>]*>")
        .expect("constant pattern")
});

static SIMPLIFIER: LazyLock<OpenCC> = LazyLock::new(|| {
    let mut converter = OpenCC::new();
    converter.set_parallel(false);
    converter
});

impl Plainer {
    /// Undoes everything, however little of it there is: for texts that are compared, not kept.
    pub(crate) fn thorough() -> Self {
        Self { pinyin: true, traditional: true }
    }

    /// Looks through all texts of a document.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut marks, mut signs) = (0, 0);
        for text in texts {
            signs += text.chars().filter(|each| is_traditional_sign(*each)).count();
            if text.contains(['(', '（']) {
                marks += count_pinyin(text);
            }
        }
        Self { pinyin: 3 <= marks, traditional: 3 <= signs }
    }

    /// Makes a text plain.
    pub fn plain(&self, text: &str) -> Plain {
        if !self.pinyin && !self.traditional && text.chars().all(is_plain) && !has_debris(text) {
            return Plain { text: text.to_owned(), positions: Vec::new() };
        }
        let skipped = self.skipped(text);
        let mut plain = Plain { text: String::with_capacity(text.len()), positions: Vec::new() };
        let mut skips = skipped.iter().peekable();
        for (position, (byte, character)) in text.char_indices().enumerate() {
            while skips.next_if(|skip| skip.1 <= byte).is_some() {}
            if skips.peek().is_some_and(|skip| skip.0 <= byte) || is_invisible(character) {
                continue;
            }
            for normal in plain_character(character).into_iter().flatten() {
                plain.text.push(normal);
                plain.positions.push(position as u32);
            }
        }
        if self.traditional {
            plain.simplify();
        }
        plain
    }

    /// Byte ranges of debris and of pinyin marks.
    fn skipped(&self, text: &str) -> Vec<(usize, usize)> {
        let mut ranges = Vec::new();
        if has_debris(text) {
            ranges.extend(DEBRIS.find_iter(text).map(|found| (found.start(), found.end())));
        }
        if self.pinyin {
            let mut after_han = false;
            let mut from = 0;
            for (byte, character) in text.char_indices() {
                if byte < from {
                    continue;
                }
                if after_han
                    && matches!(character, '(' | '（')
                    && let Some(found) = PINYIN.find(&text[byte..])
                {
                    from = byte + found.end();
                    ranges.push((byte, from));
                    continue;
                }
                after_han = is_han(character);
            }
            ranges.sort_unstable();
        }
        ranges
    }
}

impl Plain {
    /// Traditional to simplified; one character stays one character, or the positions go.
    fn simplify(&mut self) {
        let simplified = SIMPLIFIER.t2s(&self.text, false);
        if simplified.chars().count() != self.positions.len() {
            self.positions.clear();
        }
        self.text = simplified;
    }
}

fn has_debris(text: &str) -> bool {
    let may_have = text.bytes().any(|each| matches!(each, b'[' | b'<'));
    may_have && (text.contains("[bookmark:") || text.contains("<!"))
}

fn count_pinyin(text: &str) -> usize {
    let mut before = ' ';
    let mut marks = 0;
    for (byte, character) in text.char_indices() {
        if matches!(character, '(' | '（') && is_han(before) && PINYIN.is_match(&text[byte..]) {
            marks += 1;
        }
        before = character;
    }
    marks
}

/// Whether a character is a Chinese one.
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Whether a character is a letter or a digit of any script; quick for Chinese ones.
pub fn is_word(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}') || character.is_alphanumeric()
}

/// The characters of a text that are wanted.
pub fn kept(text: &str, is_wanted: impl Fn(char) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    kept.extend(text.chars().filter(|each| is_wanted(*each)));
    kept
}

fn is_plain(character: char) -> bool {
    matches!(character,
        '\t' | ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{3029}' | '（' | '）' | '，'
        | '：' | '；' | '？' | '！' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        | '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

/// One character in its plain shape; compatibility shapes may be several.
fn plain_character(character: char) -> [Option<char>; 2] {
    let plain = match character {
        '\u{a0}' | '\u{3000}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => {
            ' '
        }
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(character as u32 - 0xfee0).unwrap_or(character)
        }
        '％' | '＋' | '－' | '．' | '／' | '｜' | '＊' | '＝' => {
            char::from_u32(character as u32 - 0xfee0).unwrap_or(character)
        }
        '│' | '┃' | '∣' | '￨' => '|',
        '−' | '‐' | '‑' | '‒' | '﹣' => '-',
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => {
            let mut shapes = std::iter::once(character).nfkc();
            return [shapes.next(), shapes.next()];
        }
        _ => character,
    };
    [Some(plain), None]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        Plainer::of([text].into_iter()).plain(text).text
    }

    #[test]
    fn pinyin_goes_and_numbers_in_brackets_stay() {
        assert_eq!(
            plain("第二十條第(一)項，政務(wù)服務(wu)管理，公開(kāi)(kai)報(bào)告"),
            "第二十条第(一)项，政务服务管理，公开报告"
        );
        assert_eq!(plain("客户端(app)、平台(b)"), "客户端(app)、平台(b)");
    }

    #[test]
    fn each_plain_character_knows_where_it_stood() {
        let text = "開(kāi)會(huì)國(guó)家";
        let plain = Plainer::of([text].into_iter()).plain(text);
        assert_eq!((plain.text.as_str(), plain.positions), ("开会国家", vec![0, 6, 12, 18]));
    }

    #[test]
    fn widths_and_invisible_characters_are_settled_and_debris_goes() {
        assert_eq!(plain("\u{200b}１２\u{a0}[bookmark: _GoBack]（三）⼯作"), "12 （三）工作");
    }
}
