//! Lists of items: filtered, a page at a time, without loading bodies.

use super::validity;
use crate::row::At;
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::catalogue::Validity;
use gongkai_domain::id::{ItemId, OrganId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::FromRow;

/// What a list shows; every part that is set narrows it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only what the public may read (public or archived).
    pub readable: bool,
    /// Only these organs; empty means all.
    pub organs: Vec<OrganId>,
    /// Only these kinds; empty means all.
    pub kinds: Vec<String>,
    /// Only these states (the keys of `Item::state_key`); empty means all.
    pub states: Vec<String>,
    /// Only these subject classes; empty means all.
    pub subjects: Vec<String>,
    /// Only published in this year, in China's time.
    pub year: Option<i16>,
    /// Only documents that are this on that day.
    pub validity: Option<(Validity, Date)>,
    /// Only those whose document number holds this text.
    pub number: Option<String>,
    /// Only in work and to be published in time until this day, or late already.
    pub due_by: Option<Date>,
    /// What is due first stands first and what has no last day at the end; else the newest first.
    pub due_first: bool,
}

/// Which part of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// How many lines are left out at the beginning.
    pub skip: i64,
    /// How many lines at most.
    pub limit: i64,
}

/// One line of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Which item.
    pub id: ItemId,
    /// Whose.
    pub organ: OrganId,
    /// The key of its kind.
    pub kind: String,
    /// The key of its state.
    pub state: String,
    /// What the public sees of it.
    pub standing: String,
    /// The title: of the public edition in public lists, else of the latest.
    pub title: String,
    /// 发文字号.
    pub document_number: Option<String>,
    /// 索引号.
    pub index_number: Option<String>,
    /// The key of the subject class.
    pub subject: Option<String>,
    /// The day it was formed or changed.
    pub formed_on: Option<Date>,
    /// The last day for publishing it in time.
    pub due_on: Option<Date>,
    /// When the public edition was published.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// How often its page was read.
    pub n_views: i64,
}

#[derive(FromRow)]
struct Row {
    id: String,
    organ: String,
    kind: String,
    state: String,
    standing: String,
    title: String,
    document_number: Option<String>,
    index_number: Option<String>,
    subject: Option<String>,
    formed_on: String,
    due_on: Option<String>,
    published_at: Option<i64>,
    changed_at: i64,
    n_views: i64,
}

impl TryFrom<Row> for Line {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("items", &row.id, column);
        let formed_on = Some(row.formed_on.as_str()).filter(|text| !text.is_empty());
        Ok(Self {
            id: at("id").parse(&row.id)?,
            organ: at("organ").parse(&row.organ)?,
            formed_on: at("formed_on").day(formed_on)?,
            due_on: at("due_on").day(row.due_on.as_deref())?,
            published_at: row.published_at.map(|ms| at("published_at").instant(ms)).transpose()?,
            changed_at: at("changed_at").instant(row.changed_at)?,
            kind: row.kind,
            state: row.state,
            standing: row.standing,
            title: row.title,
            document_number: row.document_number,
            index_number: row.index_number,
            subject: row.subject,
            n_views: row.n_views,
        })
    }
}

const COLUMNS: &str = "select id, organ, kind, state, standing, title, document_number, \
    index_number, subject, formed_on, due_on, published_at, changed_at, n_views from items";

/// One page of a list: public lists by the time of publication, others by the last change.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn lines(db: &mut Db, filter: &Filter, page: Page) -> Result<Vec<Line>, StoreError> {
    let title = if filter.readable { "coalesce(public_title, title)" } else { "title" };
    let mut query = Statement::new(format!(
        "select id, organ, kind, state, standing, {title} as title, document_number, \
        index_number, subject, formed_on, due_on, published_at, changed_at, n_views from items"
    ));
    push_conditions(&mut query, filter);
    let order = match (filter.due_first, filter.readable) {
        (true, _) => "due_on is null, due_on",
        (false, true) => "published_at desc",
        (false, false) => "changed_at desc",
    };
    query.push(&format!(" order by {order}, id desc limit ")).push_bind(page.limit);
    query.push(" offset ").push_bind(page.skip);
    let rows: Vec<Row> = query.fetch_all(db).await?;
    rows.into_iter().map(Line::try_from).collect()
}

