//! HTML to a document: what is shown, in reading order, with tables as grids.

mod flow;
mod grid;
pub mod rich;
mod shade;
mod style;
mod tag;
mod tree;
mod walk;

use crate::{Deadline, Document, Limits, ReadError, encoding, text};

/// So much of the beginning may hold the label of the encoding.
const LABEL_BYTES: usize = 4 << 10;

/// Reads HTML, a page or a part of one.
///
/// # Errors
/// When a bound is passed.
pub(crate) fn read(bytes: &[u8], limits: &Limits, clock: &Deadline) -> Result<Document, ReadError> {
    let decoded = encoding::decode_labelled(bytes, label(bytes).as_deref());
    let tree = tree::parse(&decoded.text, limits, clock)?;
    let mut document = walk::walk(&tree, limits, clock)?;
    document.remarks.extend(text::encoding_remark(&decoded));
    Ok(document)
}

/// The encoding that a page says it is in: `<meta charset>`, `<meta http-equiv>` or XML.
fn label(bytes: &[u8]) -> Option<Vec<u8>> {
    let start = bytes[..bytes.len().min(LABEL_BYTES)].to_ascii_lowercase();
    let mut tags = start.split(|byte| *byte == b'<').filter_map(|tag| {
        let end = tag.iter().position(|byte| *byte == b'>')?;
        Some(&tag[..end])
    });
    tags.find_map(|tag| {
        let word: &[u8] = match tag {
            [b'm', b'e', b't', b'a', ..] => b"charset",
            [b'?', b'x', b'm', b'l', ..] => b"encoding",
            _ => return None,
        };
        let at = tag.windows(word.len()).position(|window| window == word)?;
        let is_filler =
            |byte: &&u8| matches!(**byte, b'"' | b'\'' | b'=') || byte.is_ascii_whitespace();
        let after = tag[at + word.len()..].iter().skip_while(is_filler);
        let is_label = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(*byte);
        let label: Vec<u8> = after.take_while(is_label).copied().collect();
        (!label.is_empty()).then_some(label)
    })
}

#[cfg(test)]
mod tests;
