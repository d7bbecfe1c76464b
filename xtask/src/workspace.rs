//! Where the workspace is, its packages and its files; looks, never writes.

use crate::source::Source;
use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask stands in the workspace")
        .to_path_buf()
}

/// The real reports beside the repository; `None` in a clone that has none.
pub fn samples() -> Option<PathBuf> {
    let folder = root().join("../shared/samples");
    folder.is_dir().then_some(folder)
}

/// The packages of the workspace, dependencies by name only.
///
/// # Errors
/// When cargo cannot read the workspace.
pub fn packages() -> Result<Metadata> {
    command().no_deps().exec().context("cargo metadata")
}

/// The packages of the workspace and all they depend on, on this platform.
///
/// # Errors
/// When cargo cannot read the workspace or the lock file does not fit it.
pub fn packages_and_dependencies() -> Result<Metadata> {
    let rustc = Command::new("rustc").arg("-vV").output().context("rustc -vV")?;
    let version = String::from_utf8(rustc.stdout)?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc -vV names no host")?;
    let options = ["--locked".to_owned(), format!("--filter-platform={host}")];
    command().other_options(options).exec().context("cargo metadata")
}

fn command() -> MetadataCommand {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml"));
    command
}

/// Every Rust file below a folder of the workspace, in order of path.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn sources(folder: impl AsRef<Path>) -> Result<Vec<Source>> {
    files(folder, "rs")?.into_iter().map(|path| Source::read(&root(), &path)).collect()
}

/// Every file with an extension below a folder of the workspace, in order of path; none where the
/// folder is not there.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: impl AsRef<Path>, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|each| each == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A file of the workspace.
///
/// # Errors
/// When it cannot be read.
pub fn text(path: impl AsRef<Path>) -> Result<String> {
    let path = root().join(path);
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}
