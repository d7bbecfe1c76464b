//! `gongkai request`: whether an archive package is whole, and what first is not; which personal data is
//! due to go, and its going.

use super::{Ending, place};
use crate::args::{ExpireOptions, RequestCommand, VerifyPackageOptions};
use crate::output::json;
use crate::problem::Problem;
use anyhow::Context;
use gongkai_app::clock::Clock;
use gongkai_app::requests::expire::{self, Standing, Sweep};
use gongkai_app::start::open_to_read;
use gongkai_papers::archive_package::{MOST_BYTES, Report, verify};
use serde::Serialize;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// What is said of a package.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    report: Report,
    /// Whether it is the one that was noted; nothing when none was named.
    is_noted: Option<bool>,
}

/// Runs a verb of requests.
///
/// # Errors
/// When the answer cannot be written.
pub fn run(command: &RequestCommand) -> anyhow::Result<Ending> {
    match command {
        RequestCommand::VerifyPackage(options) => verify_package(options),
        RequestCommand::Expire(options) => {
            let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
            runtime.block_on(expire(options))
        }
    }
}

fn verify_package(options: &VerifyPackageOptions) -> anyhow::Result<Ending> {
    let package = match read(&options.file) {
        Ok(package) => package,
        Err(error) => {
            let problem = Problem::unopened(&options.file.display().to_string(), &error);
            writeln!(io::stderr(), "{problem}")?;
            return Ok(Ending::NotDone);
        }
    };
    let report = verify(&package);
    let noted = options.sha256.as_deref().map(str::trim);
    let is_noted = noted.map(|noted| noted.eq_ignore_ascii_case(&report.sha256));
    let is_wrong = !report.holds || is_noted == Some(false);
    tell(options, &Answer { report, is_noted })?;
    Ok(if is_wrong { Ending::FoundWrong } else { Ending::Done })
}

/// Reads the file, and one byte more than a package may have, so that it is refused as too large.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut package = Vec::new();
    let source: Box<dyn Read> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    source.take(MOST_BYTES + 1).read_to_end(&mut package)?;
    Ok(package)
}

fn tell(options: &VerifyPackageOptions, answer: &Answer) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", json::line(answer))?;
        return Ok(());
    }
    let Report { case_number, title, n_papers, n_events, sha256, broken, .. } = &answer.report;
    match broken {
        None => writeln!(
            out,
            "归档包完整：{case_number}《{title}》，文书 {n_papers} 份，记录 {n_events} 条"
        )?,
        Some(broken) => writeln!(out, "归档包被改动：{broken}")?,
    }
    writeln!(out, "整包 SHA-256：{sha256}")?;
    match answer.is_noted {
        None => {}
        Some(true) => writeln!(out, "与登记的校验值相同")?,
        Some(false) => writeln!(out, "与登记的校验值不同：不是当初归档的那一份")?,
    }
    Ok(())
}

/// Lists what is due without touching it, or lets it go.
async fn expire(options: &ExpireOptions) -> anyhow::Result<Ending> {
    let (planned, sweep) = if options.dry_run {
        let app = open_to_read(&place::of(&options.place), Clock::Machine).await?;
        let planned = expire::plan(&app).await?;
        app.store.close().await;
        (planned.clone(), planned)
    } else {
        let opened = place::opened(&options.place).await?;
        let done = expire::expire(&opened.app).await?;
        let left = expire::plan(&opened.app).await?;
        opened.app.store.close().await;
        (left, done)
    };
    tell_sweep(options, &sweep)?;
    let waits = planned.requests.iter().any(|each| each.standing == Standing::NotArchived);
    if waits && !options.dry_run {
        writeln!(io::stderr(), "还有到期而没有归档的申请，请用 --dry-run 查看，先办理归档")?;
    }
    for each in &sweep.failed {
        writeln!(io::stderr(), "没有删除：{each}")?;
    }
    Ok(if waits || !sweep.failed.is_empty() { Ending::FoundWrong } else { Ending::Done })
}

fn tell_sweep(options: &ExpireOptions, sweep: &Sweep) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", json::line(sweep))?;
        return Ok(());
    }
    let verb = if options.dry_run { "将删除" } else { "已删除" };
    for each in &sweep.requests {
        let standing = if options.dry_run { each.standing.word() } else { verb };
        let (organ, number, ended_on) = (&each.organ, &each.number, each.ended_on);
        let (goes_on, n_files) = (each.goes_on, each.n_files);
        writeln!(
            out,
            "{organ} {number}  办结 {ended_on}，到期 {goes_on}，文书和附件 {n_files} 份：{standing}"
        )?;
    }
    let Sweep { requests, n_packages, n_loose_files, n_suggestions, .. } = sweep;
    let n_requests = match options.dry_run {
        true => requests.iter().filter(|each| each.standing == Standing::Due).count(),
        false => requests.len(),
    };
    writeln!(
        out,
        "{verb}：申请人信息 {n_requests} 件，归档包 {n_packages} 份，没有提交的附件 {n_loose_files} 个，\
         查找时输入的内容 {n_suggestions} 条"
    )?;
    Ok(())
}
