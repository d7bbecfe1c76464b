//! The lives of the demonstration's items: every act at its time, in the order of time, through the
//! actions that people use.

use super::county;
use super::plan::{Fate, Plan, plans, working};
use crate::caller::Caller;
use crate::clock::Clock;
use crate::items::{self, content_digest};
use crate::{App, AppError};
use gongkai_domain::access::{Actor, Role};
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::item::{Lapse, LapseKind, Opinion};
use gongkai_domain::review::SecrecyResult;
use gongkai_domain::time::instant;
use gongkai_store::people;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;

/// An act of somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Deed {
    Draft,
    Submit,
    Sign(Role),
    Return,
    Publish,
    Schedule,
    Emergency,
    Confirm,
    Withdraw,
    Lapse,
    Archive,
    Reopen,
}

/// Makes all items; the audit log is in the order of time.
pub(super) async fn live(app: &App) -> Result<(), AppError> {
    let (now, today) = (app.clock.now(), app.clock.today());
    let plans = plans(today);
    let mut deeds: Vec<(Timestamp, usize, Deed)> = Vec::new();
    for (n, plan) in plans.iter().enumerate() {
        deeds.extend(life(plan, n).into_iter().map(|(at, deed)| (at, n, deed)));
    }
    deeds.retain(|(at, _, _)| *at < now);
    deeds.sort();
    let mut made = Made { callers: callers(app).await?, ids: HashMap::new(), keys: HashMap::new() };
    let mut past = app.clone();
    for (at, n, deed) in deeds {
        past.clock = Clock::set_to(at);
        if let Some(plan) = plans.get(n) {
            made.act(&past, (n, plan), deed, now).await?;
        }
    }
    Ok(())
}

/// The acts of an item with their times.
fn life(plan: &Plan, n: usize) -> Vec<(Timestamp, Deed)> {
    use Deed::*;
    let minute = i8::try_from(n % 50).unwrap_or_default();
    let at = |day: Date, hour: i8| instant(day.at(hour, minute, 0, 0)).unwrap_or(Timestamp::MIN);
    let day = |n_days: u16| if n_days == 0 { plan.day } else { working(plan.day, n_days) };
    let (first, second, third) =
        (Sign(Role::Reviewer), Sign(Role::SecrecyReviewer), Sign(Role::Leader));
    let sent = vec![(at(day(0), 9), Draft), (at(day(0), 10), Submit)];
    let half = [sent.clone(), vec![(at(day(1), 9), first), (at(day(1), 14), second)]].concat();
    let signed = [half.clone(), vec![(at(day(2), 9), third)]].concat();
    let published = [signed.clone(), vec![(at(day(2), 15), Publish)]].concat();
    let then = |mut deeds: Vec<(Timestamp, Deed)>, n_days, deed| {
        deeds.push((at(day(n_days), 16), deed));
        deeds
    };
    match plan.fate {
        Fate::Draft | Fate::Late => vec![(at(day(0), 9), Draft)],
        Fate::Review1 => sent,
        Fate::Review2 => [sent, vec![(at(day(1), 9), first)]].concat(),
        Fate::Returned => then(sent, 1, Return),
        Fate::Approved => signed,
        Fate::Scheduled => then(signed, 2, Schedule),
        Fate::Published => published,
        Fate::Withdrawn => then(published, 9, Withdraw),
        Fate::Repealed | Fate::Amended => then(published, 13, Lapse),
        Fate::Archived => then(published, 250, Archive),
        Fate::Emergency => then(half, 1, Emergency),
        Fate::EmergencyDone => {
            let confirmed = vec![(at(day(2), 9), third), (at(day(2), 16), Confirm)];
            [then(half, 1, Emergency), confirmed].concat()
        }
        Fate::Reopened => then(published, 40, Reopen),
    }
}

/// What was made so far.
struct Made {
    callers: HashMap<(OrganId, Role), Caller>,
    ids: HashMap<usize, (ItemId, String)>,
    keys: HashMap<String, ItemId>,
}

