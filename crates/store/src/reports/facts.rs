//! What the cells of a year count, read without bodies: requests; documents as they are published.

use crate::items;
use crate::row::At;
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;
use jiff::civil::Date;
use sqlx::FromRow;

/// A request as the report counts it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountedRequest {
    /// Which.
    pub id: String,
    /// As what its requester asks.
    pub kind: String,
    /// The day of receipt.
    pub received_on: Date,
    /// The day it was closed the first time.
    pub closed_on: Option<Date>,
    /// How it ended the first time.
    pub outcome: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    kind: String,
    received_on: String,
    closed_on: Option<String>,
    outcome: Option<String>,
}

impl TryFrom<Row> for CountedRequest {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("requests", &row.id, column);
        Ok(Self {
            received_on: at("received_on").parse(&row.received_on)?,
            closed_on: at("closed_on").day(row.closed_on.as_deref())?,
            id: row.id,
            kind: row.kind,
            outcome: row.outcome,
        })
    }
}

/// The requests of an organ that a report on the year can count: received until its end, and not
/// closed before it began. Corrections of records are no requests of the report.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn requests(
    db: &mut Db,
    organ: &OrganId,
    year: i16,
) -> Result<Vec<CountedRequest>, StoreError> {
    let sql = "select id, kind, received_on, closed_on, outcome from requests \
        where organ = $1 and matter = 'disclosure' and received_on <= $2 \
        and (closed_on is null or closed_on >= $3) order by id";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(organ.as_str())
        .bind(format!("{year:04}-12-31"))
        .bind(format!("{year:04}-01-01"))
        .fetch_all(db)
        .await?;
    rows.into_iter().map(CountedRequest::try_from).collect()
}

/// The items of these kinds that an organ has published and not withdrawn.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn published(
    db: &mut Db,
    organ: &OrganId,
    kinds: &[&str],
) -> Result<Vec<items::Loaded>, StoreError> {
    let mut query = Statement::new(
        "select id from items where standing in ('public', 'archived') and organ = ",
    );
    query.push_bind(organ.as_str());
    query.push_any("kind", kinds.iter().copied());
    query.push(" order by id");
    let ids: Vec<(String,)> = query.fetch_all(db).await?;
    let mut found = Vec::with_capacity(ids.len());
    for (id,) in ids {
        let id = At("items", &id, "id").parse(&id)?;
        found.extend(items::find(db, &id).await?);
    }
    Ok(found)
}
