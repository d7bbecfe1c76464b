//! Papers of statistics beside the annual report (政府网站工作年度报表、季度统计): counted from the same
//! registers, completed by hand with who and why, written and published.

mod gather;
mod publish;
mod view;

pub use publish::{Ending, file, prepare};
pub use view::{Figure, List, Origin, Seen, cases, list, view};

use super::act::ground;
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::id::OrganId;
use gongkai_domain::refusal::Refusal;
use gongkai_domain::statistics::{Period, StatisticPaper, paper, typed};
use gongkai_store::events;
use gongkai_store::reports::statistics::{self as kept, TypedValue, Which};

/// Which paper of which organ for which period.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Whose.
    pub organ: &'a OrganId,
    /// What is laid down of it.
    pub paper: &'static StatisticPaper,
    /// For what time.
    pub period: Period,
}

impl<'a> Place<'a> {
    /// The place of an address.
    ///
    /// # Errors
    /// When there is no such paper or period.
    pub fn of(organ: &'a OrganId, key: &str, period: &str) -> Result<Self, AppError> {
        let none = || AppError::NotFound("这种统计表");
        let paper = paper(key).ok_or_else(none)?;
        let period: Period = period.parse().map_err(|_| none())?;
        if period.kind() != paper.period {
            return Err(none());
        }
        Ok(Self { organ, paper, period })
    }

    /// What stands in the audit log for it.
    fn thing(self) -> String {
        format!("statistics/{}/{}/{}", self.organ, self.paper.key, self.period.key())
    }
}

const ACT: &str = "填写统计表";

fn may_write(caller: &Caller, organ: &OrganId) -> Result<(), AppError> {
    if caller.actor.writes_for(organ) {
        return Ok(());
    }
    Err(Refusal::new(ACT, "统计表", "由本机关信息员或信息公开工作机构填写").into())
}

/// Keeps a figure that no register holds, with where it comes from.
///
/// # Errors
/// When the row is counted, it is no number, no source is given, or the caller may not write.
pub async fn enter(
    app: &App,
    caller: &Caller,
    place: Place<'_>,
    cell: &str,
    (value, why): (&str, &str),
) -> Result<(), AppError> {
    may_write(caller, place.organ)?;
    let row = place.paper.row(cell).ok_or(AppError::NotFound("这一格"))?;
    let (value, why) =
        typed(row, value, why).map_err(|fault| AppError::invalid("value", fault.to_string()))?;
    let mut transaction = app.store.begin().await?;
    view::checked(&ground(&mut transaction, caller, place.organ).await?, place)?;
    let now = app.clock.now();
    let by = caller.actor.name.clone();
    let typed = TypedValue { id: secret::id(now), cell: cell.to_owned(), value, why, by, at: now };
    let period = place.period.key();
    let which = Which { organ: place.organ, paper: &place.paper.key, period: &period };
    kept::add(&mut transaction, which, &typed).await?;
    let mut event = caller.event("statistics.enter", place.thing(), place.organ.as_str(), now);
    let after = serde_json::json!({ "cell": cell, "value": value.to_string() });
    event.after = after.to_string();
    event.reason.clone_from(&typed.why);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}
