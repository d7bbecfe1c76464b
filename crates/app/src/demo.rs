//! The demonstration: an invented county with its organs, people and items, made through the same
//! actions that people use.

mod county;

use crate::caller::Caller;
use crate::items::{self, content_digest};
use crate::sign_in::hash;
use crate::{App, AppError, secret};
use gongkai_domain::access::{Actor, Post, Role};
use gongkai_domain::id::{OrganId, PersonId};
use gongkai_domain::item::Opinion;
use gongkai_domain::review::SecrecyResult;
use gongkai_store::people::{self, Account, HeldPost};
use gongkai_store::{organs, settings};
use jiff::Timestamp;

/// The password of every person of the demonstration; every page says that it is one.
pub const PASSWORD: &str = "Gongkai-demo-1";

/// Somebody who can be tried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogIn {
    /// The name for signing in.
    pub login: String,
    /// Who it is: 县商务局 信息员.
    pub who: String,
}

/// Fills an empty installation; one that is filled already is left as it is. Answers the log-ins.
///
/// # Errors
/// When the installation holds something that is no demonstration, or the store fails.
pub async fn fill(app: &App) -> Result<Vec<LogIn>, AppError> {
    let mut reader = app.store.reader().await?;
    let is_demo = settings::get(&mut reader, "demo").await?.is_some();
    let n_people = people::count(&mut reader).await?;
    drop(reader);
    if !is_demo && 0 < n_people {
        let message = "数据目录里已有正式数据，不能再填入演示数据；请用 --data 另选一个空目录";
        return Err(AppError::Conflict(message.to_owned()));
    }
    if !is_demo {
        make(app).await?;
    }
    Ok(log_ins())
}

fn log_ins() -> Vec<LogIn> {
    let posts = county::posts();
    posts.map(|post| LogIn { login: post.login, who: post.who }).collect()
}

async fn make(app: &App) -> Result<(), AppError> {
    let now = app.clock.now();
    let today = app.clock.today();
    let mut transaction = app.store.begin().await?;
    for organ in county::organs() {
        organs::save(&mut transaction, &organ).await?;
    }
    let password = hash(PASSWORD);
    for demo in county::posts() {
        let person: PersonId = secret::id(now).parse().expect("digits and small letters");
        people::add(&mut transaction, &account(&demo, &person, &password, now)).await?;
        let post = Post {
            organ: demo.organ,
            role: demo.role,
            from: today.saturating_sub(jiff::Span::new().years(3)),
            until: None,
            instead_of: None,
        };
        let held = HeldPost { id: secret::id(now), person, post };
        people::give_post(&mut transaction, &held).await?;
    }
    settings::set(&mut transaction, "demo", "1").await?;
    transaction.commit().await?;
    publish_items(app).await
}

fn account(demo: &county::DemoPost, person: &PersonId, password: &str, now: Timestamp) -> Account {
    Account {
        person: person.clone(),
        login: demo.login.clone(),
        name: demo.name.clone(),
        password: password.to_owned(),
        must_change_password: false,
        totp_secret: None,
        n_failures: 0,
        locked_until: Timestamp::UNIX_EPOCH,
        disabled: false,
        created_at: now,
    }
}

/// Somebody of the demonstration as a caller.
async fn caller(app: &App, organ: &OrganId, role: Role) -> Result<Caller, AppError> {
    let mut reader = app.store.reader().await?;
    let held = people::posts_in(&mut reader, organ).await?;
    let held = held.into_iter().find(|held| held.post.role == role);
    let held = held.ok_or(AppError::NotFound("演示人员"))?;
    let account = people::find(&mut reader, &held.person).await?;
    let account = account.ok_or(AppError::NotFound("演示人员"))?;
    let actor = Actor { person: held.person, name: account.name, posts: vec![held.post] };
    Ok(Caller { actor, origin: "local".to_owned() })
}

async fn publish_items(app: &App) -> Result<(), AppError> {
    let today = app.clock.today();
    for organ in county::organs() {
        let clerk = caller(app, &organ.id, Role::Clerk).await?;
        for (kind, content) in county::contents(&organ, today) {
            let digest = content_digest(&content);
            let item = items::draft::draft(app, &clerk, organ.id.clone(), kind, content).await?;
            items::submit::submit(app, &clerk, &item.id).await?;
            for role in [Role::Reviewer, Role::SecrecyReviewer, Role::Leader] {
                let signer = caller(app, &organ.id, role).await?;
                let opinion = Opinion {
                    text: "同意".to_owned(),
                    secrecy: Some(SecrecyResult::Open),
                    digest: digest.clone(),
                };
                items::review::sign(app, &signer, &item.id, opinion).await?;
            }
            items::publish::publish(app, &clerk, &item.id).await?;
        }
    }
    Ok(())
}
