//! Measurements, each with its target and, where there is one, a named peer in the same run.
//!
//! `generate FOLDER COUNT` writes made-up reports; `speed [FILE…]` measures on one core, with the
//! given files besides the made-up ones; `papers` measures the writing of notices, `annual` the making
//! of an annual report. Build with `--release`, or the numbers mean nothing.

mod annual;
mod papers;
mod reports;
mod speed;

use anyhow::{Context, bail};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, [folder, count])) if command == "generate" => {
            generate(Path::new(folder), count.parse().context("COUNT is a number")?)
        }
        Some((command, files)) if command == "speed" => {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            let table = speed::measure(&files)?;
            Ok(io::stdout().lock().write_all(table.as_bytes())?)
        }
        Some((command, [])) if command == "papers" => {
            Ok(io::stdout().lock().write_all(papers::measure()?.as_bytes())?)
        }
        Some((command, [])) if command == "annual" => {
            let mut out = io::stdout().lock();
            for (name, result, target) in annual::rows()? {
                writeln!(out, "{name:<38} | {result:<12} | {target}")?;
            }
            Ok(())
        }
        _ => bail!(
            "usage: gongkai-bench generate FOLDER COUNT | gongkai-bench speed [FILE…] | gongkai-bench papers | gongkai-bench annual"
        ),
    }
}

/// Writes reports of different organs, years and figures, a hundred to a folder.
fn generate(folder: &Path, count: u32) -> anyhow::Result<()> {
    for seed in 0..count {
        let inner = folder.join(format!("{:03}", seed / 100));
        fs::create_dir_all(&inner)?;
        fs::write(inner.join(format!("{seed:05}.txt")), reports::text(seed))?;
    }
    Ok(())
}
