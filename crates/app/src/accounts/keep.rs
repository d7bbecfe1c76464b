//! What the security administrator does with accounts: reset, unlock, close, open again, switch the
//! second factor off.

use super::{change, load};
use crate::caller::Caller;
use crate::sign_in::hash_off_thread;
use crate::{App, AppError, secret};
use gongkai_domain::access::Role;
use gongkai_domain::id::PersonId;
use gongkai_store::{second_factors, sessions};
use jiff::Timestamp;

const ROLE: Role = Role::SecurityAdministrator;

/// Resets the password; answers the one-time password that is shown once. Every session ends.
///
/// # Errors
/// When the caller may not act on this account.
pub async fn reset_password(
    app: &App,
    caller: &Caller,
    person: &PersonId,
) -> Result<String, AppError> {
    let password = secret::readable();
    let hashed = hash_off_thread(&password).await;
    let mut transaction = app.store.begin().await?;
    let before = load(app, &mut transaction, caller, ROLE, person).await?;
    let mut after = before.clone();
    after.password = hashed;
    after.must_change_password = true;
    after.n_failures = 0;
    after.locked_until = Timestamp::UNIX_EPOCH;
    sessions::remove_of(&mut transaction, person).await?;
    change(app, transaction, caller, "account.reset_password", &before, &after).await?;
    Ok(password)
}

/// Ends the wait after failed tries. Doing it twice is harmless.
///
/// # Errors
/// When the caller may not act on this account.
pub async fn unlock(app: &App, caller: &Caller, person: &PersonId) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let before = load(app, &mut transaction, caller, ROLE, person).await?;
    let mut after = before.clone();
    after.n_failures = 0;
    after.locked_until = Timestamp::UNIX_EPOCH;
    if before == after {
        return Ok(());
    }
    change(app, transaction, caller, "account.unlock", &before, &after).await
}

/// Closes the account and ends its sessions. Doing it twice is harmless.
///
/// # Errors
/// When the caller may not act on this account.
pub async fn disable(app: &App, caller: &Caller, person: &PersonId) -> Result<(), AppError> {
    set_disabled(app, caller, person, true).await
}

/// Opens a closed account again. Doing it twice is harmless.
///
/// # Errors
/// When the caller may not act on this account.
pub async fn enable(app: &App, caller: &Caller, person: &PersonId) -> Result<(), AppError> {
    set_disabled(app, caller, person, false).await
}

async fn set_disabled(
    app: &App,
    caller: &Caller,
    person: &PersonId,
    disabled: bool,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let before = load(app, &mut transaction, caller, ROLE, person).await?;
    if before.disabled == disabled {
        return Ok(());
    }
    let mut after = before.clone();
    after.disabled = disabled;
    sessions::remove_of(&mut transaction, person).await?;
    let act = if disabled { "account.disable" } else { "account.enable" };
    change(app, transaction, caller, act, &before, &after).await
}

/// Switches the second factor off, as when the telephone is lost: it has to be set up anew.
///
/// # Errors
/// When the caller may not act on this account.
pub async fn switch_second_factor_off(
    app: &App,
    caller: &Caller,
    person: &PersonId,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let before = load(app, &mut transaction, caller, ROLE, person).await?;
    if before.totp_secret.is_none() {
        return Ok(());
    }
    let mut after = before.clone();
    after.totp_secret = None;
    second_factors::remove(&mut transaction, person).await?;
    sessions::remove_of(&mut transaction, person).await?;
    change(app, transaction, caller, "account.switch_second_factor_off", &before, &after).await
}
