//! 登记簿: the register of the caller's organs, a page at a time, with its counts.

use super::seal;
use crate::caller::Caller;
use crate::items::read::seen;
use crate::{App, AppError};
use gongkai_domain::id::OrganId;
use gongkai_domain::request::StateKey;
use gongkai_store::requests::{self, Filter, Line, Page};
use gongkai_store::{Db, organs};

/// A page of the register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lines {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Whether lines follow behind the last one; the next page begins at its
    /// [`place`](Line::place).
    pub has_more: bool,
}

/// How many requests are where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counts {
    /// In each state, in the order of a request's life.
    pub states: Vec<(StateKey, i64)>,
    /// Open and past the due day.
    pub late: i64,
}

/// The organs that the caller may see and asked for; none where the caller sees none of them.
async fn organs_of(
    db: &mut Db,
    caller: &Caller,
    asked: &[OrganId],
) -> Result<Vec<OrganId>, AppError> {
    let organs = organs::all(db).await?;
    let mut seen = seen(caller, &organs);
    if !asked.is_empty() {
        seen.retain(|organ| asked.contains(organ));
    }
    Ok(seen)
}

/// A page of the register, narrowed to what the caller may see. `name` is the whole name of whoever
/// asked; it is compared, never shown.
///
/// # Errors
/// When the store fails.
pub async fn lines(
    app: &App,
    caller: &Caller,
    mut filter: Filter,
    name: Option<&str>,
    mut page: Page,
) -> Result<Lines, AppError> {
    let mut reader = app.store.reader().await?;
    filter.organs = organs_of(&mut reader, caller, &filter.organs).await?;
    if filter.organs.is_empty() {
        return Ok(Lines { lines: Vec::new(), has_more: false });
    }
    filter.name_mark =
        name.filter(|name| !name.trim().is_empty()).map(|name| seal::name_mark(app, name));
    let limit = usize::try_from(page.limit).unwrap_or_default();
    page.limit = page.limit.saturating_add(1);
    let mut lines = requests::lines(&mut reader, &filter, &page).await?;
    let has_more = limit < lines.len();
    lines.truncate(limit);
    Ok(Lines { lines, has_more })
}

/// How many requests of the caller's organs are in which state, and how many late; `asked` narrows it.
///
/// # Errors
/// When the store fails.
pub async fn counts(app: &App, caller: &Caller, asked: &[OrganId]) -> Result<Counts, AppError> {
    let mut reader = app.store.reader().await?;
    let organs = organs_of(&mut reader, caller, asked).await?;
    if organs.is_empty() {
        let states = StateKey::ALL.into_iter().map(|state| (state, 0)).collect();
        return Ok(Counts { states, late: 0 });
    }
    let states = requests::counts(&mut reader, &organs).await?;
    let late = requests::late(&mut reader, &organs, app.clock.today()).await?;
    Ok(Counts { states, late })
}

/// An organ on the supervision board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overview {
    /// The organ.
    pub organ: OrganId,
    /// How many of its requests are open.
    pub open: i64,
    /// How many of them are late.
    pub late: i64,
}

/// The supervision board: every organ that the caller may see and that has open requests.
///
/// # Errors
/// When the store fails.
pub async fn overview(app: &App, caller: &Caller) -> Result<Vec<Overview>, AppError> {
    let mut reader = app.store.reader().await?;
    let organs = organs_of(&mut reader, caller, &[]).await?;
    if organs.is_empty() {
        return Ok(Vec::new());
    }
    let rows = requests::overview(&mut reader, &organs, app.clock.today()).await?;
    Ok(rows.into_iter().map(|(organ, open, late)| Overview { organ, open, late }).collect())
}
