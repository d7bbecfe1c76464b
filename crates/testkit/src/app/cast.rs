//! Who is in the play: an office above two organs, and in every organ somebody in every role.

use super::TestApp;
use gongkai_app::{App, Caller, sign_in};
use gongkai_domain::access::{Actor, Post, Role};
use gongkai_domain::id::{OrganId, PersonId};
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use gongkai_store::people::{self, Account, HeldPost};
use gongkai_store::{Transaction, organs};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use std::sync::LazyLock;

/// The organ whose items the play is about.
pub const OWN: &str = "bureau";
/// An organ beside it.
pub const OTHER: &str = "neighbour";
/// The government above both.
pub const ABOVE: &str = "county";

/// The password of everybody.
pub const PASSWORD: &str = "Cast-of-Tests-1";

/// Somebody who comes to an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Visitor {
    /// Nobody is signed in.
    Public,
    /// Somebody with this role in the organ of the item.
    Own(Role),
    /// Somebody with this role in an organ beside it.
    Other(Role),
    /// The disclosure office of the government above.
    Above,
}

impl Visitor {
    /// Every visitor.
    pub fn all() -> Vec<Self> {
        let own = Role::ALL.into_iter().map(Self::Own);
        let other = Role::ALL.into_iter().map(Self::Other);
        [Self::Public].into_iter().chain(own).chain(other).chain([Self::Above]).collect()
    }

    fn post(self) -> Option<(&'static str, Role)> {
        match self {
            Self::Public => None,
            Self::Own(role) => Some((OWN, role)),
            Self::Other(role) => Some((OTHER, role)),
            Self::Above => Some((ABOVE, Role::DisclosureOffice)),
        }
    }

    /// The name for signing in; `None` when nobody is.
    pub fn login(self) -> Option<String> {
        self.post().map(|(organ, role)| login(organ, role))
    }

    /// How the access matrix names the visitor: `own:clerk`.
    pub fn key(self) -> String {
        match self {
            Self::Public => "visitor".to_owned(),
            Self::Own(role) => format!("own:{}", word(role)),
            Self::Other(role) => format!("other:{}", word(role)),
            Self::Above => "above".to_owned(),
        }
    }
}

/// The key of a role in tables of tests.
pub(super) fn word(role: Role) -> &'static str {
    match role {
        Role::Clerk => "clerk",
        Role::Reviewer => "reviewer",
        Role::Leader => "leader",
        Role::SecrecyReviewer => "secrecy",
        Role::DisclosureOffice => "office",
        Role::SystemAdministrator => "system",
        Role::SecurityAdministrator => "security",
        Role::Auditor => "auditor",
    }
}

fn login(organ: &str, role: Role) -> String {
    format!("{organ}-{}", word(role))
}

fn id(text: &str) -> OrganId {
    text.parse().expect("an id")
}

fn cast_of_organs() -> [Organ; 3] {
    let organ =
        |(order, key, name, parent, kind): (i64, &str, &str, Option<&str>, OrganKind)| Organ {
            id: id(key),
            parent: parent.map(id),
            kind,
            name: name.to_owned(),
            short_name: name.to_owned(),
            code: format!("1199990{order}MB{order:07}X"),
            order,
            contact: Contact::default(),
            former_names: Vec::new(),
            merged_into: None,
        };
    [
        organ((0, ABOVE, "上级政府办公室", None, OrganKind::Government)),
        organ((1, OWN, "本机关", Some(ABOVE), OrganKind::Department)),
        organ((2, OTHER, "邻近机关", Some(ABOVE), OrganKind::Department)),
    ]
}

/// Puts organs and people in, once.
pub(super) async fn enter(app: &App) {
    let mut transaction = app.store.begin().await.expect("a transaction");
    if people::count(&mut transaction).await.expect("a count") != 0 {
        return;
    }
    for organ in cast_of_organs() {
        organs::save(&mut transaction, &organ).await.expect("an organ");
        for role in Role::ALL {
            hire(&mut transaction, &organ.id, role, app.clock.today()).await;
        }
    }
    transaction.commit().await.expect("the cast stays");
}

async fn hire(transaction: &mut Transaction, organ: &OrganId, role: Role, today: Date) {
    static HASH: LazyLock<String> = LazyLock::new(|| sign_in::hash(PASSWORD));
    let login = login(organ.as_str(), role);
    let person: PersonId = login.parse().expect("an id");
    let account = Account {
        person: person.clone(),
        login: login.clone(),
        name: format!("甲{}", role.name()),
        password: HASH.clone(),
        must_change_password: false,
        totp_secret: None,
        n_failures: 0,
        locked_until: Timestamp::UNIX_EPOCH,
        disabled: false,
        created_at: Timestamp::UNIX_EPOCH,
    };
    people::add(transaction, &account).await.expect("an account");
    let from = today.saturating_sub(Span::new().years(1));
    let post = Post { organ: organ.clone(), role, from, until: None, instead_of: None };
    people::give_post(transaction, &HeldPost { id: login, person, post }).await.expect("a post");
}

impl TestApp {
    /// Somebody with this role in this organ, as actions are called.
    ///
    /// # Panics
    /// When the organ is not of the cast.
    pub fn caller(&self, organ: &str, role: Role) -> Caller {
        let from = self.app.clock.today().saturating_sub(Span::new().years(1));
        let post = Post { organ: id(organ), role, from, until: None, instead_of: None };
        let person = login(organ, role).parse().expect("an id");
        let name = format!("甲{}", role.name());
        Caller { actor: Actor { person, name, posts: vec![post] }, origin: "local".to_owned() }
    }
}
