//! Sealed files of requests: under which name they lie, what opens them, and whose they are.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::RequestId;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

/// A sealed file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptFile {
    /// How rows name it.
    pub name: String,
    /// The hash of its sealed bytes, under which they lie; empty once it was erased.
    pub stored: String,
    /// What opens it, sealed; empty once it was erased.
    pub opener: String,
    /// The request that names it; none until one does.
    pub request: Option<RequestId>,
    /// Whether it is the archive package.
    pub is_package: bool,
    /// When it came.
    pub kept_at: Timestamp,
    /// The day on which it was erased.
    pub erased_on: Option<Date>,
}

#[derive(FromRow)]
struct Row {
    name: String,
    stored: String,
    opener: String,
    request: Option<String>,
    is_package: i64,
    kept_at: i64,
    erased_on: Option<String>,
}

impl TryFrom<Row> for KeptFile {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("request_files", &row.name, column);
        let request = row.request.as_deref();
        Ok(Self {
            request: request.map(|text| at("request").parse(text)).transpose()?,
            kept_at: at("kept_at").instant(row.kept_at)?,
            erased_on: at("erased_on").day(row.erased_on.as_deref())?,
            is_package: row.is_package != 0,
            stored: row.stored,
            opener: row.opener,
            name: row.name,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select name, stored, opener, request, is_package, kept_at, erased_on \
                from request_files ",
            $rest
        )
    };
}

fn all(rows: Vec<Row>) -> Result<Vec<KeptFile>, StoreError> {
    rows.into_iter().map(KeptFile::try_from).collect()
}

/// Keeps a sealed file.
///
/// # Errors
/// When the name stands already, or the database refuses.
pub async fn add(db: &mut Db, file: &KeptFile) -> Result<(), StoreError> {
    let sql = "insert into request_files (name, stored, opener, request, is_package, kept_at, \
        erased_on) values ($1, $2, $3, $4, $5, $6, null)";
    sqlx::query(sql)
        .bind(&file.name)
        .bind(&file.stored)
        .bind(&file.opener)
        .bind(file.request.as_ref().map(RequestId::as_str))
        .bind(i64::from(file.is_package))
        .bind(file.kept_at.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

/// The file of this name; none where it was kept open, before files were sealed.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, name: &str) -> Result<Option<KeptFile>, StoreError> {
    let sql = select!("where name = $1");
    let row: Option<Row> = sqlx::query_as(sql).bind(name).fetch_optional(db).await?;
    row.map(KeptFile::try_from).transpose()
}

/// Says that a request names the file; one that another request names stays with it.
///
/// # Errors
/// When the database refuses.
pub async fn attach(db: &mut Db, name: &str, to: &RequestId) -> Result<(), StoreError> {
    let sql = "update request_files set request = $2 where name = $1 and request is null";
    sqlx::query(sql).bind(name).bind(to.as_str()).execute(db).await?;
    Ok(())
}

/// The files of a request that are still there, its archive package among them.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_request(db: &mut Db, of: &RequestId) -> Result<Vec<KeptFile>, StoreError> {
    let sql = select!("where request = $1 and stored <> '' order by name");
    all(sqlx::query_as(sql).bind(of.as_str()).fetch_all(db).await?)
}

/// The archive package of a request that was kept, erased or not.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn package_of(db: &mut Db, of: &RequestId) -> Result<Option<KeptFile>, StoreError> {
    let sql = select!("where request = $1 and is_package = 1 order by kept_at desc limit 1");
    let row: Option<Row> = sqlx::query_as(sql).bind(of.as_str()).fetch_optional(db).await?;
    row.map(KeptFile::try_from).transpose()
}

/// Files that came before this and that no request names, the oldest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn loose(
    db: &mut Db,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<KeptFile>, StoreError> {
    let sql = select!("where request is null and kept_at < $1 order by kept_at, name limit $2");
    all(sqlx::query_as(sql).bind(before.as_millisecond()).bind(limit).fetch_all(db).await?)
}

/// Files that lie under another name than rows name them by: they were sealed later.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn renamed(db: &mut Db) -> Result<Vec<KeptFile>, StoreError> {
    all(sqlx::query_as(select!("where name <> stored and stored <> ''")).fetch_all(db).await?)
}

/// Archive packages of requests that were closed before this day.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn packages(db: &mut Db, before: Date, limit: i64) -> Result<Vec<KeptFile>, StoreError> {
    let sql = select!(
        "where is_package = 1 and stored <> '' and request in \
            (select id from requests where open_due = '-' and closed_on < $1) \
            and not exists (select 1 from remedies \
                where remedies.request = request_files.request and concluded_on is null) \
            order by kept_at, name limit $2"
    );
    all(sqlx::query_as(sql).bind(before.to_string()).bind(limit).fetch_all(db).await?)
}

/// Forgets what opens a file and where it lies; its name stays, so that it is not missed.
///
/// # Errors
/// When the database refuses.
pub async fn erase(db: &mut Db, name: &str, on: Date) -> Result<(), StoreError> {
    let sql = "update request_files set stored = '', opener = '', erased_on = $2 where name = $1";
    sqlx::query(sql).bind(name).bind(on.to_string()).execute(db).await?;
    Ok(())
}

/// Takes away the row of a file that no request names.
///
/// # Errors
/// When the database refuses.
pub async fn discard(db: &mut Db, name: &str) -> Result<bool, StoreError> {
    let sql = "delete from request_files where name = $1 and request is null";
    Ok(sqlx::query(sql).bind(name).execute(db).await?.rows_affected() == 1)
}
