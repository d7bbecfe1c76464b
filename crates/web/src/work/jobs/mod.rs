//! 后台任务: what waits, runs, failed and was done, with the last run of every duty; for the system
//! administrator.

use crate::answer::{Answer, go, html};
use crate::current::{Checked, Signed};
use crate::page::{Frame, minute};
use crate::work::acts::Nothing;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::duties::Duty;
use gongkai_app::jobs::{self, DutyRun, Job, Kind};

/// One job as it is shown.
struct Row {
    id: String,
    kind: &'static str,
    subject: String,
    at: String,
    n_attempts: i64,
    error: String,
}

/// One group of jobs.
struct Group {
    title: &'static str,
    time: &'static str,
    rows: Vec<Row>,
    can_restart: bool,
    can_cancel: bool,
}

/// One duty as it is shown.
struct DutyRow {
    name: &'static str,
    run_at: String,
    succeeded_at: String,
    n_failures: i64,
    error: String,
}

#[derive(Template)]
#[template(path = "work/jobs/list.html")]
struct List {
    frame: Frame,
    groups: Vec<Group>,
    duties: Vec<DutyRow>,
}

fn row(job: Job) -> Row {
    Row {
        kind: Kind::name(&job.kind),
        subject: job.subject,
        at: minute(job.done_at.unwrap_or(job.run_at)),
        n_attempts: job.n_attempts,
        error: job.last_error,
        id: job.id,
    }
}

fn duty_row(run: DutyRun) -> DutyRow {
    DutyRow {
        name: Duty::name(&run.duty),
        run_at: minute(run.run_at),
        succeeded_at: run.succeeded_at.map(minute).unwrap_or_default(),
        n_failures: run.n_failures,
        error: run.last_error,
    }
}

/// Shows the board.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let board = jobs::board(&app, &current.caller).await?;
    let group = |title, time, jobs: Vec<Job>, can_restart, can_cancel| Group {
        title,
        time,
        rows: jobs.into_iter().map(row).collect(),
        can_restart,
        can_cancel,
    };
    html(&List {
        frame: Frame::work(&app, &current),
        groups: vec![
            group("失败", "失败时间", board.failed, true, true),
            group("正在进行", "计划时间", board.running, false, false),
            group("等待", "计划时间", board.waiting, false, true),
            group("近七天办结", "办结时间", board.done, false, false),
            group("近七天取消", "取消时间", board.cancelled, true, false),
        ],
        duties: board.duties.into_iter().map(duty_row).collect(),
    })
}

/// 重试.
pub async fn restart(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    jobs::restart(&app, &current.caller, &id).await?;
    go("/work/jobs")
}

/// 取消.
pub async fn cancel(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    jobs::cancel(&app, &current.caller, &id).await?;
    go("/work/jobs")
}
