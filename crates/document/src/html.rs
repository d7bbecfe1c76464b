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
