//! What requesters say of it: whether a suggestion answered the question, and how content they were.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::{ItemId, OrganId, RequestId};
use jiff::Timestamp;

/// How content a requester was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rating {
    /// One to five.
    pub stars: i64,
    /// What was written to it, sealed; empty where nothing was.
    pub comment: String,
    /// When.
    pub at: Timestamp,
}

/// Keeps how content the requester was; a later word replaces the earlier.
///
/// # Errors
/// When the database refuses.
pub async fn keep_rating(db: &mut Db, of: &RequestId, rating: &Rating) -> Result<(), StoreError> {
    let sql = "insert into request_ratings (request, stars, comment, at) values ($1, $2, $3, $4) \
        on conflict (request) do update set stars = excluded.stars, comment = excluded.comment, \
        at = excluded.at";
    sqlx::query(sql)
        .bind(of.as_str())
        .bind(rating.stars)
        .bind(&rating.comment)
        .bind(rating.at.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

/// How content the requester of a request was.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn ratings(db: &mut Db, of: &RequestId) -> Result<Option<Rating>, StoreError> {
    let sql = "select stars, comment, at from request_ratings where request = $1";
    let row: Option<(i64, String, i64)> =
        sqlx::query_as(sql).bind(of.as_str()).fetch_optional(db).await?;
    let rating = |(stars, comment, at)| {
        let at = At("request_ratings", of.as_str(), "at").instant(at)?;
        Ok(Rating { stars, comment, at })
    };
    row.map(rating).transpose()
}

/// Keeps that an item was suggested to somebody who was about to ask, and whether it answered.
///
/// # Errors
/// When the database refuses.
pub async fn keep_suggestion(
    db: &mut Db,
    id: &str,
    organ: &OrganId,
    item: &ItemId,
    asked: &str,
    answered: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = "insert into request_suggestions (id, organ, item, asked, answered, at) \
        values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(id)
        .bind(organ.as_str())
        .bind(item.as_str())
        .bind(asked)
        .bind(i64::from(answered))
        .bind(at.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}
