//! Requests for disclosure: the whole thing as a body, its personal data sealed, and beside them the
//! columns that registers are made of.

mod counted;
mod counts;
pub mod drafts;
pub mod files;
mod list;
mod papers;
mod ratings;
mod releases;
pub mod retention;
mod serials;

pub use counted::{Counted, counted};
pub use counts::{counts, late, overview};
pub use list::{Filter, Line, Order, Page, Place, lines};
pub use papers::{Paper, add_paper, papers};
pub use ratings::{Rating, keep_rating, keep_suggestion, ratings};
pub use releases::{KeptRelease, keep_release, releases};
pub use serials::next as next_serial;

use crate::error::taken;
use crate::row::{At, body};
use crate::{Db, StoreError};
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::request::{DisclosureRequest, StateKey};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;
use std::collections::BTreeSet;

/// Stands for the due day of an open request that has none now.
const NO_DUE: &str = "9999-12-31";
/// Stands for that of a closed one.
const CLOSED: &str = "-";

/// A request as it was loaded, with the version that a change must still find.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loaded {
    /// The request.
    pub request: DisclosureRequest,
    /// The personal data, sealed.
    pub personal: String,
    /// The keyed hash of who asks.
    pub requester: String,
    /// The due day as it was kept.
    pub due_on: Option<Date>,
    /// The version; grows with every change.
    pub version: i64,
}

/// The personal data of a new request, sealed, and the marks by which it is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed {
    /// The personal data.
    pub personal: String,
    /// The keyed hash of who asks.
    pub requester: String,
    /// The keyed hash of the name.
    pub name_mark: String,
}

#[derive(FromRow)]
struct Row {
    id: String,
    personal: String,
    requester: String,
    due_on: Option<String>,
    body: String,
    version: i64,
}

impl TryFrom<Row> for Loaded {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("requests", &row.id, column);
        Ok(Self {
            request: at("body").json(&row.body)?,
            due_on: at("due_on").day(row.due_on.as_deref())?,
            personal: row.personal,
            requester: row.requester,
            version: row.version,
        })
    }
}

const COLUMNS: &str = "select id, personal, requester, due_on, body, version from requests";

async fn one(db: &mut Db, column: &str, value: &str) -> Result<Option<Loaded>, StoreError> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} where {column} = $1"));
    let row: Option<Row> = sqlx::query_as(sql).bind(value).fetch_optional(db).await?;
    row.map(Loaded::try_from).transpose()
}

/// One request.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn find(db: &mut Db, id: &RequestId) -> Result<Option<Loaded>, StoreError> {
    one(db, "id", id.as_str()).await
}

/// The request that is followed by this code.
///
/// # Errors
/// When the database refuses or the row is broken.
pub async fn of_code(db: &mut Db, code: &str) -> Result<Option<Loaded>, StoreError> {
    one(db, "code", code).await
}

/// The earlier requests of one requester to an organ, the latest first.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn of_requester(
    db: &mut Db,
    organ: &OrganId,
    requester: &str,
    limit: i64,
) -> Result<Vec<Loaded>, StoreError> {
    let sql = format!("{COLUMNS} where requester = $1 and organ = $2 order by id desc limit $3");
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(requester)
        .bind(organ.as_str())
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

/// How many requests of one requester an organ received between two days.
///
/// # Errors
/// When the database refuses.
pub async fn count_of_requester(
    db: &mut Db,
    organ: &OrganId,
    requester: &str,
    from: Date,
    to: Date,
) -> Result<i64, StoreError> {
    let sql = "select count(*) from requests where requester = $1 and organ = $2 \
        and received_on >= $3 and received_on <= $4";
    Ok(sqlx::query_scalar(sql)
        .bind(requester)
        .bind(organ.as_str())
        .bind(from.to_string())
        .bind(to.to_string())
        .fetch_one(db)
        .await?)
}

/// The open requests behind an id, in the order of their ids: to walk all of them in pieces.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn open_after(db: &mut Db, id: &str, limit: i64) -> Result<Vec<Loaded>, StoreError> {
    let sql = format!("{COLUMNS} where id > $1 and open_due <> '{CLOSED}' order by id limit $2");
    let rows: Vec<Row> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(id).bind(limit).fetch_all(db).await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

/// Every open request of these organs that is due first, at most so many.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn open_of(db: &mut Db, organ: &OrganId, limit: i64) -> Result<Vec<Loaded>, StoreError> {
    let sql = format!(
        "{COLUMNS} where organ = $1 and open_due > '{CLOSED}' order by open_due, id limit $2"
    );
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(organ.as_str())
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(Loaded::try_from).collect()
}

