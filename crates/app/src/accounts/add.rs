//! 新增人员: an account with a one-time password; the roles are given by somebody else.

use super::kept;
use crate::caller::Caller;
use crate::sign_in::hash_off_thread;
use crate::{App, AppError, Problem, secret};
use gongkai_domain::access::Role;
use gongkai_domain::id::PersonId;
use gongkai_store::people::{self, Account};
use gongkai_store::{Transaction, events};
use jiff::Timestamp;

/// Somebody new.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct New {
    /// The name for signing in.
    pub login: String,
    /// The name on pages.
    pub name: String,
}

/// An account that was just made, with the password that is shown once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Added {
    /// Who.
    pub person: PersonId,
    /// The name for signing in.
    pub login: String,
    /// The name on pages.
    pub name: String,
    /// The one-time password.
    pub password: String,
}

/// Looks at what was entered; answers it trimmed, the login in small letters.
pub(super) fn check(new: &New) -> Result<New, AppError> {
    let login = new.login.trim().to_lowercase();
    let name = new.name.trim().to_owned();
    let mut problems = Vec::new();
    let fits = |each: char| {
        each.is_ascii_lowercase() || each.is_ascii_digit() || matches!(each, '-' | '_' | '.')
    };
    if !(2..=40).contains(&login.chars().count()) || !login.chars().all(fits) {
        let message = "登录名用 2 到 40 个小写字母、数字、连字符、下划线或句点".to_owned();
        problems.push(Problem { field: "login", message });
    }
    if name.is_empty() || 40 < name.chars().count() || name.chars().any(char::is_control) {
        let message = "请填写姓名，最多 40 个字".to_owned();
        problems.push(Problem { field: "name", message });
    }
    if problems.is_empty() { Ok(New { login, name }) } else { Err(AppError::Invalid(problems)) }
}

/// A new account whose password must be changed at the first sign-in.
pub(super) async fn account(new: &New, password: &str, now: Timestamp) -> Account {
    Account {
        person: secret::id(now).parse().expect("digits and small letters make an id"),
        login: new.login.clone(),
        name: new.name.clone(),
        password: hash_off_thread(password).await,
        must_change_password: true,
        totp_secret: None,
        n_failures: 0,
        locked_until: Timestamp::UNIX_EPOCH,
        disabled: false,
        created_at: now,
    }
}

/// Adds the account with its event.
pub(super) async fn save(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    account: &Account,
) -> Result<(), AppError> {
    people::add(transaction, account).await?;
    let thing = format!("person/{}", account.person);
    let mut event = caller.event("account.add", thing, "", app.clock.now());
    event.after = kept(account);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

/// Whether the caller adds people.
///
/// # Errors
/// When the caller is no system administrator.
pub fn may_add(caller: &Caller) -> Result<(), AppError> {
    if caller.actor.is_anywhere(Role::SystemAdministrator) {
        return Ok(());
    }
    Err(AppError::Forbidden("人员由系统管理员新增，您没有这个权限".to_owned()))
}

/// Adds somebody.
///
/// # Errors
/// When the caller is no system administrator, the login is taken or cannot be one.
pub async fn add(app: &App, caller: &Caller, new: &New) -> Result<Added, AppError> {
    may_add(caller)?;
    let new = check(new)?;
    let password = secret::readable();
    let account = account(&new, &password, app.clock.now()).await;
    let mut transaction = app.store.begin().await?;
    save(app, &mut transaction, caller, &account).await?;
    transaction.commit().await?;
    Ok(Added { person: account.person, login: new.login, name: new.name, password })
}
