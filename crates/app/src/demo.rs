//! The demonstration: an invented county with its organs, people and items, made through the same
//! actions that people use.

mod bulk;
mod bulk_requests;
mod county;
mod deeds;
mod life;
mod plan;
mod reports;
mod requests;

pub use bulk::grow;
pub use bulk_requests::grow_requests;

use crate::sign_in::hash;
use crate::{App, AppError, secret};
use gongkai_domain::access::Post;
use gongkai_domain::id::PersonId;
use gongkai_store::people::{self, Account, HeldPost};
use gongkai_store::{StoreError, organs, settings};
use jiff::Timestamp;

/// The password of every person of the demonstration; every page says that it is one.
pub const PASSWORD: &str = "Gongkai-demo-1";

/// The setting that says how far the demonstration is filled.
const SETTING: &str = "demo";
const FILLED: &str = "filled";

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
    let state = settings::get(&mut reader, SETTING).await?;
    let n_people = people::count(&mut reader).await?;
    drop(reader);
    match state.as_deref() {
        Some(FILLED) => {}
        Some(_) => {
            let message =
                "上次没有填完演示数据；请删除这个数据目录后重试，或者用 --data 另选一个空目录";
            return Err(AppError::Conflict(message.to_owned()));
        }
        None if 0 < n_people => {
            let message = "数据目录里已有正式数据，不能再填入演示数据；请用 --data 另选一个空目录";
            return Err(AppError::Conflict(message.to_owned()));
        }
        None => make(app).await?,
    }
    Ok(log_ins())
}

/// Notices on opening that the installation holds a demonstration, so that its pages say so.
pub(crate) async fn recognise(app: &App) -> Result<(), StoreError> {
    if settings::get(&mut *app.store.reader().await?, SETTING).await?.is_some() {
        app.call_demo();
    }
    Ok(())
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
    settings::set(&mut transaction, SETTING, "begun").await?;
    transaction.commit().await?;
    app.call_demo();
    life::live(app).await?;
    requests::live(app).await?;
    reports::live(app).await?;
    let mut transaction = app.store.begin().await?;
    settings::set(&mut transaction, SETTING, FILLED).await?;
    Ok(transaction.commit().await?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::start::{Place, open};
    use gongkai_store::items::{By, Filter, counts};

    #[tokio::test]
    async fn the_county_is_whole_varied_and_has_an_organ_that_is_empty() {
        let directory = tempfile::tempdir().unwrap();
        let place = Place { data: directory.path().to_owned(), ..Place::default() };
        let opened = open(&place, Clock::Machine).await.unwrap();
        let log_ins = fill(&opened.app).await.unwrap();
        assert!(log_ins.iter().any(|each| each.login == "commerce-clerk"));
        let mut reader = opened.app.store.reader().await.unwrap();
        let filter = Filter::default();
        let states = counts(&mut reader, &filter, By::State).await.unwrap();
        let n_items: i64 = states.iter().map(|(_, n)| n).sum();
        assert!((140..=200).contains(&n_items), "{n_items}");
        let wanted =
            ["draft", "in_review", "returned", "approved", "scheduled", "withdrawn", "archived"];
        for state in wanted {
            assert!(states.iter().any(|(key, n)| key == state && 0 < *n), "{state}: {states:?}");
        }
        let organs = counts(&mut reader, &filter, By::Organ).await.unwrap();
        assert_eq!(organs.len() + 1, county::organs().len());
        let organs: Vec<_> = county::organs().into_iter().map(|organ| organ.id).collect();
        let requests = gongkai_store::requests::counts(&mut reader, &organs).await.unwrap();
        assert!(requests.iter().all(|(_, n)| 0 < *n), "{requests:?}");
        drop(reader);
        assert_eq!(fill(&opened.app).await.unwrap(), log_ins);
    }
}