impl Made {
    #[expect(clippy::too_many_lines, reason = "the acts of a life, one after the other")]
    async fn act(
        &mut self,
        app: &App,
        (n, plan): (usize, &Plan),
        deed: Deed,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let role = match deed {
            Deed::Sign(role) => role,
            Deed::Return => Role::Reviewer,
            Deed::Emergency => Role::Leader,
            _ => Role::Clerk,
        };
        let caller = self.callers.get(&(plan.organ.clone(), role));
        let caller = caller.ok_or(AppError::NotFound("演示人员"))?.clone();
        if deed == Deed::Draft {
            return self.draft(app, &caller, (n, plan)).await;
        }
        let (id, digest) = self.ids.get(&n).cloned().ok_or(AppError::NotFound("演示信息"))?;
        match deed {
            Deed::Draft => {}
            Deed::Submit => {
                let item = items::read::own(app, &caller, &id).await?.item;
                for finding in items::screen::finding_keys(&item) {
                    let reason = "已核实，按原件公开".to_owned();
                    items::revise::answer(app, &caller, &id, finding, reason).await?;
                }
                items::submit::submit(app, &caller, &id).await?;
            }
            Deed::Sign(_) => {
                let text =
                    if role == Role::Reviewer { "内容属实，同意。" } else { "同意" };
                let opinion =
                    Opinion { text: text.to_owned(), secrecy: Some(SecrecyResult::Open), digest };
                items::review::sign(app, &caller, &id, opinion).await?;
            }
            Deed::Return => {
                let comment = "公示期起止日期没有写明，请补充后再送。";
                items::review::send_back(app, &caller, &id, comment).await?;
            }
            Deed::Publish => drop(items::publish::publish(app, &caller, &id).await?),
            Deed::Schedule => {
                let at = now + jiff::SignedDuration::from_hours(72);
                items::schedule::schedule(app, &caller, &id, at).await?;
            }
            Deed::Emergency => {
                let reason = "汛情紧急，须立即告知群众";
                items::emergency::publish(app, &caller, &id, reason).await?;
            }
            Deed::Confirm => drop(items::emergency::confirm(app, &caller, &id).await?),
            Deed::Withdraw => {
                let reason = "情况已有变化，本通告不再适用";
                items::withdraw::withdraw(app, &caller, &id, reason).await?;
            }
            Deed::Lapse => {
                let kind = match plan.fate {
                    Fate::Amended => LapseKind::Amended,
                    _ => LapseKind::Repealed,
                };
                let basis = "规范性文件清理结果（示范）".to_owned();
                let lapse = Lapse { kind, on: app.clock.today(), basis };
                items::lapse::lapse(app, &caller, &id, lapse).await?;
            }
            Deed::Archive => drop(items::archive::archive(app, &caller, &id).await?),
            Deed::Reopen => drop(items::revise::reopen(app, &caller, &id).await?),
        }
        Ok(())
    }

    async fn draft(
        &mut self,
        app: &App,
        caller: &Caller,
        (n, plan): (usize, &Plan),
    ) -> Result<(), AppError> {
        let mut content = plan.content.clone();
        content.interprets = plan.interprets.as_ref().and_then(|key| self.keys.get(key)).cloned();
        let digest = content_digest(&content);
        let (organ, kind) = (plan.organ.clone(), plan.kind.clone());
        let item = items::draft::draft(app, caller, organ, kind, content).await?;
        if let Some(key) = &plan.key {
            self.keys.insert(key.clone(), item.id.clone());
        }
        self.ids.insert(n, (item.id, digest));
        Ok(())
    }
}

/// Everybody of the demonstration as a caller.
pub(super) async fn callers(app: &App) -> Result<HashMap<(OrganId, Role), Caller>, AppError> {
    let mut reader = app.store.reader().await?;
    let mut callers = HashMap::new();
    for organ in county::organs() {
        for held in people::posts_in(&mut reader, &organ.id).await? {
            let account = people::find(&mut reader, &held.person).await?;
            let name = account.ok_or(AppError::NotFound("演示人员"))?.name;
            let role = held.post.role;
            let actor = Actor { person: held.person, name, posts: vec![held.post] };
            let caller = Caller { actor, origin: "local".to_owned() };
            callers.insert((organ.id.clone(), role), caller);
        }
    }
    Ok(callers)
}
