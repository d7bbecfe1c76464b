//! The jobs as the system administrator sees them: waiting, running, failed, done; retry and cancel.

use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::refusal::Refusal;
use gongkai_store::events;
use gongkai_store::jobs::{self, DutyRun, Job, State};
use jiff::SignedDuration;

/// For how many days ended jobs are shown.
pub const SHOWN_DAYS: i64 = 7;
const LINES: i64 = 100;

/// Jobs by state, and the last run of every duty.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Given up.
    pub failed: Vec<Job>,
    /// In hand.
    pub running: Vec<Job>,
    /// Waiting.
    pub waiting: Vec<Job>,
    /// Ended well in the last days.
    pub done: Vec<Job>,
    /// Called off in the last days.
    pub cancelled: Vec<Job>,
    /// The duties.
    pub duties: Vec<DutyRun>,
}

fn may(caller: &Caller) -> Result<(), AppError> {
    if caller.actor.is_anywhere(Role::SystemAdministrator) {
        return Ok(());
    }
    Err(AppError::Forbidden("后台任务由系统管理员查看和处理".to_owned()))
}

/// The board.
///
/// # Errors
/// When the caller is no system administrator, or the store fails.
pub async fn board(app: &App, caller: &Caller) -> Result<Board, AppError> {
    may(caller)?;
    let since = app.clock.now() - SignedDuration::from_hours(24 * SHOWN_DAYS);
    let long_ago = jiff::Timestamp::UNIX_EPOCH;
    let mut reader = app.store.reader().await?;
    Ok(Board {
        failed: jobs::list(&mut reader, State::Failed, long_ago, LINES).await?,
        running: jobs::list(&mut reader, State::Running, long_ago, LINES).await?,
        waiting: jobs::list(&mut reader, State::Waiting, long_ago, LINES).await?,
        done: jobs::list(&mut reader, State::Done, since, LINES).await?,
        cancelled: jobs::list(&mut reader, State::Cancelled, since, LINES).await?,
        duties: jobs::runs(&mut reader).await?,
    })
}

/// Starts a job again that failed or was called off.
///
/// # Errors
/// When it did not end, or the caller is no system administrator.
pub async fn restart(app: &App, caller: &Caller, id: &str) -> Result<(), AppError> {
    change(app, caller, id, "job.restart").await
}

/// Calls off a job that waits or failed.
///
/// # Errors
/// When it is in hand or has ended, or the caller is no system administrator.
pub async fn cancel(app: &App, caller: &Caller, id: &str) -> Result<(), AppError> {
    change(app, caller, id, "job.cancel").await
}

async fn change(app: &App, caller: &Caller, id: &str, act: &str) -> Result<(), AppError> {
    may(caller)?;
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let job = jobs::find(&mut transaction, id).await?.ok_or(AppError::NotFound("这项任务"))?;
    let is_restart = act == "job.restart";
    let changed = if is_restart {
        let has_stopped = matches!(job.state, State::Failed | State::Cancelled);
        if has_stopped && job.kind == super::Kind::SendRelease.key() {
            crate::channels::release::revive(app, &mut transaction, &job.subject).await?;
        }
        has_stopped && jobs::restart(&mut transaction, id, now).await?
    } else {
        jobs::cancel(&mut transaction, id, now).await?
    };
    if !changed {
        let verb = if is_restart { "重试任务" } else { "取消任务" };
        let reason = "任务正在进行或者已经办结，请刷新页面查看";
        return Err(Refusal::new(verb, format!("{:?}", job.state), reason).into());
    }
    let mut event = caller.event(act, format!("job/{id}"), "", now);
    event.before = format!("{}：{}", job.kind, job.last_error);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}
