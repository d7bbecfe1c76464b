//! Running numbers of index numbers: one series an organ code and year, without gaps or repeats.

use crate::{Db, StoreError};

/// The next number of the series, from one on.
///
/// # Errors
/// When the database refuses.
pub async fn next(db: &mut Db, code: &str, year: i16) -> Result<i64, StoreError> {
    let sql = "insert into index_serials (code, year, last) values ($1, $2, 1) \
        on conflict (code, year) do update set last = index_serials.last + 1 returning last";
    Ok(sqlx::query_scalar(sql).bind(code).bind(i64::from(year)).fetch_one(db).await?)
}
