//! PDF to documents: a placeholder until its reader is merged.

use crate::{Deadline, Document, Limits, ReadError};

/// Reads the bytes of such a file.
///
/// # Errors
/// Always, for now.
pub fn read(bytes: &[u8], limits: &Limits, clock: &Deadline) -> Result<Document, ReadError> {
    let _ = (bytes, limits);
    clock.check()?;
    Err(ReadError::UnknownFormat("pdf".to_owned()))
}

/// The UTF-16 encoding of bytes that are in one, told by byte order mark or by where NULs stand.
pub(crate) fn wide_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let _ = bytes;
    None
}
