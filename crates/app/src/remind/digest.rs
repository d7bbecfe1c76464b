//! What a reminder says: how many, which numbers, which days; never who asks nor what for.

use super::About;
use crate::caller::Caller;
use crate::duties;
use crate::requests::board::{self, Pace, Todo};
use crate::{App, AppError};
use gongkai_domain::id::PersonId;
use gongkai_domain::request::RequestAct;
use gongkai_store::{Db, people};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write;

/// Most cases that are told one by one: the rest is counted.
const LINES: usize = 50;

/// A case that waits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Case {
    /// Its number in the register.
    pub number: String,
    /// What is to be done.
    pub act: &'static str,
    /// Until when.
    pub due: Option<Date>,
    /// How pressing it is, in a word.
    pub pace: &'static str,
}

/// What a person is reminded of.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Digest {
    /// Requests whose period is over.
    pub late: usize,
    /// Requests that are due today.
    pub today: usize,
    /// Requests that are due soon.
    pub soon: usize,
    /// Requests that wait for the person, whatever their day.
    pub waiting: usize,
    /// Published information: due, or waiting for a review.
    pub items: usize,
    /// Annual reports, and other things of the pages.
    pub others: usize,
    /// The requests, the most pressing first.
    pub cases: Vec<Case>,
}

/// Somebody as a caller, with the posts of today; none when the account is closed or holds none.
pub(super) async fn caller(
    app: &App,
    db: &mut Db,
    person: &PersonId,
) -> Result<Option<Caller>, AppError> {
    let Some(account) = people::find(db, person).await?.filter(|account| !account.disabled) else {
        return Ok(None);
    };
    let today = app.clock.today();
    let held = people::posts_of(db, person).await?;
    let posts: Vec<_> =
        held.into_iter().map(|held| held.post).filter(|post| post.is_held_on(today)).collect();
    if posts.is_empty() {
        return Ok(None);
    }
    let actor = gongkai_domain::access::Actor { person: account.person, name: account.name, posts };
    Ok(Some(Caller { actor, origin: "local".to_owned() }))
}

impl Digest {
    /// What there is to say to somebody; none where there is nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn of(
        app: &App,
        caller: &Caller,
        about: About,
    ) -> Result<Option<Self>, AppError> {
        let todos = board::today(app, caller).await?;
        let mut digest = Self::default();
        for todo in todos.iter().filter(|todo| is_told(todo, about)) {
            digest.add(todo);
        }
        if about == About::Digest {
            for reminder in duties::reminders(app, caller).await? {
                match reminder.address.as_str() {
                    address if address.starts_with("/work/requests/") => {}
                    address if address.starts_with("/work/items/") => digest.items += 1,
                    _ => digest.others += 1,
                }
            }
        }
        let is_empty = digest.cases.is_empty() && digest.items + digest.others == 0;
        Ok((!is_empty).then_some(digest))
    }

    fn add(&mut self, todo: &Todo) {
        match todo.pace {
            Pace::Late => self.late += 1,
            Pace::Today => self.today += 1,
            Pace::Soon => self.soon += 1,
            Pace::InTime | Pace::Open => self.waiting += 1,
        }
        self.cases.push(Case {
            number: todo.request.number.clone(),
            act: todo.duty.act.name(),
            due: todo.duty.until,
            pace: todo.pace.word(),
        });
    }

    /// The subject of a mail.
    pub(super) fn subject(&self, site: &str, about: About) -> String {
        match about {
            About::Digest => format!("【{site}】今日待办提醒"),
            About::Red(_) => format!("【{site}】{} 件申请已经逾期", self.late),
        }
    }

    /// The text of a mail.
    pub(super) fn text(&self, name: &str, address: &str) -> String {
        let mut text = format!("{name}：\n\n");
        if !self.cases.is_empty() {
            let _ = writeln!(
                text,
                "依申请公开：逾期 {} 件，今天到期 {} 件，临近到期 {} 件，其他等您办理 {} 件。",
                self.late, self.today, self.soon, self.waiting
            );
        }
        for case in self.cases.iter().take(LINES) {
            let due = case.due.map(|due| format!("，期限 {due}")).unwrap_or_default();
            let _ = writeln!(text, "  {}　{}{due}（{}）", case.number, case.act, case.pace);
        }
        if let Some(more) = self.cases.len().checked_sub(LINES).filter(|more| 0 < *more) {
            let _ = writeln!(text, "  还有 {more} 件，请到工作台查看。");
        }
        if 0 < self.items {
            let _ =
                writeln!(text, "主动公开：{} 条信息临近或者超过期限，或者等待审核。", self.items);
        }
        if 0 < self.others {
            let _ = writeln!(text, "年度报告和其他：{} 项。", self.others);
        }
        let address = address.trim_end_matches('/');
        let _ = write!(
            text,
            "\n请到工作台办理：{address}/work\n\n\
            这封邮件由系统自动发出，请勿回复；其中不写申请人和申请内容。\
            不需要的，可以在“我的账号”里关闭。\n"
        );
        text
    }
}

/// The digest tells what presses or waits for this person; at once only what has just turned red.
fn is_told(todo: &Todo, about: About) -> bool {
    match about {
        About::Digest => {
            todo.pace <= Pace::Soon
                || todo.duty.until.is_none()
                || todo.duty.act == RequestAct::Approve
        }
        About::Red(since) => {
            todo.pace == Pace::Late && todo.duty.until.is_some_and(|until| since <= until)
        }
    }
}
