//! The report as an official paper, for PDF: the same description, set as GB/T 9704 lays down.

use super::{Draft, paper};
use crate::official::{OfficialPaper, of_neutral};
use jiff::civil::date;

/// The report, ready to be set.
pub fn official(draft: &Draft) -> OfficialPaper {
    // Where nobody signs, the file bears the last day of the year: a true one would differ each time.
    let day = draft.signed_on.unwrap_or_else(|| date(draft.year, 12, 31));
    of_neutral(&paper(draft), day)
}
