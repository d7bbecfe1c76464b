//! What the program does on nobody's click: publish at a set time, end sessions, forget old jobs; and
//! what it reminds people of.

mod reminders;

pub(crate) use reminders::calendar_sentence;
pub use reminders::{Reminder, reminders};

use crate::items::publish::publish_due;
use crate::jobs::{Kind, enqueue};
use crate::{App, AppError, remind, requests, search, tickets, views};
use gongkai_domain::calendar::Calendar;
use gongkai_store::{jobs, reminders as reminders_sent, sessions, tickets as made_once};
use jiff::SignedDuration;
use jiff::civil::Date;
use std::time::Duration;

/// How long the duties rest between two rounds.
const PAUSE: Duration = Duration::from_secs(5);
/// How often a run that went well is written down again.
const KEPT_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// For how long ended jobs are kept.
const JOBS_KEPT_DAYS: i64 = 30;

/// A duty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Duty {
    /// 定时发布.
    Publish,
    /// 到期清理: sessions and old jobs.
    Expire,
    /// 工作日历.
    Calendar,
    /// 浏览计数: views counted in memory are written down.
    Views,
    /// 检索索引: follows what is public.
    Search,
    /// 答复期限: reckoned anew when the calendar is another.
    Requests,
    /// 提醒: mails and pushes of the day are planned.
    Remind,
    /// 个人信息: a job each day seals what stands open and erases what is over.
    Personal,
}

impl Duty {
    /// Every duty, in the order in which they run.
    pub const ALL: [Self; 8] = [
        Self::Publish,
        Self::Views,
        Self::Search,
        Self::Requests,
        Self::Remind,
        Self::Personal,
        Self::Expire,
        Self::Calendar,
    ];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Expire => "expire",
            Self::Calendar => "calendar",
            Self::Views => "views",
            Self::Search => "search",
            Self::Requests => "requests",
            Self::Remind => "remind",
            Self::Personal => "personal",
        }
    }

    /// What people call the duty with this key.
    pub fn name(key: &str) -> &'static str {
        match key {
            "publish" => "到时发布",
            "expire" => "清理到期的登录和任务记录",
            "calendar" => "核对下一年的工作日历",
            "views" => "登记浏览次数",
            "search" => "更新检索索引",
            "requests" => "按工作日历重算申请的答复期限",
            "remind" => "安排当天的提醒邮件和推送",
            "personal" => "安排每日的加密和到期删除个人信息",
            _ => "其他事务",
        }
    }
}

/// The year whose calendar is missing though its notice should be known: from 16 November on, that of
/// the next year; and always that of this year.
pub fn missing_calendar(calendar: &Calendar, today: Date) -> Option<i16> {
    let next = today.year() + 1;
    let is_time = (11, 15) < (today.month(), today.day());
    let this = (!calendar.is_laid_down(today.year())).then_some(today.year());
    this.or_else(|| (is_time && !calendar.is_laid_down(next)).then_some(next))
}

async fn run_one(app: &App, duty: Duty) -> Result<(), AppError> {
    match duty {
        Duty::Publish => publish_due(app).await.map(|_| ()),
        Duty::Views => views::flush(app).await,
        Duty::Search => search::keep_up(app).await,
        Duty::Requests => requests::recompute::follow_calendar(app).await.map(|_| ()),
        Duty::Remind => remind::plan(app).await,
        Duty::Personal => personal(app).await,
        Duty::Expire => {
            let now = app.clock.now();
            let mut transaction = app.store.begin().await?;
            sessions::remove_expired(&mut transaction, now).await?;
            let before = now - SignedDuration::from_hours(24 * JOBS_KEPT_DAYS);
            jobs::forget_ended(&mut transaction, before).await?;
            let before = now - SignedDuration::from_hours(24 * tickets::KEPT_DAYS);
            made_once::forget(&mut transaction, before).await?;
            let before = now - SignedDuration::from_hours(24 * remind::KEPT_DAYS);
            reminders_sent::forget(&mut transaction, before).await?;
            Ok(transaction.commit().await?)
        }
        Duty::Calendar => match missing_calendar(Calendar::embedded(), app.clock.today()) {
            None => Ok(()),
            Some(year) => Err(AppError::Conflict(calendar_sentence(year))),
        },
    }
}

/// One job a day: a day that has its job already asks for nothing.
async fn personal(app: &App) -> Result<(), AppError> {
    let day = app.clock.today().to_string();
    let kind = Kind::Expire;
    if jobs::of(&mut *app.store.reader().await?, kind.key(), &day).await?.is_some() {
        return Ok(());
    }
    let mut transaction = app.store.begin().await?;
    enqueue(app, &mut transaction, kind, &day, app.clock.now()).await?;
    Ok(transaction.commit().await?)
}

/// Writes down how a duty went, when that is news.
async fn keep(app: &App, duty: Duty, error: Option<&str>) -> Result<(), AppError> {
    let now = app.clock.now();
    let runs = jobs::runs(&mut *app.store.reader().await?).await?;
    let is_old_news = runs.iter().any(|run| {
        let is_same = run.duty == duty.key() && run.last_error == error.unwrap_or_default();
        is_same && now < run.run_at + KEPT_EVERY
    });
    if is_old_news {
        return Ok(());
    }
    let mut transaction = app.store.begin().await?;
    jobs::keep_run(&mut transaction, duty.key(), error, now).await?;
    Ok(transaction.commit().await?)
}

/// One round of all duties; one that fails does not keep the others from running.
///
/// # Errors
/// When it cannot be written down how they went; the next round tries again.
pub async fn round(app: &App) -> Result<(), AppError> {
    for duty in Duty::ALL {
        let error = run_one(app, duty).await.err().map(|error| error.to_string());
        keep(app, duty, error.as_deref()).await?;
    }
    Ok(())
}

/// Rounds without end; a round that fails is logged and tried again.
pub async fn run(app: App) {
    loop {
        if let Err(error) = round(&app).await {
            tracing::error!("例行事务出错：{error}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
