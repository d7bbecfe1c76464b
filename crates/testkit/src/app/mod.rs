//! A whole installation for tests in one line: its clock stands still, and invented people work in it.

mod answer;
mod case;
mod cast;
mod client;
mod story;
mod wire;

pub use answer::Answer;
pub use case::{PERSONAL_MARK, TELEPHONE, simple_reply, submission};
pub use cast::{ABOVE, OTHER, OWN, PASSWORD, Visitor};
pub use client::Client;
pub use story::{MARK, Stage, WORD, content, content_of, item};
pub use wire::Wire;

use crate::database::Database;
use gongkai_app::App;
use gongkai_app::clock::Clock;
use gongkai_app::config::{Config, Intake};
use gongkai_app::jobs;
use gongkai_app::start::{Opened, Place, open};
use gongkai_domain::audit::Link;
use gongkai_store::{events, jobs as kept_jobs, tables, whole};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The picture of a seal of no organ: a red ring and a star on a transparent ground.
pub const SEAL: &[u8] = include_bytes!("seal.png");

/// An installation with organs and people, in a directory of its own.
#[derive(Debug)]
pub struct TestApp {
    /// The running program.
    pub app: App,
    opened: Opened,
    database: Option<Database>,
}

/// A Monday morning in China, in an office hour, far from the turn of a year.
fn morning() -> Timestamp {
    Timestamp::from_second(1_741_571_100).expect("an instant")
}

impl TestApp {
    /// On SQLite, with a clock that stands still.
    pub async fn new() -> Self {
        Self::on(Database::sqlite()).await
    }

    /// On this database, with a clock that stands still; the cast is put in when it is empty.
    ///
    /// # Panics
    /// When the installation cannot be opened.
    pub async fn on(database: Database) -> Self {
        let place = Place {
            data: database.directory(),
            database: Some(database.address.clone()),
            ..Place::default()
        };
        let opened = open(&place, Clock::set_to(morning())).await.expect("it opens");
        Self::of(opened, Some(database)).await
    }

    /// In a data directory with the database it has by default and the clock of the machine: as
    /// `gongkai serve --data` finds it.
    ///
    /// # Panics
    /// When the installation cannot be opened.
    pub async fn in_directory(data: &std::path::Path) -> Self {
        let place = Place { data: data.to_path_buf(), ..Place::default() };
        let opened = open(&place, Clock::Machine).await.expect("it opens");
        Self::of(opened, None).await
    }

    async fn of(opened: Opened, database: Option<Database>) -> Self {
        let kit = Self { app: opened.app.clone(), opened, database };
        cast::enter(&kit.app).await;
        kit
    }

    /// Lets everybody come as often as they like: all browsers here share one address.
    pub fn without_limits(&mut self) {
        let most = u32::MAX;
        let intake = Intake {
            question_after: most,
            most_an_hour: most,
            question_for_all_after: most,
            tries_before_question: most,
            most_tries_an_hour: most,
            most_a_minute: most,
            ..Intake::default()
        };
        self.app.config = Arc::new(Config { intake, ..Config::clone(&self.app.config) });
    }

    /// The data directory of an installation on a database of its own.
    ///
    /// # Panics
    /// Where it was opened in a directory of somebody else.
    pub fn data(&self) -> std::path::PathBuf {
        self.database.as_ref().expect("a database of its own").directory()
    }

    /// Where it is: its data directory and its database.
    ///
    /// # Panics
    /// Where it was opened in a directory of somebody else.
    pub fn place(&self) -> Place {
        let database = self.database.as_ref().expect("a database of its own").address.clone();
        Place { data: self.data(), database: Some(database), ..Place::default() }
    }

    /// A browser with nobody signed in.
    pub async fn client(&self) -> Client {
        Client::new(&self.app).await
    }

    /// A browser in which this visitor is signed in, or nobody.
    pub async fn visited_by(&self, visitor: Visitor) -> Client {
        let mut client = self.client().await;
        if let Some(login) = visitor.login() {
            client.sign_in(&login, PASSWORD).await;
        }
        client
    }

    /// How many rows each table holds.
    ///
    /// # Panics
    /// When the store fails.
    pub async fn rows(&self) -> BTreeMap<String, i64> {
        let mut reader = self.app.store.reader().await.expect("a reader");
        tables::row_counts(&mut reader).await.expect("counts")
    }

    /// The whole audit log, walked and verified link by link to the head that is written down.
    ///
    /// # Panics
    /// Where the chain does not hold.
    pub async fn verified_log(&self) -> Vec<Link> {
        let mut reader = self.app.store.reader().await.expect("a reader");
        let (last, hash) = events::head(&mut reader).await.expect("a head");
        let links = events::after(&mut reader, 0, i64::MAX).await.expect("links");
        let mut before = None;
        for link in &links {
            link.verify(before).unwrap_or_else(|broken| panic!("{broken}"));
            before = Some(link);
        }
        let end = before.map_or((0, String::new()), |link| (link.sequence, link.hash.clone()));
        assert_eq!(end, (last, hash), "the log ends where its head says");
        links
    }

    /// Does every job that is due; none may be left.
    async fn work_off(&self) {
        while jobs::work_one(&self.app).await.expect("jobs are worked off") {}
        let now = self.app.clock.now();
        let mut reader = self.app.store.reader().await.expect("a reader");
        let waiting = kept_jobs::list(&mut reader, kept_jobs::State::Waiting, now, 100).await;
        let due = waiting.expect("jobs").into_iter().find(|job| job.run_at <= now);
        assert_eq!(due, None, "a job is due and nobody does it");
    }

    /// Every file that a row names, in drafts too, is there.
    async fn see_files(&self) {
        let mut reader = self.app.store.reader().await.expect("a reader");
        let named = whole::named_files(&mut reader).await.expect("files that are named");
        for (digest, thing) in named {
            let there = self.app.files.read(&digest).await.expect("the files answer");
            assert!(there.is_some(), "{thing} names a file that is not there: {digest}");
        }
    }

    /// Ends the test: the log must hold, no job may wait any more, the database goes.
    ///
    /// # Panics
    /// When the log does not hold or a job waits.
    pub async fn finish(self) {
        self.verified_log().await;
        self.work_off().await;
        self.see_files().await;
        self.app.store.close().await;
        drop(self.opened);
        if let Some(database) = self.database {
            database.remove().await;
        }
    }
}
