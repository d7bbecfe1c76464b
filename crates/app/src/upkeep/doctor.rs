//! 体检: looks at an installation and says what to do; it changes nothing.

use super::{Finding, reach};
use crate::clock::Clock;
use crate::config::Config;
use crate::duties::{self, Duty};
use crate::remind::Secrets;
use crate::start::{Place, is_in_use, open_to_read};
use crate::vault::{Vault, known_keys};
use crate::{App, AppError};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::time::china_date;
use gongkai_store::events;
use gongkai_store::jobs::{self, State};
use jiff::{SignedDuration, Timestamp};
use std::path::Path;

/// Less room than this on the disk is wrong, and less than ten times this is doubtful. Our own choice:
/// a day's work of a county with attachments.
const LEAST_BYTES: u64 = 1 << 30;
/// Work that waits longer than this past its time waits for nobody.
const LATE: SignedDuration = SignedDuration::from_mins(15);
/// A machine's clock may be behind the last event by this much: many nodes are never quite together.
const BEHIND: SignedDuration = SignedDuration::from_mins(2);

/// Looks at an installation.
pub async fn look(place: &Place, clock: Clock) -> Vec<Finding> {
    let mut findings = Vec::new();
    match Config::read(&place.data) {
        Ok(config) => {
            findings.extend(settings(&config));
            findings.extend(rights(place, &config));
            findings.extend(reach::look(&config, &Secrets::of_environment()));
        }
        Err(error) => findings.push(Finding::wrong("设置", error.to_string())),
    }
    findings.push(disk(&place.data));
    findings.push(calendar(&clock));
    match open_to_read(place, clock).await {
        Ok(app) => {
            findings.extend(inside(&app, place).await);
            app.store.close().await;
        }
        Err(error) => findings.push(Finding::wrong("数据库", error.to_string())),
    }
    findings
}

async fn inside(app: &App, place: &Place) -> Vec<Finding> {
    let mut findings = vec![match app.files.look().await {
        Ok(()) => Finding::good("文件库", "可以访问"),
        Err(error) => Finding::wrong("文件库", error.to_string()),
    }];
    findings.extend(reach::connect(app).await);
    let answers = [
        keys(app, place).await.map(|finding| vec![finding]),
        time(app).await.map(|finding| vec![finding]),
        work(app, place).await,
    ];
    for answer in answers {
        match answer {
            Ok(found) => findings.extend(found),
            Err(error) => findings.push(Finding::wrong("数据库", error.to_string())),
        }
    }
    findings
}

fn settings(config: &Config) -> Vec<Finding> {
    let site = &config.site;
    let mut doubts = Vec::new();
    if site.address.starts_with("https://") && !site.https {
        doubts.push(
            "site.address 是 https，而 site.https 没有打开，登录凭证可能经明文传送".to_owned(),
        );
    }
    if site.address.starts_with("http://") && !site.address.contains("//127.0.0.1") {
        doubts.push("site.address 不是 https，登录和提交的内容在网上以明文传送".to_owned());
    }
    let blanks = [
        ("site.code", "网站标识码", &site.code),
        ("site.sponsor", "主办单位", &site.sponsor),
        ("site.contact", "联系方式", &site.contact),
        ("site.icp", "ICP 备案号", &site.icp),
    ];
    let missing: Vec<String> = blanks
        .into_iter()
        .filter(|(_, _, value)| value.is_empty())
        .map(|(key, name, _)| format!("{name}（{key}）"))
        .collect();
    if !missing.is_empty() {
        doubts.push(format!("gongkai.toml 里还没有填：{}", missing.join("、")));
    }
    if doubts.is_empty() {
        return vec![Finding::good("设置", "可以使用")];
    }
    doubts.into_iter().map(|doubt| Finding::doubtful("设置", doubt)).collect()
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}

