//! Reconsiderations and suits.

use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::id::{OrganId, RemedyId, RequestId};
use gongkai_domain::remedy::Remedy;
use sqlx::FromRow;

/// A case as it was loaded, with the version that a change must still find.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loaded {
    /// The case.
    pub remedy: Remedy,
    /// The version; grows with every change.
    pub version: i64,
}

#[derive(FromRow)]
struct Row {
    id: String,
    body: String,
    version: i64,
}

impl TryFrom<Row> for Loaded {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let remedy = At("remedies", &row.id, "body").json(&row.body)?;
        Ok(Self { remedy, version: row.version })
    }
}

/// One case.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, id: &RemedyId) -> Result<Option<Loaded>, StoreError> {
    let sql = "select id, body, version from remedies where id = $1";
    let row: Option<Row> = sqlx::query_as(sql).bind(id.as_str()).fetch_optional(db).await?;
    row.map(Loaded::try_from).transpose()
}

/// The cases of an organ, the latest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_organ(db: &mut Db, organ: &OrganId) -> Result<Vec<Loaded>, StoreError> {
    let sql = "select id, body, version from remedies where organ = $1 \
        order by filed_on desc, id desc";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(organ.as_str()).fetch_all(db).await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

/// Adds a case.
///
/// # Errors
/// When the database refuses.
pub async fn add(db: &mut Db, remedy: &Remedy) -> Result<(), StoreError> {
    let sql = "insert into remedies (id, organ, request, filed_on, concluded_on, body, version) \
        values ($1, $2, $3, $4, $5, $6, 1)";
    bound(sqlx::query(sql), remedy).execute(db).await?;
    Ok(())
}

/// Changes a case that still has the version it was loaded with.
///
/// # Errors
/// When somebody else changed it meanwhile, or the database refuses.
pub async fn save(db: &mut Db, remedy: &Remedy, version: i64) -> Result<(), StoreError> {
    let sql = "update remedies set organ = $2, request = $3, filed_on = $4, concluded_on = $5, \
        body = $6, version = version + 1 where id = $1 and version = $7";
    let done = bound(sqlx::query(sql), remedy).bind(version).execute(db).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

fn bound<'q>(query: Query<'q>, remedy: &'q Remedy) -> Query<'q> {
    query
        .bind(remedy.id.as_str())
        .bind(remedy.organ.as_str())
        .bind(remedy.filed.request.as_ref().map(RequestId::as_str))
        .bind(remedy.filed.filed_on.to_string())
        .bind(remedy.result().map(|outcome| outcome.on.to_string()))
        .bind(body(remedy))
}
