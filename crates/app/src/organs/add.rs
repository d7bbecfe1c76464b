//! 新增机关: under one that stands.

use super::fields::{check_unique, organ};
use super::{Fields, load, log, refuse_merged};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_store::organs;

/// Adds an organ under another.
///
/// # Errors
/// When the caller does not administer the one above, or a field cannot be taken.
pub async fn add(
    app: &App,
    caller: &Caller,
    parent: &OrganId,
    fields: &Fields,
) -> Result<Organ, AppError> {
    let organ = organ(fields, Some(parent.clone()))?;
    let mut transaction = app.store.begin().await?;
    let (all, above) = load(&mut transaction, caller, parent).await?;
    refuse_merged("新增下级机关", &above)?;
    if all.iter().any(|other| other.id == organ.id) {
        let message = format!("地址代号“{}”已被使用，请换一个", organ.id);
        return Err(AppError::Conflict(message));
    }
    check_unique(&all, &organ)?;
    organs::save(&mut transaction, &organ).await?;
    log(app, &mut transaction, caller, "organ.add", None, &organ).await?;
    transaction.commit().await?;
    app.public_changed();
    Ok(organ)
}
