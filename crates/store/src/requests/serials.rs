//! Running numbers of registers and of papers: one series an organ, kind and year, without repeats.

use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;

/// The next number of the series, from one on.
///
/// # Errors
/// When the database refuses.
pub async fn next(
    db: &mut Db,
    organ: &OrganId,
    series: &str,
    year: i16,
) -> Result<i64, StoreError> {
    let sql = "insert into request_serials (organ, series, year, last) values ($1, $2, $3, 1) \
        on conflict (organ, series, year) do update set last = request_serials.last + 1 \
        returning last";
    Ok(sqlx::query_scalar(sql)
        .bind(organ.as_str())
        .bind(series)
        .bind(i64::from(year))
        .fetch_one(db)
        .await?)
}
