//! More requests than any county gets, for trying and measuring at size: variations of the
//! demonstration's, moved in time by whole weeks, each with its sealed person and its event.

use super::bulk::pick;
use crate::caller::system_event;
use crate::requests::{act, seal, thing};
use crate::{App, AppError, secret};
use gongkai_domain::audit::Event;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_domain::request::{DisclosureRequest, Personal, StateKey};
use gongkai_store::requests::{self, Filter, Order, Page};
use gongkai_store::{Db, events};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use serde_json::Value;

/// How many requests are saved in one transaction.
const BATCH: u64 = 500;

/// One request in so many is open.
const OPEN_EVERY: u64 = 20;

/// By how many weeks a closed one is moved back at most: three years.
const WEEKS: u64 = 156;

/// The demonstration's requests, open and closed.
struct Patterns {
    open: Vec<DisclosureRequest>,
    closed: Vec<DisclosureRequest>,
}

/// Adds requests until there are this many; answers how many were added.
///
/// # Errors
/// When there is nothing to vary, or the store fails.
pub async fn grow_requests(app: &App, n_requests: u64) -> Result<u64, AppError> {
    let organs = app.organs().await?;
    let there = count(app, &organs).await?;
    if n_requests <= there {
        return Ok(0);
    }
    let patterns = patterns(app).await?;
    if patterns.open.is_empty() || patterns.closed.is_empty() {
        return Err(AppError::Conflict("没有可以仿照的申请，请先填入演示数据".to_owned()));
    }
    let mut made = there;
    while made < n_requests {
        let until = n_requests.min(made + BATCH);
        let mut transaction = app.store.begin().await?;
        let mut happened = Vec::new();
        for number in made..until {
            let request = varied(&patterns, &organs[pick(number, organs.len())], number)?;
            happened.push(add(app, &mut transaction, &request, number).await?);
        }
        events::append_all(&mut transaction, happened, app.config.audit.algorithm).await?;
        transaction.commit().await?;
        made = until;
    }
    Ok(made - there)
}

async fn count(app: &App, organs: &[Organ]) -> Result<u64, AppError> {
    let ids: Vec<OrganId> = organs.iter().map(|organ| organ.id.clone()).collect();
    let counts = requests::counts(&mut *app.store.reader().await?, &ids).await?;
    Ok(counts.iter().map(|(_, n)| n.unsigned_abs()).sum())
}

async fn patterns(app: &App) -> Result<Patterns, AppError> {
    let mut reader = app.store.reader().await?;
    let page = Page { order: Order::Newest, after: None, limit: 1_000 };
    let mut patterns = Patterns { open: Vec::new(), closed: Vec::new() };
    for line in requests::lines(&mut reader, &Filter::default(), &page).await? {
        let found = requests::find(&mut reader, &line.id).await?;
        let Some(request) = found.map(|loaded| loaded.request) else { continue };
        match request.state_key() {
            StateKey::Closed | StateKey::Archived => patterns.closed.push(request),
            _ => patterns.open.push(request),
        }
    }
    Ok(patterns)
}

/// The request as somebody else made it, of another organ and, where it is closed, in another week.
fn varied(patterns: &Patterns, organ: &Organ, number: u64) -> Result<DisclosureRequest, AppError> {
    let (from, weeks) = match number % OPEN_EVERY {
        0 => (&patterns.open, 0),
        _ => (&patterns.closed, number.wrapping_mul(7919) % WEEKS),
    };
    let broken = |error: serde_json::Error| AppError::Broken(error.to_string());
    let mut body = serde_json::to_value(&from[pick(number / 7, from.len())]).map_err(broken)?;
    move_back(&mut body, i64::try_from(weeks).unwrap_or_default());
    let mut request: DisclosureRequest = serde_json::from_value(body).map_err(broken)?;
    let listed = request.received_on.unwrap_or(request.arrived_on);
    let at = listed.at(9, 0, 0, 0).in_tz("Asia/Shanghai").map(|at| at.timestamp());
    request.id = secret::id(at.unwrap_or_default()).parse().expect("digits and small letters");
    request.organ = organ.id.clone();
    request.number = format!("{}-M{number:07}", listed.year());
    request.code = secret::readable();
    request.wanted.name = format!("{}（第{number}件）", request.wanted.title());
    Ok(request)
}

/// Moves every day and every time in the body back by whole weeks, so that weekdays stay.
fn move_back(body: &mut Value, weeks: i64) {
    match body {
        Value::String(text) => {
            if let Some(moved) = moved(text, weeks) {
                *text = moved;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|each| move_back(each, weeks)),
        Value::Object(all) => all.values_mut().for_each(|each| move_back(each, weeks)),
        _ => {}
    }
}

fn moved(text: &str, weeks: i64) -> Option<String> {
    if let Ok(day) = text.parse::<Date>() {
        return Some(day.saturating_sub(Span::new().weeks(weeks)).to_string());
    }
    let at: Timestamp = text.parse().ok()?;
    Some(at.checked_sub(SignedDuration::from_hours(weeks * 7 * 24)).ok()?.to_string())
}

async fn add(
    app: &App,
    db: &mut Db,
    request: &DisclosureRequest,
    number: u64,
) -> Result<Event, AppError> {
    let personal = Personal {
        name: format!("{}{}", request.requester.shown, number / 3),
        telephone: format!("000-{number:08}"),
        ..Personal::default()
    };
    let sealed = seal::seal(app, &request.id, &personal);
    let now = app.clock.now();
    requests::add(db, request, &sealed, act::due_on(app, request), now).await?;
    let organ = request.organ.as_str();
    let mut event = system_event("request.register", thing(request), organ, now);
    event.after = act::state(request);
    Ok(event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::start::{Place, open};

    #[tokio::test]
    async fn requests_grow_to_the_number_asked_for_and_one_in_twenty_is_open() {
        let directory = tempfile::tempdir().unwrap();
        let place = Place { data: directory.path().to_owned(), ..Place::default() };
        let opened = open(&place, Clock::Machine).await.unwrap();
        let app = &opened.app;
        crate::demo::fill(app).await.unwrap();
        let organs = app.organs().await.unwrap();
        let there = count(app, &organs).await.unwrap();
        assert_eq!(grow_requests(app, there + 400).await.unwrap(), 400);
        assert_eq!(grow_requests(app, there + 400).await.unwrap(), 0);
        assert_eq!(count(app, &organs).await.unwrap(), there + 400);
        let patterns = patterns(app).await.unwrap();
        assert!(20 <= patterns.open.len() && 380 <= patterns.closed.len());
    }

    #[test]
    fn a_day_and_a_time_move_by_weeks_and_other_words_stay() {
        assert_eq!(moved("2025-03-10", 2).as_deref(), Some("2025-02-24"));
        assert_eq!(moved("2025-03-10T01:02:03Z", 1).as_deref(), Some("2025-03-03T01:02:03Z"));
        assert_eq!(moved("第2025号", 1), None);
    }
}