/// The organs with open requests that were due from a day on and before another.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn organs_due_between(
    db: &mut Db,
    from: Date,
    before: Date,
) -> Result<BTreeSet<OrganId>, StoreError> {
    let sql = "select distinct organ from requests where open_due >= $1 and open_due < $2";
    let rows: Vec<String> = sqlx::query_scalar(sql)
        .bind(from.to_string())
        .bind(before.to_string())
        .fetch_all(db)
        .await?;
    rows.into_iter().map(|organ| At("requests", &organ, "organ").parse(&organ)).collect()
}

/// Adds a request. `due_on` is the day by which it must be answered.
///
/// # Errors
/// When its number or code stands already, or the database refuses.
pub async fn add(
    db: &mut Db,
    request: &DisclosureRequest,
    sealed: &Sealed,
    due_on: Option<Date>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "insert into requests (id, organ, number, code, state, matter, channel, kind, shown, \
        title, arrived_on, received_on, listed_on, due_on, open_due, closed_on, outcome, was_late, \
        changed_at, body, personal, requester, name_mark, version) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
        $19, $20, $21, $22, $23, 1)";
    let number = format!("登记号“{}”已经用过，请重试", request.number);
    bound(sqlx::query(sql), request, due_on, now)
        .bind(&sealed.personal)
        .bind(&sealed.requester)
        .bind(&sealed.name_mark)
        .execute(&mut *db)
        .await
        .map_err(taken(number))?;
    counts::add(db, request.organ.as_str(), request.state_key(), 1).await
}

/// Changes a request that still has the version it was loaded with. `before` is the state it had.
///
/// # Errors
/// When somebody else changed it meanwhile, or the database refuses.
pub async fn save(
    db: &mut Db,
    request: &DisclosureRequest,
    before: StateKey,
    version: i64,
    due_on: Option<Date>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "update requests set organ = $2, number = $3, code = $4, state = $5, matter = $6, \
        channel = $7, kind = $8, shown = $9, title = $10, arrived_on = $11, received_on = $12, \
        listed_on = $13, due_on = $14, open_due = $15, closed_on = $16, outcome = $17, \
        was_late = $18, changed_at = $19, body = $20, version = version + 1, \
        erased_on = case when $15 = '-' then erased_on else null end \
        where id = $1 and version = $21";
    let done =
        bound(sqlx::query(sql), request, due_on, now).bind(version).execute(&mut *db).await?;
    if done.rows_affected() != 1 {
        return Err(StoreError::Conflict);
    }
    let after = request.state_key();
    if before != after {
        counts::add(db, request.organ.as_str(), before, -1).await?;
        counts::add(db, request.organ.as_str(), after, 1).await?;
    }
    Ok(())
}

/// Moves the due day of an open request, which its body does not hold.
///
/// # Errors
/// When somebody changed it meanwhile, or the database refuses.
pub async fn move_due(
    db: &mut Db,
    loaded: &Loaded,
    due_on: Option<Date>,
) -> Result<(), StoreError> {
    let sql = "update requests set due_on = $2, open_due = $3 where id = $1 and version = $4";
    let due = due_on.map(|day| day.to_string());
    let done = sqlx::query(sql)
        .bind(loaded.request.id.as_str())
        .bind(due.clone())
        .bind(due.unwrap_or_else(|| NO_DUE.to_owned()))
        .bind(loaded.version)
        .execute(db)
        .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

fn bound<'q>(
    query: Query<'q>,
    request: &'q DisclosureRequest,
    due_on: Option<Date>,
    now: Timestamp,
) -> Query<'q> {
    let counted = request.counted();
    let due = due_on.map(|day| day.to_string());
    let open_due = match (request.is_open(), &due) {
        (false, _) => CLOSED.to_owned(),
        (true, Some(due)) => due.clone(),
        (true, None) => NO_DUE.to_owned(),
    };
    query
        .bind(request.id.as_str())
        .bind(request.organ.as_str())
        .bind(&request.number)
        .bind(&request.code)
        .bind(request.state_key().key())
        .bind(request.matter.key())
        .bind(request.channel.key())
        .bind(request.requester.kind.key())
        .bind(&request.requester.shown)
        .bind(request.wanted.title())
        .bind(request.arrived_on.to_string())
        .bind(request.received_on.map(|day| day.to_string()))
        .bind(request.received_on.unwrap_or(request.arrived_on).to_string())
        .bind(due)
        .bind(open_due)
        .bind(counted.map(|closing| closing.on.to_string()))
        .bind(request.outcome().map(gongkai_domain::outcome::OutcomeKey::as_str))
        .bind(i64::from(request.closings.iter().any(|closing| closing.was_late)))
        .bind(now.as_millisecond())
        .bind(body(request))
}
