//! First start: a one-time address makes the first organ and the three administrators' accounts.

use super::add::{self, Added, New};
use super::posts;
use crate::caller::{Caller, system_event};
use crate::organs::{self as organ_acts, Fields};
use crate::{App, AppError, secret};
use gongkai_domain::access::{Actor, Post, Role};
use gongkai_store::people::{self, HeldPost};
use gongkai_store::{Db, Transaction, events, organs, settings};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

const KEY: &str = "setup";

/// How long the address works. Our own choice: a working day and the night before it.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// Under which settings key the digest of the token is kept, and until when it works.
#[derive(Serialize, Deserialize)]
struct Kept {
    digest: String,
    until: Timestamp,
}

/// What is filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filled {
    /// The first organ.
    pub organ: Fields,
    /// 系统管理员, 安全管理员, 审计员.
    pub people: [New; 3],
}

/// The roles of the three, in the order of [`Filled::people`].
pub const ROLES: [Role; 3] =
    [Role::SystemAdministrator, Role::SecurityAdministrator, Role::Auditor];

/// Makes a set-up token when nobody can sign in yet; one made before works no longer.
///
/// # Errors
/// When the store fails.
pub async fn offer(app: &App) -> Result<Option<String>, AppError> {
    let mut transaction = app.store.begin().await?;
    if 0 < people::count(&mut transaction).await? {
        return Ok(None);
    }
    let token = secret::token();
    let now = app.clock.now();
    let kept = Kept { digest: secret::kept_name(&token), until: now + LASTS };
    let text = serde_json::to_string(&kept).expect("a text and an instant");
    settings::set(&mut transaction, KEY, &text).await?;
    let event = system_event("setup.offer", "setup".to_owned(), "", now);
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(Some(token))
}

/// Looks whether this address can still be used.
///
/// # Errors
/// Says why not: there are people already, another address, too late.
pub async fn look(app: &App, token: &str) -> Result<(), AppError> {
    check(app, &mut *app.store.reader().await?, token).await
}

async fn check(app: &App, db: &mut Db, token: &str) -> Result<(), AppError> {
    if 0 < people::count(db).await? {
        return Err(AppError::NotFound("这个地址：系统已经初始化，请直接登录"));
    }
    let kept: Option<Kept> =
        settings::get(db, KEY).await?.and_then(|text| serde_json::from_str(&text).ok());
    let digest = secret::kept_name(token);
    let is_it = |kept: &Kept| bool::from(kept.digest.as_bytes().ct_eq(digest.as_bytes()));
    let Some(kept) = kept.filter(is_it) else {
        let message = "初始化地址不对：请使用最近一次启动时打印的地址，并核对是否复制完整";
        return Err(AppError::Forbidden(message.to_owned()));
    };
    if kept.until <= app.clock.now() {
        let message = "初始化地址已过期（24 小时内有效）：请重新启动程序，使用新打印的地址";
        return Err(AppError::Forbidden(message.to_owned()));
    }
    Ok(())
}

fn check_people(people: &[New; 3]) -> Result<[New; 3], AppError> {
    let [one, two, three] = people;
    let people = [add::check(one)?, add::check(two)?, add::check(three)?];
    let same = |a: &New, b: &New| a.login == b.login || a.name == b.name;
    let [one, two, three] = &people;
    if same(one, two) || same(one, three) || same(two, three) {
        let message = "系统管理员、安全管理员、审计员应是三个不同的人，登录名和姓名不能相同";
        return Err(AppError::invalid("login", message));
    }
    Ok(people)
}

/// Makes the first organ and the three accounts; the answer holds one-time passwords, shown once.
///
/// # Errors
/// When the address cannot be used or something filled in cannot be taken.
pub async fn set_up(
    app: &App,
    token: &str,
    filled: &Filled,
    origin: &str,
) -> Result<Vec<Added>, AppError> {
    look(app, token).await?;
    let people = check_people(&filled.people)?;
    let organ = organ_acts::organ(&filled.organ, None)?;
    let now = app.clock.now();
    let mut made = Vec::new();
    for new in people {
        let password = secret::readable();
        let account = add::account(&new, &password, now).await;
        made.push((account, password));
    }
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    check(app, &mut transaction, token).await?;
    settings::remove(&mut transaction, KEY).await?;
    let caller = nobody(origin);
    organs::save(&mut transaction, &organ).await?;
    organ_acts::log(app, &mut transaction, &caller, "organ.add", None, &organ).await?;
    let mut added = Vec::new();
    for ((account, password), role) in made.into_iter().zip(ROLES) {
        add::save(app, &mut transaction, &caller, &account).await?;
        let from = app.clock.today();
        let post = Post { organ: organ.id.clone(), role, from, until: None, instead_of: None };
        give(app, &mut transaction, &caller, &account, post).await?;
        let people::Account { person, login, name, .. } = account;
        added.push(Added { person, login, name, password });
    }
    transaction.commit().await?;
    app.public_changed();
    Ok(added)
}

async fn give(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    account: &people::Account,
    post: Post,
) -> Result<(), AppError> {
    let held = HeldPost { id: secret::id(app.clock.now()), person: account.person.clone(), post };
    people::give_post(transaction, &held).await?;
    posts::log(app, transaction, caller, "post.give", &held, None).await
}

/// Whoever holds the address: nobody has a name yet.
fn nobody(origin: &str) -> Caller {
    let person = "setup".parse().expect("small letters make an id");
    let actor = Actor { person, name: "初始化".to_owned(), posts: Vec::new() };
    Caller { actor, origin: origin.to_owned() }
}
