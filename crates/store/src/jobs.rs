//! Jobs: enqueued with the act that asks for them, taken with a lease, tried again until they end.
//!
//! What a kind of job does is not known here.

use crate::row::{At, of_word, word};
use crate::{Db, StoreError};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// Where a job is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its time.
    Waiting,
    /// A worker has it, until its lease ends.
    Running,
    /// Ended well.
    Done,
    /// Given up; a person may start it again.
    Failed,
    /// A person called it off.
    Cancelled,
}

/// A job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// The key.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// To what; one job a kind and subject.
    pub subject: String,
    /// What the kind needs besides.
    pub body: String,
    /// Where it is.
    pub state: State,
    /// Not before this.
    pub run_at: Timestamp,
    /// How often it was taken; the number of the take is what a worker proves its lease with.
    pub n_attempts: i64,
    /// Until when a worker has it.
    pub leased_until: Timestamp,
    /// Why the last try did not do.
    pub last_error: String,
    /// When it was enqueued.
    pub created_at: Timestamp,
    /// When it ended.
    pub done_at: Option<Timestamp>,
}

/// A job to be enqueued.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJob<'a> {
    /// The key it gets.
    pub id: String,
    /// What is to be done.
    pub kind: &'a str,
    /// To what.
    pub subject: &'a str,
    /// What the kind needs besides.
    pub body: &'a str,
    /// Not before this.
    pub run_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    kind: String,
    subject: String,
    body: String,
    state: String,
    run_at: i64,
    n_attempts: i64,
    leased_until: i64,
    last_error: String,
    created_at: i64,
    done_at: Option<i64>,
}

const COLUMNS: &str = "id, kind, subject, body, state, run_at, n_attempts, leased_until, \
    last_error, created_at, done_at";

impl TryFrom<Row> for Job {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("jobs", &row.id, column);
        Ok(Self {
            state: of_word(&at("state"), &row.state)?,
            run_at: at("run_at").instant(row.run_at)?,
            leased_until: at("leased_until").instant(row.leased_until)?,
            created_at: at("created_at").instant(row.created_at)?,
            done_at: row.done_at.map(|done| at("done_at").instant(done)).transpose()?,
            n_attempts: row.n_attempts,
            kind: row.kind,
            subject: row.subject,
            body: row.body,
            last_error: row.last_error,
            id: row.id,
        })
    }
}

/// Enqueues a job; one of the same kind and subject that stands already is left as it is. Answers
/// whether it is new.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(db: &mut Db, job: &NewJob<'_>, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "insert into jobs (id, kind, subject, body, state, run_at, n_attempts, \
        leased_until, last_error, created_at) values ($1, $2, $3, $4, 'waiting', $5, 0, 0, '', $6) \
        on conflict (kind, subject) do nothing";
    let done = sqlx::query(sql)
        .bind(&job.id)
        .bind(job.kind)
        .bind(job.subject)
        .bind(job.body)
        .bind(job.run_at.as_millisecond())
        .bind(now.as_millisecond())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the job that is due the longest, with a lease; also one whose worker let its lease run out.
///
/// The outer condition repeats the inner one: on PostgreSQL a second node that chose the same row
/// waits for the first, looks at the row again and goes away empty.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn take(
    db: &mut Db,
    now: Timestamp,
    lease: SignedDuration,
) -> Result<Option<Job>, StoreError> {
    let sql = format!(
        "update jobs set state = 'running', leased_until = $2, n_attempts = n_attempts + 1 \
        where id = (select id from jobs where (state = 'waiting' and run_at <= $1) \
        or (state = 'running' and leased_until < $1) order by run_at, id limit 1) \
        and ((state = 'waiting' and run_at <= $1) or (state = 'running' and leased_until < $1)) \
        returning {COLUMNS}"
    );
    let until = now.as_millisecond() + i64::try_from(lease.as_millis()).unwrap_or(i64::MAX >> 1);
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(now.as_millisecond())
        .bind(until)
        .fetch_optional(db)
        .await?;
    row.map(Job::try_from).transpose()
}

/// How a try ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum End {
    /// Well.
    Done,
    /// Not yet; again at this time.
    Again(Timestamp, String),
    /// For good, not well.
    Failed(String),
}

