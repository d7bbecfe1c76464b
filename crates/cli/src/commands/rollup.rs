//! `gongkai report rollup`: a parent's report from its own and its children's.

use super::{Ending, many};
use crate::args::RollupOptions;
use crate::input::Source;
use crate::output::json;
use crate::problem::Problem;
use crate::work;
use gongkai_domain::agency::comparable;
use gongkai_domain::figure::Figures;
use gongkai_domain::form::{Form, FormKey};
use gongkai_domain::report::AnnualReport;
use gongkai_domain::report::rollup::{Child, Part, RolledUp, rollup};
use gongkai_papers::annual_report::write::Draft;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// A sum, for programs.
#[derive(Serialize)]
struct Told<'a> {
    agency: Option<&'a str>,
    year: i16,
    form: FormKey,
    complete: bool,
    figures: &'a Figures,
    parts: Vec<ToldPart<'a>>,
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct ToldPart<'a> {
    agency: &'a str,
    digest: &'a str,
    figures: &'a Figures,
}

/// What is to be added up.
struct Family {
    agency: Option<String>,
    year: i16,
    own: Option<Part>,
    children: Vec<Child>,
    due: Option<Date>,
    n_problems: usize,
}

/// Adds the reports up.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(options: &RollupOptions) -> anyhow::Result<Ending> {
    match attempt(options) {
        Ok((family, form, sum)) => told(options, &family, form, &sum),
        Err(problem) => {
            many::say(&problem.to_string());
            Ok(Ending::NotDone)
        }
    }
}

fn attempt(options: &RollupOptions) -> Result<(Family, &'static Form, RolledUp), Problem> {
    let family = family(options)?;
    let form = Form::for_year(family.year).ok_or_else(|| Problem {
        source: family.year.to_string(),
        reason: "这一年度没有规定表格格式，不能汇总".to_owned(),
        hint: "更早的报告格式不一，不能相加。",
    })?;
    let sum = rollup(form, family.own.clone(), &family.children, family.due);
    if let Some(to) = &options.to {
        put(to, &family, &sum)?;
    }
    Ok((family, form, sum))
}

fn family(options: &RollupOptions) -> Result<Family, Problem> {
    let limits = options.limits.limits();
    let due = many::day("--due", options.due.as_deref())?;
    let read = many::read(&options.files, &limits);
    let mut own = match &options.own {
        Some(path) => work::all(&Source::Named(path.clone()), &limits)?,
        None => Vec::new(),
    };
    let own = own.pop();
    let year = year(read.reports.iter().chain(&own))?;
    let mut children: Vec<Child> = match &options.expect {
        Some(path) => expected(path)?,
        None => Vec::new(),
    };
    for report in &read.reports {
        let part = part(report)?;
        match children.iter_mut().find(|child| child.organ == part.organ) {
            Some(child) if child.report.is_some() => return Err(twice(report)),
            Some(child) => child.report = Some(part),
            None => {
                let (organ, name) = (part.organ.clone(), part.name.clone());
                children.push(Child { organ, name, report: Some(part) });
            }
        }
    }
    let agency = options.agency.clone();
    let agency = agency.or_else(|| own.as_ref().and_then(|report| report.agency.clone()));
    let own = own.as_ref().map(part).transpose()?;
    Ok(Family { agency, year, own, children, due, n_problems: read.n_problems })
}

fn twice(report: &AnnualReport) -> Problem {
    Problem {
        source: report.source.clone(),
        reason: "同一机关的报告已有一份，会重复计数".to_owned(),
        hint: "请只留一份。",
    }
}

/// The one year of all reports.
fn year<'a>(reports: impl Iterator<Item = &'a AnnualReport>) -> Result<i16, Problem> {
    let mut found: Option<i16> = None;
    for report in reports {
        let year = report.year.filter(|year| found.is_none_or(|found| found == *year));
        found = Some(year.ok_or_else(|| Problem {
            source: report.source.clone(),
            reason: match (report.year, found) {
                (Some(year), Some(found)) => format!("是 {year} 年度的，别的是 {found} 年度的"),
                _ => "年度不明".to_owned(),
            },
            hint: "一次只能汇总一个年度的报告。",
        })?);
    }
    found.ok_or_else(|| Problem {
        source: "报告".to_owned(),
        reason: "一份也没有读到".to_owned(),
        hint: "请检查给出的文件。",
    })
}

fn part(report: &AnnualReport) -> Result<Part, Problem> {
    let name = report.agency.clone().ok_or_else(|| Problem {
        source: report.source.clone(),
        reason: "机关名称不明，不知道是谁的报告".to_owned(),
        hint: "请在标题写明机关全称，或者用 report write --agency 写上。",
    })?;
    Ok(Part {
        organ: comparable(&name),
        name,
        figures: report.figures.clone(),
        handed_in_on: report.signed_on.map(|(date, _)| date),
        n_restatements: 0,
    })
}

/// The names of a list, one a line.
fn expected(path: &Path) -> Result<Vec<Child>, Problem> {
    let name = path.to_string_lossy().into_owned();
    let text = std::fs::read_to_string(path).map_err(|error| Problem::unopened(&name, &error))?;
    let names = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let child = |name: &str| Child { organ: comparable(name), name: name.to_owned(), report: None };
    Ok(names.filter(|name| !name.is_empty()).map(child).collect())
}

fn put(to: &Path, family: &Family, sum: &RolledUp) -> Result<(), Problem> {
    let problem = |reason: String, hint| {
        let source = to.to_string_lossy().into_owned();
        Problem { source, reason, hint }
    };
    let agency = family.agency.clone();
    let agency =
        agency.ok_or_else(|| problem("不知道汇总机关的名称".to_owned(), "请用 --agency 写明。"))?;
    let mut draft = Draft::new(agency, family.year)
        .map_err(|error| problem(error.to_string(), "请检查报告的年度。"))?;
    draft.figures = sum.figures.clone();
    let (bytes, _) = many::written(None, to, &draft)?;
    many::put(to, &bytes)
}

fn told(
    options: &RollupOptions,
    family: &Family,
    form: &'static Form,
    sum: &RolledUp,
) -> anyhow::Result<Ending> {
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", json::line(&for_programs(family, form, sum)))?;
    } else {
        writeln!(out, "{} 年度，合计 {} 个机关", family.year, sum.parts.len())?;
        for (cell, value) in
            sum.figures.iter().filter(|(_, value)| !value.is_some_and(|v| v.is_zero()))
        {
            let value = value.map_or("?".to_owned(), gongkai_domain::figure::plain_text);
            writeln!(out, "{cell}\t{value}")?;
        }
    }
    sum.remarks.iter().for_each(|remark| many::say(&remark.to_string()));
    Ok(match (family.n_problems, sum.is_complete() && sum.remarks.is_empty()) {
        (0, true) => Ending::Done,
        (0, false) => Ending::FoundWrong,
        _ => Ending::NotDone,
    })
}

fn for_programs<'a>(family: &'a Family, form: &Form, sum: &'a RolledUp) -> Told<'a> {
    let part = |(part, (_, digest)): (&'a Part, &'a (String, String))| ToldPart {
        agency: &part.name,
        digest,
        figures: &part.figures,
    };
    Told {
        agency: family.agency.as_deref(),
        year: family.year,
        form: form.key,
        complete: sum.is_complete(),
        figures: &sum.figures,
        parts: sum.parts.iter().zip(&sum.basis).map(part).collect(),
        remarks: sum.remarks.iter().map(ToString::to_string).collect(),
    }
}
