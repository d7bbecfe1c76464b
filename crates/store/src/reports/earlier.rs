//! Reports of earlier years, as read from a file and corrected by people.

use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::filing::EarlierReport;
use gongkai_domain::id::OrganId;
use sqlx::FromRow;

/// An earlier report as it was loaded, with the version that a change must still find.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The report.
    pub report: EarlierReport,
    /// The version; grows with every change.
    pub version: i64,
}

#[derive(FromRow)]
struct Row {
    organ: String,
    body: String,
    version: i64,
}

impl TryFrom<Row> for Loaded {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let report = At("earlier_reports", &row.organ, "body").json(&row.body)?;
        Ok(Self { report, version: row.version })
    }
}

/// The earlier report of an organ and year.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, organ: &OrganId, year: i16) -> Result<Option<Loaded>, StoreError> {
    let sql = "select organ, body, version from earlier_reports where organ = $1 and year = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(organ.as_str()).bind(i64::from(year)).fetch_optional(db).await?;
    row.map(Loaded::try_from).transpose()
}

/// The earlier reports of an organ, the latest year first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_organ(db: &mut Db, organ: &OrganId) -> Result<Vec<Loaded>, StoreError> {
    let sql = "select organ, body, version from earlier_reports where organ = $1 \
        order by year desc";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(organ.as_str()).fetch_all(db).await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

/// Keeps a report that still has the version it was loaded with; a new one has none (0).
///
/// # Errors
/// When the year has one already, somebody else changed it meanwhile, or the database refuses.
pub async fn save(db: &mut Db, report: &EarlierReport, version: i64) -> Result<(), StoreError> {
    let sql = if version == 0 {
        "insert into earlier_reports (organ, year, file, body, version) \
            values ($1, $2, $3, $4, $5 + 1) on conflict (organ, year) do nothing"
    } else {
        "update earlier_reports set file = $3, body = $4, version = version + 1 \
            where organ = $1 and year = $2 and version = $5"
    };
    let done = sqlx::query(sql)
        .bind(report.organ.as_str())
        .bind(i64::from(report.year))
        .bind(&report.file)
        .bind(body(report))
        .bind(version)
        .execute(db)
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}
