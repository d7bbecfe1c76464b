//! Signing in and out, and who a request is from.

mod failures;
mod password;
mod second;

pub use password::hash;
pub use second::{Half, give_code, half};

pub(crate) use failures::{look_at_lock, note_failure};
pub(crate) use password::{hash_off_thread, verify_off_thread};

use crate::caller::{Caller, system_event};
use crate::{App, AppError, secret};
use gongkai_domain::access::Actor;
use gongkai_store::people::{self, Account};
use gongkai_store::sessions::{self, Session};
use gongkai_store::{Transaction, events};
use jiff::{SignedDuration, Timestamp};

/// A session that has just begun: the token goes into the cookie and is kept nowhere else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// The token for the cookie.
    pub token: String,
    /// Whether the second factor is still asked for.
    pub asks_second_factor: bool,
}

/// Somebody signed in: the caller, and what the forms of the session carry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Current {
    /// Who calls.
    pub caller: Caller,
    /// What every form carries.
    pub form_token: String,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
}

/// The same sentence for a wrong name and a wrong password: nobody learns which names there are.
const WRONG: &str = "登录名或密码不对，请核对后重试";

/// How long the second factor is waited for. Our own choice: to fetch the telephone, not to stay.
const HALF_SESSION: SignedDuration = SignedDuration::from_mins(10);

/// Signs in with name and password.
///
/// # Errors
/// When they do not match, the account is closed, or too many tries failed.
pub async fn sign_in(
    app: &App,
    login: &str,
    password: &str,
    origin: &str,
) -> Result<SignedIn, AppError> {
    let login = login.trim().to_lowercase();
    let account = people::of_login(&mut *app.store.reader().await?, &login).await?;
    let Some(account) = account else {
        // As slow as a wrong password, so that the time tells nothing either.
        verify_off_thread(password, &password::hash_of_nobody()).await;
        return Err(AppError::Forbidden(WRONG.to_owned()));
    };
    look_at_lock(&account, app.clock.now())?;
    let matches = verify_off_thread(password, &account.password).await;
    let mut transaction = app.store.begin().await?;
    // While the password was tried others may have tried too, and administrators acted.
    let fresh = fresh(&mut transaction, &account).await?;
    look_at_lock(&fresh, app.clock.now())?;
    if !matches || fresh.password != account.password {
        note_failure(app, transaction, fresh, "account.failed_sign_in", origin).await?;
        return Err(AppError::Forbidden(WRONG.to_owned()));
    }
    if fresh.disabled {
        return Err(AppError::Forbidden("此账号已停用，请联系安全管理员".to_owned()));
    }
    begin_session(app, transaction, fresh, origin).await
}

/// The account as it is now, which nobody changes until the transaction ends.
async fn fresh(transaction: &mut Transaction, account: &Account) -> Result<Account, AppError> {
    events::stand_in_line(transaction).await?;
    let fresh = people::find(transaction, &account.person).await?;
    fresh.ok_or_else(|| AppError::Forbidden(WRONG.to_owned()))
}

/// Begins a session of somebody whose first proof held; where there is a second factor, half a one.
pub(crate) async fn begin_session(
    app: &App,
    mut transaction: Transaction,
    mut account: Account,
    origin: &str,
) -> Result<SignedIn, AppError> {
    let asks_second_factor = account.totp_secret.is_some();
    if !asks_second_factor {
        // Where a code is still to come, failed codes must go on counting.
        account.n_failures = 0;
        people::save(&mut transaction, &account).await?;
    }
    let token = add_session(app, &mut transaction, &account, !asks_second_factor).await?;
    log(app, &mut transaction, "account.sign_in", &account, origin).await?;
    transaction.commit().await?;
    Ok(SignedIn { token, asks_second_factor })
}

/// Begins a session with a token of its own; one without the second factor lasts shortly.
pub(crate) async fn add_session(
    app: &App,
    transaction: &mut Transaction,
    account: &Account,
    second_factor: bool,
) -> Result<String, AppError> {
    let now = app.clock.now();
    let longest = app.config.sessions.longest();
    let lasts = if second_factor { longest } else { HALF_SESSION };
    let token = secret::token();
    let session = Session {
        token_digest: secret::kept_name(&token),
        person: account.person.clone(),
        form_token: secret::token(),
        second_factor,
        created_at: now,
        seen_at: now,
        expires_at: now + lasts,
    };
    sessions::add(transaction, &session).await?;
    Ok(token)
}

async fn log(
    app: &App,
    transaction: &mut Transaction,
    act: &str,
    account: &Account,
    origin: &str,
) -> Result<(), AppError> {
    let thing = format!("person/{}", account.person);
    let mut event = system_event(act, thing, "", app.clock.now());
    event.actor = account.person.to_string();
    event.actor_name.clone_from(&account.name);
    event.origin = origin.to_owned();
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(())
}

/// Who the token belongs to; `None` when the session is over or not complete.
///
/// # Errors
/// When the store fails.
pub async fn current(app: &App, token: &str, origin: &str) -> Result<Option<Current>, AppError> {
    let now = app.clock.now();
    let mut reader = app.store.reader().await?;
    let Some(session) = sessions::find(&mut reader, &secret::kept_name(token)).await? else {
        return Ok(None);
    };
    if is_over(app, &session, now) || !session.second_factor {
        return Ok(None);
    }
    let Some(account) = people::find(&mut reader, &session.person).await? else {
        return Ok(None);
    };
    if account.disabled {
        return Ok(None);
    }
    let today = app.clock.today();
    let held = people::posts_of(&mut reader, &session.person).await?;
    let posts = held.into_iter().map(|held| held.post).filter(|post| post.is_held_on(today));
    let actor = Actor {
        person: account.person.clone(),
        name: account.name.clone(),
        posts: posts.collect(),
    };
    drop(reader);
    touch(app, &session, now).await?;
    Ok(Some(Current {
        caller: Caller { actor, origin: origin.to_owned() },
        form_token: session.form_token,
        must_change_password: account.must_change_password,
    }))
}

fn is_over(app: &App, session: &Session, now: Timestamp) -> bool {
    session.expires_at <= now || session.seen_at + app.config.sessions.idle() <= now
}

/// A session used twice in a minute is noted once: reading pages must not write.
async fn touch(app: &App, session: &Session, now: Timestamp) -> Result<(), AppError> {
    if now.duration_since(session.seen_at) < SignedDuration::from_mins(1) {
        return Ok(());
    }
    let mut transaction = app.store.begin().await?;
    sessions::touch(&mut transaction, &session.token_digest, now).await?;
    Ok(transaction.commit().await?)
}

/// Ends the session of this token.
///
/// # Errors
/// When the store fails.
pub async fn sign_out(app: &App, token: &str, origin: &str) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let kept = secret::kept_name(token);
    if let Some(session) = sessions::find(&mut transaction, &kept).await? {
        sessions::remove(&mut transaction, &kept).await?;
        if let Some(account) = people::find(&mut transaction, &session.person).await? {
            log(app, &mut transaction, "account.sign_out", &account, origin).await?;
        }
    }
    Ok(transaction.commit().await?)
}

#[cfg(test)]
mod tests;
