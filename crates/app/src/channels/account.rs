//! Accounts on platforms: 登记, 变更, 关停. A secret goes in and is never shown again.

use super::may_write;
use crate::caller::Caller;
use crate::vault::CHANNEL_ACCOUNT;
use crate::{App, AppError, Problem, secret};
use gongkai_domain::channel::{Account, AccountFields};
use gongkai_domain::id::OrganId;
use gongkai_store::channels::{self, KeptAccount};
use gongkai_store::{Transaction, events};

/// What is filled in: the fields, and the secret where it is new.
#[derive(Clone, Default)]
pub struct Filled {
    /// What is recorded.
    pub fields: AccountFields,
    /// The new secret; empty leaves the old one.
    pub secret: String,
}

fn check(filled: &Filled) -> Result<(), AppError> {
    let problem = |each: gongkai_domain::channel::AccountProblem| Problem {
        field: each.field,
        message: each.message,
    };
    let mut problems: Vec<Problem> = filled.fields.problems().into_iter().map(problem).collect();
    if 1000 < filled.secret.len() {
        let message = "密钥过长，请核对".to_owned();
        problems.push(Problem { field: "secret", message });
    }
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

fn sealed(app: &App, id: &str, secret: &str) -> String {
    app.vault.seal(&CHANNEL_ACCOUNT, id, secret.trim())
}

async fn log(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    act: &str,
    before: Option<&Account>,
    after: &Account,
) -> Result<(), AppError> {
    let text = |account: &Account| {
        serde_json::to_string(account).expect("an account has text keys and finite numbers")
    };
    let thing = format!("account/{}", after.id);
    let mut event = caller.event(act, thing, after.organ.as_str(), app.clock.now());
    event.before = before.map(text).unwrap_or_default();
    event.after = text(after);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

/// 登记.
///
/// # Errors
/// When a field is missing, the organ has an open account there, or the caller may not.
pub async fn open(
    app: &App,
    caller: &Caller,
    organ: OrganId,
    channel: &str,
    filled: Filled,
) -> Result<Account, AppError> {
    may_write(caller, &organ)?;
    check(&filled)?;
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let others = channels::accounts(&mut transaction, std::slice::from_ref(&organ)).await?;
    let others: Vec<Account> = others.into_iter().map(|kept| kept.account).collect();
    let account = Account::open(secret::id(now), organ, channel, filled.fields, &others, now)?;
    let sealed = sealed(app, &account.id, &filled.secret);
    channels::add_account(&mut transaction, &account, &sealed).await?;
    log(app, &mut transaction, caller, "account.open", None, &account).await?;
    transaction.commit().await?;
    Ok(account)
}

async fn kept(
    transaction: &mut Transaction,
    caller: &Caller,
    id: &str,
) -> Result<KeptAccount, AppError> {
    let kept = channels::account(transaction, id).await?;
    let kept = kept.ok_or(AppError::NotFound("这个账号"))?;
    may_write(caller, &kept.account.organ).map_err(|_| AppError::NotFound("这个账号"))?;
    Ok(kept)
}

/// 变更.
///
/// # Errors
/// When a field is missing, the account is closed, or the caller may not.
pub async fn change(
    app: &App,
    caller: &Caller,
    id: &str,
    filled: Filled,
) -> Result<Account, AppError> {
    check(&filled)?;
    let mut transaction = app.store.begin().await?;
    let mut kept = kept(&mut transaction, caller, id).await?;
    let before = kept.account.clone();
    kept.account = kept.account.change(filled.fields)?;
    if !filled.secret.trim().is_empty() {
        kept.sealed = sealed(app, id, &filled.secret);
    }
    channels::save_account(&mut transaction, &kept).await?;
    log(app, &mut transaction, caller, "account.change", Some(&before), &kept.account).await?;
    transaction.commit().await?;
    forget_token(app, id);
    Ok(kept.account)
}

/// 关停: its secret goes.
///
/// # Errors
/// When it is closed already, the note is empty, or the caller may not.
pub async fn close(app: &App, caller: &Caller, id: &str, note: &str) -> Result<Account, AppError> {
    let mut transaction = app.store.begin().await?;
    let mut kept = kept(&mut transaction, caller, id).await?;
    let before = kept.account.clone();
    let by = caller.actor.person.clone();
    kept.account = kept.account.close(note, by, app.clock.today())?;
    kept.sealed = String::new();
    channels::save_account(&mut transaction, &kept).await?;
    log(app, &mut transaction, caller, "account.close", Some(&before), &kept.account).await?;
    transaction.commit().await?;
    forget_token(app, id);
    Ok(kept.account)
}

fn forget_token(app: &App, id: &str) {
    let tokens = &app.outlets.tokens;
    tokens.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(id);
}
