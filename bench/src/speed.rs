//! How fast one core reads and checks: reports a second, and how that compares.

use crate::reports;
use anyhow::Context;
use gongkai_document::{Format, Limits, ReadError};
use gongkai_domain::check::inside;
use gongkai_papers::annual_report;
use scraper::Html;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Reports that are measured in turn, so that no cache knows the next one.
const N_REPORTS: u32 = 200;

/// How long each measurement goes on, at least.
const AT_LEAST: Duration = Duration::from_secs(2);

/// Measures everything and lays it out as one table.
pub fn measure(files: &[PathBuf]) -> anyhow::Result<String> {
    let mut table = "measurement                            | result       | target\n".to_owned();
    let mut row = |name: &str, result: String, target: &str| {
        // Writing to a string does not fail; names are ASCII, so widths are characters.
        let _ = writeln!(table, "{name:<38} | {result:<12} | {target}");
    };
    let texts: Vec<String> = (0..N_REPORTS).map(reports::text).collect();
    let per_text = seconds_each(&texts, |text| read_and_check(text.as_bytes()))?;
    row("text, read and checked, reports/s/core", rate(per_text), ">= 2000");

    let pages: Vec<String> = (0..N_REPORTS).map(reports::html).collect();
    let per_page = seconds_each(&pages, |page| read_and_check(page.as_bytes()))?;
    let per_document = seconds_each(&pages, |page| read(page.as_bytes()))?;
    let bare = seconds_each(&pages, |page| {
        black_box(Html::parse_document(page));
        Ok(())
    })?;
    row("HTML, read and checked, reports/s/core", rate(per_page), "");
    row("html5ever alone, pages/s/core", rate(bare), "");
    row("HTML, checked, to html5ever alone", ratio(per_page, bare), "<= 3.0");
    row("HTML, document only, to html5ever alone", ratio(per_document, bare), "");

    for (format, contents) in by_format(files)? {
        let each = seconds_each(&contents, |bytes| read_and_check(bytes))?;
        row(&format!("{format}, files/s/core ({} files)", contents.len()), rate(each), "");
        let slowest = slowest(&contents)?;
        let target = if format == "Pdf" { "<= 200 ms for 20 pages" } else { "" };
        row(&format!("{format}, slowest file"), format!("{:.1} ms", slowest * 1e3), target);
    }
    Ok(table)
}

fn read(bytes: &[u8]) -> Result<(), ReadError> {
    black_box(gongkai_document::read(bytes, &Limits::default())?);
    Ok(())
}

fn read_and_check(bytes: &[u8]) -> Result<(), ReadError> {
    let document = gongkai_document::read(bytes, &Limits::default())?;
    let report = annual_report::read(&document, "");
    black_box(inside(&report));
    black_box(report);
    Ok(())
}

/// Seconds for one item, over as many rounds as it takes.
fn seconds_each<T>(
    items: &[T],
    act: impl Fn(&T) -> Result<(), ReadError>,
) -> Result<f64, ReadError> {
    // What is made on first use (forms, dictionaries) is not what is measured.
    items.first().map_or(Ok(()), &act)?;
    let (start, mut n_done) = (Instant::now(), 0_u32);
    while start.elapsed() < AT_LEAST {
        for item in items {
            act(item)?;
            n_done += 1;
        }
    }
    Ok(start.elapsed().as_secs_f64() / f64::from(n_done))
}

fn slowest(contents: &[Vec<u8>]) -> Result<f64, ReadError> {
    let mut slowest: f64 = 0.0;
    for bytes in contents {
        let start = Instant::now();
        read_and_check(bytes)?;
        slowest = slowest.max(start.elapsed().as_secs_f64());
    }
    Ok(slowest)
}

/// The given files by what they are.
fn by_format(files: &[PathBuf]) -> anyhow::Result<BTreeMap<&'static str, Vec<Vec<u8>>>> {
    let mut formats: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for file in files {
        let name = || file.display().to_string();
        let bytes = fs::read(file).with_context(name)?;
        let document = gongkai_document::read(&bytes, &Limits::default()).with_context(name)?;
        let format = match document.format {
            Format::Text => "Text",
            Format::Html => "Html",
            Format::Docx => "Docx",
            Format::Workbook => "Workbook",
            Format::Pdf => "Pdf",
        };
        formats.entry(format).or_default().push(bytes);
    }
    Ok(formats)
}

fn rate(seconds: f64) -> String {
    format!("{:.0}", 1.0 / seconds)
}

fn ratio(seconds: f64, bare: f64) -> String {
    format!("{:.2} x", seconds / bare)
}
