//! One-time tickets of forms: what was made with each, under the digest of the ticket.

use crate::{Db, StoreError};
use jiff::Timestamp;

/// What was made with a ticket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// What was made.
    pub thing: String,
    /// A keyed hash of what the form said.
    pub content: String,
}

/// What was made with a ticket.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: &mut Db, name: &str) -> Result<Option<Made>, StoreError> {
    let sql = "select thing, content from form_tickets where name = $1";
    let row: Option<(String, String)> = sqlx::query_as(sql).bind(name).fetch_optional(db).await?;
    Ok(row.map(|(thing, content)| Made { thing, content }))
}

/// Keeps what was made with a ticket.
///
/// # Errors
/// When something was made with it already, or the database refuses.
pub async fn add(db: &mut Db, name: &str, made: &Made, now: Timestamp) -> Result<(), StoreError> {
    let sql = "insert into form_tickets (name, thing, content, made_at) values ($1, $2, $3, $4)";
    sqlx::query(sql)
        .bind(name)
        .bind(&made.thing)
        .bind(&made.content)
        .bind(now.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets what was made before an instant; answers how many.
///
/// # Errors
/// When the database refuses.
pub async fn forget(db: &mut Db, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "delete from form_tickets where made_at < $1";
    Ok(sqlx::query(sql).bind(before.as_millisecond()).execute(db).await?.rows_affected())
}
