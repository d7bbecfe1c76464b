//! `gongkai report check`: annual reports held against the form, the law and each other.

use super::Ending;
use super::session::Session;
use super::tally::Tally;
use crate::args::CheckOptions;
use crate::input::Source;
use crate::output::{Layout, Sink, csv, json};
use crate::render::{self, finding::Style};
use crate::work::{self, Opened};
use gongkai_document::Limits;
use gongkai_domain::check::across::{self, Digest};
use gongkai_domain::check::inside;
use gongkai_domain::finding::{Finding, Verdict};
use std::collections::BTreeMap;
use std::io;

/// What is kept of a report once it is written.
struct Checked {
    text: String,
    tally: Tally,
    digest: Option<Digest>,
}

/// Findings between reports, by the position of the report they are about.
type AcrossFindings = BTreeMap<usize, Vec<Finding>>;

/// Reads and checks every file, writes each finding, then those between the reports.
///
/// # Errors
/// When the answer cannot be written.
pub fn run(options: &CheckOptions) -> anyhow::Result<Ending> {
    let mut session = Session::start(&options.common)?;
    let layout = session.sink.layout();
    let style = Style::new(options.common.color, options.all);
    let is_several = 1 < session.n_sources();
    // Findings between reports belong to reports: a JSON list can only be written after all.
    if is_several && layout == Layout::Json {
        session.sink.hold();
    }
    session.sink.head(csv::FINDING_HEAD)?;

    let (mut total, mut n_reports) = (Tally::default(), 0);
    let mut digests = Vec::new();
    let check_one = |opened: Opened| check(opened, layout, &style, is_several);
    session.each(check_one, |sink, checked| {
        total += checked.tally;
        n_reports += 1;
        digests.extend(checked.digest);
        sink.report(checked.text)
    })?;

    let between = between(&digests, options.all);
    total += Tally::of(between.values().flatten());
    session.sink.release(|position, text| {
        let further = between.get(&position).map(Vec::as_slice).unwrap_or_default();
        json::with_findings(text, further)
    })?;
    let limits = options.common.limits.limits();
    write_across(&mut session.sink, &digests, &between, &style, &limits)?;
    if layout == Layout::Text && is_several {
        session.sink.report(format!("共 {n_reports} 份报告：{total}\n"))?;
    }
    session.finish(total.ending())
}

fn check(opened: Opened, layout: Layout, style: &Style, is_several: bool) -> Checked {
    let Opened { mut report, document } = opened;
    let findings = inside(&report);
    report.findings.extend(findings);
    report.findings.retain(|finding| style.shows(finding));
    let tally = Tally::of(&report.findings);
    let text = match layout {
        Layout::Text => render::check::draw(&report, &document, tally, style),
        Layout::Json | Layout::Jsonl => json::line(&report),
        Layout::Csv => {
            csv::findings(&report.source, report.agency.as_deref(), report.year, &report.findings)
        }
    };
    Checked { text, tally, digest: is_several.then(|| Digest::of(&report)) }
}

fn between(digests: &[Digest], is_all: bool) -> AcrossFindings {
    let mut findings = AcrossFindings::new();
    for (position, finding) in across::between(digests) {
        if is_all || finding.verdict != Verdict::Holds {
            findings.entry(position).or_default().push(finding);
        }
    }
    findings
}

/// Findings between reports where reports were already written; a JSON list has them inside.
fn write_across(
    sink: &mut Sink,
    digests: &[Digest],
    between: &AcrossFindings,
    style: &Style,
    limits: &Limits,
) -> io::Result<()> {
    for (position, findings) in between {
        let Some(digest) = digests.get(*position) else { continue };
        match sink.layout() {
            Layout::Text => {
                let again = reopen(&digest.source, limits);
                sink.report(render::check::across(
                    &digest.source,
                    again.as_ref(),
                    findings,
                    style,
                ))?;
            }
            Layout::Jsonl => sink.report(json::across(&digest.source, findings))?,
            Layout::Csv => sink.report(csv::findings(&digest.source, None, None, findings))?,
            Layout::Json => {}
        }
    }
    Ok(())
}

/// The document was let go of after its own checks; its rows are wanted once more.
fn reopen(source: &str, limits: &Limits) -> Option<Opened> {
    if source == "-" {
        return None;
    }
    work::guarded(&Source::Named(source.into()), limits, |opened| opened).ok()
}
