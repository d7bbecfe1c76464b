//! For tests: an installation in a temporary directory whose clock is moved by hand.

use crate::accounts::posts::{Giving, give};
use crate::accounts::setup::{self, Filled};
use crate::accounts::{add, password};
use crate::caller::Caller;
use crate::clock::Clock;
use crate::organs::Fields;
use crate::sign_in::{current, sign_in};
use crate::start::{Opened, Place, open};
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::{OrganId, PersonId};
use gongkai_domain::organ::{Contact, OrganKind};
use jiff::Timestamp;
use tempfile::TempDir;

/// The password that people of tests have changed to.
pub const PASSWORD: &str = "Mima-2-mima";

/// An installation of a test; gone when dropped.
pub struct TestApp {
    /// The program.
    pub app: App,
    /// The directory.
    pub directory: TempDir,
    /// The database, where it is not the one in the directory.
    pub database: Option<String>,
    _opened: Opened,
}

impl TestApp {
    /// An empty installation on a Monday morning in China.
    pub async fn empty() -> Self {
        Self::empty_on(None).await
    }

    /// The same on this database.
    pub async fn empty_on(database: Option<String>) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let data = directory.path().to_owned();
        let place = Place { data, database: database.clone(), ..Place::default() };
        let now: Timestamp = "2025-03-03T01:00:00Z".parse().expect("an instant");
        let opened = open(&place, Clock::set_to(now)).await.expect("an empty directory opens");
        Self { app: opened.app.clone(), directory, database, _opened: opened }
    }

    /// One with an organ `county` and its three administrators: system, security, auditor.
    pub async fn set_up() -> Self {
        Self::set_up_on(None).await
    }

    /// The same on this database.
    pub async fn set_up_on(database: Option<String>) -> Self {
        let test = Self::empty_on(database).await;
        let token = setup::offer(&test.app).await.expect("a token").expect("nobody is there");
        setup::set_up(&test.app, &token, &filled(), "local").await.expect("it is set up");
        test
    }

    /// The administrator with this login, as a caller.
    pub async fn caller(&self, login: &str) -> Caller {
        let found = self.person(login).await.expect("somebody of this name");
        let mut reader = self.app.store.reader().await.expect("a reader");
        let posts = gongkai_store::people::posts_of(&mut reader, &found).await.expect("posts");
        let today = self.app.clock.today();
        let posts = posts.into_iter().map(|held| held.post);
        let posts = posts.filter(|post| post.is_held_on(today)).collect();
        let actor = gongkai_domain::access::Actor { person: found, name: login.to_owned(), posts };
        Caller { actor, origin: "local".to_owned() }
    }

    /// Who has this login.
    pub async fn person(&self, login: &str) -> Option<PersonId> {
        let mut reader = self.app.store.reader().await.expect("a reader");
        let account = gongkai_store::people::of_login(&mut reader, login).await.expect("accounts");
        account.map(|account| account.person)
    }

    /// Adds somebody who has changed the password to [`PASSWORD`] and holds this role in `county`.
    pub async fn hire(&self, login: &str, role: Role) -> Caller {
        let system = self.caller("system").await;
        let new = add::New { login: login.to_owned(), name: login.to_owned() };
        let added = add::add(&self.app, &system, &new).await.expect("a new login");
        self.give(login, "county", role).await.expect("a role");
        let signed_in = sign_in(&self.app, login, &added.password, "local").await.expect("in");
        let current = current(&self.app, &signed_in.token, "local").await.expect("a session");
        let caller = current.expect("somebody").caller;
        let filled = password::Filled {
            old: added.password,
            new: PASSWORD.to_owned(),
            again: PASSWORD.to_owned(),
        };
        password::change_own(&self.app, &caller, &filled).await.expect("a good password");
        caller
    }

    /// The security administrator gives a role from today on.
    pub async fn give(&self, login: &str, organ: &str, role: Role) -> Result<(), AppError> {
        let security = self.caller("security").await;
        let person = self.person(login).await.expect("somebody of this name");
        let organ: OrganId = organ.parse().expect("an id");
        let from = self.app.clock.today();
        give(&self.app, &security, &person, Giving { organ, role, from, until: None }).await
    }
}

/// Fields of an organ with this id and a code whose check digit is right.
pub fn fields(id: &str, code: &str) -> Fields {
    Fields {
        id: id.to_owned(),
        kind: OrganKind::Government,
        name: format!("{id}人民政府"),
        short_name: id.to_owned(),
        code: code.to_owned(),
        order: 1,
        contact: Contact::default(),
    }
}

/// What is filled in at the first start.
pub fn filled() -> Filled {
    let new = |login: &str, name: &str| add::New { login: login.to_owned(), name: name.to_owned() };
    Filled {
        organ: fields("county", "11370900004341590P"),
        people: [new("system", "甲某"), new("security", "乙某"), new("auditor", "丙某")],
    }
}
