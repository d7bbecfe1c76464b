//! Opens a PDF within bounds.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::broken;
use crate::limits::{Deadline, at_most};
use crate::{Limits, ReadError};

/// Refuses a file that is too large, or whose streams expand to too much.
pub(crate) fn check_size(
    bytes: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<(), ReadError> {
    at_most("input-bytes", "文件字节数", limits.input_bytes, bytes.len() as u64)?;
    let mut expanded = 0;
    let mut streams = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let begin = at + found + b"stream".len();
        if !bytes[..begin].ends_with(b"endstream") {
            streams += 1;
            at_most("pdf-objects", "PDF 对象数", limits.pdf_objects, streams)?;
            let head = &bytes[begin.saturating_sub(HEAD_BYTES)..begin];
            let size = expanded_size(head, &bytes[begin..], limits, deadline)?;
            // Pictures are never decoded here, so only each by itself can do harm.
            if !is_picture(head) {
                expanded += size;
                check_expanded(limits, expanded)?;
            }
        }
        at = begin;
    }
    Ok(())
}

/// How far back of `stream` its dictionary is looked for.
const HEAD_BYTES: usize = 1024;

fn check_expanded(limits: &Limits, expanded: u64) -> Result<(), ReadError> {
    at_most("expanded-bytes", "PDF 展开后的字节数", limits.expanded_bytes, expanded)
}

/// How far a stream expands; whatever is no deflated stream counts nothing.
fn expanded_size(
    head: &[u8],
    after: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<u64, ReadError> {
    let line_end = after.iter().take_while(|byte| matches!(byte, b'\r' | b'\n' | b' ')).count();
    let data = &after[line_end..];
    // Deflate in a zlib shell begins with 8 in the lower half of its first byte.
    if data.first().is_none_or(|byte| byte & 0x0F != 8) {
        return Ok(0);
    }
    let once = ZlibDecoder::new(data);
    if 2 <= dictionary(head).windows(6).filter(|name| name == b"/Flate").count() {
        count(ZlibDecoder::new(once), limits, deadline)
    } else {
        count(once, limits, deadline)
    }
}

fn count(mut reader: impl Read, limits: &Limits, deadline: &Deadline) -> Result<u64, ReadError> {
    let mut buffer = vec![0; 64 << 10];
    let mut size = 0;
    loop {
        deadline.check()?;
        match reader.read(&mut buffer) {
            Ok(0) | Err(_) => return Ok(size),
            Ok(count) => size += count as u64,
        }
        check_expanded(limits, size)?;
    }
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
