//! One way to say that a bound was passed.

use crate::ReadError;

/// Refuses what is more than `bound`.
pub(super) fn at_most(
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
