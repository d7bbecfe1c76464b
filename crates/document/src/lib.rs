//! Files to a neutral document: paragraphs, tables with merged cells resolved, and places.
//!
//! Has never heard of disclosure. Bad content gives remarks, never failure; only "this is not
//! such a file" and a broken bound are errors.

mod error;
mod limits;
mod model;
mod pdf;
mod workbook;

pub use error::ReadError;
pub use limits::Limits;
pub use model::{Block, Cell, Document, Format, Paragraph, Place, Remark, RemarkKind, Table};

/// Reads a file's bytes into a document. The format is told by the content, not by a name.
///
/// # Errors
/// When the bytes are of no known format, or a bound of `limits` is passed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let deadline = limits::Deadline::new(limits.time);
    if bytes.is_empty() {
        Err(ReadError::Empty)
    } else if bytes.starts_with(b"%PDF") {
        pdf::read(bytes, limits, &deadline)
    } else {
        workbook::read(bytes, limits, &deadline)
    }
}
