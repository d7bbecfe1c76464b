//! The last day for publishing an item in time, reckoned when it is saved, so that lists can be cut by it.

use crate::AppError;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::catalogue::DisclosureKind;
use gongkai_domain::item::{Item, Pace, due, is_provisional, pace};
use gongkai_domain::item_kind;
use gongkai_domain::metadata::Disclosure;
use gongkai_domain::organ::OrganKind;
use gongkai_domain::time::china_date;
use gongkai_store::{Db, items, organs};
use jiff::civil::Date;

/// The last day, while there is an edition in work of something made or changed since it was public.
pub(super) async fn due_on(db: &mut Db, item: &Item) -> Result<Option<Date>, AppError> {
    let Some(working) = &item.working else { return Ok(None) };
    let formed_on = working.content.formed_on;
    let unchanged = |public: Date| formed_on <= public;
    if item.public.as_ref().is_some_and(|public| unchanged(public.content.formed_on)) {
        return Ok(None);
    }
    let disclosure = working.content.disclosure.as_ref().map(Disclosure::kind);
    if disclosure.is_some_and(|kind| kind != DisclosureKind::Proactive) {
        return Ok(None);
    }
    let Some(kind) = item_kind::kind(&item.kind) else { return Ok(None) };
    let organ = organs::find(db, &item.organ).await?;
    let organ = organ.map_or(OrganKind::Department, |organ| organ.kind);
    let mut explained = None;
    if let Some(policy) = &working.content.interprets {
        let policy = items::find(db, policy).await?;
        explained = policy.and_then(|policy| policy.item.standing.since()).map(china_date);
    }
    let due = due(Calendar::embedded(), kind, organ, formed_on, explained);
    Ok(due.map(|(due, _)| due.date))
}

/// A last day as it is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The day.
    pub on: Date,
    /// How near it is.
    pub pace: Pace,
    /// Whether a notice of holidays that is not there yet may move it.
    pub provisional: bool,
    /// How many working days are left, or by how many it is late.
    pub n_days: u32,
}

/// A last day as it is shown on `today`.
pub fn shown(today: Date, formed_on: Option<Date>, on: Date) -> Shown {
    let calendar = Calendar::embedded();
    let (first, last) = if on < today { (on, today) } else { (today, on) };
    Shown {
        on,
        pace: pace(calendar, today, on),
        provisional: is_provisional(calendar, formed_on.unwrap_or(on), on),
        n_days: calendar.working_days_between(first, last).working_days,
    }
}

/// The years for which the working days are not laid down and should be: this one, and from December
/// on the next.
pub fn missing_years(today: Date) -> Vec<i16> {
    let calendar = Calendar::embedded();
    let next = today.year().saturating_add(1);
    let asked = if today.month() == 12 { vec![today.year(), next] } else { vec![today.year()] };
    asked.into_iter().filter(|year| !calendar.is_laid_down(*year)).collect()
}
