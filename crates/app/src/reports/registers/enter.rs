//! 登记: one record, typed by hand.

use super::{Batch, add, add_in, may_write};
use crate::caller::Caller;
use crate::tickets::Sending;
use crate::{App, AppError, Problem};
use gongkai_domain::id::OrganId;
use gongkai_domain::register::{Record, RecordKind, Typed};

/// Enters a record.
///
/// # Errors
/// When it cannot be taken, its year is locked, or the caller may not write.
pub async fn enter(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    kind: RecordKind,
    typed: &Typed,
) -> Result<Batch, AppError> {
    let record = record(app, kind, typed)?;
    add(app, caller, organ, source(), vec![record], None).await
}

/// The same for a form that was sent: sent twice, it enters once.
///
/// # Errors
/// As [`enter`]; and when the form carries no ticket, or said something else the first time.
pub async fn enter_once(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    (kind, typed): (RecordKind, &Typed),
    ticket: &str,
) -> Result<(), AppError> {
    may_write(caller, organ)?;
    let record = record(app, kind, typed)?;
    let sending = Sending::of(app, caller, ticket, &format!("record\n{organ}\n{record:?}"))?;
    let mut transaction = app.store.begin().await?;
    if sending.made(&mut transaction).await?.is_some() {
        return Ok(());
    }
    let batch = add_in(app, caller, &mut transaction, organ, source(), vec![record]).await?;
    sending.keep(app, &mut transaction, &batch.id).await?;
    Ok(transaction.commit().await?)
}

fn source() -> (String, Option<String>) {
    ("手工登记".to_owned(), None)
}

fn record(app: &App, kind: RecordKind, typed: &Typed) -> Result<Record, AppError> {
    Record::read(kind, typed, app.clock.today()).map_err(|faults| {
        let problem = |fault: gongkai_domain::register::RecordFault| Problem {
            field: fault.field,
            message: fault.message,
        };
        AppError::Invalid(faults.into_iter().map(problem).collect())
    })
}
