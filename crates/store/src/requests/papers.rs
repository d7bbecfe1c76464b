//! Papers issued for requests: rows that are added and read, never changed.

use crate::row::At;
use crate::{Db, StoreError};
use gongkai_domain::id::RequestId;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

/// A paper that was issued.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// Its name in addresses.
    pub id: String,
    /// The key of its notice.
    pub notice: String,
    /// The number of the consultation that it is about, where it is about one.
    pub concerning: Option<i64>,
    /// What people call it.
    pub name: String,
    /// 发文字号; empty where it has none.
    pub number: String,
    /// 成文日期.
    pub issued_on: Date,
    /// What people wrote into its blanks, as JSON, sealed; empty where nothing is kept.
    pub typed: String,
    /// The digest of the DOCX.
    pub docx: String,
    /// The digest of the PDF; none where it could not be made.
    pub pdf: Option<String>,
    /// What there is to say of its making: a font that stands in, why there is no PDF.
    pub remark: String,
    /// The paper that it stands in for.
    pub replaces: Option<String>,
    /// Who issued it, by the name of that time.
    pub issued_by: String,
    /// When.
    pub at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    notice: String,
    concerning: Option<i64>,
    name: String,
    number: String,
    issued_on: String,
    typed: String,
    docx: String,
    pdf: Option<String>,
    remark: String,
    replaces: Option<String>,
    issued_by: String,
    at: i64,
}

impl TryFrom<Row> for Paper {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("request_papers", &row.id, column);
        Ok(Self {
            issued_on: at("issued_on").parse(&row.issued_on)?,
            at: at("at").instant(row.at)?,
            notice: row.notice,
            concerning: row.concerning,
            name: row.name,
            number: row.number,
            typed: row.typed,
            docx: row.docx,
            pdf: row.pdf,
            remark: row.remark,
            replaces: row.replaces,
            issued_by: row.issued_by,
            id: row.id,
        })
    }
}

/// Keeps an issued paper.
///
/// # Errors
/// When the database refuses.
pub async fn add_paper(db: &mut Db, of: &RequestId, paper: &Paper) -> Result<(), StoreError> {
    let sql = "insert into request_papers (id, request, notice, concerning, name, number, \
        issued_on, typed, docx, pdf, remark, replaces, issued_by, at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    sqlx::query(sql)
        .bind(&paper.id)
        .bind(of.as_str())
        .bind(&paper.notice)
        .bind(paper.concerning)
        .bind(&paper.name)
        .bind(&paper.number)
        .bind(paper.issued_on.to_string())
        .bind(&paper.typed)
        .bind(&paper.docx)
        .bind(paper.pdf.as_deref())
        .bind(&paper.remark)
        .bind(paper.replaces.as_deref())
        .bind(&paper.issued_by)
        .bind(paper.at.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

/// The papers of a request, the earliest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn papers(db: &mut Db, of: &RequestId) -> Result<Vec<Paper>, StoreError> {
    let sql = "select id, notice, concerning, name, number, issued_on, typed, docx, pdf, remark, \
        replaces, issued_by, at from request_papers where request = $1 order by id";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(of.as_str()).fetch_all(db).await?;
    rows.into_iter().map(Paper::try_from).collect()
}
