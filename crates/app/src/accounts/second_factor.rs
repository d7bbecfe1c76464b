//! 双因素认证: set up by its owner with a code from the telephone, asked for at every sign-in.

use super::change;
use crate::caller::Caller;
use crate::sign_in::{look_at_lock, note_failure};
use crate::vault::{PENDING_TOTP, TOTP};
use crate::{App, AppError, secret};
use gongkai_domain::id::PersonId;
use gongkai_domain::refusal::Refusal;
use gongkai_store::people::{self, Account};
use gongkai_store::second_factors::{self, SecondFactor};
use gongkai_store::{Transaction, events};
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes there are. Our own choice: enough for years, few enough to print.
const RECOVERY_CODES: usize = 10;

/// A second factor that is being set up: what the telephone reads, and the same to type.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending {
    /// The address in the picture: `otpauth://totp/…`.
    pub address: String,
    /// The secret in base32.
    pub secret: String,
}

fn totp(app: &App, secret: &str, login: &str) -> Result<Totp, AppError> {
    let broken = |_| AppError::Broken("双因素认证的密钥无法读取".to_owned());
    let secret = Secret::try_from_base32(secret).map_err(broken)?;
    let issuer = app.config.site.name.replace(':', " ");
    let builder = Builder::new()
        .with_secret(secret)
        .with_account_name(login.to_owned())
        .with_issuer(Some(issuer));
    builder.build().map_err(|error| AppError::Broken(error.to_string()))
}

/// The step of a right code that is later than the last one taken.
fn step(app: &App, totp: &Totp, code: &str, last_step: i64) -> Option<i64> {
    let seconds = u64::try_from(app.clock.now().as_second()).ok()?;
    let step = i64::try_from(totp.check(code, seconds)?).ok()?;
    (last_step < step).then_some(step)
}

fn typed(code: &str) -> String {
    code.chars().filter(|each| !each.is_whitespace()).collect::<String>().to_lowercase()
}

/// Whether this is a right code that was not used yet; it is used up. The caller of it commits.
pub(crate) async fn accepts(
    app: &App,
    transaction: &mut Transaction,
    account: &Account,
    code: &str,
) -> Result<bool, AppError> {
    let Some(kept) = &account.totp_secret else { return Ok(false) };
    let code = typed(code);
    match app.vault.unseal_or_plain(&TOTP, account.person.as_str(), kept) {
        Ok(secret) => {
            let mut factor = second_factors::find(transaction, &account.person).await?;
            let totp = totp(app, &secret, &account.login)?;
            if let Some(step) = step(app, &totp, &code, factor.last_step) {
                factor.last_step = step;
                second_factors::set(transaction, &account.person, &factor).await?;
                return Ok(true);
            }
        }
        // A recovery code still lets its owner in.
        Err(error) => tracing::error!(person = %account.person, "双因素认证的密钥打不开：{error}"),
    }
    let digest = secret::kept_name(&code);
    Ok(second_factors::use_recovery_code(transaction, &account.person, &digest).await?)
}

async fn own(transaction: &mut Transaction, caller: &Caller) -> Result<Account, AppError> {
    events::stand_in_line(transaction).await?;
    let account = people::find(transaction, &caller.actor.person).await?;
    let account = account.ok_or(AppError::NotFound("这个账号"))?;
    if account.totp_secret.is_some() {
        let reason = "已经启用；要更换手机，请安全管理员先停用，再重新设置";
        return Err(Refusal::new("设置双因素认证", "已启用", reason).into());
    }
    Ok(account)
}

/// Begins: makes a secret that waits for its first code. Beginning again makes another.
///
/// # Errors
/// When the second factor is in use already.
pub async fn begin(app: &App, caller: &Caller) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let account = own(&mut transaction, caller).await?;
    let person = account.person.as_str();
    let pending_secret =
        Some(app.vault.seal(&PENDING_TOTP, person, &Secret::generate().to_base32()));
    let factor = SecondFactor { pending_secret, last_step: 0 };
    second_factors::set(&mut transaction, &account.person, &factor).await?;
    let thing = format!("person/{}", account.person);
    let event = caller.event("account.begin_second_factor", thing, "", app.clock.now());
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

/// What waits for its first code; `None` when nothing was begun.
///
/// # Errors
/// When the store fails.
pub async fn pending(app: &App, caller: &Caller) -> Result<Option<Pending>, AppError> {
    let person: &PersonId = &caller.actor.person;
    let mut reader = app.store.reader().await?;
    let factor = second_factors::find(&mut reader, person).await?;
    let account = people::find(&mut reader, person).await?;
    let account = account.ok_or(AppError::NotFound("这个账号"))?;
    let Some(kept) = factor.pending_secret else { return Ok(None) };
    let secret = app.vault.unseal_or_plain(&PENDING_TOTP, person.as_str(), &kept)?.to_string();
    let totp = totp(app, &secret, &account.login)?;
    let address = totp.to_url().map_err(|error| AppError::Broken(error.to_string()))?;
    Ok(Some(Pending { address, secret }))
}

/// Confirms with a code; the answer is the recovery codes, which are shown once.
///
/// # Errors
/// When nothing was begun, the code is wrong, or too many tries failed.
pub async fn confirm(app: &App, caller: &Caller, code: &str) -> Result<Vec<String>, AppError> {
    let mut transaction = app.store.begin().await?;
    let before = own(&mut transaction, caller).await?;
    look_at_lock(&before, app.clock.now())?;
    let factor = second_factors::find(&mut transaction, &before.person).await?;
    let Some(kept) = factor.pending_secret else {
        let reason = "还没有开始设置，请先点“开始设置”";
        return Err(Refusal::new("启用双因素认证", "未启用", reason).into());
    };
    let person = before.person.as_str();
    let secret = app.vault.unseal_or_plain(&PENDING_TOTP, person, &kept)?;
    let totp = totp(app, &secret, &before.login)?;
    let Some(last_step) = step(app, &totp, &typed(code), factor.last_step) else {
        note_failure(app, transaction, before, "account.failed_second_factor", &caller.origin)
            .await?;
        let message = "验证码不对，请输入验证器上现在显示的 6 位数字；手机的时间要准";
        return Err(AppError::invalid("code", message));
    };
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| secret::readable()).collect();
    let digests: Vec<String> = codes.iter().map(|code| secret::kept_name(code)).collect();
    let factor = SecondFactor { pending_secret: None, last_step };
    second_factors::set(&mut transaction, &before.person, &factor).await?;
    second_factors::set_recovery_codes(&mut transaction, &before.person, &digests).await?;
    let mut after = before.clone();
    after.totp_secret = Some(app.vault.seal(&TOTP, before.person.as_str(), &secret));
    after.n_failures = 0;
    change(app, transaction, caller, "account.confirm_second_factor", &before, &after).await?;
    Ok(codes)
}
