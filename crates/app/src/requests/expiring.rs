//! 到期的个人信息: what is due to go by the settings, told before it goes; nothing goes here.

use crate::config::Retention;
use crate::{App, AppError};
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::request::DisclosureRequest;
use gongkai_store::Db;
use gongkai_store::requests::Loaded;
use gongkai_store::requests::files::{self, KeptFile};
use gongkai_store::requests::retention::{self as stored, Behind, Horizon};
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use serde::Serialize;

/// How many are looked at together.
pub(super) const PIECE: i64 = 200;

/// Why personal data stays or goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It goes with the next run.
    Due,
    /// Its day is near.
    Soon,
    /// Its day is over, and its file is not in the archive yet.
    NotArchived,
    /// Its day is over, and a reconsideration or a suit is under way.
    UnderReview,
}

impl Standing {
    /// The words for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "到期，下次运行时删除",
            Self::Soon => "即将到期",
            Self::NotArchived => "到期未归档，归档后删除",
            Self::UnderReview => "到期，行政复议或者诉讼未结，暂不删除",
        }
    }
}

/// A request whose personal data is due to go.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Expiring {
    /// The request.
    pub id: RequestId,
    /// Whose.
    pub organ: OrganId,
    /// Its number in the register.
    pub number: String,
    /// The day it ended.
    pub ended_on: Date,
    /// The day its personal data goes.
    pub goes_on: Date,
    /// Why it stays or goes.
    pub standing: Standing,
    /// How many files of it go; the archive package is none of them.
    pub n_files: usize,
}

/// What is due to go, or went.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Sweep {
    /// The requests, those that are due first.
    pub requests: Vec<Expiring>,
    /// How many archive packages.
    pub n_packages: usize,
    /// How many files that no request names.
    pub n_loose_files: usize,
    /// How many texts for which something public was suggested.
    pub n_suggestions: usize,
    /// What should have gone and could not, each with the reason.
    pub failed: Vec<String>,
}

pub(super) fn years_before(day: Date, years: u16) -> Date {
    day.saturating_sub(Span::new().years(i64::from(years)))
}

pub(super) fn days_before(now: Timestamp, days: u16) -> Timestamp {
    now - SignedDuration::from_hours(24 * i64::from(days))
}

/// The day on which the personal data of a request goes; none while it is open or is kept for ever.
fn goes_on(settings: &Retention, request: &DisclosureRequest) -> Option<Date> {
    let years = match request.ended_by_itself() {
        true => settings.withdrawn_years,
        false => settings.personal_years,
    };
    let ended_on = request.ended_on()?;
    (years != 0).then(|| ended_on.saturating_add(Span::new().years(i64::from(years))))
}

/// How it stands with a request on this day; none when its time is far.
pub(super) async fn standing(
    app: &App,
    db: &mut Db,
    request: &DisclosureRequest,
) -> Result<Option<(Date, Standing)>, AppError> {
    let settings = &app.config.retention;
    let Some(on) = goes_on(settings, request) else { return Ok(None) };
    let today = app.clock.today();
    if today < on {
        let is_soon = on <= today.saturating_add(Span::new().days(i64::from(settings.notice_days)));
        return Ok(is_soon.then_some((on, Standing::Soon)));
    }
    let standing = if stored::has_open_remedy(db, &request.id).await? {
        Standing::UnderReview
    } else if request.is_archived() || request.ended_by_itself() {
        Standing::Due
    } else {
        Standing::NotArchived
    };
    Ok(Some((on, standing)))
}

/// The first closing days before which requests are looked at: what is near is among them.
pub(super) fn horizon(app: &App) -> Horizon {
    let settings = &app.config.retention;
    let near = Span::new().days(i64::from(settings.notice_days) + 1);
    let day = app.clock.today().saturating_add(near);
    let before = |years: u16| (years != 0).then(|| years_before(day, years));
    Horizon { any: before(settings.personal_years), withdrawn: before(settings.withdrawn_years) }
}

pub(super) fn working_copies(files: Vec<KeptFile>) -> Vec<KeptFile> {
    files.into_iter().filter(|file| !file.is_package).collect()
}

/// What would go now and soon; nothing is changed.
///
/// # Errors
/// When the store fails.
pub async fn plan(app: &App) -> Result<Sweep, AppError> {
    let (settings, now) = (&app.config.retention, app.clock.now());
    let mut reader = app.store.reader().await?;
    let mut sweep = Sweep::default();
    let mut behind = Behind::default();
    loop {
        let (piece, next) = stored::erasable(&mut reader, horizon(app), &behind, PIECE).await?;
        if piece.is_empty() {
            break;
        }
        behind = next;
        for Loaded { request, .. } in piece {
            let found = standing(app, &mut reader, &request).await?;
            let Some((goes_on, standing)) = found else { continue };
            let files = files::of_request(&mut reader, &request.id).await?;
            sweep.requests.push(expiring(&request, goes_on, standing, working_copies(files).len()));
        }
    }
    sweep.requests.sort_by_key(|each| (each.goes_on, each.number.clone()));
    if settings.package_years != 0 {
        let before = years_before(app.clock.today(), settings.package_years);
        sweep.n_packages = files::packages(&mut reader, before, i64::MAX).await?.len();
    }
    let before = days_before(now, settings.loose_file_days);
    sweep.n_loose_files = files::loose(&mut reader, before, i64::MAX).await?.len();
    let typed = stored::suggestions(&mut reader, days_before(now, settings.suggestion_days));
    sweep.n_suggestions = usize::try_from(typed.await?).unwrap_or_default();
    Ok(sweep)
}

pub(super) fn expiring(
    request: &DisclosureRequest,
    goes_on: Date,
    standing: Standing,
    n_files: usize,
) -> Expiring {
    Expiring {
        id: request.id.clone(),
        organ: request.organ.clone(),
        number: request.number.clone(),
        ended_on: request.ended_on().unwrap_or(goes_on),
        goes_on,
        standing,
        n_files,
    }
}
