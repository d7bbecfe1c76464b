//! 校验: database, every file, the audit log and the search index proved, while the program runs.

use super::Finding;
use crate::clock::Clock;
use crate::search::{self, Search};
use crate::start::{Place, StartError, open_to_read};
use crate::{App, AppError, audit};
use gongkai_domain::audit::digest;
use gongkai_store::whole;
use std::collections::BTreeSet;

/// So many faults of a kind are named singly.
const NAMED: usize = 20;

/// Proves an installation, or the directory of a backup.
///
/// # Errors
/// When it cannot be opened or read at all.
pub async fn verify(place: &Place, clock: Clock) -> Result<Vec<Finding>, AppError> {
    let broken = |error: StartError| AppError::Broken(error.to_string());
    let app = open_to_read(place, clock).await.map_err(broken)?;
    let mut findings = database(&app).await?;
    findings.extend(files(&app).await?);
    findings.push(log(place).await?);
    findings.push(index(&app).await);
    app.store.close().await;
    Ok(findings)
}

fn named(what: &'static str, faults: Vec<String>, good: String) -> Vec<Finding> {
    if faults.is_empty() {
        return vec![Finding::good(what, good)];
    }
    let n_more = faults.len().saturating_sub(NAMED);
    let mut findings: Vec<Finding> =
        faults.into_iter().take(NAMED).map(|fault| Finding::wrong(what, fault)).collect();
    if 0 < n_more {
        findings.push(Finding::wrong(what, format!("另有 {n_more} 处同类问题")));
    }
    findings
}

async fn database(app: &App) -> Result<Vec<Finding>, AppError> {
    let faults = whole::faults(&mut *app.store.reader().await?).await?;
    Ok(named("数据库", faults, "结构完整".to_owned()))
}

/// Every file against its hash, and every file that is named against what is there.
async fn files(app: &App) -> Result<Vec<Finding>, AppError> {
    let named_files = whole::named_files(&mut *app.store.reader().await?).await?;
    let mut there = BTreeSet::new();
    let mut faults = Vec::new();
    for kept in app.files.all().await? {
        let content = app.files.read(&kept.digest).await?;
        if content.is_none_or(|content| digest(&content) != kept.digest) {
            faults.push(format!("文件 {} 的内容与其校验值不符，请从备份恢复", kept.digest));
        }
        there.insert(kept.digest);
    }
    for (digest, thing) in named_files.iter().filter(|(digest, _)| !there.contains(*digest)) {
        faults.push(format!("{thing}的文件 {digest} 不见了，请从备份恢复"));
    }
    let good = format!("{} 个文件都与校验值相符", there.len());
    Ok(named("文件", faults, good))
}

async fn log(place: &Place) -> Result<Finding, AppError> {
    let verdict = audit::verify::verify(&place.data, place.database.as_deref()).await;
    let verdict = verdict.map_err(|error| AppError::Broken(error.to_string()))?;
    Ok(match verdict.broken {
        None => Finding::good(
            "审计日志",
            format!("共 {} 条，末条校验值 {}", verdict.n_links, verdict.hash),
        ),
        Some(broken) => Finding::wrong("审计日志", format!("断裂：{broken}")),
    })
}

/// Builds the index in memory, as it would be built from nothing.
async fn index(app: &App) -> Finding {
    let beside = app.clone().with_search(Search::default());
    match search::rebuild(&beside).await {
        Ok(n_items) => Finding::good("检索索引", format!("可由数据库重新建立，共 {n_items} 条")),
        Err(error) => Finding::wrong("检索索引", format!("不能由数据库重新建立：{error}")),
    }
}