/// The lines of public items of these organs and kinds that no public item explains.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn unexplained(
    db: &mut Db,
    organs: &[OrganId],
    kinds: &[String],
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let mut query = Statement::new(COLUMNS.to_owned());
    query.push(" where standing = 'public'");
    query.push_any("organ", organs.iter().map(OrganId::as_str));
    query.push_any("kind", kinds.iter().map(String::as_str));
    query.push(
        " and not exists (select 1 from items as other where other.interprets = items.id \
        and other.standing in ('public', 'archived')) order by published_at desc, id limit ",
    );
    query.push_bind(limit);
    let rows: Vec<Row> = query.fetch_all(db).await?;
    rows.into_iter().map(Line::try_from).collect()
}

/// The lines of the items, in work or public, that explain this one.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn explaining(db: &mut Db, id: &ItemId) -> Result<Vec<Line>, StoreError> {
    let mut query = Statement::new(COLUMNS.to_owned());
    query.push(" where interprets = ").push_bind(id.as_str());
    query.push(" order by changed_at");
    let rows: Vec<Row> = query.fetch_all(db).await?;
    rows.into_iter().map(Line::try_from).collect()
}

/// How many items of these organs were published in an emergency in a year.
///
/// # Errors
/// When the database refuses.
pub async fn emergencies(db: &mut Db, organs: &[OrganId], year: i16) -> Result<i64, StoreError> {
    let Some((first, last)) = year_in_china(year) else { return Ok(0) };
    let mut query = Statement::new(
        "select count(*) from events where act = 'item.publish_in_emergency' and at >= ".to_owned(),
    );
    query.push_bind(first).push(" and at < ").push_bind(last);
    query.push_any("organ", organs.iter().map(OrganId::as_str));
    let counted: Vec<(i64,)> = query.fetch_all(db).await?;
    Ok(counted.first().map_or(0, |(n,)| *n))
}

/// How many lines the list has, by one of its columns.
///
/// # Errors
/// When the database refuses.
pub async fn counts(
    db: &mut Db,
    filter: &Filter,
    by: By,
) -> Result<Vec<(String, i64)>, StoreError> {
    let column = by.column();
    let mut query = Statement::new(format!("select {column} as value, count(*) as n from items"));
    push_conditions(&mut query, filter);
    query.push(&format!(" group by {column} order by {column}"));
    query.fetch_all(db).await
}

/// What a list is counted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// The organ.
    Organ,
    /// The kind.
    Kind,
    /// The state.
    State,
}

impl By {
    fn column(self) -> &'static str {
        match self {
            Self::Organ => "organ",
            Self::Kind => "kind",
            Self::State => "state",
        }
    }
}

pub(super) fn push_conditions(query: &mut Statement, filter: &Filter) {
    query.push(" where 1 = 1");
    if filter.readable {
        query.push(" and standing in ('public', 'archived')");
    }
    query.push_any("organ", filter.organs.iter().map(OrganId::as_str));
    query.push_any("kind", filter.kinds.iter().map(String::as_str));
    query.push_any("state", filter.states.iter().map(String::as_str));
    query.push_any("subject", filter.subjects.iter().map(String::as_str));
    match filter.year.map(year_in_china) {
        None => {}
        Some(Some((first, last))) => {
            query.push(" and published_at >= ").push_bind(first);
            query.push(" and published_at < ").push_bind(last);
        }
        // Nothing was published in a year that no calendar has.
        Some(None) => {
            query.push(" and 1 = 0");
        }
    }
    if let Some(day) = filter.due_by {
        query.push(" and due_on <= ").push_bind(day.to_string());
    }
    if let Some((validity, day)) = filter.validity {
        validity::push_condition(query, validity, day);
    }
    if let Some(number) = &filter.number {
        query.push(" and document_number like ").push_bind(format!("%{}%", literal(number)));
        query.push(" escape '!'");
    }
}

/// A text inside a pattern of `like … escape '!'`.
fn literal(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// The first millisecond of a year in China and of the next.
fn year_in_china(year: i16) -> Option<(i64, i64)> {
    let first = |year| {
        let midnight = Date::new(year, 1, 1).ok()?.at(0, 0, 0, 0);
        gongkai_domain::time::instant(midnight).map(Timestamp::as_millisecond)
    };
    Some((first(year)?, first(year.checked_add(1)?)?))
}
