//! Words as bytes, in every encoding that a file may hold them in.

use encoding_rs::GB18030;
use std::fmt::Write;

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

/// All of them.
pub(super) struct Needles(Vec<Needle>);

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
        Self(needles)
    }

    /// The words that stand in bytes, and how. In text every word counts, in data only those
    /// that are no accident.
    pub(super) fn find(&self, bytes: &[u8], is_text: bool) -> Vec<(String, &'static str)> {
        let counts = |needle: &&Needle| {
            let least = match (needle.is_plain, is_text) {
                (true, _) => SHORTEST_PLAIN,
                (false, true) => 1,
                (false, false) => SHORTEST_IN_DATA,
            };
            least <= needle.bytes.len()
        };
        let held = self.0.iter().filter(counts).filter(|needle| holds(bytes, &needle.bytes));
        held.map(|needle| (needle.word.clone(), needle.way)).collect()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == first) {
        at += found;
        if bytes[at..].starts_with(needle) {
            return true;
        }
        at += 1;
    }
    false
}
