//! 重算期限: a new holiday notice moves the due days of open requests; tells which.

use super::thing;
use crate::caller::system_event;
use crate::{App, AppError};
use gongkai_domain::audit::digest;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_store::{events, requests, settings};
use jiff::civil::Date;
use std::sync::LazyLock;

/// How many requests are reckoned in one transaction, so that others get their turn.
const AT_ONCE: i64 = 500;
/// The setting that holds the digest of the calendar by which due days were reckoned.
const SETTING: &str = "requests_calendar";

/// A request whose due day moved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Affected {
    /// The request.
    pub id: RequestId,
    /// Whose.
    pub organ: OrganId,
    /// Its number.
    pub number: String,
    /// The due day as it was.
    pub before: Option<Date>,
    /// As it is now.
    pub after: Option<Date>,
}

/// Reckons every open request anew by this calendar; answers those whose due day moved.
///
/// # Errors
/// When the store fails; what was reckoned before stays.
pub async fn recompute(app: &App, calendar: &Calendar) -> Result<Vec<Affected>, AppError> {
    let mut affected = Vec::new();
    let mut behind = String::new();
    let (today, now) = (app.clock.today(), app.clock.now());
    loop {
        let mut transaction = app.store.begin().await?;
        let piece = requests::open_after(&mut transaction, &behind, AT_ONCE).await?;
        let Some(last) = piece.last() else { return Ok(affected) };
        behind = last.request.id.to_string();
        let mut moved = Vec::new();
        for loaded in &piece {
            let request = &loaded.request;
            let after = request.deadline(calendar, today).and_then(|deadline| deadline.due);
            if after == loaded.due_on {
                continue;
            }
            requests::move_due(&mut transaction, loaded, after).await?;
            let organ = request.organ.as_str();
            let mut event = system_event("request.recompute", thing(request), organ, now);
            let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            (event.before, event.after) = (day(loaded.due_on), day(after));
            moved.push(event);
            affected.push(Affected {
                id: request.id.clone(),
                organ: request.organ.clone(),
                number: request.number.clone(),
                before: loaded.due_on,
                after,
            });
        }
        events::append_all(&mut transaction, moved, app.config.audit.algorithm).await?;
        transaction.commit().await?;
    }
}

/// Reckons anew where the calendar of the program is another than the one last used.
///
/// # Errors
/// When the store fails.
pub async fn follow_calendar(app: &App) -> Result<Vec<Affected>, AppError> {
    static OWN: LazyLock<String> =
        LazyLock::new(|| digest(format!("{:?}", Calendar::embedded()).as_bytes()));
    let (calendar, own) = (Calendar::embedded(), &*OWN);
    let kept = settings::get(&mut *app.store.reader().await?, SETTING).await?;
    if kept.as_deref() == Some(own.as_str()) {
        return Ok(Vec::new());
    }
    let affected = recompute(app, calendar).await?;
    let mut transaction = app.store.begin().await?;
    settings::set(&mut transaction, SETTING, own).await?;
    transaction.commit().await?;
    Ok(affected)
}
