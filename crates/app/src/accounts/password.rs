//! 修改密码: one's own; every session ends and a new one begins.

use super::change;
use crate::caller::Caller;
use crate::sign_in::{
    SignedIn, add_session, hash_off_thread, look_at_lock, note_failure, verify_off_thread,
};
use crate::{App, AppError};
use gongkai_store::{events, people, sessions};

/// What is filled in.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// The password until now.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The new one again.
    pub again: String,
}

fn check(app: &App, filled: &Filled, login: &str) -> Result<(), AppError> {
    if let Some(problem) = app.config.passwords.problem(&filled.new, login) {
        return Err(AppError::invalid("new", problem));
    }
    if filled.new != filled.again {
        return Err(AppError::invalid("again", "两次输入的新密码不一致，请重新输入"));
    }
    if filled.new == filled.old {
        return Err(AppError::invalid("new", "新密码要与原密码不同"));
    }
    Ok(())
}

/// Changes the caller's own password; the answer is the session that goes on.
///
/// # Errors
/// When the old one is wrong, the new one is against the rules, or too many tries failed.
pub async fn change_own(app: &App, caller: &Caller, filled: &Filled) -> Result<SignedIn, AppError> {
    let person = &caller.actor.person;
    let account = people::find(&mut *app.store.reader().await?, person).await?;
    let account = account.ok_or(AppError::NotFound("这个账号"))?;
    check(app, filled, &account.login)?;
    look_at_lock(&account, app.clock.now())?;
    let matches = verify_off_thread(&filled.old, &account.password).await;
    let hashed = hash_off_thread(&filled.new).await;
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let before = people::find(&mut transaction, person).await?;
    let before = before.ok_or(AppError::NotFound("这个账号"))?;
    look_at_lock(&before, app.clock.now())?;
    if !matches || before.password != account.password {
        note_failure(app, transaction, before, "account.failed_change", &caller.origin).await?;
        return Err(AppError::invalid("old", "原密码不对，请重新输入"));
    }
    let mut after = before.clone();
    after.password = hashed;
    after.must_change_password = false;
    after.n_failures = 0;
    sessions::remove_of(&mut transaction, person).await?;
    let token = add_session(app, &mut transaction, &after, true).await?;
    change(app, transaction, caller, "account.change_password", &before, &after).await?;
    Ok(SignedIn { token, asks_second_factor: false })
}
