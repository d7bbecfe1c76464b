//! `gongkai report write`: a report, from any file that can be read, into an official file.

use super::{Ending, many};
use crate::args::WriteOptions;
use crate::input::Source;
use crate::output::json;
use crate::problem::Problem;
use crate::work;
use gongkai_domain::figure::CellKey;
use gongkai_papers::annual_report::write::{Draft, DraftError};
use serde::Serialize;
use std::io::{self, Write};

/// What was written, for programs.
#[derive(Serialize)]
struct Written {
    source: String,
    output: String,
    format: &'static str,
    agency: String,
    year: i16,
    bytes: usize,
    /// The cells that have no figure.
    blanks: Vec<CellKey>,
}

/// Writes the report.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(options: &WriteOptions) -> anyhow::Result<Ending> {
    match attempt(options) {
        Ok(written) => told(options, &written),
        Err(problem) => {
            many::say(&problem.to_string());
            Ok(Ending::NotDone)
        }
    }
}

fn attempt(options: &WriteOptions) -> Result<Written, Problem> {
    let draft = draft(options)?;
    let (bytes, format) = many::written(options.format.as_deref(), &options.to, &draft)?;
    many::put(&options.to, &bytes)?;
    Ok(Written {
        source: options.file.to_string_lossy().into_owned(),
        output: options.to.to_string_lossy().into_owned(),
        format,
        blanks: draft.blanks(),
        bytes: bytes.len(),
        year: draft.year,
        agency: draft.agency,
    })
}

fn draft(options: &WriteOptions) -> Result<Draft, Problem> {
    let path = &options.file;
    let source = if path.as_os_str() == "-" { Source::Stdin } else { Source::Named(path.clone()) };
    let name = source.name();
    let reports = work::all(&source, &options.limits.limits())?;
    let [mut report] = <[_; 1]>::try_from(reports).map_err(|reports| Problem {
        source: name.clone(),
        reason: format!("文件里有 {} 份报告，一次只写一份", reports.len()),
        hint: "请先分成一份一个文件。",
    })?;
    report.agency = options.agency.clone().or(report.agency);
    report.year = options.year.or(report.year);
    let mut draft = Draft::of(&report).map_err(|error| Problem {
        source: name,
        reason: error.to_string(),
        hint: match error {
            DraftError::NoAgency => "请用 --agency 写明。",
            DraftError::NoYear => "请用 --year 写明。",
            DraftError::NoForm(_) => "只能写规定了表格格式的年度的报告。",
        },
    })?;
    draft.signed_on = many::day("--signed", options.signed.as_deref())?.or(draft.signed_on);
    Ok(draft)
}

fn told(options: &WriteOptions, written: &Written) -> anyhow::Result<Ending> {
    let is_stdout = options.to.as_os_str() == "-";
    if options.json && !is_stdout {
        writeln!(io::stdout().lock(), "{}", json::line(written))?;
    } else {
        many::say(&format!("已写 {}（{} 字节）", written.output, written.bytes));
    }
    if written.blanks.is_empty() {
        return Ok(Ending::Done);
    }
    let named: Vec<&str> = written.blanks.iter().take(5).map(|cell| cell.as_str()).collect();
    let more = if named.len() < written.blanks.len() { "等" } else { "" };
    many::say(&format!("有 {} 格没有数字，空着：{}{more}", written.blanks.len(), named.join("、")));
    Ok(Ending::FoundWrong)
}
