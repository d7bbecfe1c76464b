//! How long a notice takes as DOCX and as PDF: the first, which reads the fonts, and the following.

use anyhow::Context;
use gongkai_papers::notice;
use gongkai_papers::official::{Fonts, OfficialPaper};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long each measurement goes on, at least.
const AT_LEAST: Duration = Duration::from_secs(2);

/// Measures every notice with its examples and lays it out as one table.
pub fn measure() -> anyhow::Result<String> {
    let mut table = "measurement                            | result       | target\n".to_owned();
    let mut row = |name: &str, result: f64, target: &str| {
        let result = format!("{:.2} ms", result * 1e3);
        // Writing to a string does not fail; names are ASCII, so widths are characters.
        let _ = writeln!(table, "{name:<38} | {result:<12} | {target}");
    };
    let papers: Vec<OfficialPaper> = notice::all()
        .iter()
        .map(|template| notice::fill(&template.key, &notice::example(template)))
        .collect::<Result<_, _>>()?;
    let first = papers.first().context("there are notices")?;

    let start = Instant::now();
    let fonts = Fonts::find(&[]);
    row("fonts found by name, once", start.elapsed().as_secs_f64(), "");
    let start = Instant::now();
    black_box(first.to_pdf(&fonts)?);
    row("notice to PDF, the first", start.elapsed().as_secs_f64(), "");
    row(
        "notice to PDF, the following",
        each(&papers, |paper| Ok(paper.to_pdf(&fonts)?))?,
        "<= 300 ms",
    );
    row("notice to DOCX", each(&papers, |paper| Ok(paper.to_docx()?))?, "<= 50 ms");
    Ok(table)
}

/// Seconds for one paper, over as many rounds as it takes.
fn each<T>(
    papers: &[OfficialPaper],
    act: impl Fn(&OfficialPaper) -> anyhow::Result<T>,
) -> anyhow::Result<f64> {
    let (start, mut n_done) = (Instant::now(), 0_u32);
    while start.elapsed() < AT_LEAST {
        for paper in papers {
            black_box(act(paper)?);
            n_done += 1;
        }
    }
    Ok(start.elapsed().as_secs_f64() / f64::from(n_done))
}
