//! Files made ready to go out with a reply: what was brought, what may go out, and the proof between.

use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::id::RequestId;
use gongkai_domain::request::RequestFile;
use jiff::Timestamp;
use sqlx::FromRow;

/// A file on its way out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptRelease {
    /// Its name in addresses.
    pub id: String,
    /// What was brought.
    pub source: RequestFile,
    /// What may go out; none until it was made.
    pub product: Option<RequestFile>,
    /// The words that were taken out, sealed; empty where none were.
    pub words: String,
    /// Why it may go out whole; empty where words were taken out.
    pub reason: String,
    /// The proof that the words are gone and what was remarked, sealed; empty where there is none.
    pub report: String,
    /// Who made it, by the name of that time.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    source: String,
    product: Option<String>,
    words: String,
    reason: String,
    report: String,
    by_name: String,
    at: i64,
}

impl TryFrom<Row> for KeptRelease {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("request_releases", &row.id, column);
        let product = row.product.as_deref();
        Ok(Self {
            source: at("source").json(&row.source)?,
            product: product.map(|text| at("product").json(text)).transpose()?,
            at: at("at").instant(row.at)?,
            words: row.words,
            reason: row.reason,
            report: row.report,
            by: row.by_name,
            id: row.id,
        })
    }
}

/// Keeps a file on its way out; the same again is what became of it.
///
/// # Errors
/// When the database refuses.
pub async fn keep_release(
    db: &mut Db,
    of: &RequestId,
    release: &KeptRelease,
) -> Result<(), StoreError> {
    let sql = "insert into request_releases (id, request, source, product, words, reason, report, \
        by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        on conflict (id) do update set product = excluded.product, words = excluded.words, \
        reason = excluded.reason, report = excluded.report, by_name = excluded.by_name, \
        at = excluded.at";
    sqlx::query(sql)
        .bind(&release.id)
        .bind(of.as_str())
        .bind(body(&release.source))
        .bind(release.product.as_ref().map(body))
        .bind(&release.words)
        .bind(&release.reason)
        .bind(&release.report)
        .bind(&release.by)
        .bind(release.at.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

/// The files of a request on their way out, the earliest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn releases(db: &mut Db, of: &RequestId) -> Result<Vec<KeptRelease>, StoreError> {
    let sql = "select id, source, product, words, reason, report, by_name, at \
        from request_releases where request = $1 order by id";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(of.as_str()).fetch_all(db).await?;
    rows.into_iter().map(KeptRelease::try_from).collect()
}
