//! Counting items: how many a list has, by month, by subject; no item is loaded for it.

use super::Filter;
use super::list::push_conditions;
use crate::row::At;
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::id::ItemId;
use gongkai_domain::time::{china_date, instant};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use sqlx::Row;

/// How many lines a list has in all.
///
/// # Errors
/// When the database refuses.
pub async fn count(db: &mut Db, filter: &Filter) -> Result<i64, StoreError> {
    let mut query = Statement::new("select count(*) from items");
    push_conditions(&mut query, filter);
    let (n,): (i64,) = query.fetch_one(db).await?;
    Ok(n)
}

/// How many lines by subject class; those without one are left out.
///
/// # Errors
/// When the database refuses.
pub async fn by_subject(db: &mut Db, filter: &Filter) -> Result<Vec<(String, i64)>, StoreError> {
    let mut query = Statement::new("select subject as value, count(*) as n from items");
    push_conditions(&mut query, filter);
    query.push(" and subject is not null group by subject order by subject");
    query.fetch_all(db).await
}

/// The first and the last day of publication in China; `None` where nothing was published.
///
/// # Errors
/// When the database refuses or an instant is out of range.
pub async fn span(db: &mut Db, filter: &Filter) -> Result<Option<(Date, Date)>, StoreError> {
    let mut query = Statement::new("select min(published_at), max(published_at) from items");
    push_conditions(&mut query, filter);
    query.push(" and published_at is not null");
    let (first, last): (Option<i64>, Option<i64>) = query.fetch_one(db).await?;
    let day = |ms| At("items", "", "published_at").instant(ms).map(china_date);
    match (first, last) {
        (Some(first), Some(last)) => Ok(Some((day(first)?, day(last)?))),
        _ => Ok(None),
    }
}

/// How many were published in each of the months from the one of `first`, in China's time.
///
/// # Errors
/// When the database refuses.
pub async fn by_month(
    db: &mut Db,
    filter: &Filter,
    first: Date,
    n_months: u16,
) -> Result<Vec<(Date, i64)>, StoreError> {
    let months = months(first, n_months);
    if months.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Statement::new("select ");
    for (number, (_, from, to)) in months.iter().enumerate() {
        query.push(if number == 0 { "" } else { ", " });
        query.push("count(case when published_at >= ").push_bind(*from);
        query.push(" and published_at < ").push_bind(*to).push(" then 1 end)");
    }
    query.push(" from items");
    push_conditions(&mut query, filter);
    let row = query.fetch_row(db).await?;
    let counted = |(number, (month, ..)): (usize, &(Date, i64, i64))| {
        Ok((*month, row.try_get::<i64, _>(number)?))
    };
    months.iter().enumerate().map(counted).collect()
}

/// The first days of the months, each with its first millisecond and that of the next.
fn months(first: Date, n_months: u16) -> Vec<(Date, i64, i64)> {
    let begin = |month: Date| instant(month.at(0, 0, 0, 0)).map(Timestamp::as_millisecond);
    let month = |number: u16| {
        let month = first.first_of_month().checked_add(i64::from(number).months()).ok()?;
        let next = month.checked_add(1.month()).ok()?;
        Some((month, begin(month)?, begin(next)?))
    };
    (0..n_months).map_while(month).collect()
}

/// A public item for the map of the site: where it is and when its public edition was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stop {
    /// Which item.
    pub id: ItemId,
    /// When its public edition was published.
    pub published_at: Timestamp,
}

/// Part of all public items in the order of their ids, which never changes.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn stops(db: &mut Db, skip: i64, limit: i64) -> Result<Vec<Stop>, StoreError> {
    let sql = "select id, published_at from items \
        where standing in ('public', 'archived') and published_at is not null \
        order by id limit $1 offset $2";
    let rows: Vec<(String, i64)> = sqlx::query_as(sql).bind(limit).bind(skip).fetch_all(db).await?;
    let stop = |(id, ms): (String, i64)| {
        Ok(Stop {
            published_at: At("items", &id, "published_at").instant(ms)?,
            id: At("items", &id, "id").parse(&id)?,
        })
    };
    rows.into_iter().map(stop).collect()
}
