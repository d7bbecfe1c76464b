//! Cleaned copies of attachments: what a copy shows stays, what it tells beside goes.
//!
//! PDF is not rewritten here; hidden text, macros and embedded files are for people to settle.

pub(crate) mod dom;
pub(crate) mod package;
pub(crate) mod picture;
mod sheets;
pub(crate) mod word;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::inspect::{Finding, Kind, Refusal, inspect};
use crate::{Deadline, Limits, ReadError};

/// What to take out beside the usual.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// Take out hidden sheets of workbooks, with all that only they use.
    pub remove_hidden_sheets: bool,
}

/// A cleaned copy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scrubbed {
    /// The copy; the same input gives the same bytes.
    pub bytes: Vec<u8>,
    /// Keys of the findings that it no longer gives.
    pub removed: Vec<&'static str>,
    /// What it still tells.
    pub findings: Vec<Finding>,
}

/// Makes a cleaned copy; `None` when a kind cannot be cleaned here.
///
/// # Errors
/// When the file may not be attached, cannot be opened, or passes a bound of `limits`.
pub fn scrub(
    name: &str,
    bytes: &[u8],
    options: Options,
    limits: &Limits,
) -> Result<Option<Scrubbed>, Refusal> {
    let before = inspect(name, bytes, limits)?;
    let clock = Deadline::start(limits);
    let clean = || match before.kind {
        Kind::Docx | Kind::Xlsx | Kind::Pptx => {
            package::clean(before.kind, bytes, options, limits, &clock).map(Some)
        }
        Kind::Jpeg => picture::clean_jpeg(bytes).map(Some),
        Kind::Png => picture::clean_png(bytes).map(Some),
        _ => Ok(None),
    };
    // The parsers meet hostile bytes; a slip of theirs is damage of the file, not ours.
    let cleaned = catch_unwind(AssertUnwindSafe(clean)).unwrap_or_else(|_| {
        let reason = "内部结构不合格式".to_owned();
        Err(ReadError::Broken { format: "附件", reason })
    });
    let Some(bytes) = cleaned? else { return Ok(None) };
    let findings = inspect(name, &bytes, limits)?.findings;
    let stays = |key| findings.iter().any(|finding| finding.key == key);
    let mut removed: Vec<_> = before.findings.iter().map(|finding| finding.key).collect();
    removed.retain(|key| !stays(*key));
    removed.dedup();
    Ok(Some(Scrubbed { bytes, removed, findings }))
}

#[cfg(test)]
mod tests;
