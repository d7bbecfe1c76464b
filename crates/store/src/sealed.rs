//! The columns whose texts are sealed, in one list, so that a new key reaches them all.

use crate::{Db, StoreError};

/// A column of sealed texts. Its name is part of what a text is bound to: never rename one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    name: &'static str,
    table: &'static str,
    row: &'static str,
    column: &'static str,
}

impl Column {
    /// The name: `people.totp_secret`.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

/// The secrets of accounts on platforms.
pub const CHANNEL_ACCOUNT: Column = Column {
    name: "channel_accounts.sealed",
    table: "channel_accounts",
    row: "id",
    column: "sealed",
};

/// The secrets of second factors in use.
pub const TOTP: Column =
    Column { name: "people.totp_secret", table: "people", row: "id", column: "totp_secret" };

/// The secrets of second factors that wait for their first code.
pub const PENDING_TOTP: Column = Column {
    name: "second_factors.pending_secret",
    table: "second_factors",
    row: "person",
    column: "pending_secret",
};

/// Who asks: the personal data of disclosure requests.
pub const REQUEST_PERSONAL: Column =
    Column { name: "requests.personal", table: "requests", row: "id", column: "personal" };

/// Drafts of the public request form.
pub const REQUEST_DRAFT: Column = Column {
    name: "request_drafts.sealed",
    table: "request_drafts",
    row: "name",
    column: "sealed",
};

/// What opens the files of requests.
pub const REQUEST_FILE: Column =
    Column { name: "request_files.opener", table: "request_files", row: "name", column: "opener" };

/// The words that were taken out of files.
pub const RELEASE_WORDS: Column = Column {
    name: "request_releases.words",
    table: "request_releases",
    row: "id",
    column: "words",
};

/// The proofs that the words are gone, which name them.
pub const RELEASE_REPORT: Column = Column {
    name: "request_releases.report",
    table: "request_releases",
    row: "id",
    column: "report",
};

/// What people wrote into the blanks of papers.
pub const PAPER_TYPED: Column =
    Column { name: "request_papers.typed", table: "request_papers", row: "id", column: "typed" };

/// What requesters wrote of how content they were.
pub const RATING_COMMENT: Column = Column {
    name: "request_ratings.comment",
    table: "request_ratings",
    row: "request",
    column: "comment",
};

/// Every column.
pub const COLUMNS: &[Column] = &[
    CHANNEL_ACCOUNT,
    TOTP,
    PENDING_TOTP,
    REQUEST_PERSONAL,
    REQUEST_DRAFT,
    REQUEST_FILE,
    RELEASE_WORDS,
    RELEASE_REPORT,
    PAPER_TYPED,
    RATING_COMMENT,
];

/// A text in its row.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The key of the row.
    pub row: String,
    /// The sealed text; from before it was sealed, the open one.
    pub text: String,
}

/// The texts of the rows behind `row`, in the order of their keys; empty ones are left out.
///
/// # Errors
/// When the database refuses.
pub async fn after(
    db: &mut Db,
    of: &Column,
    row: &str,
    at_most: i64,
) -> Result<Vec<Sealed>, StoreError> {
    let Column { table, row: key, column, .. } = of;
    let sql = sqlx::AssertSqlSafe(format!(
        "select {key}, {column} from {table} where $1 < {key} and {column} <> '' \
            order by {key} limit $2"
    ));
    let rows: Vec<(String, String)> =
        sqlx::query_as(sql).bind(row).bind(at_most).fetch_all(db).await?;
    Ok(rows.into_iter().map(|(row, text)| Sealed { row, text }).collect())
}

/// Puts another text in the place of the one that stands.
///
/// # Errors
/// When the row is gone, or the database refuses.
pub async fn replace(db: &mut Db, of: &Column, row: &str, text: &str) -> Result<(), StoreError> {
    let Column { table, row: key, column, .. } = of;
    let sql = sqlx::AssertSqlSafe(format!("update {table} set {column} = $2 where {key} = $1"));
    let done = sqlx::query(sql).bind(row).bind(text).execute(db).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}
