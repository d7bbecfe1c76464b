//! Opens a PDF within bounds.

use std::borrow::Cow;
use std::sync::Arc;

use hayro_syntax::object::{Dict, FromBytes, Stream};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{broken, filters, guard};
use crate::limits::{Deadline, Expansion, at_most};
use crate::{Limits, ReadError};

/// Refuses a file that is too large, or whose streams expand to too much.
///
/// Opening already decodes the streams that hold objects, so the bytes themselves are looked
/// through. What is encrypted, or names its filters elsewhere, is counted by `guard` once the file
/// is open: of such streams those that hold objects are decoded before they are counted.
pub(crate) fn check_size(
    bytes: &[u8],
    limits: &Limits,
    deadline: &Deadline,
) -> Result<(), ReadError> {
    let mut expansion = Expansion::new(limits);
    let mut n_streams = 0;
    let mut at = 0;
    let ends = bytes.windows(END.len()).rposition(|word| word == END).unwrap_or(0);
    while let Some(found) = find(&bytes[at..ends], b"<<") {
        deadline.check()?;
        let begin = at + found;
        at = begin + 1;
        let Some(dict) = Dict::from_bytes(&bytes[begin..]) else { continue };
        guard::check_columns(&dict, limits)?;
        let Some(stream) = Stream::from_bytes(&bytes[begin..]) else { continue };
        n_streams += 1;
        at_most("pdf-objects", "PDF 对象数", limits.pdf_objects, n_streams)?;
        let data = data_of(&stream, bytes);
        let mut alone = Expansion::new(limits);
        let expansion = if guard::is_picture(&dict) { &mut alone } else { &mut expansion };
        filters::count(&stream, data, expansion, limits, deadline)?;
    }
    Ok(())
}

const END: &[u8] = b"endstream";

/// The data of a stream; all that follows where its length stands elsewhere, for then its end is
/// only a guess.
fn data_of<'b>(stream: &Stream<'b>, bytes: &'b [u8]) -> &'b [u8] {
    let Cow::Borrowed(data) = stream.raw_data() else { return &[] };
    if stream.dict().get::<u32>("Length").is_some() {
        return data;
    }
    let begin = data.as_ptr().addr() - bytes.as_ptr().addr();
    &bytes[begin..]
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
pub(crate) fn open(
    bytes: Arc<Vec<u8>>,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Pdf, ReadError> {
    deadline.check()?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::InvalidEncryption) => broken("加密信息不合格式"),
        LoadPdfError::Decryption(_) => ReadError::Encrypted,
        LoadPdfError::Invalid => broken("找不到页面"),
    })?;
    at_most("pdf-objects", "PDF 对象数", limits.pdf_objects, pdf.len() as u64)?;
    at_most("pages", "页数", limits.pages, pdf.pages().len() as u64)?;
    guard::inspect(&pdf, limits, deadline)?;
    Ok(pdf)
}
