//! The seals of organs: the digest of the picture, and how it is printed, which is not known here.

use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;

/// The seal of an organ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptSeal {
    /// The digest of the picture.
    pub picture: String,
    /// How it is printed, as JSON.
    pub body: String,
}

/// The seal of an organ.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: &mut Db, organ: &OrganId) -> Result<Option<KeptSeal>, StoreError> {
    let sql = "select picture, body from seals where organ = $1";
    let row: Option<(String, String)> =
        sqlx::query_as(sql).bind(organ.as_str()).fetch_optional(db).await?;
    Ok(row.map(|(picture, body)| KeptSeal { picture, body }))
}

/// Sets it.
///
/// # Errors
/// When the database refuses.
pub async fn set(db: &mut Db, organ: &OrganId, seal: &KeptSeal) -> Result<(), StoreError> {
    let sql = "insert into seals (organ, picture, body) values ($1, $2, $3) \
        on conflict (organ) do update set picture = excluded.picture, body = excluded.body";
    let set = sqlx::query(sql).bind(organ.as_str()).bind(&seal.picture).bind(&seal.body);
    set.execute(db).await?;
    Ok(())
}

/// Takes it away; answers whether it was there.
///
/// # Errors
/// When the database refuses.
pub async fn remove(db: &mut Db, organ: &OrganId) -> Result<bool, StoreError> {
    let sql = "delete from seals where organ = $1";
    Ok(0 < sqlx::query(sql).bind(organ.as_str()).execute(db).await?.rows_affected())
}
