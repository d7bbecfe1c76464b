//! Items: the whole thing as a body, and beside it the columns that lists are made of.

mod list;
pub mod statistics;
pub mod validity;

pub use list::{By, Filter, Line, Page, counts, emergencies, explaining, lines, unexplained};

use crate::error::taken;
use crate::row::{At, body};
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Edition, EditionState, Item};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

/// An item as it was loaded, with the version that a change must still find.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loaded {
    /// The item.
    pub item: Item,
    /// The version; grows with every change.
    pub version: i64,
    /// How often its public page was read.
    pub n_views: i64,
}

#[derive(FromRow)]
struct Row {
    id: String,
    body: String,
    version: i64,
    n_views: i64,
}

impl TryFrom<Row> for Loaded {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let item = At("items", &row.id, "body").json(&row.body)?;
        Ok(Self { item, version: row.version, n_views: row.n_views })
    }
}

/// One item.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, id: &ItemId) -> Result<Option<Loaded>, StoreError> {
    let sql = "select id, body, version, n_views from items where id = $1";
    let row: Option<Row> = sqlx::query_as(sql).bind(id.as_str()).fetch_optional(db).await?;
    row.map(Loaded::try_from).transpose()
}

/// Those of these items that are there, in no order.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn find_all(db: &mut Db, ids: &[&ItemId]) -> Result<Vec<Loaded>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Statement::new("select id, body, version, n_views from items where id in (");
    query.push_all(ids.iter().map(|id| id.as_str())).push(")");
    let rows: Vec<Row> = query.fetch_all(db).await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

/// Adds an item. `due_on` is the last day on which it may be published in time.
///
/// # Errors
/// When its index number stands already, or the database refuses.
pub async fn add(db: &mut Db, item: &Item, due_on: Option<Date>) -> Result<(), StoreError> {
    let sql = "insert into items (id, organ, kind, state, standing, index_number, title, \
        public_title, document_number, subject, interprets, formed_on, due_on, published_at, \
        publish_at, changed_at, body, n_views, version) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 1)";
    bound(sqlx::query(sql), item, due_on).execute(&mut *db).await.map_err(number_taken(item))?;
    validity::keep(db, item).await?;
    keep_edition(db, item).await
}

/// Changes an item that still has the version it was loaded with.
///
/// # Errors
/// When somebody else changed it meanwhile, its index number stands already, or the database refuses.
pub async fn save(
    db: &mut Db,
    item: &Item,
    version: i64,
    due_on: Option<Date>,
) -> Result<(), StoreError> {
    let sql = "update items set organ = $2, kind = $3, state = $4, standing = $5, \
        index_number = $6, title = $7, public_title = $8, document_number = $9, subject = $10, \
        interprets = $11, formed_on = $12, due_on = $13, published_at = $14, publish_at = $15, \
        changed_at = $16, body = $17, version = version + 1 where id = $1 and version = $18";
    let done = bound(sqlx::query(sql), item, due_on)
        .bind(version)
        .execute(&mut *db)
        .await
        .map_err(number_taken(item))?;
    if done.rows_affected() != 1 {
        return Err(StoreError::Conflict);
    }
    validity::keep(db, item).await?;
    keep_edition(db, item).await
}

