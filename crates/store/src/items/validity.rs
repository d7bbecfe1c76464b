//! Narrowing lists by validity on a day: the days of a public document, derived from its body.

use crate::row::At;
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::catalogue::Validity;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Item, LapseKind};
use jiff::civil::Date;
use sqlx::FromRow;

/// Keeps the days that bound the life of a public document; one that needs none has no row.
pub(super) async fn keep(db: &mut Db, item: &Item) -> Result<(), StoreError> {
    let effective = item.public.as_ref().and_then(|public| public.content.effective_on);
    let ended = item.lapses.iter().find(|lapse| lapse.kind != LapseKind::Amended);
    let amended = item.lapses.iter().find(|lapse| lapse.kind == LapseKind::Amended);
    if effective.is_none() && ended.is_none() && amended.is_none() {
        return forget(db, &item.id).await;
    }
    let sql = "insert into item_validity (item, effective_on, amended_on, ended_on, ended_as) \
        values ($1, $2, $3, $4, $5) on conflict (item) do update set \
        effective_on = excluded.effective_on, amended_on = excluded.amended_on, \
        ended_on = excluded.ended_on, ended_as = excluded.ended_as";
    sqlx::query(sql)
        .bind(item.id.as_str())
        .bind(effective.map(|day| day.to_string()))
        .bind(amended.map(|lapse| lapse.on.to_string()))
        .bind(ended.map(|lapse| lapse.on.to_string()))
        .bind(ended.map(|lapse| ended_as(lapse.kind).key()))
        .execute(db)
        .await?;
    Ok(())
}

/// Takes the days of an item away, before the item itself goes.
pub(super) async fn forget(db: &mut Db, id: &ItemId) -> Result<(), StoreError> {
    let sql = "delete from item_validity where item = $1";
    sqlx::query(sql).bind(id.as_str()).execute(db).await?;
    Ok(())
}

fn ended_as(kind: LapseKind) -> Validity {
    match kind {
        LapseKind::Amended => Validity::Amended,
        LapseKind::Expired => Validity::Expired,
        LapseKind::Repealed => Validity::Repealed,
    }
}

/// Which of these are something else than in force on a day; the same answer as `Item::validity_on`.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn not_in_force(
    db: &mut Db,
    items: &[ItemId],
    day: Date,
) -> Result<Vec<(ItemId, Validity)>, StoreError> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Statement::new(
        "select item, effective_on, amended_on, ended_on, ended_as from item_validity \
        where item in (",
    );
    query.push_all(items.iter().map(ItemId::as_str)).push(")");
    let rows: Vec<Days> = query.fetch_all(db).await?;
    let mut found = Vec::new();
    for row in rows {
        if let Some(validity) = row.on(&day.to_string()) {
            found.push((At("item_validity", &row.item, "item").parse(&row.item)?, validity));
        }
    }
    Ok(found)
}

#[derive(FromRow)]
struct Days {
    item: String,
    effective_on: Option<String>,
    amended_on: Option<String>,
    ended_on: Option<String>,
    ended_as: Option<String>,
}

impl Days {
    /// Days are written so that the order of the texts is that of the days.
    fn on(&self, day: &str) -> Option<Validity> {
        let come = |on: &Option<String>| on.as_deref().is_some_and(|on| on <= day);
        if come(&self.ended_on) {
            let key = self.ended_as.as_deref();
            return Validity::ALL.into_iter().find(|each| Some(each.key()) == key);
        }
        if come(&self.amended_on) {
            return Some(Validity::Amended);
        }
        let waits = self.effective_on.as_deref().is_some_and(|on| day < on);
        waits.then_some(Validity::NotYetInForce)
    }
}

/// Only items that are this on that day; the same answer as `Item::validity_on`.
pub(super) fn push_condition(query: &mut Statement, validity: Validity, day: Date) {
    let day = day.to_string();
    let mut with = |before: &str, after: &str| {
        query.push(before).push_bind(day.clone()).push(after);
    };
    match validity {
        Validity::InForce => {
            with(" and id not in (select item from item_validity where ended_on <= ", "");
            with(" or amended_on <= ", "");
            with(" or effective_on > ", ")");
        }
        Validity::NotYetInForce => {
            with(" and id in (select item from item_validity where effective_on > ", "");
            with(" and (ended_on is null or ended_on > ", ")");
            with(" and (amended_on is null or amended_on > ", "))");
        }
        Validity::Amended => {
            with(" and id in (select item from item_validity where amended_on <= ", "");
            with(" and (ended_on is null or ended_on > ", "))");
        }
        Validity::Expired | Validity::Repealed => {
            with(" and id in (select item from item_validity where ended_on <= ", "");
            query.push(" and ended_as = ").push_bind(validity.key()).push(")");
        }
    }
}
