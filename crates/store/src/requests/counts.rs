//! How many requests are in which state, and how many are late.

use super::CLOSED;
use crate::row::At;
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::id::OrganId;
use gongkai_domain::request::StateKey;
use jiff::civil::Date;

/// Adds to the count of a state.
pub(super) async fn add(
    db: &mut Db,
    organ: &str,
    state: StateKey,
    n: i64,
) -> Result<(), StoreError> {
    let sql = "insert into request_counts (organ, state, n) values ($1, $2, $3) \
        on conflict (organ, state) do update set n = request_counts.n + excluded.n";
    sqlx::query(sql).bind(organ).bind(state.key()).bind(n).execute(db).await?;
    Ok(())
}

/// How many requests of these organs are in each state, in the order of a request's life; states
/// without any are there with none.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn counts(db: &mut Db, organs: &[OrganId]) -> Result<Vec<(StateKey, i64)>, StoreError> {
    let mut query =
        Statement::new("select state, cast(sum(n) as bigint) from request_counts where 1 = 1");
    query.push_any("organ", organs.iter().map(OrganId::as_str));
    query.push(" group by state");
    let rows: Vec<(String, i64)> = query.fetch_all(db).await?;
    let of =
        |state: StateKey| rows.iter().find(|(key, _)| key == state.key()).map_or(0, |row| row.1);
    Ok(StateKey::ALL.into_iter().map(|state| (state, of(state))).collect())
}

/// How many open requests of these organs were due before a day.
///
/// # Errors
/// When the database refuses.
pub async fn late(db: &mut Db, organs: &[OrganId], today: Date) -> Result<i64, StoreError> {
    let mut query = Statement::new("select count(*) from requests where open_due > ");
    query.push_bind(CLOSED).push(" and open_due < ").push_bind(today.to_string());
    query.push_any("organ", organs.iter().map(OrganId::as_str));
    let (n,): (i64,) = query.fetch_one(db).await?;
    Ok(n)
}

/// For each organ with requests: how many are open, and how many of them late. For the board of the
/// office above.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn overview(
    db: &mut Db,
    organs: &[OrganId],
    today: Date,
) -> Result<Vec<(OrganId, i64, i64)>, StoreError> {
    let mut query = Statement::new("select organ, count(*), cast(sum(case when open_due < ");
    query.push_bind(today.to_string());
    query.push(" then 1 else 0 end) as bigint) from requests where open_due > ").push_bind(CLOSED);
    query.push_any("organ", organs.iter().map(OrganId::as_str));
    query.push(" group by organ order by organ");
    let rows: Vec<(String, i64, i64)> = query.fetch_all(db).await?;
    let parsed = |(organ, open, late): (String, i64, i64)| {
        Ok((At("requests", &organ, "organ").parse(&organ)?, open, late))
    };
    rows.into_iter().map(parsed).collect()
}