fn rights(place: &Place, config: &Config) -> Vec<Finding> {
    let (data, key) = (&place.data, config.vault.file(&place.data));
    let mut findings = Vec::new();
    if rustix::fs::access(data, rustix::fs::Access::WRITE_OK).is_err() {
        let message = format!("数据目录 {} 不能写，请核对属主和权限", data.display());
        findings.push(Finding::wrong("权限", message));
    }
    if mode(&key).is_some_and(|mode| mode & 0o077 != 0) {
        let message = format!("密钥文件 {} 别的用户也能读，请执行 chmod 600", key.display());
        findings.push(Finding::wrong("权限", message));
    }
    if mode(&data.join("gongkai.db")).is_some_and(|mode| mode & 0o004 != 0)
        && mode(data).is_some_and(|mode| mode & 0o001 != 0)
    {
        let message = format!("机器上的其他用户能读数据库，建议执行 chmod 700 {}", data.display());
        findings.push(Finding::doubtful("权限", message));
    }
    if findings.is_empty() {
        findings.push(Finding::good("权限", "数据目录可写，密钥只有本用户可读"));
    }
    findings
}

fn disk(data: &Path) -> Finding {
    let Ok(found) = rustix::fs::statvfs(data) else {
        return Finding::wrong("磁盘", format!("看不到数据目录 {}", data.display()));
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let message = format!("数据目录所在磁盘还剩 {} MB", free >> 20);
    match free {
        free if free < LEAST_BYTES => Finding::wrong("磁盘", format!("{message}，请尽快清理")),
        free if free < 10 * LEAST_BYTES => Finding::doubtful("磁盘", message),
        _ => Finding::good("磁盘", message),
    }
}

fn calendar(clock: &Clock) -> Finding {
    match duties::missing_calendar(Calendar::embedded(), clock.today()) {
        None => Finding::good("工作日历", "放假调休安排已录入"),
        Some(year) => Finding::doubtful("工作日历", duties::calendar_sentence(year)),
    }
}

async fn keys(app: &App, place: &Place) -> Result<Finding, AppError> {
    let known = known_keys(&mut *app.store.reader().await?).await?;
    let file = app.config.vault.file(&place.data);
    Ok(match Vault::check(&file, &known) {
        Ok(()) => Finding::good("密钥", "密钥文件与数据库相符；请确认另有备份"),
        Err(_) if known.is_empty() => Finding::good("密钥", "还没有密钥，首次启动时生成"),
        Err(error) => Finding::wrong("密钥", error.to_string()),
    })
}

async fn time(app: &App) -> Result<Finding, AppError> {
    let now = app.clock.now();
    let mut reader = app.store.reader().await?;
    let last = events::latest(&mut reader, i64::MAX, 1).await?;
    Ok(match last.first().map(|link| link.event.at) {
        Some(at) if now < at - BEHIND => Finding::wrong(
            "时钟",
            format!("机器时钟是 {}，比最后一条审计日志还早，请校准", china_date(now)),
        ),
        _ => Finding::good("时钟", format!("今天是 {}", china_date(now))),
    })
}

async fn work(app: &App, place: &Place) -> Result<Vec<Finding>, AppError> {
    let now = app.clock.now();
    let mut reader = app.store.reader().await?;
    let mut findings = Vec::new();
    let failed = jobs::list(&mut reader, State::Failed, Timestamp::UNIX_EPOCH, 1000).await?;
    if !failed.is_empty() {
        let message = format!("{} 个任务没有做成，请到工作台“后台任务”页查看", failed.len());
        findings.push(Finding::doubtful("任务", message));
    }
    let waiting = jobs::list(&mut reader, State::Waiting, Timestamp::UNIX_EPOCH, 1000).await?;
    let n_late = waiting.iter().filter(|job| job.run_at + LATE < now).count();
    let is_running = place.database.is_some() || is_in_use(&place.data);
    if 0 < n_late {
        let hint = if is_running { "请查看运行日志" } else { "serve 没有运行" };
        findings
            .push(Finding::doubtful("任务", format!("{n_late} 个任务过了时间还在等待，{hint}")));
    }
    for run in jobs::runs(&mut reader).await?.iter().filter(|run| !run.last_error.is_empty()) {
        if run.duty != Duty::Calendar.key() {
            let message = format!("“{}”上次没有做成：{}", Duty::name(&run.duty), run.last_error);
            findings.push(Finding::doubtful("例行事务", message));
        }
    }
    if findings.is_empty() {
        let running = if is_running { "系统正在运行" } else { "系统没有运行" };
        findings.push(Finding::good("任务", format!("没有积压，{running}")));
    }
    Ok(findings)
}
