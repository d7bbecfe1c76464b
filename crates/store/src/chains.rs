//! The review chain of an organ and kind, where it is not the usual one.

use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;
use gongkai_domain::review::Chain;

/// The chain set for a kind in an organ; one set for every kind (`*`) stands behind it.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, organ: &OrganId, kind: &str) -> Result<Option<Chain>, StoreError> {
    let sql = "select body from chains where organ = $1 and kind in ($2, '*') \
        order by case kind when '*' then 1 else 0 end limit 1";
    let row: Option<String> =
        sqlx::query_scalar(sql).bind(organ.as_str()).bind(kind).fetch_optional(db).await?;
    row.map(|text| At("chains", organ.as_str(), "body").json(&text)).transpose()
}

/// Sets the chain of a kind (`*` for every kind) in an organ.
///
/// # Errors
/// When the database refuses.
pub async fn set(
    db: &mut Db,
    organ: &OrganId,
    kind: &str,
    chain: &Chain,
) -> Result<(), StoreError> {
    let sql = "insert into chains (organ, kind, body) values ($1, $2, $3) \
        on conflict (organ, kind) do update set body = excluded.body";
    sqlx::query(sql).bind(organ.as_str()).bind(kind).bind(body(chain)).execute(db).await?;
    Ok(())
}

/// The chains set in an organ, each with its kind (`*` for every kind).
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn all_of(db: &mut Db, organ: &OrganId) -> Result<Vec<(String, Chain)>, StoreError> {
    let sql = "select kind, body from chains where organ = $1 order by kind";
    let rows: Vec<(String, String)> =
        sqlx::query_as(sql).bind(organ.as_str()).fetch_all(db).await?;
    let chain = |(kind, text): (String, String)| {
        let chain = At("chains", organ.as_str(), "body").json(&text)?;
        Ok((kind, chain))
    };
    rows.into_iter().map(chain).collect()
}

/// Takes a set chain away; answers whether it was there.
///
/// # Errors
/// When the database refuses.
pub async fn remove(db: &mut Db, organ: &OrganId, kind: &str) -> Result<bool, StoreError> {
    let sql = "delete from chains where organ = $1 and kind = $2";
    let done = sqlx::query(sql).bind(organ.as_str()).bind(kind).execute(db).await?;
    Ok(0 < done.rows_affected())
}
