//! Where the answer goes: stdout, in one of four layouts.

pub mod csv;
pub mod json;

use crate::args::FormatOptions;
use crate::problem::Problem;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// How the answer is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// For people.
    Text,
    /// One object, or one list.
    Json,
    /// One object a line.
    Jsonl,
    /// One row a figure or a finding.
    Csv,
}

/// Standard output with what must stand between the reports.
pub struct Sink {
    out: BufWriter<StdoutLock<'static>>,
    layout: Layout,
    is_single: bool,
    is_live: bool,
    n_written: usize,
    held: Option<Vec<Held>>,
}

/// What waits for findings between reports.
enum Held {
    Report(String),
    Problem(String),
}

impl Sink {
    /// A sink for one report, or for several.
    pub fn new(format: &FormatOptions, is_single: bool) -> Self {
        let layout = match format {
            FormatOptions { json: true, .. } => Layout::Json,
            FormatOptions { jsonl: true, .. } => Layout::Jsonl,
            FormatOptions { csv: true, .. } => Layout::Csv,
            _ => Layout::Text,
        };
        let is_live = io::stdout().is_terminal();
        let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        Self { out, layout, is_single, is_live, n_written: 0, held: None }
    }

    /// How the answer is laid out.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The head of a CSV; the other layouts have none.
    pub fn head(&mut self, columns: &[&str]) -> io::Result<()> {
        match self.layout {
            Layout::Csv => self.out.write_all(csv::head(columns).as_bytes()),
            _ => Ok(()),
        }
    }

    /// Keeps all that comes from now on in memory, until [`Sink::release`].
    pub fn hold(&mut self) {
        self.held = Some(Vec::new());
    }

    /// Writes what was held, each report as `complete` makes it; reports are counted from 0.
    pub fn release(&mut self, complete: impl Fn(usize, String) -> String) -> io::Result<()> {
        let mut n_reports = 0;
        for held in self.held.take().unwrap_or_default() {
            let text = match held {
                Held::Problem(text) => text,
                Held::Report(text) => {
                    n_reports += 1;
                    complete(n_reports - 1, text)
                }
            };
            self.write(&text)?;
        }
        Ok(())
    }

    /// One report, already laid out; JSON without a line end.
    pub fn report(&mut self, text: String) -> io::Result<()> {
        match &mut self.held {
            Some(held) => held.push(Held::Report(text)),
            None => self.write(&text)?,
        }
        Ok(())
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        if self.layout == Layout::Json && !self.is_single {
            self.out.write_all(if self.n_written == 0 { b"[\n" } else { b",\n" })?;
        }
        self.out.write_all(text.as_bytes())?;
        if self.layout == Layout::Jsonl || self.layout == Layout::Json && self.is_single {
            self.out.write_all(b"\n")?;
        }
        self.n_written += 1;
        if self.is_live { self.out.flush() } else { Ok(()) }
    }

    /// A file that could not be read; programs are told in its place.
    pub fn problem(&mut self, problem: &Problem) -> io::Result<()> {
        match (self.layout, &mut self.held) {
            (Layout::Text | Layout::Csv, _) => {}
            (_, Some(held)) => held.push(Held::Problem(json::line(problem))),
            (_, None) => self.write(&json::line(problem))?,
        }
        Ok(())
    }

    /// Closes the answer.
    pub fn finish(&mut self) -> io::Result<()> {
        if self.layout == Layout::Json && !self.is_single {
            self.out.write_all(if self.n_written == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()
    }
}
