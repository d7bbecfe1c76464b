//! The chains of an organ where they are not the usual ones: for the review of items by their kind, and
//! for the approval of replies by theirs.

use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;
use gongkai_domain::review::{Chain, ReplyChain};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::AssertSqlSafe;

/// A chain that is kept in a table of its own.
pub trait Kept: Serialize + DeserializeOwned {
    /// The table.
    const TABLE: &'static str;
}

impl Kept for Chain {
    const TABLE: &'static str = "chains";
}

impl Kept for ReplyChain {
    const TABLE: &'static str = "reply_chains";
}

/// The chain set for a kind in an organ; one set for every kind (`*`) stands behind it.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find<C: Kept>(
    db: &mut Db,
    organ: &OrganId,
    kind: &str,
) -> Result<Option<C>, StoreError> {
    let sql = format!(
        "select body from {} where organ = $1 and kind in ($2, '*') \
        order by case kind when '*' then 1 else 0 end limit 1",
        C::TABLE
    );
    let row = sqlx::query_scalar(AssertSqlSafe(sql)).bind(organ.as_str()).bind(kind);
    let row: Option<String> = row.fetch_optional(db).await?;
    row.map(|text| At(C::TABLE, organ.as_str(), "body").json(&text)).transpose()
}

/// Sets the chain of a kind (`*` for every kind) in an organ.
///
/// # Errors
/// When the database refuses.
pub async fn set<C: Kept>(
    db: &mut Db,
    organ: &OrganId,
    kind: &str,
    chain: &C,
) -> Result<(), StoreError> {
    let sql = format!(
        "insert into {} (organ, kind, body) values ($1, $2, $3) \
        on conflict (organ, kind) do update set body = excluded.body",
        C::TABLE
    );
    let set = sqlx::query(AssertSqlSafe(sql)).bind(organ.as_str()).bind(kind);
    set.bind(body(chain)).execute(db).await?;
    Ok(())
}

/// The chains set in an organ, each with its kind (`*` for every kind).
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all_of<C: Kept>(db: &mut Db, organ: &OrganId) -> Result<Vec<(String, C)>, StoreError> {
    let sql = format!("select kind, body from {} where organ = $1 order by kind", C::TABLE);
    let rows = sqlx::query_as(AssertSqlSafe(sql)).bind(organ.as_str());
    let rows: Vec<(String, String)> = rows.fetch_all(db).await?;
    let chain = |(kind, text): (String, String)| {
        let chain = At(C::TABLE, organ.as_str(), "body").json(&text)?;
        Ok((kind, chain))
    };
    rows.into_iter().map(chain).collect()
}

/// Takes a set chain away; answers whether it was there.
///
/// # Errors
/// When the database refuses.
pub async fn remove<C: Kept>(db: &mut Db, organ: &OrganId, kind: &str) -> Result<bool, StoreError> {
    let sql = format!("delete from {} where organ = $1 and kind = $2", C::TABLE);
    let done = sqlx::query(AssertSqlSafe(sql)).bind(organ.as_str()).bind(kind).execute(db).await?;
    Ok(0 < done.rows_affected())
}
