//! What the index must follow: which items changed behind an event, and what the public may read.

use crate::items::Loaded;
use crate::{Db, StoreError, items};
use gongkai_domain::id::ItemId;

/// The hash of an event; `None` when there is no event with this number.
///
/// # Errors
/// When the database refuses.
pub async fn hash_at(db: &mut Db, sequence: i64) -> Result<Option<String>, StoreError> {
    let sql = "select hash from events where sequence = $1";
    Ok(sqlx::query_scalar(sql).bind(sequence).fetch_optional(db).await?)
}

/// The items with events behind `after`, up to `until`, each once.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn changed(db: &mut Db, after: i64, until: i64) -> Result<Vec<ItemId>, StoreError> {
    let sql = "select distinct thing from events \
        where sequence > $1 and sequence <= $2 and thing like 'item/%' order by thing";
    let things: Vec<String> = sqlx::query_scalar(sql).bind(after).bind(until).fetch_all(db).await?;
    let id = |thing: &String| {
        let id = thing.strip_prefix("item/").unwrap_or_default().parse();
        id.map_err(|error| StoreError::broken("events", thing, "thing", error))
    };
    things.iter().map(id).collect()
}

/// Up to `limit` items that the public may read, in the order of their names, behind this one.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn readable_after(
    db: &mut Db,
    after: &str,
    limit: i64,
) -> Result<Vec<Loaded>, StoreError> {
    let sql = "select id from items where standing in ('public', 'archived') and id > $1 \
        order by id limit $2";
    let ids: Vec<String> =
        sqlx::query_scalar(sql).bind(after).bind(limit).fetch_all(&mut *db).await?;
    let mut loaded = Vec::with_capacity(ids.len());
    for id in ids {
        let id: ItemId =
            id.parse().map_err(|error| StoreError::broken("items", &id, "id", error))?;
        loaded.extend(items::find(db, &id).await?);
    }
    Ok(loaded)
}
