//! 更名: from a day on; the name until then is kept and shown.

use super::fields::{check_name, check_unique};
use super::{load, refuse_merged, save};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::OrganId;
use gongkai_domain::refusal::Refusal;
use jiff::civil::Date;

/// Gives an organ a new name and short name from a day on.
///
/// # Errors
/// When the caller does not administer it, it was merged, or the day does not fit its history.
pub async fn rename(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    name: &str,
    short_name: &str,
    from: Date,
) -> Result<(), AppError> {
    const ACT: &str = "机关更名";
    let mut problems = Vec::new();
    let name = check_name(&mut problems, "name", "新的全称", name);
    let short_name = check_name(&mut problems, "short_name", "新的简称", short_name);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let mut transaction = app.store.begin().await?;
    let (all, before) = load(&mut transaction, caller, id).await?;
    refuse_merged(ACT, &before)?;
    if app.clock.today() < from {
        return Err(AppError::invalid("from", "更名从今天或更早的日期开始；请到那一天再办理"));
    }
    if before.name == name {
        return Err(Refusal::new(ACT, "在用", "新名称与现在的名称相同").into());
    }
    if let Some(last) = before.former_names.first().filter(|former| from <= former.until) {
        let message = format!("“{}”用到 {} 为止，新名称要从这一天之后开始", last.name, last.until);
        return Err(AppError::invalid("from", message));
    }
    let mut after = before.clone().rename(name, from);
    after.short_name = short_name;
    check_unique(&all, &after)?;
    save(app, transaction, caller, "organ.rename", &before, &after).await
}
