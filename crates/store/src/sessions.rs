//! Sessions of signed-in people, kept by the digest of their token.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::PersonId;
use jiff::Timestamp;
use sqlx::FromRow;

/// A session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// The digest of the token in the cookie.
    pub token_digest: String,
    /// Whose it is.
    pub person: PersonId,
    /// What every form of this session carries.
    pub form_token: String,
    /// Whether the second factor was given, or none is set up.
    pub second_factor: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends, used or not.
    pub expires_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    token_digest: String,
    person: String,
    form_token: String,
    second_factor: i64,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
}

impl TryFrom<Row> for Session {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("sessions", &row.person, column);
        Ok(Self {
            person: at("person").parse(&row.person)?,
            second_factor: row.second_factor != 0,
            created_at: at("created_at").instant(row.created_at)?,
            seen_at: at("seen_at").instant(row.seen_at)?,
            expires_at: at("expires_at").instant(row.expires_at)?,
            token_digest: row.token_digest,
            form_token: row.form_token,
        })
    }
}

/// The session with this token digest.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, token_digest: &str) -> Result<Option<Session>, StoreError> {
    let sql = "select token_digest, person, form_token, second_factor, created_at, seen_at, \
        expires_at from sessions where token_digest = $1";
    let row: Option<Row> = sqlx::query_as(sql).bind(token_digest).fetch_optional(db).await?;
    row.map(Session::try_from).transpose()
}

/// Begins a session.
///
/// # Errors
/// When the database refuses.
pub async fn add(db: &mut Db, session: &Session) -> Result<(), StoreError> {
    let sql = "insert into sessions (token_digest, person, form_token, second_factor, created_at, \
        seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(sql)
        .bind(&session.token_digest)
        .bind(session.person.as_str())
        .bind(&session.form_token)
        .bind(i64::from(session.second_factor))
        .bind(session.created_at.as_millisecond())
        .bind(session.seen_at.as_millisecond())
        .bind(session.expires_at.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

/// Notes that it was used.
///
/// # Errors
/// When the database refuses.
pub async fn touch(db: &mut Db, token_digest: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "update sessions set seen_at = $2 where token_digest = $1";
    sqlx::query(sql).bind(token_digest).bind(now.as_millisecond()).execute(db).await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database refuses.
pub async fn remove(db: &mut Db, token_digest: &str) -> Result<(), StoreError> {
    sqlx::query("delete from sessions where token_digest = $1")
        .bind(token_digest)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends every session of a person.
///
/// # Errors
/// When the database refuses.
pub async fn remove_of(db: &mut Db, person: &PersonId) -> Result<(), StoreError> {
    sqlx::query("delete from sessions where person = $1").bind(person.as_str()).execute(db).await?;
    Ok(())
}

/// Ends the sessions whose time is over; answers how many.
///
/// # Errors
/// When the database refuses.
pub async fn remove_expired(db: &mut Db, now: Timestamp) -> Result<u64, StoreError> {
    let sql = "delete from sessions where expires_at <= $1";
    Ok(sqlx::query(sql).bind(now.as_millisecond()).execute(db).await?.rows_affected())
}
