//! PDF.
use super::Search;
use crate::redact::Refusal;
pub(super) fn search(_: &[u8], _: &mut Search) -> Result<(), Refusal> {
    Err(Refusal::Format("PDF"))
}
