//! 今日: what the caller has to do with requests, why, and until when; what is due soon.

use super::act::occasion;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::id::OrganId;
use gongkai_domain::request::{DisclosureRequest, Duty, RequestAct};
use gongkai_store::requests;
use jiff::civil::Date;

/// Most open requests of an organ that are looked at: who has more sees the most pressing ones.
const MOST: i64 = 500;
/// A request is called to mind so many working days before it is due.
const SOON_DAYS: u16 = 3;

/// Something to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Todo {
    /// The request.
    pub request: DisclosureRequest,
    /// What is to be done.
    pub duty: Duty,
    /// How pressing it is.
    pub pace: Pace,
}

/// How pressing something is: a colour, and never a colour alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Pace {
    /// 逾期.
    Late,
    /// 今天.
    Today,
    /// 临近.
    Soon,
    /// 正常.
    InTime,
    /// 没有期限.
    Open,
}

impl Pace {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Late => "逾期",
            Self::Today => "今天到期",
            Self::Soon => "临近到期",
            Self::InTime => "正常",
            Self::Open => "尽快",
        }
    }
}

/// How pressing a day is, seen today.
pub fn pace(until: Option<Date>, today: Date) -> Pace {
    let soon = Calendar::embedded().add_working_days(today, SOON_DAYS).date;
    match until {
        None => Pace::Open,
        Some(until) if until < today => Pace::Late,
        Some(until) if until == today => Pace::Today,
        Some(until) if until <= soon => Pace::Soon,
        Some(_) => Pace::InTime,
    }
}

/// What the caller has to do, the most pressing first: whoever works on requests all but approvals,
/// whoever approves the approvals.
///
/// # Errors
/// When the store fails.
pub async fn today(app: &App, caller: &Caller) -> Result<Vec<Todo>, AppError> {
    let posts = caller.actor.posts.iter().filter(|post| !post.role.is_administrator());
    let mut organs: Vec<OrganId> = posts.map(|post| post.organ.clone()).collect();
    organs.sort();
    organs.dedup();
    let (here, today) = (occasion(app, caller), app.clock.today());
    let mut todos = Vec::new();
    let mut reader = app.store.reader().await?;
    for organ in organs {
        let handles = caller.actor.handles_requests(&organ);
        for loaded in requests::open_of(&mut reader, &organ, MOST).await? {
            let request = loaded.request;
            for duty in request.duties(&here) {
                let is_own = match duty.act {
                    RequestAct::Approve => request.may(duty.act, &here).is_ok(),
                    _ => handles,
                };
                if is_own {
                    let pace = pace(duty.until, today);
                    todos.push(Todo { request: request.clone(), duty, pace });
                }
            }
        }
    }
    todos.sort_by_key(|todo| (todo.pace, todo.duty.until, todo.request.id.clone()));
    Ok(todos)
}
