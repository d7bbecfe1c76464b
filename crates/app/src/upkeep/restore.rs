//! 恢复: an empty data directory filled from a backup, after every file of the backup was proved.

use super::manifest::{LAYOUT, MANIFEST, Manifest, SUMS, digest_of, lines};
use crate::config::{Config, ConfigError};
use crate::start::Place;
use crate::vault::{Vault, VaultError, known_keys};
use bytes::Bytes;
use gongkai_domain::audit::digest;
use gongkai_store::{Store, StoreError};
use jiff::Timestamp;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The backup.
    pub from: PathBuf,
    /// Into which installation; its directory is empty or not there yet.
    pub place: Place,
    /// Where the key file is, if it is at hand.
    pub keys: Option<PathBuf>,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// When the backup was made.
    pub made_at: Timestamp,
    /// Whether a database was in it.
    pub database: bool,
    /// How many files.
    pub n_files: usize,
    /// The last event in it.
    pub sequence: i64,
    /// Where the key file still has to be put before the program starts; `None` when nothing is needed.
    pub keys_missing_at: Option<PathBuf>,
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// It is no backup, or was not finished.
    #[error("{0} 不是完整的备份：没有 backup.json，可能备份时中断了")]
    NoBackup(String),
    /// What it says of itself cannot be read.
    #[error("备份的 {0} 读不了或被改动，不能恢复")]
    Unreadable(&'static str),
    /// It was made by a later version.
    #[error("备份是更新版本的程序（{0}）做的，请升级后再恢复")]
    Later(String),
    /// A file is missing or was changed.
    #[error("备份已损坏，没有恢复任何内容：{0} {1}；请换一份备份")]
    Damaged(String, &'static str),
    /// Something is there already.
    #[error("数据目录 {0} 不是空的，恢复只能到空目录；请用 --data 另选一个")]
    NotEmpty(String),
    /// The disk refused.
    #[error("读写不了 {0}：{1}")]
    Disk(String, io::Error),
    /// The settings in the backup cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys are not those of the backup.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn disk(path: &Path) -> impl Fn(io::Error) -> RestoreError + '_ {
    move |error| RestoreError::Disk(path.display().to_string(), error)
}

/// Restores.
///
/// # Errors
/// Says what is wrong with the backup, the keys or the directory. Where the backup is damaged nothing
/// is written.
pub async fn restore(asked: &Asked) -> Result<Done, RestoreError> {
    let Asked { from, place, keys } = asked;
    let (manifest, sums) = read_manifest(from)?;
    let lines = lines(&sums).ok_or(RestoreError::Unreadable(SUMS))?;
    prove(from, &lines)?;
    let known = match manifest.database {
        true => known_of(&from.join("gongkai.db")).await?,
        false => Vec::new(),
    };
    let config = Config::read(from)?;
    if let Some(keys) = keys {
        Vault::check(&keys.join("vault.key"), &known)?;
    }
    make_room(&place.data)?;
    let n_files = copy(from, place, &lines).await?;
    let key_file = config.vault.file(&place.data);
    if let Some(keys) = keys {
        let source = keys.join("vault.key");
        let content = fs::read(&source).map_err(disk(&source))?;
        crate::vault::write_key_file(&key_file, &content).map_err(disk(&key_file))?;
    }
    let is_missing = keys.is_none() && !known.is_empty() && !key_file.exists();
    Ok(Done {
        made_at: manifest.made_at,
        database: manifest.database,
        n_files,
        sequence: manifest.sequence,
        keys_missing_at: is_missing.then_some(key_file),
    })
}

fn read_manifest(from: &Path) -> Result<(Manifest, String), RestoreError> {
    let text = fs::read_to_string(from.join(MANIFEST))
        .map_err(|_| RestoreError::NoBackup(from.display().to_string()))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|_| RestoreError::Unreadable(MANIFEST))?;
    if LAYOUT < manifest.layout {
        return Err(RestoreError::Later(manifest.program));
    }
    let sums = fs::read_to_string(from.join(SUMS)).map_err(|_| RestoreError::Unreadable(SUMS))?;
    if digest(sums.as_bytes()) != manifest.sums {
        return Err(RestoreError::Unreadable(SUMS));
    }
    Ok((manifest, sums))
}

fn prove(from: &Path, lines: &[(&str, &str)]) -> Result<(), RestoreError> {
    for (digest, path) in lines {
        let reason = match digest_of(&from.join(path)) {
            Ok(found) if found == *digest => continue,
            Ok(_) => "的内容与校验值不符",
            Err(error) if error.kind() == io::ErrorKind::NotFound => "不见了",
            Err(_) => "读不了",
        };
        return Err(RestoreError::Damaged((*path).to_owned(), reason));
    }
    Ok(())
}

async fn known_of(database: &Path) -> Result<Vec<String>, RestoreError> {
    let store = Store::open_to_read(&format!("sqlite://{}?mode=ro", database.display())).await?;
    let known = known_keys(&mut *store.reader().await?).await;
    store.close().await;
    Ok(known?)
}

fn make_room(data: &Path) -> Result<(), RestoreError> {
    fs::create_dir_all(data).map_err(disk(data))?;
    let mut there = fs::read_dir(data).map_err(disk(data))?;
    match there.next() {
        None => Ok(()),
        Some(_) => Err(RestoreError::NotEmpty(data.display().to_string())),
    }
}

/// Copies files and settings, and the database last: cut off in the middle there is no installation.
async fn copy(from: &Path, place: &Place, lines: &[(&str, &str)]) -> Result<usize, RestoreError> {
    let files = place.files()?;
    let mut n_files = 0;
    for (digest, path) in lines.iter().filter(|(_, path)| *path != "gongkai.db") {
        let source = from.join(path);
        let content = fs::read(&source).map_err(disk(&source))?;
        if path.starts_with("files/") {
            if files.keep(Bytes::from(content)).await? != *digest {
                return Err(RestoreError::Damaged((*path).to_owned(), "恢复时被改动"));
            }
            n_files += 1;
        } else {
            let target = place.data.join(path);
            fs::write(&target, content).map_err(disk(&target))?;
        }
    }
    let source = from.join("gongkai.db");
    if source.exists() && place.database.is_none() {
        let (half, target) = (place.data.join("gongkai.db.half"), place.data.join("gongkai.db"));
        fs::copy(&source, &half).map_err(disk(&half))?;
        fs::File::open(&half).and_then(|file| file.sync_all()).map_err(disk(&half))?;
        fs::rename(&half, &target).map_err(disk(&target))?;
    }
    Ok(n_files)
}
