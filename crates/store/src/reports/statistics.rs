//! What people typed of papers of statistics, and the items as which these are published.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::{ItemId, OrganId};
pub use gongkai_domain::statistics::TypedValue;
use sqlx::FromRow;

/// Which paper: of which organ, by its key, for which period.
#[derive(Clone, Copy, Debug)]
pub struct Which<'a> {
    /// Whose.
    pub organ: &'a OrganId,
    /// The key of the paper.
    pub paper: &'a str,
    /// The key of the period.
    pub period: &'a str,
}

#[derive(FromRow)]
struct Row {
    id: String,
    cell: String,
    value: String,
    why: String,
    made_by: String,
    made_at: i64,
}

impl TryFrom<Row> for TypedValue {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("statistic_values", &row.id, column);
        Ok(Self {
            value: at("value").parse(&row.value)?,
            at: at("made_at").instant(row.made_at)?,
            id: row.id,
            cell: row.cell,
            why: row.why,
            by: row.made_by,
        })
    }
}

/// Keeps a figure; those typed before stay, and the highest number of a row counts.
///
/// # Errors
/// When somebody else typed it at the same moment, or the database refuses.
pub async fn add(db: &mut Db, which: Which<'_>, typed: &TypedValue) -> Result<(), StoreError> {
    let sql = "select coalesce(max(number), 0) from statistic_values \
        where organ = $1 and paper = $2 and period = $3 and cell = $4";
    let last: i64 = sqlx::query_scalar(sql)
        .bind(which.organ.as_str())
        .bind(which.paper)
        .bind(which.period)
        .bind(&typed.cell)
        .fetch_one(&mut *db)
        .await?;
    let sql = "insert into statistic_values (id, organ, paper, period, cell, value, why, made_by, \
        made_at, number) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    sqlx::query(sql)
        .bind(&typed.id)
        .bind(which.organ.as_str())
        .bind(which.paper)
        .bind(which.period)
        .bind(&typed.cell)
        .bind(typed.value.to_string())
        .bind(&typed.why)
        .bind(&typed.by)
        .bind(typed.at.as_millisecond())
        .bind(last + 1)
        .execute(db)
        .await?;
    Ok(())
}

/// Everything that was typed of a paper, of each row the earliest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all(db: &mut Db, which: Which<'_>) -> Result<Vec<TypedValue>, StoreError> {
    let sql = "select id, cell, value, why, made_by, made_at from statistic_values \
        where organ = $1 and paper = $2 and period = $3 order by cell, number";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(which.organ.as_str())
        .bind(which.paper)
        .bind(which.period)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(TypedValue::try_from).collect()
}

/// The item as which a paper is published.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn item(db: &mut Db, which: Which<'_>) -> Result<Option<ItemId>, StoreError> {
    let sql = "select item from statistic_items where organ = $1 and paper = $2 and period = $3";
    let found: Option<String> = sqlx::query_scalar(sql)
        .bind(which.organ.as_str())
        .bind(which.paper)
        .bind(which.period)
        .fetch_optional(db)
        .await?;
    found.map(|id| At("statistic_items", which.paper, "item").parse(&id)).transpose()
}

/// Keeps the item as which a paper is published; the first one stays.
///
/// # Errors
/// When there is one already, or the database refuses.
pub async fn set_item(db: &mut Db, which: Which<'_>, item: &ItemId) -> Result<(), StoreError> {
    let sql = "insert into statistic_items (organ, paper, period, item) values ($1, $2, $3, $4) \
        on conflict (organ, paper, period) do nothing";
    let done = sqlx::query(sql)
        .bind(which.organ.as_str())
        .bind(which.paper)
        .bind(which.period)
        .bind(item.as_str())
        .execute(db)
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}
