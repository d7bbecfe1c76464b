//! `gongkai audit verify`: whether the audit log is whole, and where it first is not.

use super::Ending;
use crate::args::{AuditCommand, VerifyOptions};
use crate::output::json;
use anyhow::Context;
use gongkai_app::audit::verify::{Verdict, verify};
use std::io::{self, Write};

/// Runs a verb of the audit log.
///
/// # Errors
/// When the log cannot be read, or the answer cannot be written.
pub fn run(command: &AuditCommand) -> anyhow::Result<Ending> {
    let AuditCommand::Verify(options) = command;
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    let found = runtime.block_on(verify(&options.data, options.database.as_deref()));
    let verdict = found.context("审计日志读不了")?;
    tell(options, &verdict)?;
    Ok(if verdict.holds { Ending::Done } else { Ending::FoundWrong })
}

fn tell(options: &VerifyOptions, verdict: &Verdict) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", json::line(verdict))?;
        return Ok(());
    }
    let Verdict { n_links, hash, .. } = verdict;
    match &verdict.broken {
        None => writeln!(out, "审计日志完整：共 {n_links} 条，末条校验值 {hash}")?,
        Some(broken) => {
            writeln!(out, "审计日志断裂：{broken}\n此前 {n_links} 条完整，校验值 {hash}")?;
        }
    }
    Ok(())
}
