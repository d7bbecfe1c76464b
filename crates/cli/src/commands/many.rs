//! What the commands over several reports share: reading them all, telling what went wrong.

use crate::input;
use crate::problem::Problem;
use crate::work;
use gongkai_document::Limits;
use gongkai_domain::report::AnnualReport;
use gongkai_papers::annual_report::write::{Draft, Format, official, write};
use gongkai_papers::official::Fonts;
use jiff::civil::Date;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The reports of all files that could be read, and how many could not.
pub struct Reports {
    /// In the order of the files.
    pub reports: Vec<AnnualReport>,
    /// How many files could not be read; each was told.
    pub n_problems: usize,
}

/// Reads every file; folders with all that is in them.
pub fn read(files: &[PathBuf], limits: &Limits) -> Reports {
    let inputs = input::gather(files);
    inputs.problems.iter().for_each(|problem| say(&problem.to_string()));
    let mut all = Reports { reports: Vec::new(), n_problems: inputs.problems.len() };
    for source in &inputs.sources {
        match work::all(source, limits) {
            Ok(reports) => all.reports.extend(reports),
            Err(problem) => {
                all.n_problems += 1;
                say(&problem.to_string());
            }
        }
    }
    all
}

/// Writes to stderr; that stderr is closed is no reason to stop.
pub fn say(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Says that something could not be done, and what to do.
pub fn refuse(source: &str, reason: impl Into<String>, hint: &'static str) {
    let problem = Problem { source: source.to_owned(), reason: reason.into(), hint };
    say(&problem.to_string());
}

/// A day as it is written on the command line.
pub fn day(option: &str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(text) = text else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Problem {
        source: option.to_owned(),
        reason: format!("“{text}”不是日期"),
        hint: "日期写成 年-月-日，如 2024-01-31。",
    })
}

/// The ending that tells PDF.
const PDF: &str = "pdf";

/// A report as a file: in the format of the option, else of the name. Gives its ending as well.
pub fn written(
    option: Option<&str>,
    to: &Path,
    draft: &Draft,
) -> Result<(Vec<u8>, &'static str), Problem> {
    let problem = |reason: String, hint| {
        let source = to.to_string_lossy().into_owned();
        Problem { source, reason, hint }
    };
    let ending = to.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let told = option.unwrap_or(ending);
    if told.eq_ignore_ascii_case(PDF) {
        let pdf = official(draft).to_pdf(Fonts::installed());
        let hint = "请安装中文字体，例如 Noto CJK，或者换一种格式。";
        return pdf.map(|pdf| (pdf.bytes, PDF)).map_err(|error| problem(error.to_string(), hint));
    }
    let format = Format::by_ending(told).ok_or_else(|| {
        let hint = "可以写 html、docx、pdf、xlsx、csv、json；用扩展名或者 --format 写明。";
        problem(format!("不能写成“{told}”格式"), hint)
    })?;
    let bytes = write(draft, format);
    let bytes = bytes.map_err(|error| problem(error.to_string(), "这一格式装不下，请换一种格式。"));
    Ok((bytes?, format.ending()))
}

/// Writes a file whole or not at all; `-` is stdout.
pub fn put(to: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let written = if to.as_os_str() == "-" {
        io::stdout().lock().write_all(bytes)
    } else {
        let draft = to.with_added_extension("partial");
        std::fs::write(&draft, bytes).and_then(|()| std::fs::rename(&draft, to)).inspect_err(|_| {
            // What is left of it is of no use to anybody.
            let _ = std::fs::remove_file(&draft);
        })
    };
    written.map_err(|error| Problem {
        source: to.to_string_lossy().into_owned(),
        reason: format!("写不了（{error}）"),
        hint: "请检查文件夹是否存在、是否可写、磁盘是否已满。",
    })
}
