//! The second factor at sign-in: a half session waits for a code, a full one takes its place.

use super::{SignedIn, add_session, is_over, log, look_at_lock, note_failure};
use crate::accounts::second_factor::accepts;
use crate::vault::TOTP;
use crate::{App, AppError, secret};
use gongkai_store::people::{self, Account};
use gongkai_store::sessions::{self, Session};
use gongkai_store::{Db, events};

/// Somebody whose password was right and whose code is waited for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Half {
    /// What the form carries.
    pub form_token: String,
}

async fn find(app: &App, db: &mut Db, token: &str) -> Result<Option<Session>, AppError> {
    let found = sessions::find(db, &secret::kept_name(token)).await?;
    let now = app.clock.now();
    Ok(found.filter(|session| !session.second_factor && !is_over(app, session, now)))
}

/// The half session of this token; `None` when there is none or its time is over.
///
/// # Errors
/// When the store fails.
pub async fn half(app: &App, token: &str) -> Result<Option<Half>, AppError> {
    let session = find(app, &mut *app.store.reader().await?, token).await?;
    Ok(session.map(|session| Half { form_token: session.form_token }))
}

/// Gives the code of the second factor, or a recovery code; the session goes on under a new token.
///
/// # Errors
/// When no code is waited for, it is wrong or used, or too many tries failed.
pub async fn give_code(
    app: &App,
    token: &str,
    code: &str,
    origin: &str,
) -> Result<SignedIn, AppError> {
    let over = || AppError::Forbidden("登录已过期，请重新输入登录名和密码".to_owned());
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let session = find(app, &mut transaction, token).await?.ok_or_else(over)?;
    let account = people::find(&mut transaction, &session.person).await?;
    let mut account = account.filter(|account| !account.disabled).ok_or_else(over)?;
    look_at_lock(&account, app.clock.now())?;
    if !accepts(app, &mut transaction, &account, code).await? {
        note_failure(app, transaction, account, "account.failed_second_factor", origin).await?;
        let message = "验证码不对或已经用过，请输入验证器上新显示的 6 位数字，或一个未用过的恢复码";
        return Err(AppError::Forbidden(message.to_owned()));
    }
    seal_anew(app, &mut account);
    account.n_failures = 0;
    people::save(&mut transaction, &account).await?;
    sessions::remove(&mut transaction, &session.token_digest).await?;
    let token = add_session(app, &mut transaction, &account, true).await?;
    log(app, &mut transaction, "account.second_factor", &account, origin).await?;
    transaction.commit().await?;
    Ok(SignedIn { token, asks_second_factor: false })
}

/// Seals a secret that stands open from before it was sealed, or under an older key. One that does not
/// open is left: a recovery code let its owner in.
fn seal_anew(app: &App, account: &mut Account) {
    let person = account.person.as_str();
    let Some(kept) = account.totp_secret.as_ref().filter(|kept| !app.vault.is_newest(kept)) else {
        return;
    };
    if let Ok(secret) = app.vault.unseal_or_plain(&TOTP, person, kept) {
        account.totp_secret = Some(app.vault.seal(&TOTP, person, &secret));
    }
}
