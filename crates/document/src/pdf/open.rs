//! Opens a PDF within bounds.

use flate2::read::ZlibDecoder;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::broken;
use crate::limits::{Deadline, Expansion, at_most};
use crate::{Limits, ReadError};

/// Refuses a file that is too large, or whose streams expand to too much.
pub(crate) fn check_size(
    bytes: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<(), ReadError> {
    let mut expansion = Expansion::new(limits);
    let mut streams = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let begin = at + found + b"stream".len();
        if !bytes[..begin].ends_with(b"endstream") {
            streams += 1;
            at_most("pdf-objects", "PDF 对象数", limits.pdf_objects, streams)?;
            let head = &bytes[begin.saturating_sub(HEAD_BYTES)..begin];
            // Pictures are never decoded here, so only each by itself can do harm.
            if is_picture(head) {
                inflate(head, &bytes[begin..], &mut Expansion::new(limits), deadline)?;
            } else {
                inflate(head, &bytes[begin..], &mut expansion, deadline)?;
            }
        }
        at = begin;
    }
    Ok(())
}

/// How far back of `stream` its dictionary is looked for.
const HEAD_BYTES: usize = 1024;

/// Counts how far a stream expands; whatever is no deflated stream counts nothing.
fn inflate(
    head: &[u8],
    after: &[u8],
    expansion: &mut Expansion,
    deadline: &Deadline,
) -> Result<(), ReadError> {
    let line_end = after.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ')).count();
    let data = &after[line_end..];
    // Deflate in a zlib shell begins with 8 in the lower half of its first byte.
    if data.first().is_none_or(|byte| byte & 0x0F != 8) {
        return Ok(());
    }
    let once = ZlibDecoder::new(data);
    // Where it is no sound stream the parser stops as well.
    if 2 <= dictionary(head).windows(6).filter(|name| name == b"/Flate").count() {
        expansion.inflate(ZlibDecoder::new(once), 0, deadline)?;
    } else {
        expansion.inflate(once, 0, deadline)?;
    }
    Ok(())
}

/// The part of `head` that belongs to the last object.
fn dictionary(head: &[u8]) -> &[u8] {
    let begin = head.windows(4).rposition(|word| word == b" obj").unwrap_or(0);
    &head[begin..]
}

fn is_picture(head: &[u8]) -> bool {
    let dictionary = dictionary(head);
    ["/Subtype/Image", "/Subtype /Image"]
        .iter()
        .any(|name| find(dictionary, name.as_bytes()).is_some())
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
}

/// Opens the file, with the empty password if it has one, and counts its objects and pages.
pub(crate) fn open(bytes: &[u8], limits: &Limits, deadline: &Deadline) -> Result<Pdf, ReadError> {
    deadline.check()?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::InvalidEncryption) => broken("加密信息不合格式"),
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => broken("找不到页面"),
    })?;
    at_most("pdf-objects", "PDF 对象数", limits.pdf_objects, pdf.len() as u64)?;
    at_most("pages", "页数", limits.pages, pdf.pages().len() as u64)?;
    Ok(pdf)
}
