//! `gongkai verify` and `gongkai doctor`: what was looked at and how it stands, a line each.

use super::{Ending, place};
use crate::args::LookOptions;
use crate::output::json;
use anyhow::Context;
use gongkai_app::clock::Clock;
use gongkai_app::upkeep::{self, Finding, Level};
use std::io::{self, Write};

/// Proves database, files, audit log and index.
///
/// # Errors
/// When the installation cannot be read, or the answer cannot be written.
pub fn verify(options: &LookOptions) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    let place = place::of(&options.place);
    tell(options, &runtime.block_on(upkeep::verify::verify(&place, Clock::Machine))?)
}

/// Looks at settings, rights, disk, clock, calendar, keys and jobs.
///
/// # Errors
/// When the answer cannot be written.
pub fn doctor(options: &LookOptions) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    let place = place::of(&options.place);
    tell(options, &runtime.block_on(upkeep::doctor::look(&place, Clock::Machine)))
}

fn tell(options: &LookOptions, findings: &[Finding]) -> anyhow::Result<Ending> {
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", json::line(&findings))?;
    } else {
        for Finding { level, what, message } in findings {
            writeln!(out, "{}  {what}：{message}", level.name())?;
        }
    }
    let is_wrong = findings.iter().any(|finding| finding.level == Level::Wrong);
    Ok(if is_wrong { Ending::FoundWrong } else { Ending::Done })
}
