//! A neutral document to files: one description, written as HTML or a workbook. DOCX and PDF are
//! official papers, and written where those are set.
//!
//! Knows nothing of what the paper says. The same description gives the same bytes, always.

mod html;
mod model;
mod pack;
#[cfg(test)]
mod tests;
mod workbook;

pub use html::{Links, fragment, page};
pub use model::{Grid, Paper, Part, Purpose, Slot, Spot, UNKNOWN};
pub use workbook::workbook;

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The workbook passes a bound of its format.
    #[error("工作簿写不成：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The container could not be packed.
    #[error("文件打包不成：{0}")]
    Package(String),
}
