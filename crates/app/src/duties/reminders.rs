//! What people are reminded of on the board: reviews that wait too long, items due soon, channels that
//! failed, a calendar that is missing. It is reckoned anew each time, never kept.

use super::missing_calendar;
use crate::caller::Caller;
use crate::channels::read::open_releases;
use crate::items::{Filter, Page, read};
use crate::requests::board::{self, Pace, Todo};
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::channel::title;
use gongkai_domain::item::EditionState;
use gongkai_domain::time::china_date;
use gongkai_store::items;

/// A reminder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reminder {
    /// Where to go; empty where there is nowhere.
    pub address: String,
    /// What it is about.
    pub subject: String,
    /// What waits, and since or until when.
    pub sentence: String,
}

/// A review may wait so many working days before it is called to mind.
const REVIEW_DAYS: u16 = 2;
/// An item is called to mind so many working days before it is due.
const DUE_DAYS: u16 = 3;
const LINES: i64 = 200;

/// What is said of a year whose calendar is missing.
pub(crate) fn calendar_sentence(year: i16) -> String {
    format!("{year} 年的放假调休安排还没有录入，涉及该年的期限按周末推算，请升级程序或录入日历")
}

async fn waiting_reviews(app: &App, caller: &Caller) -> Result<Vec<Reminder>, AppError> {
    let states = vec!["in_review".to_owned()];
    let filter = Filter { states, ..Filter::default() };
    let lines = read::own_lines(app, caller, filter, Page { skip: 0, limit: LINES }).await?;
    let (calendar, today) = (Calendar::embedded(), app.clock.today());
    let mut found = Vec::new();
    let mut reader = app.store.reader().await?;
    for line in lines {
        let Some(loaded) = items::find(&mut reader, &line.id).await? else { continue };
        let state = loaded.item.working.as_ref().map(|working| &working.state);
        let Some(EditionState::InReview(review)) = state else { continue };
        let since = review.signatures.last().map_or(review.submitted_at, |each| each.at);
        let since = china_date(since);
        if today <= calendar.add_working_days(since, REVIEW_DAYS).date {
            continue;
        }
        let step = review.waiting().map(|step| step.title.clone()).unwrap_or_default();
        found.push(Reminder {
            address: format!("/work/items/{}", line.id),
            subject: line.title,
            sentence: format!("“{step}”环节自 {since} 起等待，已超过 {REVIEW_DAYS} 个工作日"),
        });
    }
    Ok(found)
}

async fn due_soon(app: &App, caller: &Caller) -> Result<Vec<Reminder>, AppError> {
    let today = app.clock.today();
    let until = Calendar::embedded().add_working_days(today, DUE_DAYS).date;
    let filter = Filter { due_by: Some(until), ..Filter::default() };
    let lines = read::own_lines(app, caller, filter, Page { skip: 0, limit: LINES }).await?;
    let reminder = |line: items::Line| {
        let due = line.due_on?;
        let sentence = if due < today {
            format!("公开期限 {due} 已过，请尽快公开")
        } else {
            format!("公开期限 {due}，请及时公开")
        };
        let address = format!("/work/items/{}", line.id);
        Some(Reminder { address, subject: line.title, sentence })
    };
    Ok(lines.into_iter().filter_map(reminder).collect())
}

/// Requests that are late or soon will be.
async fn requests(app: &App, caller: &Caller) -> Result<Vec<Reminder>, AppError> {
    let pressing = |todo: &Todo| todo.pace <= Pace::Soon;
    let reminder = |todo: Todo| Reminder {
        address: format!("/work/requests/{}", todo.request.id),
        subject: todo.request.wanted.title(),
        sentence: match todo.duty.until {
            Some(until) => format!("{}（{until}，{}）", todo.duty.why, todo.pace.word()),
            None => todo.duty.why,
        },
    };
    let todos = board::today(app, caller).await?;
    Ok(todos.into_iter().filter(pressing).map(reminder).collect())
}

async fn channels(app: &App, caller: &Caller) -> Result<Vec<Reminder>, AppError> {
    let reminder = |loaded: crate::channels::LoadedRelease| {
        let release = loaded.release;
        let asks = matches!(release.state.key(), "failed" | "follow_up_due");
        asks.then(|| Reminder {
            address: format!("/work/items/{}", release.item),
            subject: title(&release.channel).to_owned(),
            sentence: format!("发布渠道{}，请处理", release.state.name()),
        })
    };
    Ok(open_releases(app, caller).await?.into_iter().filter_map(reminder).collect())
}

/// What the caller is reminded of, the most pressing first.
///
/// # Errors
/// When the store fails.
pub async fn reminders(app: &App, caller: &Caller) -> Result<Vec<Reminder>, AppError> {
    let mut all = requests(app, caller).await?;
    all.extend(due_soon(app, caller).await?);
    all.extend(waiting_reviews(app, caller).await?);
    all.extend(crate::reports::remind::reminders(app, caller).await?);
    all.extend(channels(app, caller).await?);
    let missing = missing_calendar(Calendar::embedded(), app.clock.today());
    if let (Some(year), true) = (missing, caller.actor.is_anywhere(Role::SystemAdministrator)) {
        let subject = "工作日历".to_owned();
        let (address, sentence) = ("/work/jobs".to_owned(), calendar_sentence(year));
        all.push(Reminder { address, subject, sentence });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_calendar_of_next_year_is_missed_from_16_november_on() {
        let notice = std::fs::read_to_string("../../data/calendar/2024.toml").unwrap();
        let calendar = Calendar::from_notices(&[&notice]).unwrap();
        assert_eq!(missing_calendar(&calendar, date(2024, 11, 15)), None);
        assert_eq!(missing_calendar(&calendar, date(2024, 11, 16)), Some(2025));
        assert_eq!(missing_calendar(&calendar, date(2024, 12, 31)), Some(2025));
        assert_eq!(missing_calendar(&calendar, date(2025, 1, 1)), Some(2025));
    }
}
