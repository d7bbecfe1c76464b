//! `gongkai clock`: a deadline from its events, day by day.

use super::Ending;
use crate::args::ClockOptions;

use crate::input::Source;
use crate::output::json;
use crate::problem::Problem;
use crate::{render, work};
use gongkai_app::requests::clock_case::{self as case, Fault};
use gongkai_domain::calendar::{Calendar, CalendarError};
use gongkai_domain::clock::{Refusal, reckon};
use serde::Serialize;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

/// Bytes that a case or a year of the calendar may have. Our own choice: a thousand events, which is
/// the most that the clock takes, are a tenth of it.
const BOUND_BYTES: u64 = 1 << 20;

/// Why there is no answer.
#[derive(Serialize, Debug)]
struct Trouble {
    #[serde(flatten)]
    problem: Problem,
    /// The provision that a sequence breaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    /// The event that is refused, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<usize>,
}

/// Reckons one case and writes the answer, or why there is none.
///
/// # Errors
/// When the answer cannot be written.
pub fn run(options: &ClockOptions) -> anyhow::Result<Ending> {
    let (text, ending) = match answer(options) {
        Ok(text) => (text, Ending::Done),
        Err(trouble) => {
            writeln!(io::stderr(), "{trouble}")?;
            let told = if options.json { json::line(&trouble) + "\n" } else { String::new() };
            (told, Ending::NotDone)
        }
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ending)
}

fn answer(options: &ClockOptions) -> Result<String, Trouble> {
    let name = source(&options.file).name();
    let calendar = calendar(&options.calendar)?;
    let case = case::read(&content(&options.file)?).map_err(|fault| Trouble::of(&name, fault))?;
    let reckoning =
        reckon(&calendar, &case).map_err(|refusal| Trouble::refused(&name, &refusal))?;
    Ok(if options.json {
        json::line(&reckoning) + "\n"
    } else {
        render::clock::draw(&calendar, &case, &reckoning)
    })
}

fn source(path: &Path) -> Source {
    if path.as_os_str() == "-" { Source::Stdin } else { Source::Named(path.to_owned()) }
}

fn content(path: &Path) -> Result<Vec<u8>, Trouble> {
    let source = source(path);
    let bytes = work::bytes(&source, BOUND_BYTES)
        .map_err(|error| Trouble::from(Problem::unopened(&source.name(), &error)))?;
    if usize::try_from(BOUND_BYTES).is_ok_and(|bound| bound < bytes.len()) {
        let reason = format!("文件太大，最多 {BOUND_BYTES} 字节");
        return Err(Trouble::of(&source.name(), Fault { reason, hint: "一个文件只写一件申请。" }));
    }
    Ok(bytes)
}

/// The embedded years, with those of the files added or put in their place.
fn calendar(files: &[std::path::PathBuf]) -> Result<Calendar, Trouble> {
    let mut calendar = Calendar::embedded().clone();
    for file in files {
        let text = String::from_utf8_lossy(&content(file)?).into_owned();
        let grown = match calendar.with_year(&text) {
            Err(CalendarError::YearTwice(_)) => calendar.with_revised_year(&text),
            other => other,
        };
        calendar = grown.map_err(|error| {
            let hint = "写法见参考中的“放假安排”。";
            Trouble::of(&source(file).name(), Fault { reason: error.to_string(), hint })
        })?;
    }
    Ok(calendar)
}

impl Trouble {
    fn of(source: &str, fault: Fault) -> Self {
        let Fault { reason, hint } = fault;
        Self::from(Problem { source: source.to_owned(), reason, hint })
    }

    fn refused(source: &str, refusal: &Refusal) -> Self {
        let hint = refusal.reason.hint();
        Self {
            article: refusal.basis().map(ToString::to_string),
            event: refusal.event.map(|event| event.number),
            ..Self::of(source, Fault { reason: refusal.to_string(), hint })
        }
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        Self { problem, article: None, event: None }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { source, reason, hint } = &self.problem;
        writeln!(f, "错误：{source}：{}", render::tame(reason))?;
        if let Some(article) = &self.article {
            writeln!(f, "依据：{article}")?;
        }
        write!(f, "提示：{hint}")
    }
}
