//! Measures the making of an annual report: compiling, rolling up, writing.

use gongkai_domain::figure::CellKey;
use gongkai_domain::form::{Form, forms};
use gongkai_domain::report::cell::{Applicant, Facts, Outcome, RequestFact, compile};
use gongkai_domain::report::rollup::{Child, Part, rollup};
use gongkai_papers::annual_report::write::{Draft, Format, official, write};
use gongkai_papers::official::Fonts;
use jiff::civil::{Date, date};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Requests of one organ's year, and those before it.
const N_CASES: u32 = 100_000;

/// Organs below one parent.
const N_ORGANS: u32 = 3_000;

/// The best of so many runs.
const N_RUNS: u32 = 5;

/// What was measured: name, result, target.
pub fn rows() -> anyhow::Result<Vec<(&'static str, String, &'static str)>> {
    let form = forms().last().expect("there are forms");
    let facts = facts(form.first_year)?;
    let compiled = best(|| {
        black_box(compile(form, form.first_year, &facts)?);
        Ok(())
    })?;
    let children = children(form);
    let rolled = best(|| {
        black_box(rollup(form, None, &children, None));
        Ok(())
    })?;
    let mut rows = vec![
        ("compile a year from 100,000 cases", shown(compiled), "< 300 ms"),
        ("roll up 3,000 organs", shown(rolled), "< 1,000 ms"),
    ];
    let mut draft = Draft::new("某局", form.first_year)?;
    draft.figures = part(form, 7).figures;
    let targets = [
        ("write HTML", Format::Html, ""),
        ("write DOCX", Format::Docx, "< 50 ms"),
        ("write XLSX", Format::Xlsx, "< 20 ms"),
        ("write JSON", Format::Json, ""),
    ];
    for (name, format, target) in targets {
        let written = best(|| {
            black_box(write(&draft, format)?);
            Ok(())
        })?;
        rows.push((name, shown(written), target));
    }
    let fonts = Fonts::find(&[]);
    let set = best(|| {
        black_box(official(&draft).to_pdf(&fonts)?);
        Ok(())
    })?;
    rows.push(("write PDF", shown(set), "< 500 ms"));
    Ok(rows)
}

fn best(mut act: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..N_RUNS {
        let start = Instant::now();
        act()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// Requests spread over the year and the one before, a third of them still open.
fn facts(year: i16) -> anyhow::Result<Facts> {
    let (applicants, outcomes): (Vec<_>, Vec<_>) =
        (Applicant::all().collect(), Outcome::all().collect());
    let day = |number: u32| -> anyhow::Result<Date> {
        let days = jiff::Span::new().try_days(i64::from(number))?;
        Ok(date(year - 1, 1, 1).checked_add(days)?)
    };
    let mut facts = Facts::default();
    for number in 0..N_CASES {
        let at = |n_all: usize| (number as usize * 31 + 7) % n_all;
        let received = number % 700;
        let closed = match number % 3 {
            0 => None,
            _ => Some((outcomes[at(outcomes.len())], day(received + 20)?)),
        };
        let id = format!("{year}-{number:06}");
        let applicant = applicants[at(applicants.len())];
        facts.requests.push(RequestFact::new(id, applicant, day(received)?, closed)?);
    }
    Ok(facts)
}

fn part(form: &Form, number: u32) -> Part {
    let cells = form.tables.iter().flat_map(|table| table.cells.iter().flatten());
    let value = |position: usize| Some((number as usize * 13 + position).into());
    let figures =
        cells.enumerate().map(|(position, cell): (usize, &CellKey)| (*cell, value(position)));
    Part {
        organ: number.to_string(),
        name: format!("某局{number}"),
        figures: figures.collect(),
        handed_in_on: None,
        n_restatements: 0,
    }
}

fn children(form: &Form) -> Vec<Child> {
    let child = |number: u32| {
        let part = part(form, number);
        Child { organ: part.organ.clone(), name: part.name.clone(), report: Some(part) }
    };
    (0..N_ORGANS).map(child).collect()
}
