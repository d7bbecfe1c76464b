//! Bounds that keep a hostile or broken file from harm; they are part of the interface.

use std::io::{self, Read};
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

/// What `expanded_bytes` bounds.
const EXPANDED: &str = "展开后的大小（字节）";

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
        at_most("expanded-bytes", EXPANDED, self.expanded_bytes, bytes)
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

/// What a file has expanded to so far: the one way to inflate anything.
pub(crate) struct Expansion {
    bound: u64,
    n_bytes: u64,
}

/// So much is inflated between two looks at the clock and at the bound.
const CHUNK_BYTES: u64 = 1 << 20;

/// What came of inflating one stream.
pub(crate) struct Inflated {
    /// Its beginning, as far as it was to be kept.
    pub(crate) head: Vec<u8>,
    /// What ended it too early.
    pub(crate) fault: Option<io::Error>,
}

impl Expansion {
    /// Nothing has expanded yet.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { bound: limits.expanded_bytes, n_bytes: 0 }
    }

    /// How far everything together has expanded.
    pub(crate) fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Inflates a stream to its end, counts it and keeps at most `kept_bytes` of its beginning.
    ///
    /// # Errors
    /// When all that was counted passes the bound, or the time is over.
    pub(crate) fn inflate(
        &mut self,
        mut stream: impl Read,
        kept_bytes: usize,
        clock: &Deadline,
    ) -> Result<Inflated, ReadError> {
        let mut head = Vec::new();
        let mut chunk = Vec::new();
        loop {
            clock.check()?;
            let left = self.bound.saturating_sub(self.n_bytes);
            chunk.clear();
            let fault = (&mut stream)
                .take(CHUNK_BYTES.min(left.saturating_add(1)))
                .read_to_end(&mut chunk)
                .err();
            self.n_bytes += chunk.len() as u64;
            at_most("expanded-bytes", EXPANDED, self.bound, self.n_bytes)?;
            let n_kept = chunk.len().min(kept_bytes - head.len());
            head.extend_from_slice(&chunk[..n_kept]);
            if fault.is_some() || chunk.is_empty() {
                return Ok(Inflated { head, fault });
            }
        }
    }
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
        if self.start.elapsed() <= self.time { Ok(()) } else { Err(self.passed()) }
    }

    /// How long the reading may still last.
    pub(crate) fn left(&self) -> Duration {
        self.time.saturating_sub(self.start.elapsed())
    }

    /// Says that the time has passed.
    pub(crate) fn passed(&self) -> ReadError {
        ReadError::Limit {
            name: "time",
            what: "读取时间（秒）",
            bound: self.time.as_secs(),
            actual: self.start.elapsed().as_secs().max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inflated_before_counts_and_only_the_beginning_is_kept() {
        let limits = Limits { expanded_bytes: 10, ..Limits::default() };
        let clock = Deadline::start(&limits);
        let mut expansion = Expansion::new(&limits);
        let inflated = expansion.inflate(&b"abcdef"[..], 4, &clock).ok().unwrap();
        assert_eq!((inflated.head.as_slice(), expansion.n_bytes()), (&b"abcd"[..], 6));
        assert!(expansion.inflate(&b"ghij"[..], 0, &clock).is_ok());
        let passed = expansion.inflate(io::repeat(0), 0, &clock).err();
        assert!(matches!(
            passed,
            Some(ReadError::Limit { name: "expanded-bytes", actual: 11, .. })
        ));
    }

    #[test]
    fn a_passed_deadline_names_the_time_bound() {
        let limits = Limits { time: Duration::ZERO, ..Limits::default() };
        let clock = Deadline::start(&limits);
        std::thread::sleep(Duration::from_millis(2));
        assert!(matches!(clock.check(), Err(ReadError::Limit { name: "time", .. })));
        assert!(Deadline::start(&Limits::default()).check().is_ok());
    }
}