/// Ends a try of a worker that still has the lease.
///
/// # Errors
/// When another worker has taken it meanwhile, a person called it off, or the database refuses.
pub async fn end(db: &mut Db, job: &Job, end: &End, now: Timestamp) -> Result<(), StoreError> {
    let (state, run_at, error, done_at) = match end {
        End::Done => (State::Done, job.run_at, "", Some(now)),
        End::Again(at, error) => (State::Waiting, *at, error.as_str(), None),
        End::Failed(error) => (State::Failed, job.run_at, error.as_str(), Some(now)),
    };
    let sql = "update jobs set state = $3, run_at = $4, last_error = $5, done_at = $6, \
        leased_until = 0 where id = $1 and n_attempts = $2 and state = 'running'";
    let done = sqlx::query(sql)
        .bind(&job.id)
        .bind(job.n_attempts)
        .bind(word(&state))
        .bind(run_at.as_millisecond())
        .bind(error)
        .bind(done_at.map(Timestamp::as_millisecond))
        .execute(db)
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Starts a job again that ended, now and with its tries counted anew. Answers
/// whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn restart(db: &mut Db, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "update jobs set state = 'waiting', run_at = $2, n_attempts = 0, done_at = null \
        where id = $1 and state in ('failed', 'cancelled', 'done')";
    let done = sqlx::query(sql).bind(id).bind(now.as_millisecond()).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Calls off a job that waits or failed. Answers whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn cancel(db: &mut Db, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "update jobs set state = 'cancelled', done_at = $2 \
        where id = $1 and state in ('waiting', 'failed')";
    let done = sqlx::query(sql).bind(id).bind(now.as_millisecond()).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// One job.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, id: &str) -> Result<Option<Job>, StoreError> {
    one(db, "id = $1 and id <> $2", id, "").await
}

/// The job of a kind and subject.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn of(db: &mut Db, kind: &str, subject: &str) -> Result<Option<Job>, StoreError> {
    one(db, "kind = $1 and subject = $2", kind, subject).await
}

async fn one(
    db: &mut Db,
    condition: &str,
    first: &str,
    second: &str,
) -> Result<Option<Job>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("select {COLUMNS} from jobs where {condition}"));
    let row: Option<Row> = sqlx::query_as(sql).bind(first).bind(second).fetch_optional(db).await?;
    row.map(Job::try_from).transpose()
}

/// The jobs in a state, the latest first; ended ones only since an instant.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn list(
    db: &mut Db,
    state: State,
    ended_since: Timestamp,
    limit: i64,
) -> Result<Vec<Job>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from jobs where state = $1 and (done_at is null or $2 <= done_at) \
        order by coalesce(done_at, run_at) desc, id limit $3"
    );
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(word(&state))
        .bind(ended_since.as_millisecond())
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(Job::try_from).collect()
}

/// Forgets jobs that ended well or were called off before an instant; answers how many.
///
/// # Errors
/// When the database refuses.
pub async fn forget_ended(db: &mut Db, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "delete from jobs where state in ('done', 'cancelled') and done_at < $1";
    Ok(sqlx::query(sql).bind(before.as_millisecond()).execute(db).await?.rows_affected())
}

/// The last run of a duty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DutyRun {
    /// The key of the duty.
    pub duty: String,
    /// When it last ran.
    pub run_at: Timestamp,
    /// When it last ran well.
    pub succeeded_at: Option<Timestamp>,
    /// How often it failed since then.
    pub n_failures: i64,
    /// Why the last time.
    pub last_error: String,
}

/// Keeps how a run of a duty ended: well, or with an error.
///
/// # Errors
/// When the database refuses.
pub async fn keep_run(
    db: &mut Db,
    duty: &str,
    error: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "insert into duty_runs (duty, run_at, succeeded_at, n_failures, last_error) \
        values ($1, $2, $3, $4, $5) on conflict (duty) do update set run_at = excluded.run_at, \
        succeeded_at = coalesce(excluded.succeeded_at, duty_runs.succeeded_at), \
        n_failures = case excluded.n_failures when 0 then 0 else duty_runs.n_failures + 1 end, \
        last_error = excluded.last_error";
    let succeeded_at = error.is_none().then_some(now.as_millisecond());
    sqlx::query(sql)
        .bind(duty)
        .bind(now.as_millisecond())
        .bind(succeeded_at)
        .bind(i64::from(error.is_some()))
        .bind(error.unwrap_or_default())
        .execute(db)
        .await?;
    Ok(())
}

/// The last run of every duty.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn runs(db: &mut Db) -> Result<Vec<DutyRun>, StoreError> {
    type Columns = (String, i64, Option<i64>, i64, String);
    let sql = "select duty, run_at, succeeded_at, n_failures, last_error from duty_runs \
        order by duty";
    let rows: Vec<Columns> = sqlx::query_as(sql).fetch_all(db).await?;
    let run = |(duty, run_at, succeeded_at, n_failures, last_error): Columns| {
        let at = |column| At("duty_runs", &duty, column);
        Ok(DutyRun {
            run_at: at("run_at").instant(run_at)?,
            succeeded_at: succeeded_at.map(|each| at("succeeded_at").instant(each)).transpose()?,
            duty: duty.clone(),
            n_failures,
            last_error,
        })
    };
    rows.into_iter().map(run).collect()
}
