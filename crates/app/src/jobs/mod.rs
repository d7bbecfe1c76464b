//! The worker: takes jobs with a lease, does them, tries again later, and ends cleanly when told to.
//!
//! A job may be done twice when a worker dies in the middle; what it does has to be harmless when
//! repeated.

mod manage;
#[cfg(test)]
mod tests;

pub use gongkai_store::jobs::{DutyRun, Job, State};
pub use manage::{Board, board, cancel, restart};

use crate::caller::system_event;
use crate::{App, AppError, channels, remind, requests, secret};
use gongkai_store::jobs::{self, End, NewJob};
use gongkai_store::{StoreError, Transaction, events};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use tokio::sync::watch;

/// What there is to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Send a release on its channel; the subject is the key of the release.
    SendRelease,
    /// Remind somebody by mail; the subject says of what, which day, whom.
    RemindByMail,
    /// The same to the webhook.
    RemindByPush,
    /// Erase personal data whose time is over; the subject is the day.
    Expire,
}

impl Kind {
    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::SendRelease => "channel.send",
            Self::RemindByMail => "remind.mail",
            Self::RemindByPush => "remind.push",
            Self::Expire => "request.expire",
        }
    }

    /// What people call it.
    pub fn name(key: &str) -> &'static str {
        match key {
            "channel.send" => "向渠道发出",
            "remind.mail" => "发送提醒邮件",
            "remind.push" => "推送提醒",
            "request.expire" => "到期删除个人信息",
            _ => "其他任务",
        }
    }
}

/// How a try went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Well, or nothing was left to do.
    Done,
    /// Not now.
    Later {
        /// Why.
        reason: String,
        /// At least so long.
        wait: SignedDuration,
    },
    /// Not at all.
    Failed(String),
}

/// How long a worker has a job; a try is cut off before that.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
const LONGEST_TRY: Duration = Duration::from_secs(240);
/// After so many tries a job has failed: with the pauses below that is about a day.
pub const MOST_TRIES: i64 = 10;
const FIRST_PAUSE_SECONDS: i64 = 60;
const LONGEST_PAUSE_SECONDS: i64 = 6 * 3600;
/// How long a worker rests when nothing is to do.
const REST: Duration = Duration::from_secs(2);

/// Enqueues a job in the transaction of the act that asks for it; twice is once.
///
/// # Errors
/// When the store fails.
pub async fn enqueue(
    app: &App,
    transaction: &mut Transaction,
    kind: Kind,
    subject: &str,
    run_at: Timestamp,
) -> Result<bool, AppError> {
    let now = app.clock.now();
    let job = NewJob { id: secret::id(now), kind: kind.key(), subject, body: "", run_at };
    Ok(jobs::enqueue(transaction, &job, now).await?)
}

/// The same, and starts the job again where it has ended.
///
/// # Errors
/// When the store fails.
pub async fn enqueue_again(
    app: &App,
    transaction: &mut Transaction,
    kind: Kind,
    subject: &str,
) -> Result<(), AppError> {
    let now = app.clock.now();
    if enqueue(app, transaction, kind, subject, now).await? {
        return Ok(());
    }
    if let Some(job) = jobs::of(transaction, kind.key(), subject).await? {
        jobs::restart(transaction, &job.id, now).await?;
    }
    Ok(())
}

/// Calls off the job of a subject where one waits.
///
/// # Errors
/// When the store fails.
pub async fn call_off(
    app: &App,
    transaction: &mut Transaction,
    kind: Kind,
    subject: &str,
) -> Result<(), AppError> {
    if let Some(job) = jobs::of(transaction, kind.key(), subject).await? {
        jobs::cancel(transaction, &job.id, app.clock.now()).await?;
    }
    Ok(())
}

/// The pause after a try: a minute, doubled each time, at most six hours.
fn pause(n_attempts: i64) -> SignedDuration {
    let doubled = u32::try_from(n_attempts.saturating_sub(1)).unwrap_or(0).min(20);
    let seconds = FIRST_PAUSE_SECONDS.saturating_mul(1 << doubled);
    SignedDuration::from_secs(seconds.min(LONGEST_PAUSE_SECONDS))
}

/// Takes one job.
///
/// # Errors
/// When the store fails.
pub(crate) async fn take(app: &App) -> Result<Option<Job>, AppError> {
    let mut transaction = app.store.begin().await?;
    let job = jobs::take(&mut transaction, app.clock.now(), LEASE).await?;
    transaction.commit().await?;
    Ok(job)
}

async fn attempt(app: &App, job: &Job) -> Result<Outcome, AppError> {
    let is_last = MOST_TRIES <= job.n_attempts;
    match job.kind.as_str() {
        "channel.send" => channels::send::send(app, &job.subject, is_last).await,
        "request.expire" => match requests::expire::daily(app).await?.as_slice() {
            [] => Ok(Outcome::Done),
            failed => Ok(Outcome::Failed(failed.join("；"))),
        },
        "remind.mail" => remind::attempt(app, Kind::RemindByMail, job).await,
        "remind.push" => remind::attempt(app, Kind::RemindByPush, job).await,
        other => Ok(Outcome::Failed(format!("这一版本不认识任务“{other}”"))),
    }
}

/// Takes one job and does it; answers whether there was one.
///
/// # Errors
/// When the store fails; the job comes again when its lease ends.
pub async fn work_one(app: &App) -> Result<bool, AppError> {
    let Some(job) = take(app).await? else { return Ok(false) };
    let tried = tokio::time::timeout(LONGEST_TRY, attempt(app, &job)).await;
    let later = |reason: String| Outcome::Later { reason, wait: SignedDuration::ZERO };
    let outcome = match tried {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => later(error.to_string()),
        Err(_) => later("超过时限，已中断".to_owned()),
    };
    end(app, &job, outcome).await?;
    Ok(true)
}

pub(crate) async fn end(app: &App, job: &Job, outcome: Outcome) -> Result<(), AppError> {
    let now = app.clock.now();
    let end = match outcome {
        Outcome::Done => End::Done,
        Outcome::Failed(reason) => End::Failed(reason),
        Outcome::Later { reason, .. } if MOST_TRIES <= job.n_attempts => End::Failed(reason),
        Outcome::Later { reason, wait } => {
            End::Again(now + wait.max(pause(job.n_attempts)), reason)
        }
    };
    let mut transaction = app.store.begin().await?;
    match jobs::end(&mut transaction, job, &end, now).await {
        Ok(()) => {}
        // The lease ran out and another worker has it: what it does is what counts.
        Err(StoreError::Conflict) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    if let End::Failed(reason) = &end {
        let mut event = system_event("job.fail", format!("job/{}", job.id), "", now);
        event.reason.clone_from(reason);
        events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    }
    Ok(transaction.commit().await?)
}

/// Works until told to stop; what is in hand is finished first.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let worked = match work_one(&app).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::error!("后台任务出错：{error}");
                false
            }
        };
        if !worked {
            tokio::select! {
                () = tokio::time::sleep(REST) => {}
                changed = stop.changed() => if changed.is_err() { return },
            }
        }
    }
}
