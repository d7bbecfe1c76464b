//! The register: filtered, a page at a time from where the last one ended, without loading bodies.

use super::{CLOSED, NO_DUE};
use crate::row::At;
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::request::{Matter, ReceivedChannel, RequesterKind, StateKey};
use jiff::civil::Date;
use sqlx::FromRow;
use std::cmp::Ordering;

/// What a register shows; every part that is set narrows it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Only these organs; empty means all.
    pub organs: Vec<OrganId>,
    /// Only these states; empty means all.
    pub states: Vec<StateKey>,
    /// Only these requesters' kinds; empty means all.
    pub kinds: Vec<RequesterKind>,
    /// Only these ways; empty means all.
    pub channels: Vec<ReceivedChannel>,
    /// Only these outcomes; empty means all.
    pub outcomes: Vec<OutcomeKey>,
    /// Only this matter.
    pub matter: Option<Matter>,
    /// Only received between these days, both of them in.
    pub received: (Option<Date>, Option<Date>),
    /// Only closed between these days, both of them in.
    pub closed: (Option<Date>, Option<Date>),
    /// Only open and due until this day, the day in.
    pub due_by: Option<Date>,
    /// Only open and due before this day.
    pub late_on: Option<Date>,
    /// Only with this number in the register.
    pub number: Option<String>,
    /// Only of whoever has this keyed hash of the name.
    pub name_mark: Option<String>,
    /// Only whose title holds this text; it reads every line that the rest leaves.
    pub title: Option<String>,
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// The latest received first.
    #[default]
    Newest,
    /// What is due first; open ones only.
    DueFirst,
    /// The latest closed first; closed ones only.
    ClosedLast,
}

impl Order {
    /// The column it goes by, and which way.
    fn column(self) -> (&'static str, &'static str) {
        match self {
            Self::Newest => ("listed_on", "desc"),
            Self::DueFirst => ("open_due", "asc"),
            Self::ClosedLast => ("closed_on", "desc"),
        }
    }
}

/// Where a line stands in the register, in every order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The day of receipt, or the day it came.
    pub listed_on: Date,
    /// The day by which it must be answered.
    pub due_on: Option<Date>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// Which request.
    pub id: RequestId,
}

/// Which part of the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// In which order.
    pub order: Order,
    /// Behind this line of the page before.
    pub after: Option<Place>,
    /// How many lines at most.
    pub limit: i64,
}

/// One line of the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Which request.
    pub id: RequestId,
    /// Whose.
    pub organ: OrganId,
    /// Its number in the register.
    pub number: String,
    /// Where it stands.
    pub state: StateKey,
    /// What it is for.
    pub matter: Matter,
    /// By which way it came.
    pub channel: ReceivedChannel,
    /// As what its requester asks.
    pub kind: RequesterKind,
    /// The requester as everybody may see it.
    pub shown: String,
    /// What is asked for.
    pub title: String,
    /// The day it came in.
    pub arrived_on: Date,
    /// The day of receipt.
    pub received_on: Option<Date>,
    /// The day by which it must be answered, or had to be.
    pub due_on: Option<Date>,
    /// The day it was closed, the first time.
    pub closed_on: Option<Date>,
    /// How it ended, the first time.
    pub outcome: Option<OutcomeKey>,
    /// Whether it was answered late.
    pub was_late: bool,
}

impl Line {
    /// Where the next page begins behind this line.
    pub fn place(&self) -> Place {
        Place {
            listed_on: self.received_on.unwrap_or(self.arrived_on),
            due_on: self.due_on,
            closed_on: self.closed_on,
            id: self.id.clone(),
        }
    }

    /// Whether the line stands before the other in this order.
    fn stands(&self, other: &Self, order: Order) -> Ordering {
        let (own, other) = (self.place(), other.place());
        let due = |place: &Place| place.due_on.unwrap_or(Date::MAX);
        match order {
            Order::Newest => (other.listed_on, &other.id).cmp(&(own.listed_on, &own.id)),
            Order::DueFirst => (due(&own), &own.id).cmp(&(due(&other), &other.id)),
            Order::ClosedLast => (other.closed_on, &other.id).cmp(&(own.closed_on, &own.id)),
        }
    }
}

#[derive(FromRow)]
struct Row {
    id: String,
    organ: String,
    number: String,
    state: String,
    matter: String,
    channel: String,
    kind: String,
    shown: String,
    title: String,
    arrived_on: String,
    received_on: Option<String>,
    due_on: Option<String>,
    closed_on: Option<String>,
    outcome: Option<String>,
    was_late: i64,
}

impl TryFrom<Row> for Line {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let at = |column| At("requests", &row.id, column);
        let known = |column: &'static str, text: &str| {
            StoreError::broken("requests", &row.id, column, format!("没有“{text}”"))
        };
        let outcome = row.outcome.as_deref();
        let outcome = outcome.map(|key| OutcomeKey::of(key).ok_or_else(|| known("outcome", key)));
        Ok(Self {
            id: at("id").parse(&row.id)?,
            organ: at("organ").parse(&row.organ)?,
            state: StateKey::of_key(&row.state).ok_or_else(|| known("state", &row.state))?,
            matter: Matter::of_key(&row.matter).ok_or_else(|| known("matter", &row.matter))?,
            channel: ReceivedChannel::of_key(&row.channel)
                .ok_or_else(|| known("channel", &row.channel))?,
            kind: RequesterKind::of_key(&row.kind).ok_or_else(|| known("kind", &row.kind))?,
            arrived_on: at("arrived_on").parse(&row.arrived_on)?,
            received_on: at("received_on").day(row.received_on.as_deref())?,
            due_on: at("due_on").day(row.due_on.as_deref())?,
            closed_on: at("closed_on").day(row.closed_on.as_deref())?,
            outcome: outcome.transpose()?,
            was_late: row.was_late != 0,
            number: row.number,
            shown: row.shown,
            title: row.title,
        })
    }
}

