//! Files to a neutral document: paragraphs, tables with merged cells resolved, and places.
//!
//! Has never heard of disclosure. Bad content gives remarks, never failure; only "this is not
//! such a file" and a broken bound are errors.

mod container;
mod docx;
mod encoding;
mod error;
mod html;
pub mod inspect;
mod limits;
mod model;
mod mojibake;
mod pdf;
pub mod redact;
#[cfg(test)]
mod samples;
mod script;
pub mod scrub;
mod sniff;
mod text;
mod workbook;
pub mod write;

pub use error::ReadError;
pub use html::rich;
use limits::at_most;
pub use limits::{Deadline, Limits};
pub use model::{Block, Cell, Document, Format, Paragraph, Place, Remark, RemarkKind, Table};

/// Reads a file's bytes into a document. The format is told by the content, not by a name.
///
/// # Errors
/// When the bytes are of no known format, or a bound of `limits` is passed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let clock = Deadline::start(limits);
    let length = bytes.len() as u64;
    at_most("input-bytes", "文件大小（字节）", limits.input_bytes, length)?;
    let mut document = match sniff::format(bytes, limits)? {
        Format::Text => text::read(bytes, limits, &clock),
        Format::Html => html::read(bytes, limits, &clock),
        Format::Docx => docx::read(bytes, limits, &clock),
        Format::Workbook => workbook::read(bytes, limits, &clock),
        Format::Pdf => pdf::read(bytes, limits, &clock),
    }?;
    mojibake::inspect(&mut document);
    Ok(document)
}
