//! The requests that an annual report counts: received by the end of its time, and not closed before it.

use crate::row::At;
use crate::statement::Statement;
use crate::{Db, StoreError};
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::request::{Matter, RequesterKind};
use jiff::civil::Date;

/// A request as an annual report counts it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counted {
    /// Which request.
    pub id: RequestId,
    /// Whose.
    pub organ: OrganId,
    /// Its number in the register.
    pub number: String,
    /// As what its requester asks.
    pub kind: RequesterKind,
    /// The day of receipt.
    pub received_on: Date,
    /// How and on which day it ended, the first time.
    pub closed: Option<(OutcomeKey, Date)>,
}

type Columns = (String, String, String, String, String, Option<String>, Option<String>);

/// The requests for information of these organs that were received by `to` and were not closed before
/// `from`. The correction of records is not counted, nor what is not confirmed as received.
///
/// # Errors
/// When the database refuses or a row is broken.
pub async fn counted(
    db: &mut Db,
    organs: &[OrganId],
    from: Date,
    to: Date,
) -> Result<Vec<Counted>, StoreError> {
    let mut query = Statement::new(
        "select id, organ, number, kind, received_on, closed_on, outcome from requests \
        where received_on is not null and matter = ",
    );
    query.push_bind(Matter::Disclosure.key());
    query.push(" and listed_on <= ").push_bind(to.to_string());
    query.push(" and (closed_on is null or closed_on >= ").push_bind(from.to_string()).push(")");
    query.push_any("organ", organs.iter().map(OrganId::as_str));
    query.push(" order by organ, listed_on, id");
    let rows: Vec<Columns> = query.fetch_all(db).await?;
    rows.into_iter().map(of_row).collect()
}

fn of_row(row: Columns) -> Result<Counted, StoreError> {
    let (id, organ, number, kind, received_on, closed_on, outcome) = row;
    let at = |column| At("requests", &id, column);
    let unknown = |column: &'static str, text: &str| {
        StoreError::broken("requests", &id, column, format!("没有“{text}”"))
    };
    let outcome = outcome.map(|key| OutcomeKey::of(&key).ok_or_else(|| unknown("outcome", &key)));
    let closed_on = at("closed_on").day(closed_on.as_deref())?;
    Ok(Counted {
        kind: RequesterKind::of_key(&kind).ok_or_else(|| unknown("kind", &kind))?,
        organ: at("organ").parse(&organ)?,
        received_on: at("received_on").parse(&received_on)?,
        closed: outcome.transpose()?.zip(closed_on),
        id: at("id").parse(&id)?,
        number,
    })
}