/// Most parts of one question: SQLite takes 500.
const MOST_PARTS: usize = 400;

/// One page of the register. It is asked for organ by organ and state by state in one question, so
/// that each part comes from an index in its order however many requests there are; whole lines are
/// read of the page alone.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn lines(db: &mut Db, filter: &Filter, page: &Page) -> Result<Vec<Line>, StoreError> {
    let mut query = Statement::new(
        "select id, organ, number, state, matter, channel, kind, shown, title, arrived_on, \
        received_on, due_on, closed_on, outcome, was_late from requests \
        where id in (select id from (",
    );
    for (number, part) in parts_of(filter).iter().enumerate() {
        query.push(if number == 0 { "" } else { " union all " }).push("select id, place from (");
        push_part(&mut query, part, page);
        query.push(&format!(") as part_{number}"));
    }
    let (_, way) = page.order.column();
    query.push(&format!(") as parts order by place {way}, id {way} limit "));
    query.push_bind(page.limit).push(")");
    let rows: Vec<Row> = query.fetch_all(db).await?;
    let mut lines = rows.into_iter().map(Line::try_from).collect::<Result<Vec<_>, _>>()?;
    lines.sort_by(|one, other| one.stands(other, page.order));
    Ok(lines)
}

/// The filter of each organ in each state; the whole filter where those would be too many.
fn parts_of(filter: &Filter) -> Vec<Filter> {
    let n_parts = filter.organs.len().max(1) * filter.states.len().max(1);
    if MOST_PARTS < n_parts {
        return vec![filter.clone()];
    }
    let organs = each_alone(&filter.organs);
    let states = each_alone(&filter.states);
    let part = |organs: &Vec<OrganId>, states: &Vec<StateKey>| {
        let (organs, states) = (organs.clone(), states.clone());
        Filter { organs, states, ..filter.clone() }
    };
    organs.iter().flat_map(|organs| states.iter().map(|states| part(organs, states))).collect()
}

/// Each of them as a list of its own; of none one list of none.
fn each_alone<T: Clone>(all: &[T]) -> Vec<Vec<T>> {
    match all {
        [] => vec![Vec::new()],
        all => all.iter().map(|each| vec![each.clone()]).collect(),
    }
}

fn push_part(query: &mut Statement, filter: &Filter, page: &Page) {
    let (column, way) = page.order.column();
    query.push(&format!("select id, {column} as place from requests where 1 = 1"));
    push_conditions(query, filter);
    match page.order {
        Order::Newest => {}
        Order::DueFirst => {
            query.push(" and open_due > ").push_bind(CLOSED);
        }
        Order::ClosedLast => {
            query.push(" and closed_on is not null");
        }
    }
    if let Some(after) = &page.after {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let (day, than) = match page.order {
            Order::Newest => (after.listed_on.to_string(), "<"),
            Order::DueFirst => (day(after.due_on).unwrap_or_else(|| NO_DUE.to_owned()), ">"),
            Order::ClosedLast => (day(after.closed_on).unwrap_or_default(), "<"),
        };
        push_behind(query, (column, than), &day, &after.id);
    }
    query.push(&format!(" order by {column} {way}, id {way} limit ")).push_bind(page.limit);
}

/// Behind this day, or on it and behind this id.
fn push_behind(query: &mut Statement, (column, than): (&str, &str), day: &str, id: &RequestId) {
    query.push(&format!(" and {column} {than}= ")).push_bind(day);
    query.push(&format!(" and ({column} {than} ")).push_bind(day);
    query.push(&format!(" or id {than} ")).push_bind(id.as_str()).push(")");
}

fn push_between(query: &mut Statement, column: &str, (from, to): (Option<Date>, Option<Date>)) {
    if let Some(from) = from {
        query.push(&format!(" and {column} >= ")).push_bind(from.to_string());
    }
    if let Some(to) = to {
        query.push(&format!(" and {column} <= ")).push_bind(to.to_string());
    }
}

fn push_conditions(query: &mut Statement, filter: &Filter) {
    query.push_any("organ", filter.organs.iter().map(OrganId::as_str));
    query.push_any("state", filter.states.iter().map(|state| state.key()));
    query.push_any("kind", filter.kinds.iter().map(|kind| kind.key()));
    query.push_any("channel", filter.channels.iter().map(|channel| channel.key()));
    query.push_any("outcome", filter.outcomes.iter().map(|outcome| outcome.as_str()));
    query.push_any("matter", filter.matter.iter().map(|matter| matter.key()));
    query.push_any("number", filter.number.iter().map(String::as_str));
    query.push_any("name_mark", filter.name_mark.iter().map(String::as_str));
    if filter.received != (None, None) {
        query.push(" and received_on is not null");
    }
    push_between(query, "listed_on", filter.received);
    push_between(query, "closed_on", filter.closed);
    if let Some(day) = filter.due_by {
        query.push(" and open_due > ").push_bind(CLOSED);
        query.push(" and open_due <= ").push_bind(day.to_string());
    }
    if let Some(day) = filter.late_on {
        query.push(" and open_due > ").push_bind(CLOSED);
        query.push(" and open_due < ").push_bind(day.to_string());
    }
    if let Some(title) = &filter.title {
        let literal = title.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        query.push(" and title like ").push_bind(format!("%{literal}%")).push(" escape '!'");
    }
}
