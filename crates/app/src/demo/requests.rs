//! The demonstration's requests: the courses of `data/demo/requests.toml`, every act at its time, through
//! the actions that people use.

use super::deeds::{Deed, Entry, does};
use super::life::callers;
use crate::clock::Clock;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::RequestId;
use gongkai_domain::time::instant;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    request: Vec<Entry>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/demo/requests.toml");
    let file: File = toml::from_str(text).expect("data/demo/requests.toml is embedded and tested");
    file.request
});

/// The working day on which a request came.
fn start(today: Date, ago: u16) -> Date {
    let day = today.saturating_sub(jiff::Span::new().days(i64::from(ago)));
    let calendar = Calendar::embedded();
    if calendar.is_worked(day) { day } else { calendar.next_working_day(day).date }
}

/// The acts of a request with their times; those of one day follow each other by minutes.
fn course(entry: &'static Entry, n: usize, today: Date) -> Vec<(Timestamp, Deed)> {
    let start = start(today, entry.ago);
    let minute = i8::try_from(n % 50).unwrap_or_default();
    let deeds = entry.course.split(',').filter_map(|each| each.trim().split_once(' '));
    let mut hours = 9..17;
    let timed = deeds.filter_map(|(days, deed)| {
        let day = Calendar::embedded().add_working_days(start, days.parse().ok()?).date;
        let hour = hours.next().unwrap_or(17);
        Some((instant(day.at(hour, minute, 0, 0))?, Deed(deed)))
    });
    timed.collect()
}

/// Makes all requests; the audit log is in the order of time.
pub(super) async fn live(app: &App) -> Result<(), AppError> {
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut deeds: Vec<(Timestamp, usize, Deed)> = Vec::new();
    for (n, entry) in ENTRIES.iter().enumerate() {
        deeds.extend(course(entry, n, today).into_iter().map(|(at, deed)| (at, n, deed)));
    }
    deeds.retain(|(at, _, _)| *at < now);
    deeds.sort_by_key(|(at, n, _)| (*at, *n));
    let callers = callers(app).await?;
    let mut ids: HashMap<usize, RequestId> = HashMap::new();
    let mut past = app.clone();
    for (at, n, deed) in deeds {
        past.clock = Clock::set_to(at);
        let Some(entry) = ENTRIES.get(n) else { continue };
        let caller =
            |role| callers.get(&(entry.organ.clone(), role)).ok_or(AppError::NotFound("演示人员"));
        let (clerk, leader) = (caller(Role::Clerk)?, caller(Role::Leader)?);
        if let Some(id) = does(&past, (clerk, leader), entry, deed, ids.get(&n)).await? {
            ids.insert(n, id);
        }
    }
    Ok(())
}
