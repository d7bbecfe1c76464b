//! From one source to one report: bytes, document, report; whatever goes wrong becomes a problem.

use crate::input::Source;
use crate::problem::Problem;
use gongkai_document::{Document, Limits, ReadError};
use gongkai_domain::report::AnnualReport;
use gongkai_papers::annual_report;
use std::any::Any;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};

/// A report with the document it was read from.
#[derive(Debug)]
pub struct Opened {
    /// The report.
    pub report: AnnualReport,
    /// The rows as they stand.
    pub document: Document,
}

/// Why there is no report.
#[derive(Debug)]
pub enum Failure {
    /// It must be said.
    Problem(Problem),
    /// A file of another kind, met in a folder: counted only.
    OtherKind,
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the words of a panic that [`guarded`] turns into a problem off the terminal.
pub fn quieten_guarded_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !IS_GUARDED.get() {
            usual(info);
        }
    }));
}

/// Opens a source and does something with it; a panic underneath is that file's problem only.
pub fn guarded<T>(
    source: &Source,
    limits: &Limits,
    then: impl FnOnce(Opened) -> T,
) -> Result<T, Failure> {
    IS_GUARDED.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| open(source, limits).map(then)));
    IS_GUARDED.set(false);
    outcome.unwrap_or_else(|cause| {
        Err(Failure::Problem(Problem::panicked(&source.name(), &panic_words(&*cause))))
    })
}

fn panic_words(cause: &(dyn Any + Send)) -> String {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("原因不明").to_owned()
}

/// Reads a source into a report.
pub fn open(source: &Source, limits: &Limits) -> Result<Opened, Failure> {
    let name = source.name();
    let bytes = bytes(source, limits.input_bytes)
        .map_err(|error| Failure::Problem(Problem::unopened(&name, &error)))?;
    let document =
        gongkai_document::read(&bytes, limits).map_err(|error| match (source, error) {
            (Source::Found(_), ReadError::UnknownFormat(_)) => Failure::OtherKind,
            (_, error) => Failure::Problem(Problem::refused(&name, &error)),
        })?;
    let report = match annual_report::keyed::read(&bytes, &name) {
        Some(reports) => only(reports, &name).map_err(Failure::Problem)?,
        None => annual_report::read(&document, &name),
    };
    Ok(Opened { report, document })
}

/// The one report of a file of keys.
fn only(reports: Vec<AnnualReport>, name: &str) -> Result<AnnualReport, Problem> {
    let n_reports = reports.len();
    let mut reports = reports.into_iter();
    match (reports.next(), n_reports) {
        (Some(report), 1) => Ok(AnnualReport { source: name.to_owned(), ..report }),
        _ => Err(Problem {
            source: name.to_owned(),
            reason: format!("文件里有 {n_reports} 份报告，这个命令一个文件只读一份"),
            hint: "请分成一份一个文件；report compare 和 report rollup 可以读这样的文件。",
        }),
    }
}

/// Reads a source into its reports: several where it is a file of keys that holds several.
pub fn all(source: &Source, limits: &Limits) -> Result<Vec<AnnualReport>, Problem> {
    let name = source.name();
    let bytes =
        bytes(source, limits.input_bytes).map_err(|error| Problem::unopened(&name, &error))?;
    let refused = |error: ReadError| Problem::refused(&name, &error);
    let document = gongkai_document::read(&bytes, limits).map_err(refused)?;
    let keyed = annual_report::keyed::read(&bytes, &name);
    Ok(keyed.unwrap_or_else(|| vec![annual_report::read(&document, &name)]))
}

/// The bytes, one more than the bound at most: enough for the reader to see that it is passed.
pub fn bytes(source: &Source, bound: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match source {
        Source::Stdin => {
            io::stdin().lock().take(bound.saturating_add(1)).read_to_end(&mut bytes)?;
        }
        Source::Named(path) | Source::Found(path) => {
            let file = File::open(path)?;
            let size = file.metadata()?.len().min(bound);
            bytes.reserve(usize::try_from(size).unwrap_or_default());
            file.take(bound.saturating_add(1)).read_to_end(&mut bytes)?;
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_the_problem_of_its_file_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.txt");
        std::fs::write(&path, "某局年度报告").unwrap();
        let source = Source::Named(path);
        let fails = |_: Opened| -> () { panic!("a slip") };
        let outcome = guarded(&source, &Limits::default(), fails);
        assert!(matches!(outcome, Err(Failure::Problem(_))));
        assert!(guarded(&source, &Limits::default(), |_| ()).is_ok());
    }
}
