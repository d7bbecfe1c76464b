//! The audit log narrowed by organ, person, act, thing and days.

use super::{COLUMNS, Row};
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::audit::Link;
use gongkai_domain::id::OrganId;
use jiff::Timestamp;

/// What is looked for; an empty field asks for nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// One of these organs; `None` is every organ and what concerns none.
    pub organs: Option<Vec<OrganId>>,
    /// The id of a person, or a part of the name.
    pub actor: String,
    /// The beginning of the key of the act: `item.`, `account.sign_in`.
    pub act: String,
    /// The beginning of the thing: `item/…`.
    pub thing: String,
    /// From this instant on.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
}

/// From which end, and behind which number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Towards {
    /// The newest first, before this number.
    Older(i64),
    /// The oldest first, behind this number.
    Newer(i64),
}

/// Up to `limit` links that the filter lets through.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn filtered(
    db: &mut Db,
    filter: &Filter,
    towards: Towards,
    limit: i64,
) -> Result<Vec<Link>, StoreError> {
    let mut query = Statement::new(format!("select {COLUMNS} from events where "));
    match towards {
        Towards::Older(before) => query.push("sequence < ").push_bind(before),
        Towards::Newer(after) => query.push("sequence > ").push_bind(after),
    };
    push_conditions(&mut query, filter);
    let direction = if matches!(towards, Towards::Older(_)) { "desc" } else { "asc" };
    query.push(&format!(" order by sequence {direction} limit ")).push_bind(limit);
    let rows: Vec<Row> = query.fetch_all(db).await?;
    rows.into_iter().map(Link::try_from).collect()
}

fn push_conditions(query: &mut Statement, filter: &Filter) {
    if let Some(organs) = &filter.organs {
        query.push(" and organ in ('-'");
        for organ in organs {
            query.push(", ").push_bind(organ.to_string());
        }
        query.push(")");
    }
    if !filter.actor.is_empty() {
        query.push(" and (actor = ").push_bind(filter.actor.clone());
        query.push(" or actor_name like ").push_bind(format!("%{}%", literal(&filter.actor)));
        query.push(" escape '!')");
    }
    for (column, value) in [("act", &filter.act), ("thing", &filter.thing)] {
        if !value.is_empty() {
            query.push(&format!(" and {column} like "));
            query.push_bind(format!("{}%", literal(value))).push(" escape '!'");
        }
    }
    if let Some(from) = filter.from {
        query.push(" and at >= ").push_bind(from.as_millisecond());
    }
    if let Some(until) = filter.until {
        query.push(" and at < ").push_bind(until.as_millisecond());
    }
}

/// A text whose signs `like` takes as they stand.
fn literal(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
