//! 修改机关: kind, short name, code, order, contact; the name changes by renaming.

use super::fields::{check_code, check_name, check_unique, trimmed};
use super::{Fields, load, refuse_merged, save};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::OrganId;

/// Changes an organ; id and name of the fields are not looked at.
///
/// # Errors
/// When the caller does not administer it, it was merged, or a field cannot be taken.
pub async fn change(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    fields: &Fields,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let (all, before) = load(&mut transaction, caller, id).await?;
    refuse_merged("修改机关", &before)?;
    let mut problems = Vec::new();
    let mut after = before.clone();
    after.kind = fields.kind;
    after.order = fields.order;
    after.short_name = check_name(&mut problems, "short_name", "机关简称", &fields.short_name);
    after.code = check_code(&mut problems, &fields.code, Some(&before.code));
    after.contact = trimmed(&fields.contact, &mut problems);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    check_unique(&all, &after)?;
    save(app, transaction, caller, "organ.change", &before, &after).await
}
