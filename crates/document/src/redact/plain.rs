//! Plain text with words masked; written as UTF-8, whatever it came in.

use super::words::Words;
use super::{Copy, Refusal};
use crate::encoding;

pub(super) fn redact(bytes: &[u8], words: &Words) -> Result<Copy, Refusal> {
    let decoded = encoding::decode(bytes);
    // In the wrong encoding a word is there and not seen.
    if decoded.doubtful || decoded.text.contains('\u{FFFD}') {
        return Err(Refusal::Encoding);
    }
    let mut n_met = vec![0; words.len()];
    let characters: Vec<char> = decoded.text.chars().collect();
    for (word, _) in words.find(&characters) {
        n_met[word] += 1;
    }
    let text = words.masked(&decoded.text).unwrap_or_else(|| decoded.text.into_owned());
    Ok(Copy { bytes: text.into_bytes(), n_met, remarks: Vec::new() })
}
