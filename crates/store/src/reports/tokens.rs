//! The leave of programs to send records, and what they sent under which key.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::register::token::RegisterToken;
use jiff::Timestamp;
use sqlx::FromRow;

/// What a program sent under a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sending {
    /// Which token.
    pub token: String,
    /// Its `Idempotency-Key`.
    pub key: String,
    /// The SHA-256 of the register and of what was sent to it.
    pub body: String,
    /// The batch that came of it.
    pub batch: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    organ: String,
    name: String,
    registers: String,
    made_by: String,
    made_at: i64,
    expires_on: String,
    revoked_by: Option<String>,
    revoked_at: Option<i64>,
    used_at: Option<i64>,
}

impl TryFrom<Row> for RegisterToken {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("register_tokens", &row.id, column);
        let revoked_at = row.revoked_at.map(|ms| at("revoked_at").instant(ms)).transpose()?;
        Ok(Self {
            organ: at("organ").parse(&row.organ)?,
            registers: row.registers.split(' ').map(str::to_owned).collect(),
            made_at: at("made_at").instant(row.made_at)?,
            expires_on: at("expires_on").parse(&row.expires_on)?,
            revoked: row.revoked_by.zip(revoked_at),
            used_at: row.used_at.map(|ms| at("used_at").instant(ms)).transpose()?,
            id: row.id,
            name: row.name,
            made_by: row.made_by,
        })
    }
}

#[derive(FromRow)]
struct SendingRow {
    token: String,
    idempotency_key: String,
    body_digest: String,
    batch: String,
    sent_at: i64,
}

impl TryFrom<SendingRow> for Sending {
    type Error = StoreError;

    fn try_from(row: SendingRow) -> Result<Self, StoreError> {
        Ok(Self {
            at: At("register_sendings", &row.token, "sent_at").instant(row.sent_at)?,
            token: row.token,
            key: row.idempotency_key,
            body: row.body_digest,
            batch: row.batch,
        })
    }
}

/// Adds a token, kept under the digest of its secret.
///
/// # Errors
/// When the database refuses.
pub async fn add(db: &mut Db, token: &RegisterToken, digest: &str) -> Result<(), StoreError> {
    let sql = "insert into register_tokens (id, organ, name, registers, digest, made_by, made_at, \
        expires_on) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(&token.id)
        .bind(token.organ.as_str())
        .bind(&token.name)
        .bind(token.registers.join(" "))
        .bind(digest)
        .bind(&token.made_by)
        .bind(token.made_at.as_millisecond())
        .bind(token.expires_on.to_string())
        .execute(db)
        .await?;
    Ok(())
}

const TOKEN: &str = "select id, organ, name, registers, made_by, made_at, expires_on, revoked_by, \
    revoked_at, used_at from register_tokens";

/// The token whose secret has this digest.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn by_digest(db: &mut Db, digest: &str) -> Result<Option<RegisterToken>, StoreError> {
    let sql = format!("{TOKEN} where digest = $1");
    let row: Option<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(digest).fetch_optional(db).await?;
    row.map(RegisterToken::try_from).transpose()
}

/// One token.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, id: &str) -> Result<Option<RegisterToken>, StoreError> {
    let sql = format!("{TOKEN} where id = $1");
    let row: Option<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(db).await?;
    row.map(RegisterToken::try_from).transpose()
}

/// The tokens of all organs, the latest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all(db: &mut Db) -> Result<Vec<RegisterToken>, StoreError> {
    let sql = format!("{TOKEN} order by id desc");
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(db).await?;
    rows.into_iter().map(RegisterToken::try_from).collect()
}

/// Takes a token back.
///
/// # Errors
/// When it was taken back meanwhile, or the database refuses.
pub async fn revoke(db: &mut Db, id: &str, by: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "update register_tokens set revoked_by = $2, revoked_at = $3 where id = $1 \
        and revoked_at is null";
    let done = sqlx::query(sql).bind(id).bind(by).bind(now.as_millisecond()).execute(db).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// What a token sent under a key.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn sending(db: &mut Db, token: &str, key: &str) -> Result<Option<Sending>, StoreError> {
    let sql = "select token, idempotency_key, body_digest, batch, sent_at from register_sendings \
        where token = $1 and idempotency_key = $2";
    let row: Option<SendingRow> =
        sqlx::query_as(sql).bind(token).bind(key).fetch_optional(db).await?;
    row.map(Sending::try_from).transpose()
}

/// Notes what a token sent, while it is still good.
///
/// # Errors
/// When the key was used or the token taken back meanwhile, or the database refuses.
pub async fn note(db: &mut Db, sending: &Sending) -> Result<(), StoreError> {
    let sql = "insert into register_sendings (token, idempotency_key, body_digest, batch, sent_at) \
        values ($1, $2, $3, $4, $5) on conflict (token, idempotency_key) do nothing";
    let done = sqlx::query(sql)
        .bind(&sending.token)
        .bind(&sending.key)
        .bind(&sending.body)
        .bind(&sending.batch)
        .bind(sending.at.as_millisecond())
        .execute(&mut *db)
        .await?;
    let sql = "update register_tokens set used_at = $2 where id = $1 and revoked_at is null";
    let used =
        sqlx::query(sql).bind(&sending.token).bind(sending.at.as_millisecond()).execute(db).await?;
    match (done.rows_affected(), used.rows_affected()) {
        (1, 1) => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
