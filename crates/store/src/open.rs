//! Opening the store: the database by its address, brought to this version's tables.

use crate::{Db, StoreError};
use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::{Any, AnyPool, Executor};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The database: many readers, and on SQLite one writer.
#[derive(Clone, Debug)]
pub struct Store {
    readers: AnyPool,
    writers: AnyPool,
    begin: &'static str,
}

/// A connection that only reads.
pub struct Reader(sqlx::pool::PoolConnection<Any>);

/// State, event and job of one action: all of it lasts, or nothing.
pub struct Transaction(sqlx::Transaction<'static, Any>);

impl Deref for Reader {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.0
    }
}

impl Deref for Transaction {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.0
    }
}

impl Transaction {
    /// Makes it last; when this returns it survives a crash.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

/// What every connection to SQLite is told first. `synchronous = full`: what was acknowledged is on
/// the disk. No `mmap_size`: every connection maps the file anew, and eight maps of one large file count
/// eight times as this program's memory; the cache of the system keeps the pages once. `secure_delete`:
/// what was erased is overwritten and not left in free pages.
const SQLITE: &str = "pragma journal_mode = wal; pragma synchronous = full; \
    pragma foreign_keys = on; pragma busy_timeout = 10000; pragma temp_store = memory; \
    pragma secure_delete = on; pragma cache_size = -4000";

async fn pool(address: &str, connections: u32, sqlite: bool) -> Result<AnyPool, StoreError> {
    let options = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if sqlite {
                    connection.execute(SQLITE).await?;
                }
                Ok(())
            })
        });
    options.connect(address).await.map_err(|error| hint(address, error))
}

/// Connecting failed: say which address, without the password in it.
fn hint(address: &str, error: sqlx::Error) -> StoreError {
    let shown = match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) => format!("{}…{}", &address[..scheme + 3], &address[at..]),
        _ => address.to_owned(),
    };
    StoreError::Address(shown, error.to_string())
}

impl Store {
    /// Opens `sqlite:…?mode=rwc` or `postgres://…`, and makes or upgrades the tables.
    ///
    /// # Errors
    /// When the address cannot be opened, or holds tables of a later version.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        install_default_drivers();
        let sqlite = address.starts_with("sqlite:");
        if !sqlite && !address.starts_with("postgres:") && !address.starts_with("postgresql:") {
            let reason = "应以 sqlite: 或 postgres:// 开头".to_owned();
            return Err(StoreError::Address(address.to_owned(), reason));
        }
        let writers = pool(address, if sqlite { 1 } else { 8 }, sqlite).await?;
        MIGRATIONS.run(&writers).await?;
        let readers = pool(address, 8, sqlite).await?;
        let begin = if sqlite { "begin immediate" } else { "begin" };
        Ok(Self { readers, writers, begin })
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// When the database is gone, or nobody gave a connection back for 30 seconds.
    pub async fn reader(&self) -> Result<Reader, StoreError> {
        Ok(Reader(self.readers.acquire().await?))
    }

    /// Begins an action.
    ///
    /// # Errors
    /// When the database is gone or busy for too long.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(Transaction(self.writers.begin_with(self.begin).await?))
    }

    /// Opens what is there to read it: nothing is made, upgraded or changed.
    ///
    /// # Errors
    /// When the address cannot be opened.
    pub async fn open_to_read(address: &str) -> Result<Self, StoreError> {
        install_default_drivers();
        let readers = pool(address, 2, false).await?;
        let begin = if address.starts_with("sqlite:") {
            "begin"
        } else {
            "begin isolation level repeatable read, read only"
        };
        Ok(Self { writers: readers.clone(), readers, begin })
    }

    /// Whether the tables are those of this version of the program.
    ///
    /// # Errors
    /// When the database refuses, or no program made tables in it.
    pub async fn is_of_this_version(&self) -> Result<bool, StoreError> {
        let sql = "select max(version) from _sqlx_migrations where success";
        let last: Option<i64> = sqlx::query_scalar(sql).fetch_one(&self.readers).await?;
        Ok(last == MIGRATIONS.iter().map(|each| each.version).max())
    }

    /// Waits for what runs and closes every connection.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}
