//! Organs: a tree kept by the system administrator, with names, order, contact and review chains.

pub mod add;
pub mod chain;
pub mod change;
mod fields;
pub mod merge;
pub mod read;
pub mod rename;
pub mod stamp;

pub use fields::Fields;
pub(crate) use fields::organ;

use crate::accounts::ask;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_domain::refusal::Refusal;
use gongkai_store::{Transaction, events, organs};

const ROLE: Role = Role::SystemAdministrator;

/// Every organ with the one to be changed, inside a transaction that stands in line.
async fn load(
    transaction: &mut Transaction,
    caller: &Caller,
    id: &OrganId,
) -> Result<(Vec<Organ>, Organ), AppError> {
    events::stand_in_line(transaction).await?;
    let all = organs::all(transaction).await?;
    let organ = all.iter().find(|organ| organ.id == *id).cloned();
    let organ = organ.ok_or(AppError::NotFound("这个机关"))?;
    ask(caller, ROLE, &all, id)?;
    Ok((all, organ))
}

/// An organ that was merged is history.
fn refuse_merged(act: &'static str, organ: &Organ) -> Result<(), Refusal> {
    match &organ.merged_into {
        None => Ok(()),
        Some((_, day)) => {
            let reason = format!("{}自 {day} 起并入其他机关，不再改动", organ.name);
            Err(Refusal::new(act, "已合并", reason))
        }
    }
}

/// Saves a changed organ with its event, and makes both last.
async fn save(
    app: &App,
    mut transaction: Transaction,
    caller: &Caller,
    act: &str,
    before: &Organ,
    after: &Organ,
) -> Result<(), AppError> {
    if before == after {
        return Ok(());
    }
    organs::save(&mut transaction, after).await?;
    log(app, &mut transaction, caller, act, Some(before), after).await?;
    transaction.commit().await?;
    app.public_changed();
    Ok(())
}

/// Writes the event of an organ; the caller of it commits.
pub(crate) async fn log(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    act: &str,
    before: Option<&Organ>,
    after: &Organ,
) -> Result<(), AppError> {
    let text = |organ: &Organ| serde_json::to_string(organ).expect("an organ has text keys");
    let thing = format!("organ/{}", after.id);
    let mut event = caller.event(act, thing, after.id.as_str(), app.clock.now());
    event.before = before.map(text).unwrap_or_default();
    event.after = text(after);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
