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
    /// Bytes that a ZIP container may expand to, all entries together; also the memory that a
    /// page's elements or a file's lines may take.
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

impl Limits {
    /// Refuses what takes more memory than a file may expand to.
    pub(crate) fn check_expanded(&self, bytes: u64) -> Result<(), ReadError> {
        at_most("expanded-bytes", "展开后的大小（字节）", self.expanded_bytes, bytes)
    }

    /// Refuses a table of more grid places than a table may have.
    pub(crate) fn check_table_cells(&self, n_places: u64) -> Result<(), ReadError> {
        at_most("table-cells", "一张表的单元格数", self.table_cells, n_places)
    }

    /// Refuses elements that are nested too deep; `what` says of which kind.
    pub(crate) fn check_depth(&self, depth: u64, what: &'static str) -> Result<(), ReadError> {
        at_most("depth", what, self.depth, depth)
    }
}

/// Refuses what is more than `bound`: the one way to say that a bound was passed.
pub(crate) fn at_most(
    name: &'static str,
    what: &'static str,
    bound: u64,
    actual: u64,
) -> Result<(), ReadError> {
    if actual <= bound {
        return Ok(());
    }
    Err(ReadError::Limit { name, what, bound, actual })
}

/// The moment until which one reading may last.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    start: Instant,
    time: Duration,
}

impl Deadline {
    /// Starts the clock for a reading under `limits`.
    pub fn start(limits: &Limits) -> Self {
        Self { start: Instant::now(), time: limits.time }
    }

    /// Refuses to go on once the time has passed; cheap, meant to be called in loops.
    ///
    /// # Errors
    /// [`ReadError::Limit`] named `time`, in seconds.
    pub fn check(&self) -> Result<(), ReadError> {
        let spent = self.start.elapsed();
        if spent <= self.time {
            return Ok(());
        }
        Err(ReadError::Limit {
            name: "time",
            what: "读取时间（秒）",
            bound: self.time.as_secs(),
            actual: spent.as_secs().max(1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passed_deadline_names_the_time_bound() {
        let limits = Limits { time: Duration::ZERO, ..Limits::default() };
        let clock = Deadline::start(&limits);
        std::thread::sleep(Duration::from_millis(2));
        assert!(matches!(clock.check(), Err(ReadError::Limit { name: "time", .. })));
        assert!(Deadline::start(&Limits::default()).check().is_ok());
    }
}
