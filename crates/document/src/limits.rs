//! Bounds that keep a hostile or broken file from harm; they are part of the interface.

use std::time::{Duration, Instant};

use crate::ReadError;

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

/// The moment at which reading one file must stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    started: Instant,
    time: Duration,
}

impl Deadline {
    /// A deadline that lies `time` from now.
    pub(crate) fn new(time: Duration) -> Self {
        Self { started: Instant::now(), time }
    }

    /// Refuses once the time is over.
    pub(crate) fn check(&self) -> Result<(), ReadError> {
        let elapsed = self.started.elapsed();
        if elapsed <= self.time {
            return Ok(());
        }
        Err(ReadError::Limit {
            name: "time",
            what: "读取时间（秒）",
            bound: self.time.as_secs(),
            actual: elapsed.as_secs().max(self.time.as_secs() + 1),
        })
    }
}
