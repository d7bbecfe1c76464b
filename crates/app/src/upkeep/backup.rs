//! 备份: a copy of database, files and settings as of one moment, while the program goes on running.
//!
//! The keys are not in it: whoever finds the backup opens nothing that is sealed. They go elsewhere.

use super::manifest::{LAYOUT, MANIFEST, Manifest, SUMS, digest_of};
use crate::audit::verify::{self, VerifyError};
use crate::clock::Clock;
use crate::config::Config;
use crate::start::{Place, StartError};
use gongkai_domain::audit::digest;
use gongkai_store::files::Files;
use gongkai_store::{Store, StoreError, whole};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Of which installation.
    pub place: Place,
    /// Into which directory; empty or not there yet.
    pub into: PathBuf,
    /// Where the key file goes, if anywhere.
    pub keys: Option<PathBuf>,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// Whether the database is in it; one on a server is not.
    pub database: bool,
    /// How many files.
    pub n_files: usize,
    /// How many bytes they have together, the database included.
    pub n_bytes: u64,
    /// The last event in it.
    pub sequence: i64,
    /// Whether keys were copied; `None` when there are none to copy.
    pub keys: Option<bool>,
    /// What was found damaged or missing in the installation, in sentences. It is not in the backup.
    pub damaged: Vec<String>,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something is there already.
    #[error("备份目录 {0} 不是空的，请另选一个空目录")]
    NotEmpty(String),
    /// It would end in itself.
    #[error("备份目录 {0} 在数据目录里面，请放到别处，最好是另一块磁盘")]
    Inside(String),
    /// Keys and what they open would lie together.
    #[error("密钥不要与备份放在同一个目录，请用 --keys 另选一个目录，分开保管")]
    KeysBeside,
    /// The disk refused.
    #[error("写不了 {0}：{1}")]
    Unwritable(String, io::Error),
    /// The installation cannot be read.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The copy of the database cannot be read.
    #[error("备份出来的数据库读不了：{0}")]
    Copy(#[from] VerifyError),
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> BackupError + '_ {
    move |error| BackupError::Unwritable(path.display().to_string(), error)
}

/// Backs up.
///
/// # Errors
/// Says what cannot be read or written; what was written until then has no `backup.json` and is no
/// backup.
pub async fn back_up(asked: &Asked, clock: &Clock) -> Result<Done, BackupError> {
    let Asked { place, into, keys } = asked;
    make_room(place, into, keys.as_deref())?;
    let config = Config::read(&place.data).map_err(StartError::from)?;
    let mut sums = Sums::begin(into);
    let database = copy_database(place, into).await?;
    let mut done =
        Done { database, n_files: 0, n_bytes: 0, sequence: 0, keys: None, damaged: Vec::new() };
    let mut hash = String::new();
    if database {
        let verdict = verify::verify(into, None).await?;
        (done.sequence, hash) = (verdict.n_links, verdict.hash);
        done.damaged.extend(verdict.broken.map(|broken| format!("审计日志断裂：{broken}")));
        done.n_bytes += sums.add_there("gongkai.db")?;
    }
    // After the database: every file that it names was there before it.
    copy_files(&place.files()?, &mut sums, &mut done).await?;
    let settings = place.data.join("gongkai.toml");
    if settings.exists() {
        let text = fs::read(&settings).map_err(unwritable(&settings))?;
        sums.add("gongkai.toml", &text)?;
    }
    done.keys = copy_keys(&config.vault.file(&place.data), keys.as_deref())?;
    let sums = sums.end()?;
    let manifest = Manifest {
        layout: LAYOUT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: clock.now(),
        database,
        sequence: done.sequence,
        hash,
        sums,
    };
    let text = serde_json::to_string_pretty(&manifest).expect("texts and numbers");
    write(&into.join(MANIFEST), text.as_bytes())?;
    Ok(done)
}

fn make_room(place: &Place, into: &Path, keys: Option<&Path>) -> Result<(), BackupError> {
    fs::create_dir_all(into).map_err(unwritable(into))?;
    let mut there = fs::read_dir(into).map_err(unwritable(into))?;
    if there.next().is_some() {
        return Err(BackupError::NotEmpty(into.display().to_string()));
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if real(into).starts_with(real(&place.data)) {
        return Err(BackupError::Inside(into.display().to_string()));
    }
    if let Some(keys) = keys {
        fs::create_dir_all(keys).map_err(unwritable(keys))?;
        if real(keys).starts_with(real(into)) || real(into).starts_with(real(keys)) {
            return Err(BackupError::KeysBeside);
        }
    }
    Ok(())
}

/// Copies the database of the data directory; one on a server is left to its own tools.
async fn copy_database(place: &Place, into: &Path) -> Result<bool, BackupError> {
    if place.database.is_some() {
        return Ok(false);
    }
    let missing = || StartError::NoDatabase(place.data.display().to_string());
    let address = place.database_to_read().ok_or_else(missing)?;
    let store = Store::open_to_read(&address).await?;
    let target = into.join("gongkai.db").display().to_string();
    let copied = whole::copy_into(&mut *store.reader().await?, &target).await;
    store.close().await;
    copied?;
    Ok(true)
}

async fn copy_files(
    files: &Files,
    sums: &mut Sums<'_>,
    done: &mut Done,
) -> Result<(), BackupError> {
    for kept in files.all().await? {
        let name = &kept.digest;
        match files.read(name).await? {
            Some(content) if digest(&content) == *name => {
                sums.add(&format!("files/{}/{name}", &name[..2]), &content)?;
                done.n_files += 1;
                done.n_bytes += kept.n_bytes;
            }
            _ => done.damaged.push(format!("文件 {name} 的内容与其校验值不符")),
        }
    }
    Ok(())
}

fn copy_keys(file: &Path, into: Option<&Path>) -> Result<Option<bool>, BackupError> {
    if !file.exists() {
        return Ok(None);
    }
    let Some(into) = into else { return Ok(Some(false)) };
    let content = fs::read(file).map_err(unwritable(file))?;
    let target = into.join("vault.key");
    crate::vault::write_key_file(&target, &content).map_err(unwritable(&target))?;
    Ok(Some(true))
}

/// The list of hashes while it grows.
struct Sums<'a> {
    root: &'a Path,
    text: String,
}

impl<'a> Sums<'a> {
    fn begin(root: &'a Path) -> Self {
        Self { root, text: String::new() }
    }

    fn note(&mut self, digest: &str, path: &str) {
        self.text.push_str(&format!("{digest}  {path}\n"));
    }

    /// Adds a file that stands in the backup already; answers its size.
    fn add_there(&mut self, path: &str) -> Result<u64, BackupError> {
        let at = self.root.join(path);
        let found = digest_of(&at).map_err(unwritable(&at))?;
        self.note(&found, path);
        fs::File::open(&at).and_then(|file| file.sync_all()).map_err(unwritable(&at))?;
        Ok(fs::metadata(&at).map_err(unwritable(&at))?.len())
    }

    /// Writes a file.
    fn add(&mut self, path: &str, content: &[u8]) -> Result<(), BackupError> {
        write(&self.root.join(path), content)?;
        self.note(&digest(content), path);
        Ok(())
    }

    /// Writes the list; answers its own hash.
    fn end(self) -> Result<String, BackupError> {
        write(&self.root.join(SUMS), self.text.as_bytes())?;
        Ok(digest(self.text.as_bytes()))
    }
}

fn write(path: &Path, content: &[u8]) -> Result<(), BackupError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(unwritable(folder))?;
    let written = fs::File::create(path).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.map_err(unwritable(path))
}
