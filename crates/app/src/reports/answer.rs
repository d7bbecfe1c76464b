//! 说明: a sentence to a warning, an explanation to a break.

use super::act::act;
use super::view;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::filing::Filing;
use gongkai_domain::id::OrganId;

/// Keeps what is said to a concern.
///
/// # Errors
/// When there is no such concern now, or the rules do not allow it.
pub async fn answer(
    app: &App,
    caller: &Caller,
    (organ, year): (&OrganId, i16),
    concern: &str,
    sentence: &str,
) -> Result<Filing, AppError> {
    let seen = view::view(app, caller, organ, year).await?;
    let found = seen.concerns.iter().find(|each| each.key == concern);
    let found = found.ok_or(AppError::NotFound("这条核对结果，数字可能已有变化"))?;
    act(app, caller, organ, year, |filing, who| filing.answer(found, sentence, who)).await
}