fn number_taken(item: &Item) -> impl FnOnce(sqlx::Error) -> StoreError {
    let number = item.index_number.as_deref().unwrap_or_default();
    taken(format!("索引号“{number}”已用于另一条信息，请核对后改用别的索引号"))
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

fn bound<'q>(query: Query<'q>, item: &'q Item, due_on: Option<Date>) -> Query<'q> {
    let latest = item.latest().map(|edition| &edition.content);
    // Public lists show these columns: what an edition in work says must not stand in them.
    let filed = item.public.as_ref().map(|edition| &edition.content).or(latest);
    let formed_on = latest.map(|content| content.formed_on.to_string()).unwrap_or_default();
    let published_at = item.public.as_ref().and_then(published_at);
    query
        .bind(item.id.as_str())
        .bind(item.organ.as_str())
        .bind(&item.kind)
        .bind(item.state_key())
        .bind(item.standing.key())
        .bind(item.index_number.as_deref())
        .bind(latest.map_or("", |content| content.title.as_str()))
        .bind(item.public.as_ref().map(|public| public.content.title.as_str()))
        .bind(filed.and_then(|content| content.document_number.as_deref()))
        .bind(filed.and_then(|content| content.subject.as_deref()))
        .bind(filed.and_then(|content| content.interprets.as_ref()).map(ItemId::as_str))
        .bind(formed_on)
        .bind(due_on.map(|day| day.to_string()))
        .bind(published_at.map(Timestamp::as_millisecond))
        .bind(publish_at(item).map(Timestamp::as_millisecond))
        .bind(item.latest().map_or(0, |edition| edition.changed_at.as_millisecond()))
        .bind(body(item))
}

fn published_at(edition: &Edition) -> Option<Timestamp> {
    match edition.state {
        EditionState::Published { at, .. } => Some(at),
        _ => None,
    }
}

fn publish_at(item: &Item) -> Option<Timestamp> {
    match item.working.as_ref().map(|working| &working.state) {
        Some(EditionState::Scheduled { publish_at, .. }) => Some(*publish_at),
        _ => None,
    }
}

/// Keeps every edition that was public, so that differences can be shown later.
async fn keep_edition(db: &mut Db, item: &Item) -> Result<(), StoreError> {
    let Some((public, at)) =
        item.public.as_ref().and_then(|each| Some((each, published_at(each)?)))
    else {
        return Ok(());
    };
    let sql = "insert into editions (item, number, published_at, body) values ($1, $2, $3, $4) \
        on conflict (item, number) do update set body = excluded.body";
    sqlx::query(sql)
        .bind(item.id.as_str())
        .bind(i64::from(public.number))
        .bind(at.as_millisecond())
        .bind(body(public))
        .execute(db)
        .await?;
    Ok(())
}

/// The editions of an item that were public, the first one first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn editions(db: &mut Db, id: &ItemId) -> Result<Vec<Edition>, StoreError> {
    let sql = "select body from editions where item = $1 order by number";
    let bodies: Vec<String> = sqlx::query_scalar(sql).bind(id.as_str()).fetch_all(db).await?;
    bodies.iter().map(|text| At("editions", id.as_str(), "body").json(text)).collect()
}

/// Takes a discarded draft away; its events stay.
///
/// # Errors
/// When somebody else changed it meanwhile, or the database refuses.
pub async fn remove(db: &mut Db, id: &ItemId, version: i64) -> Result<(), StoreError> {
    validity::forget(db, id).await?;
    let sql = "delete from items where id = $1 and version = $2 and standing = 'never_public'";
    let done = sqlx::query(sql).bind(id.as_str()).bind(version).execute(db).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Adds views that were counted in memory.
///
/// # Errors
/// When the database refuses.
pub async fn add_views(db: &mut Db, id: &ItemId, n: i64) -> Result<(), StoreError> {
    let sql = "update items set n_views = n_views + $2 where id = $1";
    sqlx::query(sql).bind(id.as_str()).bind(n).execute(db).await?;
    Ok(())
}

/// The poll of the duties; `items_scheduled` is made for it.
const DUE: &str = "select id, body, version, n_views from items \
    where state = 'scheduled' and publish_at <= $1 order by publish_at limit $2";

/// The items whose set time of publication has come, the longest waiting first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn due_for_publication(
    db: &mut Db,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Loaded>, StoreError> {
    let rows: Vec<Row> =
        sqlx::query_as(DUE).bind(now.as_millisecond()).bind(limit).fetch_all(db).await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

/// The public items that interpret this one.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn interpretations(db: &mut Db, id: &ItemId) -> Result<Vec<Loaded>, StoreError> {
    let sql = "select id, body, version, n_views from items \
        where interprets = $1 and standing in ('public', 'archived') order by published_at";
    let rows: Vec<Row> = sqlx::query_as(sql).bind(id.as_str()).fetch_all(db).await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[tokio::test]
    async fn the_poll_for_scheduled_items_reads_the_index_that_is_made_for_it() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("gongkai.db");
        let store = Store::open(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
        let mut reader = store.reader().await.unwrap();
        let sql = sqlx::AssertSqlSafe(format!("explain query plan {DUE}"));
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sql).bind(0_i64).bind(9_i64).fetch_all(&mut *reader).await.unwrap();
        let steps: Vec<&str> = plan.iter().map(|(.., step)| step.as_str()).collect();
        assert_eq!(steps.len(), 1, "nothing is sorted: {steps:?}");
        assert!(steps[0].contains("USING INDEX items_scheduled"), "{steps:?}");
        assert!(steps[0].contains("publish_at<?"), "{steps:?}");
    }
}
