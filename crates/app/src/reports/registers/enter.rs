//! 登记: one record, typed by hand.

use super::{Batch, add};
use crate::caller::Caller;
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
    let record = Record::read(kind, typed, app.clock.today()).map_err(|faults| {
        let problem = |fault: gongkai_domain::register::RecordFault| Problem {
            field: fault.field,
            message: fault.message,
        };
        AppError::Invalid(faults.into_iter().map(problem).collect())
    })?;
    add(app, caller, organ, ("手工登记".to_owned(), None), vec![record], None).await
}
