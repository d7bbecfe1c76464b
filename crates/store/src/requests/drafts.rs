//! Drafts of the public request form: sealed texts that go by themselves after some days.

use crate::{Db, StoreError};
use jiff::Timestamp;

/// Keeps a draft under a name; a later text replaces the earlier.
///
/// # Errors
/// When the database refuses.
pub async fn keep(
    db: &mut Db,
    name: &str,
    sealed: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    let sql = "insert into request_drafts (name, sealed, kept_until) values ($1, $2, $3) \
        on conflict (name) do update set sealed = excluded.sealed, kept_until = excluded.kept_until";
    let query = sqlx::query(sql).bind(name).bind(sealed).bind(until.as_millisecond());
    query.execute(db).await?;
    Ok(())
}

/// The draft of this name, unless its time is over.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: &mut Db, name: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
    let sql = "select sealed from request_drafts where name = $1 and $2 < kept_until";
    let query = sqlx::query_scalar(sql).bind(name).bind(now.as_millisecond());
    Ok(query.fetch_optional(db).await?)
}

/// Takes a draft away; one that is not there is none.
///
/// # Errors
/// When the database refuses.
pub async fn discard(db: &mut Db, name: &str) -> Result<(), StoreError> {
    sqlx::query("delete from request_drafts where name = $1").bind(name).execute(db).await?;
    Ok(())
}

/// Takes away the drafts whose time is over, and answers how many are left.
///
/// # Errors
/// When the database refuses.
pub async fn expire(db: &mut Db, now: Timestamp) -> Result<i64, StoreError> {
    let sql = "delete from request_drafts where kept_until <= $1";
    sqlx::query(sql).bind(now.as_millisecond()).execute(&mut *db).await?;
    Ok(sqlx::query_scalar("select count(*) from request_drafts").fetch_one(db).await?)
}
