//! Opening an installation: its data directory, database, files and settings; one process at a time.

use crate::channels::Outlets;
use crate::clock::Clock;
use crate::config::{Config, ConfigError, Site};
use crate::search::Search;
use crate::vault::VaultError;
use crate::{App, demo, vault};
use gongkai_store::files::Files;
use gongkai_store::{Store, StoreError};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where an installation is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// The data directory; made when it is not there.
    pub data: PathBuf,
    /// The address people type, used where the settings name none.
    pub address: Option<String>,
    /// The database, where it is not the one in the data directory: `postgres://…`.
    pub database: Option<String>,
    /// The files, where they are not in the data directory: `s3://bucket/prefix`.
    pub files: Option<String>,
}

impl Place {
    /// The address of the database; `None` where its file is to be there and is not.
    pub fn database_to_read(&self) -> Option<String> {
        let file = self.data.join("gongkai.db");
        let own = || file.is_file().then(|| format!("sqlite://{}?mode=ro", file.display()));
        self.database.clone().or_else(own)
    }

    /// Opens the files.
    ///
    /// # Errors
    /// When the directory or the address cannot be used.
    pub fn files(&self) -> Result<Files, StoreError> {
        match &self.files {
            None => Files::in_directory(&self.data.join("files")),
            Some(address) => {
                // Fails when one is installed already, which is as good.
                let _ = rustls::crypto::ring::default_provider().install_default();
                Files::in_bucket(
                    address,
                    std::env::vars().filter(|(key, _)| key.starts_with("AWS_")),
                )
            }
        }
    }
}

/// Why an installation cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory cannot be made or written.
    #[error("数据目录 {0} 不能使用：{1}")]
    Directory(String, std::io::Error),
    /// There is no installation.
    #[error("数据目录 {0} 里没有数据库（gongkai.db），请用 --data 指明目录")]
    NoDatabase(String),
    /// The files cannot be reached.
    #[error("文件库 {0} 不能使用：{1}")]
    Files(String, StoreError),
    /// Its tables are those of another version.
    #[error(
        "数据目录 {0} 的数据库不是这一版本的：请先备份，用 gongkai serve 启动一次完成升级，再重试；若它来自更新的版本，请换用那个版本的程序"
    )]
    OtherVersion(String),
    /// Another process works on it.
    #[error("数据目录 {0} 正被另一个 gongkai 进程使用，请先停止它，或者用 --data 另选目录")]
    InUse(String),
    /// The settings cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database or the files cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An open installation; the directory is free for others when it is dropped.
#[derive(Debug)]
pub struct Opened {
    /// The running program.
    pub app: App,
    _lock: File,
}

/// Opens an installation.
///
/// # Errors
/// Says what cannot be used and why.
pub async fn open(place: &Place, clock: Clock) -> Result<Opened, StartError> {
    let shown = place.data.display().to_string();
    let unusable = |error| StartError::Directory(shown.clone(), error);
    std::fs::create_dir_all(&place.data).map_err(unusable)?;
    let lock = lock(&place.data, &shown).await?;
    let mut config = Config::read(&place.data)?;
    if let Some(address) =
        place.address.as_ref().filter(|_| config.site.address == Site::default().address)
    {
        config.site.address.clone_from(address);
    }
    let address = match &place.database {
        Some(address) => address.clone(),
        None => format!("sqlite://{}?mode=rwc", place.data.join("gongkai.db").display()),
    };
    let store = Store::open(&address).await?;
    let files = place.files()?;
    if let Some(address) = &place.files {
        files.look().await.map_err(|error| StartError::Files(address.clone(), error))?;
    }
    let vault = vault::open(&place.data, &config.vault, &store).await?;
    let outlets = Outlets::open(&place.data, &config.channels);
    let search = Search::in_directory(place.data.join("search"));
    let app = App::new(store, files, clock, config);
    let app = app.with_vault(vault).with_outlets(outlets).with_search(search);
    demo::recognise(&app).await?;
    Ok(Opened { app, _lock: lock })
}

/// Opens an installation to read it, also while another process works on it. Nothing is made, upgraded
/// or changed, and what is sealed stays shut.
///
/// # Errors
/// Says what is not there or cannot be read.
pub async fn open_to_read(place: &Place, clock: Clock) -> Result<App, StartError> {
    let shown = || place.data.display().to_string();
    let address = place.database_to_read().ok_or_else(|| StartError::NoDatabase(shown()))?;
    let config = Config::read(&place.data)?;
    let store = Store::open_to_read(&address).await?;
    if !store.is_of_this_version().await? {
        return Err(StartError::OtherVersion(shown()));
    }
    let search = Search::in_directory(place.data.join("search"));
    Ok(App::new(store, place.files()?, clock, config).with_search(search))
}

/// Whether another process works on the installation.
pub fn is_in_use(data: &Path) -> bool {
    let file = OpenOptions::new().write(true).open(data.join("lock"));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// How often the lock is tried, and how long it is waited for in between: whoever looks whether it is
/// in use, or is just ending, holds it for a moment.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(50);

async fn lock(data: &Path, shown: &str) -> Result<File, StartError> {
    let unusable = |error| StartError::Directory(shown.to_owned(), error);
    let mut options = OpenOptions::new();
    let options = options.create(true).truncate(false).write(true);
    let file = options.open(data.join("lock")).map_err(unusable)?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(BETWEEN).await,
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
    }
    Err(StartError::InUse(shown.to_owned()))
}
