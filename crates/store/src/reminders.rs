//! Where people are reminded outside the pages, and what went out already.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::PersonId;
use jiff::Timestamp;

/// How somebody is reminded; where nothing was said, nothing is off and there is no address.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// The address for mail; empty while there is none.
    pub address: String,
    /// Whether the mail is turned off.
    pub mail_off: bool,
    /// Whether the push is turned off.
    pub push_off: bool,
}

type Columns = (String, String, i64, i64);

fn reach((person, address, mail_off, push_off): Columns) -> Result<(PersonId, Reach), StoreError> {
    let id = At("reminder_people", &person, "person").parse(&person)?;
    Ok((id, Reach { address, mail_off: mail_off != 0, push_off: push_off != 0 }))
}

/// How somebody is reminded.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn of(db: &mut Db, person: &PersonId) -> Result<Reach, StoreError> {
    let sql = "select person, address, mail_off, push_off from reminder_people where person = $1";
    let row: Option<Columns> = sqlx::query_as(sql).bind(person.as_str()).fetch_optional(db).await?;
    Ok(row.map(reach).transpose()?.map(|(_, reach)| reach).unwrap_or_default())
}

/// Everybody who said something about it.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all(db: &mut Db) -> Result<Vec<(PersonId, Reach)>, StoreError> {
    let sql = "select person, address, mail_off, push_off from reminder_people order by person";
    let rows: Vec<Columns> = sqlx::query_as(sql).fetch_all(db).await?;
    rows.into_iter().map(reach).collect()
}

/// Keeps how somebody is reminded.
///
/// # Errors
/// When the database refuses.
pub async fn keep(db: &mut Db, person: &PersonId, reach: &Reach) -> Result<(), StoreError> {
    let sql = "insert into reminder_people (person, address, mail_off, push_off) \
        values ($1, $2, $3, $4) on conflict (person) do update set address = excluded.address, \
        mail_off = excluded.mail_off, push_off = excluded.push_off";
    sqlx::query(sql)
        .bind(person.as_str())
        .bind(&reach.address)
        .bind(i64::from(reach.mail_off))
        .bind(i64::from(reach.push_off))
        .execute(db)
        .await?;
    Ok(())
}

/// Writes down that a reminder leaves now; answers whether nobody wrote so before.
///
/// # Errors
/// When the database refuses.
pub async fn leaves(db: &mut Db, name: &str, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "insert into reminders_sent (name, at) values ($1, $2) on conflict (name) do nothing";
    let done = sqlx::query(sql).bind(name).bind(now.as_millisecond()).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down that a reminder did not leave after all, and may be tried again.
///
/// # Errors
/// When the database refuses.
pub async fn stays(db: &mut Db, name: &str) -> Result<(), StoreError> {
    sqlx::query("delete from reminders_sent where name = $1").bind(name).execute(db).await?;
    Ok(())
}

/// Forgets what left before an instant; answers how many.
///
/// # Errors
/// When the database refuses.
pub async fn forget(db: &mut Db, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "delete from reminders_sent where at < $1";
    Ok(sqlx::query(sql).bind(before.as_millisecond()).execute(db).await?.rows_affected())
}
