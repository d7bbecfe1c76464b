//! `gongkai report read`: annual reports into figures.

use super::Ending;
use super::session::Session;
use crate::args::ReadOptions;
use crate::output::{Layout, csv, json};
use crate::render;
use crate::work::Opened;

/// Reads every file and writes its figures.
///
/// # Errors
/// When the answer cannot be written.
pub fn run(options: &ReadOptions) -> anyhow::Result<Ending> {
    let mut session = Session::start(&options.common)?;
    let layout = session.sink.layout();
    session.sink.head(csv::FIGURE_HEAD)?;
    let render = |opened: Opened| match layout {
        Layout::Text => render::report::draw(&opened.report),
        Layout::Json | Layout::Jsonl => json::line(&opened.report),
        Layout::Csv => csv::figures(&opened.report),
    };
    session.each(render, |sink, text| sink.report(text))?;
    session.finish(Ending::Done)
}
