//! What a backup says of itself: when, of which moment of the log, and the hash of every file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path};

/// The list of hashes, in the form that `sha256sum -c` reads.
pub(super) const SUMS: &str = "SHA256SUMS";
/// Written last: a directory without it is no whole backup.
pub(super) const MANIFEST: &str = "backup.json";
/// The newest layout that this version reads and writes.
pub(super) const LAYOUT: u32 = 1;

/// What stands in `backup.json`.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    pub layout: u32,
    /// The version of the program.
    pub program: String,
    pub made_at: Timestamp,
    /// Whether the database is in it.
    pub database: bool,
    /// The last event of the log that is in it, and its hash.
    pub sequence: i64,
    pub hash: String,
    /// The SHA-256 of the list of hashes.
    pub sums: String,
}

/// The SHA-256 of a file, read in pieces.
pub(super) fn digest_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let n_bytes = file.read(&mut piece)?;
        if n_bytes == 0 {
            break;
        }
        hasher.update(&piece[..n_bytes]);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The lines of the list: hash and path. `None` when a line is none, or its path leads out of the backup.
pub(super) fn lines(sums: &str) -> Option<Vec<(&str, &str)>> {
    let line = |line| {
        let (digest, path) = str::split_once(line, "  ")?;
        let is_inside =
            Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        (is_inside && digest.len() == 64).then_some((digest, path))
    };
    sums.lines().map(line).collect()
}
