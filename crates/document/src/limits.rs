//! Bounds that keep a hostile or broken file from harm; they are part of the interface.

use std::time::Duration;

/// Bounds of one reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Size of the input.
    pub input_bytes: u64,
    /// Entries of a ZIP container.
    pub zip_entries: u64,
    /// Bytes that a ZIP container may expand to, all entries together.
    pub expanded_bytes: u64,
    /// Depth of nested elements, XML and HTML.
    pub depth: u64,
    /// Objects of a PDF.
    pub pdf_objects: u64,
    /// Pages of a PDF, sheets of a workbook.
    pub pages: u64,
    /// Cells of one table (grid places, spans counted).
    pub table_cells: u64,
    /// Time for one file.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 64 << 20,
            zip_entries: 2_000,
            expanded_bytes: 256 << 20,
            depth: 256,
            pdf_objects: 200_000,
            pages: 500,
            table_cells: 200_000,
            time: Duration::from_secs(20),
        }
    }
}
