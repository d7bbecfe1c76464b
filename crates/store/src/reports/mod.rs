//! Annual reports in work, one an organ and year; beside them what they are compiled from.

pub mod earlier;
pub mod facts;
pub mod registers;
pub mod remedies;
pub mod statistics;
pub mod tokens;

use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::figure::Figures;
use gongkai_domain::filing::Filing;
use gongkai_domain::id::OrganId;
use gongkai_domain::time::china_date;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

/// A filing as it was loaded, with the version that a change must still find; 0 while it is not kept.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The filing.
    pub filing: Filing,
    /// The version; grows with every change.
    pub version: i64,
}

/// A filing in a list, without its texts.
#[derive(Clone, Debug)]
pub struct FilingLine {
    /// Whose.
    pub organ: OrganId,
    /// The key of its state.
    pub state: String,
    /// The organ's name on it.
    pub agency: String,
    /// The day it was handed in first.
    pub handed_in_on: Option<Date>,
    /// How often it was restated.
    pub n_restatements: u32,
    /// Its figures.
    pub figures: Figures,
}

#[derive(FromRow)]
struct Row {
    body: String,
    version: i64,
}

#[derive(FromRow)]
struct LineRow {
    organ: String,
    state: String,
    agency: String,
    handed_in_on: Option<String>,
    n_restatements: i64,
    figures: String,
}

impl TryFrom<LineRow> for FilingLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        let at = |column| At("filings", &row.organ, column);
        Ok(Self {
            organ: at("organ").parse(&row.organ)?,
            handed_in_on: at("handed_in_on").day(row.handed_in_on.as_deref())?,
            n_restatements: u32::try_from(row.n_restatements).unwrap_or_default(),
            figures: at("figures").json(&row.figures)?,
            state: row.state,
            agency: row.agency,
        })
    }
}

/// The filing of an organ and year.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, organ: &OrganId, year: i16) -> Result<Option<Loaded>, StoreError> {
    let sql = "select body, version from filings where organ = $1 and year = $2";
    let row: Option<Row> =
        sqlx::query_as(sql).bind(organ.as_str()).bind(i64::from(year)).fetch_optional(db).await?;
    let loaded = |row: Row| {
        let filing = At("filings", organ.as_str(), "body").json(&row.body)?;
        Ok(Loaded { filing, version: row.version })
    };
    row.map(loaded).transpose()
}

/// The filings of a year, in no order.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_year(db: &mut Db, year: i16) -> Result<Vec<FilingLine>, StoreError> {
    let sql = "select organ, state, agency, handed_in_on, n_restatements, figures from filings \
        where year = $1";
    let rows: Vec<LineRow> = sqlx::query_as(sql).bind(i64::from(year)).fetch_all(db).await?;
    rows.into_iter().map(FilingLine::try_from).collect()
}

/// The years of which an organ has a filing, the latest first.
///
/// # Errors
/// When the database refuses.
pub async fn years(db: &mut Db, organ: &OrganId) -> Result<Vec<i16>, StoreError> {
    let sql = "select year from filings where organ = $1 order by year desc";
    let years: Vec<i64> = sqlx::query_scalar(sql).bind(organ.as_str()).fetch_all(db).await?;
    Ok(years.into_iter().filter_map(|year| i16::try_from(year).ok()).collect())
}

/// Keeps a filing that still has the version it was loaded with; a new one has none (0).
///
/// # Errors
/// When somebody else changed it meanwhile, or the database refuses.
pub async fn save(
    db: &mut Db,
    filing: &Filing,
    version: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = if version == 0 {
        "insert into filings (organ, year, state, agency, handed_in_on, n_restatements, figures, \
            changed_at, body, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10 + 1) \
            on conflict (organ, year) do nothing"
    } else {
        "update filings set state = $3, agency = $4, handed_in_on = $5, n_restatements = $6, \
            figures = $7, changed_at = $8, body = $9, version = version + 1 \
            where organ = $1 and year = $2 and version = $10"
    };
    let first = filing.handings.first().map(|handing| china_date(handing.at).to_string());
    let done = sqlx::query(sql)
        .bind(filing.organ.as_str())
        .bind(i64::from(filing.year))
        .bind(filing.state.key().key())
        .bind(&filing.agency)
        .bind(first)
        .bind(i64::try_from(filing.restatements.len()).unwrap_or(i64::MAX))
        .bind(body(&filing.figures))
        .bind(now.as_millisecond())
        .bind(body(filing))
        .bind(version)
        .execute(db)
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}
