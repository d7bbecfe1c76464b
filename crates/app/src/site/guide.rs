//! Whether the guides are complete by article 12: told to the workplace, never to the public.

use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::organ::Organ;

/// An organ whose guide lacks something, and what, in the words of the article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Incomplete {
    /// Whose guide.
    pub organ: Organ,
    /// What is not filled in.
    pub missing: Vec<&'static str>,
}

/// The organs the caller sees whose guide lacks what 条例第十二条 asks for.
///
/// # Errors
/// When the store fails.
pub async fn incomplete(app: &App, caller: &Caller) -> Result<Vec<Incomplete>, AppError> {
    let organs = app.organs().await?;
    let seen = organs.iter().filter(|organ| {
        organ.merged_into.is_none() && caller.actor.sees(&lineage(&organs, &organ.id))
    });
    let lacking =
        seen.map(|organ| Incomplete { missing: organ.contact.missing(), organ: organ.clone() });
    Ok(lacking.filter(|each| !each.missing.is_empty()).collect())
}
