//! Words as bytes, in every encoding that a file may hold them in.

use std::collections::BTreeSet;
use std::fmt::Write;

use aho_corasick::AhoCorasick;
use encoding_rs::GB18030;

use crate::redact::words::Words;

/// What is shorter is met by accident in pictures and compressed data.
const SHORTEST_IN_DATA: usize = 6;
/// A plain word that is shorter is met by accident in measures and numbers of objects.
pub(super) const SHORTEST_PLAIN: usize = 9;

/// One way of writing one word.
struct Needle {
    word: String,
    way: &'static str,
    bytes: Vec<u8>,
    /// Whether the word is of plain characters only.
    is_plain: bool,
}

/// All of them, and two ways to look for them in one pass.
pub(super) struct Needles {
    needles: Vec<Needle>,
    /// In text every word counts, in data only those that are no accident.
    in_text: Finder,
    in_data: Finder,
}

/// Some of the needles.
struct Finder {
    automaton: AhoCorasick,
    /// For each pattern its needle.
    needles: Vec<usize>,
}

impl Finder {
    fn new(needles: &[Needle], least: impl Fn(&Needle) -> usize) -> Self {
        let counts = |index: &usize| least(&needles[*index]) <= needles[*index].bytes.len();
        let chosen: Vec<usize> = (0..needles.len()).filter(counts).collect();
        let patterns = chosen.iter().map(|index| &needles[*index].bytes);
        let automaton = AhoCorasick::new(patterns)
            .expect("marks are few and short, which bounds the automaton");
        Self { automaton, needles: chosen }
    }
}

impl Needles {
    pub(super) fn new(words: &Words) -> Self {
        let mut needles = Vec::new();
        for word in words.given() {
            // Blanks at the ends are not of the word.
            let text = word.trim();
            let is_plain = text.is_ascii();
            let wide: Vec<u16> = text.encode_utf16().collect();
            let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let mut ways =
                vec![("UTF-8", text.as_bytes().to_vec()), ("UTF-16BE", big), ("UTF-16LE", little)];
            let (simplified, _, is_lost) = GB18030.encode(text);
            if !is_plain && !is_lost {
                ways.push(("GBK", simplified.into_owned()));
            }
            let hexadecimal: Vec<_> = ways
                .iter()
                .flat_map(|(_, bytes)| {
                    let digits = hexadecimal(bytes);
                    let large = digits.to_uppercase();
                    [("十六进制", large.into_bytes()), ("十六进制", digits.into_bytes())]
                })
                .collect();
            let ways = ways.into_iter().chain(hexadecimal);
            needles.extend(ways.map(|(way, bytes)| Needle {
                word: word.to_owned(),
                way,
                bytes,
                is_plain,
            }));
        }
        let plain = |needle: &Needle| if needle.is_plain { SHORTEST_PLAIN } else { 1 };
        let in_text = Finder::new(&needles, plain);
        let in_data = Finder::new(&needles, |needle| plain(needle).max(SHORTEST_IN_DATA));
        Self { needles, in_text, in_data }
    }

    /// The words that stand in bytes, and how.
    pub(super) fn find(&self, bytes: &[u8], is_text: bool) -> Vec<(String, &'static str)> {
        let finder = if is_text { &self.in_text } else { &self.in_data };
        let mut found = BTreeSet::new();
        for hit in finder.automaton.find_overlapping_iter(bytes) {
            if found.insert(finder.needles[hit.pattern().as_usize()])
                && found.len() == finder.needles.len()
            {
                break;
            }
        }
        let told = found.into_iter().map(|index| &self.needles[index]);
        told.map(|needle| (needle.word.clone(), needle.way)).collect()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
