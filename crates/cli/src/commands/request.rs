//! `gongkai request verify-package`: whether an archive package is whole, and what first is not.

use super::Ending;
use crate::args::{RequestCommand, VerifyPackageOptions};
use crate::output::json;
use crate::problem::Problem;
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
    let RequestCommand::VerifyPackage(options) = command;
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
