//! PDF.
use crate::limits::Deadline;
use crate::{Document, Limits, ReadError};
/// Reads.
pub(crate) fn read(_: &[u8], _: &Limits, _: &Deadline) -> Result<Document, ReadError> {
    Err(ReadError::Empty)
}
