//! PDF drawn anew.
use super::words::Words;
use super::{Copy, Marks, Refusal};
use crate::{Deadline, Limits};
pub(super) fn redact(
    _: &[u8],
    _: &Words,
    _: &Marks,
    _: &Limits,
    _: &Deadline,
) -> Result<Copy, Refusal> {
    Err(Refusal::Format("PDF"))
}
