//! Signing in through an identity service: its subjects and our people, and sign-ins under way.

use crate::error::taken;
use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::PersonId;
use jiff::Timestamp;

/// A sign-in under way.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The digest of the state in the address.
    pub state_digest: String,
    /// The digest of the cookie of the browser that began it.
    pub browser_digest: String,
    /// What the token must repeat.
    pub nonce: String,
    /// What proves that whoever ends it began it (PKCE).
    pub verifier: String,
    /// Until when it can be ended.
    pub expires_at: Timestamp,
}

/// Keeps a sign-in under way, and forgets those whose time is over.
///
/// # Errors
/// When the database refuses.
pub async fn begin(db: &mut Db, request: &Request, now: Timestamp) -> Result<(), StoreError> {
    let sql = "delete from oidc_requests where expires_at < $1";
    sqlx::query(sql).bind(now.as_millisecond()).execute(&mut *db).await?;
    let sql = "insert into oidc_requests (state_digest, browser_digest, nonce, verifier, \
        expires_at) values ($1, $2, $3, $4, $5)";
    sqlx::query(sql)
        .bind(&request.state_digest)
        .bind(&request.browser_digest)
        .bind(&request.nonce)
        .bind(&request.verifier)
        .bind(request.expires_at.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a sign-in under way: it is there once.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn take(db: &mut Db, state_digest: &str) -> Result<Option<Request>, StoreError> {
    type Columns = (String, String, String, i64);
    let sql = "delete from oidc_requests where state_digest = $1 \
        returning browser_digest, nonce, verifier, expires_at";
    let row: Option<Columns> = sqlx::query_as(sql).bind(state_digest).fetch_optional(db).await?;
    let Some((browser_digest, nonce, verifier, expires_at)) = row else { return Ok(None) };
    let expires_at = At("oidc_requests", state_digest, "expires_at").instant(expires_at)?;
    let state_digest = state_digest.to_owned();
    Ok(Some(Request { state_digest, browser_digest, nonce, verifier, expires_at }))
}

/// Who the subject of an issuer is.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn person(
    db: &mut Db,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonId>, StoreError> {
    let sql = "select person from oidc_links where issuer = $1 and subject = $2";
    let id: Option<String> =
        sqlx::query_scalar(sql).bind(issuer).bind(subject).fetch_optional(db).await?;
    id.map(|id| At("oidc_links", subject, "person").parse(&id)).transpose()
}

/// Says who the subject of an issuer is from now on.
///
/// # Errors
/// When the person is another subject of this issuer already, or the database refuses.
pub async fn link(
    db: &mut Db,
    issuer: &str,
    subject: &str,
    person: &PersonId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "insert into oidc_links (issuer, subject, person, linked_at) \
        values ($1, $2, $3, $4)";
    let sentence = "这个账号已经与统一身份认证里的另一个人关联，请联系安全管理员".to_owned();
    sqlx::query(sql)
        .bind(issuer)
        .bind(subject)
        .bind(person.as_str())
        .bind(now.as_millisecond())
        .execute(db)
        .await
        .map_err(taken(sentence))?;
    Ok(())
}
