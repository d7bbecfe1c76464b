//! `gongkai report compare`: the years of each organ, the organs of each year.

use super::{Ending, many};
use crate::args::CompareOptions;
use crate::output::{csv, json};
use crate::render;
use gongkai_domain::report::AnnualReport;
use gongkai_domain::report::compare::{Entry, OrganLine, YearLine, organs, years};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Everything that was compared.
#[derive(Serialize, Default)]
pub struct Compared {
    /// Organs with several years.
    pub years: Vec<OfOrgan>,
    /// Years with several organs.
    pub organs: Vec<OfYear>,
}

/// The years of one organ.
#[derive(Serialize)]
pub struct OfOrgan {
    /// Its name.
    pub agency: String,
    /// One line an indicator.
    pub lines: Vec<YearLine>,
}

/// The organs of one year.
#[derive(Serialize)]
pub struct OfYear {
    /// The year.
    pub year: i16,
    /// One line an indicator.
    pub lines: Vec<OrganLine>,
}

/// Compares the reports.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(options: &CompareOptions) -> anyhow::Result<Ending> {
    let read = many::read(&options.files, &options.limits.limits());
    let compared = compared(&read.reports);
    if compared.years.is_empty() && compared.organs.is_empty() {
        let hint = "请给出同一机关两个年度以上，或者同一年度两个机关以上的报告。";
        many::refuse("报告", "没有可以互相比较的报告", hint);
        return Ok(Ending::NotDone);
    }
    let text = match (options.json, options.csv) {
        (true, _) => json::line(&compared) + "\n",
        (_, true) => csv::compared(&compared),
        _ => render::compared::draw(&compared),
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(if read.n_problems == 0 { Ending::Done } else { Ending::NotDone })
}

/// Reports without organ or year are told and left out.
fn compared(reports: &[AnnualReport]) -> Compared {
    let mut by_organ: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    let mut by_year: BTreeMap<i16, Vec<Entry<'_>>> = BTreeMap::new();
    for report in reports {
        let (Some(agency), Some(year)) = (report.agency.as_deref(), report.year) else {
            let hint = "请在标题写明机关全称和年度，或者用 report write 写上。";
            many::refuse(&report.source, "机关名称或年度不明，没有比较", hint);
            continue;
        };
        let entry = Entry { agency, year, figures: &report.figures };
        let of_organ = by_organ.entry(agency).or_default();
        if of_organ.iter().any(|each| each.year == year) {
            many::refuse(
                &report.source,
                "同一机关同一年度的报告已有一份，没有比较",
                "请只留一份。",
            );
            continue;
        }
        of_organ.push(entry);
        by_year.entry(year).or_default().push(entry);
    }
    let of_organ = by_organ.into_iter().filter(|(_, entries)| 1 < entries.len());
    let of_year = by_year.into_iter().filter(|(_, entries)| 1 < entries.len());
    Compared {
        years: of_organ
            .map(|(agency, entries)| OfOrgan { agency: agency.to_owned(), lines: years(&entries) })
            .collect(),
        organs: of_year.map(|(year, entries)| OfYear { year, lines: organs(&entries) }).collect(),
    }
}
