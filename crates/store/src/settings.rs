//! Settings of the installation: a key and a text.

use crate::{Db, StoreError};

/// The value of a setting.
///
/// # Errors
/// When the database refuses.
pub async fn get(db: &mut Db, key: &str) -> Result<Option<String>, StoreError> {
    let row = sqlx::query_scalar("select value from settings where key = $1").bind(key);
    Ok(row.fetch_optional(db).await?)
}

/// Sets it.
///
/// # Errors
/// When the database refuses.
pub async fn set(db: &mut Db, key: &str, value: &str) -> Result<(), StoreError> {
    let sql = "insert into settings (key, value) values ($1, $2) \
        on conflict (key) do update set value = excluded.value";
    sqlx::query(sql).bind(key).bind(value).execute(db).await?;
    Ok(())
}

/// Takes it away; answers whether it was there.
///
/// # Errors
/// When the database refuses.
pub async fn remove(db: &mut Db, key: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("delete from settings where key = $1").bind(key).execute(db).await?;
    Ok(0 < done.rows_affected())
}
