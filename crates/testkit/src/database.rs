//! Databases for tests: SQLite always, and PostgreSQL where a server was started for the tests.

use gongkai_store::{Store, tables};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// The address of a PostgreSQL server whose user may make databases; `scripts/test` sets it.
const SERVER: &str = "GONGKAI_TEST_POSTGRES";

/// An empty database of its own, with a data directory beside it.
#[derive(Debug)]
pub struct Database {
    /// Its address for the store.
    pub address: String,
    directory: TempDir,
    made: bool,
}

impl Database {
    /// SQLite in a directory of its own.
    ///
    /// # Panics
    /// When the machine has no room for a temporary directory.
    pub fn sqlite() -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let file = directory.path().join("gongkai.db");
        let address = format!("sqlite://{}?mode=rwc", file.display());
        Self { address, directory, made: false }
    }

    /// A fresh database of the PostgreSQL server of the tests; `None`, and a word on stderr, where
    /// there is no server.
    ///
    /// # Panics
    /// When the server is named and does not make the database.
    pub async fn postgres() -> Option<Self> {
        let Some(server) = std::env::var(SERVER).ok().filter(|server| !server.is_empty()) else {
            say_that_it_was_left_out();
            return None;
        };
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let (host, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
        let address = format!("{host}/gongkai_{}_{number}", std::process::id());
        tables::create_database(&address).await.expect("the server of the tests makes databases");
        let directory = TempDir::new().expect("a temporary directory");
        Some(Self { address, directory, made: true })
    }

    /// The data directory.
    pub fn directory(&self) -> PathBuf {
        self.directory.path().to_path_buf()
    }

    /// Opens it, with the tables of this version.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(&self) -> Store {
        Store::open(&self.address).await.expect("a database of the tests opens")
    }

    /// Takes a database of a server away again; the store on it must be closed.
    ///
    /// # Panics
    /// When somebody is still connected to it.
    pub async fn remove(self) {
        if self.made {
            tables::drop_database(&self.address).await.expect("nobody is connected any more");
        }
    }
}

/// What cargo catches of a test is not seen; this is.
fn say_that_it_was_left_out() {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        let _ = writeln!(
            std::io::stderr(),
            "warning: PostgreSQL was not tested: {SERVER} is not set (scripts/test sets it)"
        );
    });
}

/// Runs a test on every kind of database there is.
///
/// # Panics
/// When the test does.
pub async fn on_each(test: impl AsyncFn(&Database)) {
    let sqlite = Database::sqlite();
    test(&sqlite).await;
    if let Some(postgres) = Database::postgres().await {
        test(&postgres).await;
        postgres.remove().await;
    }
}
