//! Signing in and out, and who a request is from.

use crate::caller::{Caller, system_event};
use crate::{App, AppError, secret};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
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

/// Hashes a password with argon2id.
pub fn hash(password: &str) -> String {
    Argon2::default()
        .hash_password(password.as_bytes())
        .expect("argon2id takes any password with its default cost")
        .to_string()
}

fn matches(password: &str, hashed: &str) -> bool {
    PasswordHash::new(hashed)
        .is_ok_and(|hashed| Argon2::default().verify_password(password.as_bytes(), &hashed).is_ok())
}

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
    let now = app.clock.now();
    let account = people::of_login(&mut *app.store.reader().await?, login.trim()).await?;
    let Some(account) = account else {
        // As slow as a wrong password, so that the time tells nothing either.
        verify_off_thread(password, &hash_of_nobody()).await;
        return Err(AppError::Forbidden(WRONG.to_owned()));
    };
    if now < account.locked_until {
        let seconds = account.locked_until.duration_since(now).as_secs() + 1;
        let message = format!("登录失败次数过多，请 {seconds} 秒后再试");
        return Err(AppError::Forbidden(message));
    }
    if !verify_off_thread(password, &account.password).await {
        note_failure(app, account, origin, now).await?;
        return Err(AppError::Forbidden(WRONG.to_owned()));
    }
    if account.disabled {
        return Err(AppError::Forbidden("此账号已停用，请联系系统管理员".to_owned()));
    }
    begin(app, account, origin, now).await
}

fn hash_of_nobody() -> String {
    static HASH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| hash(&secret::token()));
    HASH.clone()
}

/// Argon2 takes tens of milliseconds on purpose; it must not hold up other requests.
async fn verify_off_thread(password: &str, hashed: &str) -> bool {
    let (password, hashed) = (password.to_owned(), hashed.to_owned());
    tokio::task::spawn_blocking(move || matches(&password, &hashed)).await.unwrap_or(false)
}

async fn note_failure(
    app: &App,
    mut account: Account,
    origin: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    account.n_failures += 1;
    let rules = &app.config.passwords;
    let over = account.n_failures - i64::from(rules.tries);
    if 0 <= over {
        let doubled = i64::from(rules.first_wait_seconds).saturating_mul(1 << over.min(20));
        let seconds = doubled.min(i64::from(rules.longest_wait_seconds));
        account.locked_until = now + SignedDuration::from_secs(seconds);
    }
    let mut transaction = app.store.begin().await?;
    people::save(&mut transaction, &account).await?;
    log(app, &mut transaction, "account.failed_sign_in", &account, origin, now).await?;
    transaction.commit().await?;
    Ok(())
}

async fn begin(
    app: &App,
    mut account: Account,
    origin: &str,
    now: Timestamp,
) -> Result<SignedIn, AppError> {
    let asks_second_factor = account.totp_secret.is_some();
    account.n_failures = 0;
    let token = secret::token();
    let session = Session {
        token_digest: secret::kept_name(&token),
        person: account.person.clone(),
        form_token: secret::token(),
        second_factor: !asks_second_factor,
        created_at: now,
        seen_at: now,
        expires_at: now + app.config.sessions.longest(),
    };
    let mut transaction = app.store.begin().await?;
    people::save(&mut transaction, &account).await?;
    sessions::add(&mut transaction, &session).await?;
    log(app, &mut transaction, "account.sign_in", &account, origin, now).await?;
    transaction.commit().await?;
    Ok(SignedIn { token, asks_second_factor })
}

async fn log(
    app: &App,
    transaction: &mut Transaction,
    act: &str,
    account: &Account,
    origin: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    let mut event = system_event(act, format!("person/{}", account.person), "", now);
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
    let idle_until = session.seen_at + app.config.sessions.idle();
    if session.expires_at <= now || idle_until <= now || !session.second_factor {
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
pub async fn sign_out(app: &App, token: &str) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    sessions::remove(&mut transaction, &secret::kept_name(token)).await?;
    Ok(transaction.commit().await?)
}
