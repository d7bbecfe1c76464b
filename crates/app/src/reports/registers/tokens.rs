//! 接口令牌: the security administrator gives a program leave to send records, and takes it back. The
//! secret is shown once; what is kept of it is its digest.

use super::Batch;
use super::send::Sending;
use crate::accounts::{administers, ask};
use crate::caller::Caller;
use crate::{App, AppError, secret};
use gongkai_domain::access::Role;
use gongkai_domain::organ::Organ;
pub use gongkai_domain::register::token::{RegisterToken, TokenAsked};
use gongkai_store::reports::tokens;
use gongkai_store::{Db, Transaction, events, organs};

const NOT_FOUND: AppError = AppError::NotFound("这个令牌");

/// Marks a secret as ours, so that it is known where it turns up.
const MARK: &str = "gkr_";

/// A token that was just given, with the secret that is shown once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// The token.
    pub token: RegisterToken,
    /// What the program sends.
    pub secret: String,
}

/// The organs for which the caller gives tokens, and the tokens of these.
///
/// # Errors
/// When the caller is no security administrator.
pub async fn list(
    app: &App,
    caller: &Caller,
) -> Result<(Vec<Organ>, Vec<RegisterToken>), AppError> {
    if !caller.actor.is_anywhere(Role::SecurityAdministrator) {
        let message = "接口令牌由安全管理员发放，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    let mut reader = app.store.reader().await?;
    let all = organs::all(&mut reader).await?;
    let is_theirs =
        |organ: &Organ| administers(caller, Role::SecurityAdministrator, &all, &organ.id);
    let theirs: Vec<Organ> = all.iter().filter(|organ| is_theirs(organ)).cloned().collect();
    let mut found = tokens::all(&mut reader).await?;
    found.retain(|token| theirs.iter().any(|organ| organ.id == token.organ));
    Ok((theirs, found))
}

/// Gives a token.
///
/// # Errors
/// When the caller is no security administrator there, or it can be none.
pub async fn give(app: &App, caller: &Caller, asked: TokenAsked) -> Result<Given, AppError> {
    let mut transaction = app.store.begin().await?;
    let organs = organs::all(&mut transaction).await?;
    let known = organs.iter().find(|organ| organ.id == asked.organ);
    if known.is_none_or(|organ| organ.merged_into.is_some()) {
        return Err(AppError::NotFound("这个机关"));
    }
    ask(caller, Role::SecurityAdministrator, &organs, &asked.organ)?;
    let now = app.clock.now();
    let made = (caller.actor.name.clone(), now);
    let token = RegisterToken::new(secret::id(now), asked, made, app.clock.today())
        .map_err(|fault| AppError::invalid(fault.field(), fault.to_string()))?;
    let secret = format!("{MARK}{}", secret::token());
    tokens::add(&mut transaction, &token, &secret::kept_name(&secret)).await?;
    log(app, &mut transaction, caller, "register.give_token", &token).await?;
    transaction.commit().await?;
    Ok(Given { token, secret })
}

/// Takes a token back.
///
/// # Errors
/// When it is not there or was taken back, or the caller is no security administrator there.
pub async fn revoke(app: &App, caller: &Caller, id: &str) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let token = tokens::find(&mut transaction, id).await?.ok_or(NOT_FOUND)?;
    let organs = organs::all(&mut transaction).await?;
    if !administers(caller, Role::SecurityAdministrator, &organs, &token.organ) {
        return Err(NOT_FOUND);
    }
    if token.revoked.is_some() {
        return Err(AppError::Conflict("这个令牌已经撤销".to_owned()));
    }
    tokens::revoke(&mut transaction, id, &caller.actor.name, app.clock.now()).await?;
    log(app, &mut transaction, caller, "register.revoke_token", &token).await?;
    Ok(transaction.commit().await?)
}

/// What the audit log keeps of a token: not its secret, nor the digest of it.
async fn log(
    app: &App,
    transaction: &mut Transaction,
    caller: &Caller,
    act: &str,
    token: &RegisterToken,
) -> Result<(), AppError> {
    let thing = format!("register-token/{}", token.id);
    let mut event = caller.event(act, thing, token.organ.as_str(), app.clock.now());
    event.after = serde_json::json!({
        "name": token.name,
        "registers": token.registers,
        "expires_on": token.expires_on.to_string(),
    })
    .to_string();
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

/// The good token of a secret: one that lives, of an organ that was not merged away.
pub(super) async fn of_secret(
    app: &App,
    db: &mut Db,
    secret: &str,
) -> Result<Option<RegisterToken>, AppError> {
    let today = app.clock.today();
    let found = tokens::by_digest(db, &secret::kept_name(secret)).await?;
    let Some(token) = found.filter(|token| token.is_good_on(today)) else { return Ok(None) };
    let organ = organs::find(db, &token.organ).await?;
    let is_merged = |organ: Organ| organ.merged_into.is_some_and(|(_, from)| from <= today);
    Ok((!organ.is_none_or(is_merged)).then_some(token))
}

/// Notes with a batch what brought it.
pub(super) async fn note(
    transaction: &mut Transaction,
    sending: Sending<'_>,
    batch: &Batch,
) -> Result<(), AppError> {
    let noted = tokens::Sending {
        token: sending.token.id.clone(),
        key: sending.key.to_owned(),
        body: sending.body.to_owned(),
        batch: batch.id.clone(),
        at: batch.made_at,
    };
    Ok(tokens::note(transaction, &noted).await?)
}
