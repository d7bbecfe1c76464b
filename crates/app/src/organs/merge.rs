//! 机关合并: into another from a day on; its items stay readable, its posts end the day before.

use super::{load, refuse_merged, save};
use crate::accounts::{ask, posts};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_domain::refusal::Refusal;
use gongkai_store::people;
use jiff::civil::Date;

const ACT: &str = "机关合并";

/// Merges an organ into another from a day on.
///
/// # Errors
/// When the caller does not administer both, one is merged already, or it has organs below.
pub async fn merge(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    into: &OrganId,
    from: Date,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let (all, before) = load(&mut transaction, caller, id).await?;
    refuse_merged(ACT, &before)?;
    check_target(caller, &all, &before, into)?;
    let last = from.yesterday().map_err(|_| AppError::invalid("from", "合并日期不对"))?;
    if last < app.clock.today().yesterday().unwrap_or(last) {
        return Err(AppError::invalid("from", "合并从今天或以后的日期开始"));
    }
    for held in people::posts_in(&mut transaction, id).await? {
        if held.post.until.is_none_or(|until| last < until) {
            posts::end_with_delegations(app, &mut transaction, caller, held, last).await?;
        }
    }
    let mut after = before.clone();
    after.merged_into = Some((into.clone(), from));
    save(app, transaction, caller, "organ.merge", &before, &after).await
}

fn check_target(
    caller: &Caller,
    all: &[Organ],
    organ: &Organ,
    into: &OrganId,
) -> Result<(), AppError> {
    let refuse = |reason: String| Err(Refusal::new(ACT, "在用", reason).into());
    if organ.id == *into {
        return refuse("不能并入自己，请另选机关".to_owned());
    }
    let target = all.iter().find(|other| other.id == *into);
    let target = target.ok_or(AppError::NotFound("要并入的机关"))?;
    ask(caller, Role::SystemAdministrator, all, into)?;
    refuse_merged(ACT, target)?;
    let below = all
        .iter()
        .find(|other| other.parent.as_ref() == Some(&organ.id) && other.merged_into.is_none());
    match below {
        Some(below) => refuse(format!("下级机关“{}”还在，请先合并下级机关", below.name)),
        None => Ok(()),
    }
}
