//! The registers that table two is compiled from: batches of rows, each undoable as a whole.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;
use gongkai_domain::register::{Record, RecordKind};
use jiff::Timestamp;
use sqlx::FromRow;

/// What came at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Which.
    pub id: String,
    /// Whose.
    pub organ: OrganId,
    /// Where it came from: the name of the file, or that it was entered.
    pub source: String,
    /// The hash of the file, where it came in one.
    pub file: Option<String>,
    /// How many rows.
    pub n_rows: i64,
    /// The SHA-256 of the rows.
    pub digest: String,
    /// The name of who brought it.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// Who undid it, when and why.
    pub undone: Option<(String, Timestamp, String)>,
}

/// A record with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Which.
    pub id: String,
    /// With which batch it came.
    pub batch: String,
    /// The record.
    pub record: Record,
}

#[derive(FromRow)]
struct BatchRow {
    id: String,
    organ: String,
    source: String,
    file: Option<String>,
    n_rows: i64,
    digest: String,
    made_by: String,
    made_at: i64,
    undone_by: Option<String>,
    undone_at: Option<i64>,
    undone_reason: Option<String>,
}

impl TryFrom<BatchRow> for Batch {
    type Error = StoreError;

    fn try_from(row: BatchRow) -> Result<Self, StoreError> {
        let at = |column| At("register_batches", &row.id, column);
        let undone_at = row.undone_at.map(|ms| at("undone_at").instant(ms)).transpose()?;
        let undone = undone_at.zip(row.undone_by);
        Ok(Self {
            organ: at("organ").parse(&row.organ)?,
            made_at: at("made_at").instant(row.made_at)?,
            undone: undone.map(|(at, by)| (by, at, row.undone_reason.unwrap_or_default())),
            id: row.id,
            source: row.source,
            file: row.file,
            n_rows: row.n_rows,
            digest: row.digest,
            made_by: row.made_by,
        })
    }
}

#[derive(FromRow)]
struct Row {
    id: String,
    batch: String,
    kind: String,
    line: String,
    number: String,
    title: String,
    since: String,
    until: Option<String>,
    amount: String,
}

impl TryFrom<Row> for Kept {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("register_rows", &row.id, column);
        let kind = RecordKind::of(&row.kind).ok_or_else(|| {
            StoreError::broken("register_rows", &row.id, "kind", format!("没有“{}”", row.kind))
        })?;
        let record = Record {
            kind,
            on: at("since").parse(&row.since)?,
            until: at("until").day(row.until.as_deref())?,
            amount: at("amount").parse(&row.amount)?,
            line: row.line,
            number: row.number,
            title: row.title,
        };
        Ok(Self { id: row.id, batch: row.batch, record })
    }
}

/// Adds a batch with its rows, each with its id.
///
/// # Errors
/// When the database refuses.
pub async fn add(db: &mut Db, batch: &Batch, rows: &[(String, Record)]) -> Result<(), StoreError> {
    let sql = "insert into register_batches (id, organ, source, file, n_rows, digest, made_by, \
        made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(&batch.id)
        .bind(batch.organ.as_str())
        .bind(&batch.source)
        .bind(batch.file.as_deref())
        .bind(batch.n_rows)
        .bind(&batch.digest)
        .bind(&batch.made_by)
        .bind(batch.made_at.as_millisecond())
        .execute(&mut *db)
        .await?;
    let sql = "insert into register_rows (id, organ, batch, kind, line, number, title, since, \
        until, amount, is_undone) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)";
    for (id, record) in rows {
        sqlx::query(sql)
            .bind(id)
            .bind(batch.organ.as_str())
            .bind(&batch.id)
            .bind(record.kind.key())
            .bind(&record.line)
            .bind(&record.number)
            .bind(&record.title)
            .bind(record.on.to_string())
            .bind(record.until.map(|day| day.to_string()))
            .bind(record.amount.to_string())
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// The rows of an organ that bear on a year: acts of it, and matters that stood in it.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_year(db: &mut Db, organ: &OrganId, year: i16) -> Result<Vec<Kept>, StoreError> {
    let sql = "select id, batch, kind, line, number, title, since, until, amount \
        from register_rows where organ = $1 and is_undone = 0 and since <= $2 \
        and (kind = 'matter' or since >= $3) and (until is null or until >= $3) \
        order by since, id";
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(organ.as_str())
        .bind(format!("{year:04}-12-31"))
        .bind(format!("{year:04}-01-01"))
        .fetch_all(db)
        .await?;
    rows.into_iter().map(Kept::try_from).collect()
}

/// The rows of a batch, undone or not.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_batch(db: &mut Db, batch: &str) -> Result<Vec<Kept>, StoreError> {
    let sql = "select id, batch, kind, line, number, title, since, until, amount \
        from register_rows where batch = $1 order by since, id";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(batch).fetch_all(db).await?;
    rows.into_iter().map(Kept::try_from).collect()
}

const BATCH: &str = "select id, organ, source, file, n_rows, digest, made_by, made_at, undone_by, \
    undone_at, undone_reason from register_batches";

/// The batches of an organ, the latest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn batches(db: &mut Db, organ: &OrganId, limit: i64) -> Result<Vec<Batch>, StoreError> {
    let sql = format!("{BATCH} where organ = $1 order by id desc limit $2");
    let rows: Vec<BatchRow> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(organ.as_str())
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(Batch::try_from).collect()
}

/// One batch.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn batch(db: &mut Db, id: &str) -> Result<Option<Batch>, StoreError> {
    let sql = format!("{BATCH} where id = $1");
    let row: Option<BatchRow> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(db).await?;
    row.map(Batch::try_from).transpose()
}

/// Whether the organ has a batch with these rows that was not undone.
///
/// # Errors
/// When the database refuses.
pub async fn has(db: &mut Db, organ: &OrganId, digest: &str) -> Result<bool, StoreError> {
    let sql = "select count(*) from register_batches where organ = $1 and digest = $2 \
        and undone_at is null and file is not null";
    let n: i64 = sqlx::query_scalar(sql).bind(organ.as_str()).bind(digest).fetch_one(db).await?;
    Ok(0 < n)
}

/// Undoes a batch: its rows count no more.
///
/// # Errors
/// When it was undone meanwhile, or the database refuses.
pub async fn undo(
    db: &mut Db,
    id: &str,
    by: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "update register_batches set undone_by = $2, undone_at = $3, undone_reason = $4 \
        where id = $1 and undone_at is null";
    let done = sqlx::query(sql)
        .bind(id)
        .bind(by)
        .bind(now.as_millisecond())
        .bind(reason)
        .execute(&mut *db)
        .await?;
    if done.rows_affected() != 1 {
        return Err(StoreError::Conflict);
    }
    sqlx::query("update register_rows set is_undone = 1 where batch = $1")
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}
