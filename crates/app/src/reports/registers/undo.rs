//! 撤销: takes a batch out again; it stays in the list, with who undid it and why.

use super::{may_write, refuse_locked, thing};
use crate::caller::Caller;
use crate::reports::act::ground;
use crate::{App, AppError};
use gongkai_store::events;
use gongkai_store::reports::registers;

/// Undoes a batch.
///
/// # Errors
/// When it is not there or undone already, a year is locked, no reason is given, or the caller may not.
pub async fn undo(app: &App, caller: &Caller, id: &str, reason: &str) -> Result<(), AppError> {
    const NOT_FOUND: AppError = AppError::NotFound("这批台账");
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "请写明撤销的理由"));
    }
    let mut transaction = app.store.begin().await?;
    let batch = registers::batch(&mut transaction, id).await?.ok_or(NOT_FOUND)?;
    let ground = ground(&mut transaction, caller, &batch.organ).await.map_err(|_| NOT_FOUND)?;
    may_write(caller, &batch.organ)?;
    if batch.undone.is_some() {
        return Err(AppError::Conflict("这批台账已经撤销".to_owned()));
    }
    let rows = registers::of_batch(&mut transaction, id).await?;
    refuse_locked(&mut transaction, &ground, rows.iter().map(|row| &row.record)).await?;
    let now = app.clock.now();
    registers::undo(&mut transaction, id, &caller.actor.name, reason, now).await?;
    let mut event = caller.event("register.undo", thing(id), batch.organ.as_str(), now);
    event.before = format!("{{\"rows\":{},\"digest\":\"{}\"}}", batch.n_rows, batch.digest);
    event.reason = reason.to_owned();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}
