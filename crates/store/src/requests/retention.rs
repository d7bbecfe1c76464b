//! What of requests is due to be erased, and its erasure; when it is due is for the settings to say.

use super::{COLUMNS, Loaded, Row, Sealed};
use crate::row::body;
use crate::{Db, StoreError};
use gongkai_domain::id::RequestId;
use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::request::DisclosureRequest;
use jiff::Timestamp;
use jiff::civil::Date;

/// A place among closed requests: the day of the first closing, and the request.
pub type Behind = (String, String);

/// Before which first closing requests are looked at; where a day is missing none are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Horizon {
    /// Whatever came of them.
    pub any: Option<Date>,
    /// Those that were withdrawn, or whose end is no row of the report.
    pub withdrawn: Option<Date>,
}

/// Closed requests whose personal data is still there and that were first closed before these days, the
/// earliest first, behind a place; with the place of the last.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn erasable(
    db: &mut Db,
    before: Horizon,
    behind: &Behind,
    limit: i64,
) -> Result<(Vec<Loaded>, Behind), StoreError> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} where erased_on is null and open_due = '-' and closed_on < $1 \
            and (closed_on < $5 or outcome is null or outcome = $6) \
            and (closed_on, id) > ($2, $3) order by closed_on, id limit $4"
    ));
    // No day is before the empty text.
    let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(text(before.any.max(before.withdrawn)))
        .bind(&behind.0)
        .bind(&behind.1)
        .bind(limit)
        .bind(text(before.any))
        .bind(OutcomeKey::OTHERWISE.as_str())
        .fetch_all(db)
        .await?;
    let loaded = rows.into_iter().map(Loaded::try_from).collect::<Result<Vec<_>, _>>()?;
    let place = |each: &Loaded| {
        let on = each.request.counted().map(|closing| closing.on.to_string());
        (on.unwrap_or_default(), each.request.id.to_string())
    };
    let last = loaded.last().map_or_else(|| behind.clone(), place);
    Ok((loaded, last))
}

/// Puts the rest of the personal data in the place of the whole, with the day; words taken out of
/// files, fillings of papers and the comment of the requester go.
///
/// # Errors
/// When somebody changed the request meanwhile, or the database refuses.
pub async fn erase(
    db: &mut Db,
    request: &DisclosureRequest,
    rest: &Sealed,
    version: i64,
    now: Timestamp,
    on: Date,
) -> Result<(), StoreError> {
    let sql = "update requests set personal = $2, requester = $3, name_mark = $4, shown = $5, \
        body = $6, changed_at = $7, erased_on = $8, version = version + 1 \
        where id = $1 and version = $9";
    let done = sqlx::query(sql)
        .bind(request.id.as_str())
        .bind(&rest.personal)
        .bind(&rest.requester)
        .bind(&rest.name_mark)
        .bind(&request.requester.shown)
        .bind(body(request))
        .bind(now.as_millisecond())
        .bind(on.to_string())
        .bind(version)
        .execute(&mut *db)
        .await?;
    if done.rows_affected() != 1 {
        return Err(StoreError::Conflict);
    }
    for sql in [
        "update request_releases set words = '', report = '' where request = $1",
        "update request_papers set typed = '' where request = $1",
        "update request_ratings set comment = '' where request = $1",
    ] {
        sqlx::query(sql).bind(request.id.as_str()).execute(&mut *db).await?;
    }
    Ok(())
}

/// The day on which the personal data of a request was erased.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn erased_on(db: &mut Db, of: &RequestId) -> Result<Option<Date>, StoreError> {
    let sql = "select erased_on from requests where id = $1";
    let found: Option<(Option<String>,)> =
        sqlx::query_as(sql).bind(of.as_str()).fetch_optional(db).await?;
    let day = found.and_then(|(day,)| day);
    crate::row::At("requests", of.as_str(), "erased_on").day(day.as_deref())
}

/// Whether a reconsideration or a suit over the request is under way.
///
/// # Errors
/// When the database refuses.
pub async fn has_open_remedy(db: &mut Db, of: &RequestId) -> Result<bool, StoreError> {
    let sql = "select count(*) from remedies where request = $1 and concluded_on is null";
    let n_open: i64 = sqlx::query_scalar(sql).bind(of.as_str()).fetch_one(db).await?;
    Ok(0 < n_open)
}

/// How many suggestions still hold what was typed, from before this.
///
/// # Errors
/// When the database refuses.
pub async fn suggestions(db: &mut Db, before: Timestamp) -> Result<i64, StoreError> {
    let sql = "select count(*) from request_suggestions where at < $1 and asked <> ''";
    Ok(sqlx::query_scalar(sql).bind(before.as_millisecond()).fetch_one(db).await?)
}

/// Forgets what was typed before this; that a suggestion was made and answered it stays counted.
///
/// # Errors
/// When the database refuses.
pub async fn forget_suggestions(db: &mut Db, before: Timestamp) -> Result<u64, StoreError> {
    let sql = "update request_suggestions set asked = '' where at < $1 and asked <> ''";
    let done = sqlx::query(sql).bind(before.as_millisecond()).execute(db).await?;
    Ok(done.rows_affected())
}
