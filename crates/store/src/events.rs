//! The audit log: appended in the transaction of the act, never changed.

mod filter;

pub use filter::{Filter, Towards, filtered};

use crate::row::{At, of_word, word};
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::audit::{Algorithm, Event, Link};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    sequence: i64,
    at: i64,
    actor: String,
    actor_name: String,
    origin: String,
    organ: String,
    act: String,
    thing: String,
    before_state: String,
    after_state: String,
    reason: String,
    algorithm: String,
    previous: String,
    hash: String,
}

const COLUMNS: &str = "sequence, at, actor, actor_name, origin, organ, act, thing, \
    before_state, after_state, reason, algorithm, previous, hash";

impl TryFrom<Row> for Link {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let key = row.sequence.to_string();
        Ok(Self {
            sequence: row.sequence,
            algorithm: of_word(&At("events", &key, "algorithm"), &row.algorithm)?,
            event: Event {
                at: At("events", &key, "at").instant(row.at)?,
                actor: row.actor,
                actor_name: row.actor_name,
                origin: row.origin,
                organ: row.organ,
                act: row.act,
                thing: row.thing,
                before: row.before_state,
                after: row.after_state,
                reason: row.reason,
            },
            previous: row.previous,
            hash: row.hash,
        })
    }
}

/// Appends an event. The head of the chain is taken first, so that two acts at once stand in line.
///
/// # Errors
/// When the database refuses.
pub async fn append(db: &mut Db, event: Event, algorithm: Algorithm) -> Result<Link, StoreError> {
    let (sequence, previous) = take_head(db, 1).await?;
    let link = Link::after(sequence, previous, event, algorithm);
    insert(db, std::slice::from_ref(&link)).await?;
    set_head(db, &link.hash).await?;
    Ok(link)
}

/// Appends events in their order, and takes the head of the chain once for all of them.
///
/// # Errors
/// When the database refuses.
pub async fn append_all(
    db: &mut Db,
    events: Vec<Event>,
    algorithm: Algorithm,
) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    let n_events = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let (last, mut previous) = take_head(db, n_events).await?;
    let mut links = Vec::with_capacity(events.len());
    for (sequence, event) in (last - n_events + 1..).zip(events) {
        let link = Link::after(sequence, previous, event, algorithm);
        previous = link.hash.clone();
        links.push(link);
    }
    insert(db, &links).await?;
    set_head(db, &previous).await
}

/// Takes the next numbers of the chain; answers the last of them, and the hash they follow.
async fn take_head(db: &mut Db, n_events: i64) -> Result<(i64, String), StoreError> {
    let sql =
        "update chain_head set sequence = sequence + $1 where id = 1 returning sequence, hash";
    Ok(sqlx::query_as(sql).bind(n_events).fetch_one(db).await?)
}

async fn set_head(db: &mut Db, hash: &str) -> Result<(), StoreError> {
    sqlx::query("update chain_head set hash = $1 where id = 1").bind(hash).execute(db).await?;
    Ok(())
}

/// How many links one statement inserts: fourteen values each, and PostgreSQL takes 65,535.
const AT_ONCE: usize = 250;

async fn insert(db: &mut Db, links: &[Link]) -> Result<(), StoreError> {
    for piece in links.chunks(AT_ONCE) {
        let mut query = Statement::new(format!("insert into events ({COLUMNS}) values "));
        for (position, link) in piece.iter().enumerate() {
            let event = &link.event;
            query.push(if position == 0 { "(" } else { ", (" });
            query.push_bind(link.sequence).push(", ").push_bind(event.at.as_millisecond());
            query.push(", ");
            let algorithm = word(&link.algorithm);
            let texts = [
                &event.actor,
                &event.actor_name,
                &event.origin,
                &event.organ,
                &event.act,
                &event.thing,
                &event.before,
                &event.after,
                &event.reason,
                &algorithm,
                &link.previous,
                &link.hash,
            ];
            query.push_all(texts.into_iter().map(|text| text.as_str())).push(")");
        }
        query.execute(db).await?;
    }
    Ok(())
}

/// Up to `limit` links behind `sequence`, in their order: to walk the whole chain in pieces.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn after(db: &mut Db, sequence: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    let sql =
        format!("select {COLUMNS} from events where sequence > $1 order by sequence limit $2");
    let rows: Vec<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(sequence).bind(limit).fetch_all(db).await?;
    rows.into_iter().map(Link::try_from).collect()
}

/// The events of one thing, oldest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of(db: &mut Db, thing: &str) -> Result<Vec<Link>, StoreError> {
    let sql = format!("select {COLUMNS} from events where thing = $1 order by sequence");
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(thing).fetch_all(db).await?;
    rows.into_iter().map(Link::try_from).collect()
}

/// The last event of one thing.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn last_of(db: &mut Db, thing: &str) -> Result<Option<Link>, StoreError> {
    let sql =
        format!("select {COLUMNS} from events where thing = $1 order by sequence desc limit 1");
    let row: Option<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(thing).fetch_optional(db).await?;
    row.map(Link::try_from).transpose()
}

/// The latest events, newest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn latest(db: &mut Db, before: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    let sql =
        format!("select {COLUMNS} from events where sequence < $1 order by sequence desc limit $2");
    let rows: Vec<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(before).bind(limit).fetch_all(db).await?;
    rows.into_iter().map(Link::try_from).collect()
}

/// What the head of the chain says was the last number and hash; the log must end there.
///
/// # Errors
/// When the database refuses, or somebody took the head away.
pub async fn head(db: &mut Db) -> Result<(i64, String), StoreError> {
    let sql = "select sequence, hash from chain_head where id = 1";
    let head = sqlx::query_as(sql).fetch_optional(db).await?;
    head.ok_or_else(|| StoreError::broken("chain_head", "1", "hash", "没有这一行"))
}

/// Takes the head of the chain until the transaction ends, so that acts which look first and write
/// then stand in line on every database.
///
/// # Errors
/// When the database refuses.
pub async fn stand_in_line(db: &mut Db) -> Result<(), StoreError> {
    sqlx::query("update chain_head set sequence = sequence where id = 1").execute(db).await?;
    Ok(())
}
