//! 审计日志: the auditor reads it, narrowed and page by page, and takes it out.

use super::{Filter, Towards};
use crate::accounts::administers;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::audit::Link;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_store::events;

const ROLE: Role = Role::Auditor;

fn ask(caller: &Caller) -> Result<(), AppError> {
    if caller.actor.is_anywhere(ROLE) {
        return Ok(());
    }
    Err(AppError::Forbidden("审计日志由审计员查看，您没有这个权限".to_owned()))
}

/// The organs whose log the caller reads. The auditor of a top organ reads the whole log, also what
/// concerns no organ.
fn narrowed(caller: &Caller, all: &[Organ], mut filter: Filter) -> Filter {
    let is_top = |organ: &&Organ| organ.parent.is_none();
    if all.iter().filter(is_top).all(|organ| caller.actor.is(ROLE, &organ.id)) {
        return filter;
    }
    let reads = |id: &OrganId| administers(caller, ROLE, all, id);
    filter.organs = Some(match filter.organs.take() {
        Some(wanted) => wanted.into_iter().filter(reads).collect(),
        None => all.iter().map(|organ| organ.id.clone()).filter(reads).collect(),
    });
    filter
}

/// The organs whose log the caller reads.
///
/// # Errors
/// When the caller is no auditor.
pub async fn places(app: &App, caller: &Caller) -> Result<Vec<Organ>, AppError> {
    ask(caller)?;
    let all = app.organs().await?;
    let reads = |organ: &&Organ| administers(caller, ROLE, &all, &organ.id);
    Ok(all.iter().filter(reads).cloned().collect())
}

/// Up to `limit` links that the filter lets through and the caller may read.
///
/// # Errors
/// When the caller is no auditor, or the store fails.
pub async fn links(
    app: &App,
    caller: &Caller,
    filter: Filter,
    towards: Towards,
    limit: i64,
) -> Result<Vec<Link>, AppError> {
    ask(caller)?;
    let mut reader = app.store.reader().await?;
    let all = gongkai_store::organs::all(&mut reader).await?;
    Ok(events::filtered(&mut reader, &narrowed(caller, &all, filter), towards, limit).await?)
}

/// Writes down that the log is taken out; answers the last number to be taken out, so that the file
/// ends although the log goes on.
///
/// # Errors
/// When the caller is no auditor, or the store fails.
pub async fn begin_export(app: &App, caller: &Caller, what: &str) -> Result<i64, AppError> {
    ask(caller)?;
    let mut transaction = app.store.begin().await?;
    let mut event = caller.event("audit.export", "audit".to_owned(), "", app.clock.now());
    event.reason = what.to_owned();
    let algorithm = app.config.audit.algorithm;
    let link = events::append(&mut transaction, event, algorithm).await?;
    transaction.commit().await?;
    Ok(link.sequence)
}
