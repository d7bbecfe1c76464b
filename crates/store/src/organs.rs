//! The tree of organs.

use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    id: String,
    body: String,
}

impl TryFrom<Row> for Organ {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        At("organs", &row.id, "body").json(&row.body)
    }
}

/// One organ.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, id: &OrganId) -> Result<Option<Organ>, StoreError> {
    let sql = "select id, body from organs where id = $1";
    let row: Option<Row> = sqlx::query_as(sql).bind(id.as_str()).fetch_optional(db).await?;
    row.map(Organ::try_from).transpose()
}

/// Every organ, in the order of lists.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all(db: &mut Db) -> Result<Vec<Organ>, StoreError> {
    let sql = "select id, body from organs order by sort, name";
    let rows: Vec<Row> = sqlx::query_as(sql).fetch_all(db).await?;
    rows.into_iter().map(Organ::try_from).collect()
}

/// Adds or changes an organ.
///
/// # Errors
/// When the database refuses.
pub async fn save(db: &mut Db, organ: &Organ) -> Result<(), StoreError> {
    let sql = "insert into organs (id, parent, sort, name, body, version) \
        values ($1, $2, $3, $4, $5, 1) \
        on conflict (id) do update set parent = excluded.parent, sort = excluded.sort, \
        name = excluded.name, body = excluded.body, version = organs.version + 1";
    sqlx::query(sql)
        .bind(organ.id.as_str())
        .bind(organ.parent.as_ref().map(OrganId::as_str))
        .bind(organ.order)
        .bind(&organ.name)
        .bind(body(organ))
        .execute(db)
        .await?;
    Ok(())
}
