//! Signing in through an identity service (OpenID Connect): authorisation code with PKCE, state and
//! nonce. It tells who somebody is and nothing else: accounts and roles are made here, by people.

mod provider;
#[cfg(test)]
mod tests;
mod token;

pub use provider::Provider;

use crate::sign_in::{SignedIn, begin_session, look_at_lock};
use crate::{App, AppError, secret};
use gongkai_domain::audit::digest;
use gongkai_store::oidc::{self, Request};
use gongkai_store::people::{self, Account};
use gongkai_store::{Transaction, events};
use jiff::SignedDuration;
use token::Claims;

/// How long the other side may take. Our own choice: to find a card and a PIN.
const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// Where the identity service sends people back to.
pub const RETURN: &str = "/sign-in/oidc/return";

/// A sign-in that has begun.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What the browser keeps in a cookie until it comes back.
    pub browser: String,
}

/// What the browser brings back.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Returned {
    /// The state of the address.
    pub state: String,
    /// The code; empty where the other side refused.
    pub code: String,
    /// The cookie.
    pub browser: String,
}

/// Why nobody was let in: one sentence for people; the log has the particulars.
fn refused(reason: &str) -> AppError {
    AppError::Forbidden(format!("统一身份认证没有通过：{reason}"))
}

fn redirect(app: &App) -> String {
    format!("{}{RETURN}", app.config.site.address.trim_end_matches('/'))
}

/// Base64 of the SHA-256, as PKCE wants it.
fn challenge(verifier: &str) -> String {
    use base64::Engine;
    use sha2::Digest;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(verifier))
}

/// Begins.
///
/// # Errors
/// When it is switched off, or the identity service does not answer.
pub async fn begin(app: &App) -> Result<Begun, AppError> {
    let settings = &app.config.oidc;
    if !settings.is_on() {
        return Err(AppError::NotFound("统一身份认证"));
    }
    let now = app.clock.now();
    let known = app.oidc.known(settings, now, false).await?;
    let (state, browser) = (secret::token(), secret::token());
    let (nonce, verifier) = (secret::token(), secret::token());
    let (redirect, challenge) = (redirect(app), challenge(&verifier));
    let query = [
        ("response_type", "code"),
        ("scope", "openid profile"),
        ("client_id", settings.client_id.as_str()),
        ("redirect_uri", redirect.as_str()),
        ("state", state.as_str()),
        ("nonce", nonce.as_str()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let broken = |_| refused("认证平台给出的地址有误");
    let address = reqwest::Url::parse_with_params(&known.authorization_endpoint, query);
    let address = address.map_err(broken)?.to_string();
    let request = Request {
        state_digest: digest(state.as_bytes()),
        browser_digest: digest(browser.as_bytes()),
        nonce,
        verifier,
        expires_at: now + LASTS,
    };
    let mut transaction = app.store.begin().await?;
    oidc::begin(&mut transaction, &request, now).await?;
    transaction.commit().await?;
    Ok(Begun { address, browser })
}

/// Ends: the code is turned into a token, the token is proved, and its person is looked for here.
///
/// # Errors
/// When the sign-in was not begun in this browser, is over or used, the token does not prove, nobody
/// here is meant, or the account is closed.
pub async fn finish(app: &App, back: &Returned, origin: &str) -> Result<SignedIn, AppError> {
    let settings = &app.config.oidc;
    if !settings.is_on() {
        return Err(AppError::NotFound("统一身份认证"));
    }
    let now = app.clock.now();
    let mut transaction = app.store.begin().await?;
    let request = oidc::take(&mut transaction, &digest(back.state.as_bytes())).await?;
    transaction.commit().await?;
    let over = || refused("这次登录已经用过、过期，或者不是在这个浏览器里开始的，请重新登录");
    let is_own = |request: &Request| request.browser_digest == digest(back.browser.as_bytes());
    let request = request.filter(|request| is_own(request) && now <= request.expires_at);
    let request = request.ok_or_else(over)?;
    if back.code.is_empty() {
        return Err(refused("认证平台没有同意，或者您取消了登录"));
    }
    let claims = claims(app, back, &request).await?;
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let account = account(app, &mut transaction, &claims).await?;
    look_at_lock(&account, now)?;
    if account.disabled {
        return Err(AppError::Forbidden("此账号已停用，请联系安全管理员".to_owned()));
    }
    begin_session(app, transaction, account, origin).await
}

async fn claims(app: &App, back: &Returned, request: &Request) -> Result<Claims, AppError> {
    let (settings, now) = (&app.config.oidc, app.clock.now());
    let known = app.oidc.known(settings, now, false).await?;
    let token =
        app.oidc.exchange(settings, &known, &back.code, &redirect(app), &request.verifier).await?;
    let opened = match token::open(&token, &known.keys) {
        // The keys may have been changed since they were read.
        Err(token::Fault::UnknownKey) => {
            token::open(&token, &app.oidc.known(settings, now, true).await?.keys)
        }
        other => other,
    };
    let told = |fault: token::Fault| {
        tracing::warn!("统一身份认证的令牌没有通过：{fault}");
        refused(&fault.to_string())
    };
    let claims = opened.map_err(told)?;
    claims.prove(settings, &request.nonce, now).map_err(told)?;
    Ok(claims)
}

/// The account of a subject: the linked one, or at the first time the one with the login in the claim.
async fn account(
    app: &App,
    transaction: &mut Transaction,
    claims: &Claims,
) -> Result<Account, AppError> {
    let settings = &app.config.oidc;
    let unknown = || refused("本系统没有您的账号，请联系系统管理员开通");
    if let Some(person) = oidc::person(transaction, &settings.issuer, &claims.sub).await? {
        return people::find(transaction, &person).await?.ok_or_else(unknown);
    }
    let login = claims.text(&settings.claim).ok_or_else(unknown)?.trim().to_lowercase();
    let account = people::of_login(transaction, &login).await?.ok_or_else(unknown)?;
    let now = app.clock.now();
    oidc::link(transaction, &settings.issuer, &claims.sub, &account.person, now).await?;
    let thing = format!("person/{}", account.person);
    let mut event = crate::caller::system_event("account.link_oidc", thing, "", now);
    event.after.clone_from(&claims.sub);
    events::append(transaction, event, app.config.audit.algorithm).await?;
    Ok(account)
}
