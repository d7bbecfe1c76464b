//! Reading people: oneself, the list of the administrators, one person with posts.

pub use gongkai_store::people::HeldPost;

use super::in_scope;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::PersonId;
use gongkai_store::people::{self, Account};
use gongkai_store::{organs, second_factors};
use jiff::Timestamp;

/// A person as pages show it; nothing of it opens an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The name for signing in.
    pub login: String,
    /// The name.
    pub name: String,
    /// Whether signing in is closed.
    pub disabled: bool,
    /// Until when it waits after failed tries; `None` when it does not.
    pub locked_until: Option<Timestamp>,
    /// Whether the password must be changed first.
    pub must_change_password: bool,
    /// Whether a second factor is asked for.
    pub second_factor: bool,
    /// How many recovery codes are left; counted only where one person is shown.
    pub recovery_codes: i64,
    /// The posts, past and future ones too.
    pub posts: Vec<HeldPost>,
}

fn person(app: &App, account: Account, posts: Vec<HeldPost>) -> Person {
    let now = app.clock.now();
    Person {
        id: account.person,
        login: account.login,
        name: account.name,
        disabled: account.disabled,
        locked_until: Some(account.locked_until).filter(|until| now < *until),
        must_change_password: account.must_change_password,
        second_factor: account.totp_secret.is_some(),
        recovery_codes: 0,
        posts,
    }
}

/// What the caller may do with people at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct May {
    /// 系统管理员: adds people and organs.
    pub add: bool,
    /// 安全管理员: gives roles, resets, unlocks, closes.
    pub keep: bool,
}

/// What the caller may do with people at all.
pub fn may(caller: &Caller) -> May {
    May {
        add: caller.actor.is_anywhere(Role::SystemAdministrator),
        keep: caller.actor.is_anywhere(Role::SecurityAdministrator),
    }
}

fn ask(caller: &Caller) -> Result<(), AppError> {
    let may = may(caller);
    if may.add || may.keep {
        return Ok(());
    }
    let message = "人员由系统管理员和安全管理员管理，您没有这个权限".to_owned();
    Err(AppError::Forbidden(message))
}

fn is_seen(
    app: &App,
    caller: &Caller,
    organs: &[gongkai_domain::organ::Organ],
    posts: &[HeldPost],
) -> bool {
    [Role::SystemAdministrator, Role::SecurityAdministrator]
        .into_iter()
        .any(|role| in_scope(app, caller, role, organs, posts))
}

/// The people whom the caller administers and whose name or login holds `wanted`.
///
/// # Errors
/// When the caller is no administrator, or the store fails.
pub async fn list(app: &App, caller: &Caller, wanted: &str) -> Result<Vec<Person>, AppError> {
    ask(caller)?;
    let mut reader = app.store.reader().await?;
    let organs = organs::all(&mut reader).await?;
    let mut posts = people::all_posts(&mut reader).await?;
    let mut found = Vec::new();
    for account in people::all(&mut reader).await? {
        let own: Vec<HeldPost> =
            posts.extract_if(.., |held| held.person == account.person).collect();
        let fits = account.name.contains(wanted) || account.login.contains(wanted);
        if fits && is_seen(app, caller, &organs, &own) {
            found.push(person(app, account, own));
        }
    }
    Ok(found)
}

/// One person whom the caller administers.
///
/// # Errors
/// When there is none such, or the store fails.
pub async fn one(app: &App, caller: &Caller, id: &PersonId) -> Result<Person, AppError> {
    ask(caller)?;
    let found = find(app, id).await?;
    let organs = app.organs().await?;
    if is_seen(app, caller, &organs, &found.posts) {
        return Ok(found);
    }
    Err(AppError::NotFound("这个人"))
}

async fn find(app: &App, id: &PersonId) -> Result<Person, AppError> {
    let mut reader = app.store.reader().await?;
    let account = people::find(&mut reader, id).await?.ok_or(AppError::NotFound("这个人"))?;
    let posts = people::posts_of(&mut reader, id).await?;
    let mut found = person(app, account, posts);
    found.recovery_codes = second_factors::count_recovery_codes(&mut reader, id).await?;
    Ok(found)
}

/// A colleague to whom work can be handed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
}

/// Oneself, with what was handed over and the colleagues it can be handed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Own {
    /// Oneself; among the posts those handed over by others.
    pub person: Person,
    /// What one handed over to others.
    pub handed_over: Vec<HeldPost>,
    /// The colleagues of the organs one works in.
    pub colleagues: Vec<Colleague>,
    /// Names of everybody on both sides of a delegation.
    pub names: Vec<Colleague>,
}

/// Oneself.
///
/// # Errors
/// When the store fails.
pub async fn own(app: &App, caller: &Caller) -> Result<Own, AppError> {
    let id = &caller.actor.person;
    let person = find(app, id).await?;
    let today = app.clock.today();
    let mut reader = app.store.reader().await?;
    let (mut handed_over, mut colleagues, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let mut wanted: Vec<PersonId> =
        person.posts.iter().filter_map(|held| held.post.instead_of.clone()).collect();
    let mut organs: Vec<_> = person.posts.iter().map(|held| held.post.organ.clone()).collect();
    organs.sort();
    organs.dedup();
    for organ in organs {
        for held in people::posts_in(&mut reader, &organ).await? {
            let works = !held.post.role.is_administrator()
                && held.post.instead_of.is_none()
                && held.post.is_held_on(today);
            if held.post.instead_of.as_ref() == Some(id) {
                wanted.push(held.person.clone());
                handed_over.push(held);
            } else if works && held.person != *id {
                colleagues.push(held.person);
            }
        }
    }
    colleagues.sort();
    colleagues.dedup();
    let mut named = Vec::new();
    for id in colleagues {
        let found = people::find(&mut reader, &id).await?.filter(|account| !account.disabled);
        named.extend(found.map(|account| Colleague { id, name: account.name }));
    }
    for id in wanted {
        let found = people::find(&mut reader, &id).await?;
        names.extend(found.map(|account| Colleague { id, name: account.name }));
    }
    Ok(Own { person, handed_over, colleagues: named, names })
}
