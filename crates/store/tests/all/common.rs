//! What the tests of the store put into it: an organ, accounts, items, events.

use gongkai_domain::access::{Actor, Post, Role};
use gongkai_domain::audit::Event;
use gongkai_domain::item::{Content, Item};
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use gongkai_store::people::{self, Account, HeldPost};
use gongkai_store::{Store, organs};
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) const NOON: i64 = 1_741_579_200_000;

pub(crate) fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).expect("an instant")
}

pub(crate) fn today() -> Date {
    Date::constant(2025, 3, 10)
}

pub(crate) fn organ(id: &str, order: i64) -> Organ {
    Organ {
        id: id.parse().expect("an id"),
        parent: None,
        kind: OrganKind::Department,
        name: format!("机关{id}"),
        short_name: id.to_owned(),
        code: format!("code-{id}"),
        order,
        contact: Contact::default(),
        former_names: Vec::new(),
        merged_into: None,
    }
}

pub(crate) fn account(login: &str) -> Account {
    Account {
        person: login.parse().expect("an id"),
        login: login.to_owned(),
        name: "王某".to_owned(),
        password: "x".to_owned(),
        must_change_password: true,
        totp_secret: None,
        n_failures: 2,
        locked_until: at(NOON),
        disabled: false,
        created_at: at(NOON),
    }
}

pub(crate) fn post(id: &str, person: &str, role: Role) -> HeldPost {
    HeldPost {
        id: id.to_owned(),
        person: person.parse().expect("an id"),
        post: Post {
            organ: "bureau".parse().expect("an id"),
            role,
            from: today(),
            until: None,
            instead_of: None,
        },
    }
}

pub(crate) fn clerk() -> Actor {
    let post = post("post", "clerk", Role::Clerk).post;
    Actor { person: "clerk".parse().expect("an id"), name: "王某".to_owned(), posts: vec![post] }
}

/// A draft of the bureau.
pub(crate) fn draft(id: &str, title: &str) -> Item {
    let content = Content {
        title: title.to_owned(),
        html: format!("<p>{title}</p>"),
        text: title.to_owned(),
        formed_on: today(),
        ..Content::default()
    };
    let (id, organ) = (id.parse().expect("an id"), "bureau".parse().expect("an id"));
    let step = Item::draft(id, organ, "work_news".to_owned(), content, &clerk(), at(NOON));
    step.expect("a draft").item
}

pub(crate) fn event(thing: &str, act: &str) -> Event {
    Event {
        at: at(NOON),
        actor: "clerk".to_owned(),
        actor_name: "王某".to_owned(),
        origin: "local".to_owned(),
        organ: "bureau".to_owned(),
        act: act.to_owned(),
        thing: thing.to_owned(),
        before: String::new(),
        after: "{}".to_owned(),
        reason: "引号“'”与 NUL 之外的一切".to_owned(),
    }
}

/// One organ and one clerk in it.
pub(crate) async fn furnish(store: &Store) {
    let mut transaction = store.begin().await.expect("begins");
    organs::save(&mut transaction, &organ("bureau", 1)).await.expect("saved");
    people::add(&mut transaction, &account("clerk")).await.expect("added");
    transaction.commit().await.expect("lasts");
}
