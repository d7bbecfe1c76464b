//! `cargo xtask generate` writes the generated documents and the picture; `cargo xtask check` runs what CI runs.

use anyhow::{Context, Result, bail};
use std::process::Command;
use xtask::{generate, picture, workspace};

fn main() -> Result<()> {
    let command = std::env::args().nth(1);
    match command.as_deref() {
        Some("generate") => write_documents(),
        Some("check") => check(),
        _ => bail!("usage: cargo xtask generate | check"),
    }
}

fn write_documents() -> Result<()> {
    let picture = (picture::PATH, picture::picture()?);
    for (path, text) in generate::documents().into_iter().chain([picture]) {
        let path = workspace::root().join(path);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The list of what is checked stands once, in `scripts/test`.
fn check() -> Result<()> {
    let status =
        Command::new(workspace::root().join(".ci/run")).status().context("cannot start .ci/run")?;
    if status.success() { Ok(()) } else { bail!("check failed: {status}") }
}
