//! Where an administrator may act: in the organ of the post and all below, never on oneself.

use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::{OrganId, PersonId};
use gongkai_domain::organ::Organ;
use gongkai_store::people::{self, Account, HeldPost};
use gongkai_store::{Transaction, events, organs};

/// Whether the caller holds this administrator's role in the organ or one above it.
pub(crate) fn administers(caller: &Caller, role: Role, organs: &[Organ], organ: &OrganId) -> bool {
    lineage(organs, organ).iter().any(|above| caller.actor.is(role, above))
}

/// Asks for this administrator's role in the organ or one above it.
pub(crate) fn ask(
    caller: &Caller,
    role: Role,
    organs: &[Organ],
    organ: &OrganId,
) -> Result<(), AppError> {
    if administers(caller, role, organs, organ) {
        return Ok(());
    }
    let message = format!("这件事由该机关或上级机关的{}办理，您没有这个权限", role.name());
    Err(AppError::Forbidden(message))
}

/// Whether every post that the person holds or will hold lies where the caller administers; a person
/// without posts is nobody's yet.
pub(crate) fn in_scope(
    app: &App,
    caller: &Caller,
    role: Role,
    organs: &[Organ],
    posts: &[HeldPost],
) -> bool {
    let today = app.clock.today();
    let mut running =
        posts.iter().filter(|held| held.post.until.is_none_or(|until| today <= until));
    caller.actor.is_anywhere(role)
        && running.all(|held| administers(caller, role, organs, &held.post.organ))
}

/// The account of a person on whom the caller may act in this role, inside a transaction that stands
/// in line.
pub(crate) async fn load(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    role: Role,
    person: &PersonId,
) -> Result<Account, AppError> {
    events::stand_in_line(transaction).await?;
    if *person == caller.actor.person {
        let message = "管理员不能办理自己账号的事项，请由另一名管理员办理".to_owned();
        return Err(AppError::Forbidden(message));
    }
    let account = people::find(transaction, person).await?;
    let account = account.ok_or(AppError::NotFound("这个人"))?;
    let organs = organs::all(transaction).await?;
    let posts = people::posts_of(transaction, person).await?;
    if in_scope(app, caller, role, &organs, &posts) {
        return Ok(account);
    }
    let message = format!("这件事由此人任职的机关或上级机关的{}办理，您没有这个权限", role.name());
    Err(AppError::Forbidden(message))
}

/// Saves a changed account with its event, and makes both last.
pub(crate) async fn change(
    app: &App,
    mut transaction: Transaction,
    caller: &Caller,
    act: &str,
    before: &Account,
    after: &Account,
) -> Result<(), AppError> {
    people::save(&mut transaction, after).await?;
    let thing = format!("person/{}", after.person);
    let mut event = caller.event(act, thing, "", app.clock.now());
    event.before = super::kept(before);
    event.after = super::kept(after);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}
