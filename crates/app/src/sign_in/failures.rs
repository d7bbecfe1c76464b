//! Failed tries: after some, further ones wait, and the wait doubles.

use super::log;
use crate::{App, AppError};
use gongkai_store::Transaction;
use gongkai_store::people::{self, Account};
use jiff::{SignedDuration, Timestamp};

/// Refuses while the account waits after failed tries.
pub(crate) fn look_at_lock(account: &Account, now: Timestamp) -> Result<(), AppError> {
    if account.locked_until <= now {
        return Ok(());
    }
    let seconds = account.locked_until.duration_since(now).as_secs() + 1;
    Err(AppError::Forbidden(format!("登录失败次数过多，请 {seconds} 秒后再试")))
}

/// Counts a failed try with its event, and makes both last.
pub(crate) async fn note_failure(
    app: &App,
    mut transaction: Transaction,
    mut account: Account,
    act: &str,
    origin: &str,
) -> Result<(), AppError> {
    account.n_failures += 1;
    let rules = &app.config.passwords;
    let over = account.n_failures - i64::from(rules.tries);
    if 0 <= over {
        let doubled = i64::from(rules.first_wait_seconds).saturating_mul(1 << over.min(20));
        let seconds = doubled.min(i64::from(rules.longest_wait_seconds));
        account.locked_until = app.clock.now() + SignedDuration::from_secs(seconds);
    }
    people::save(&mut transaction, &account).await?;
    log(app, &mut transaction, act, &account, origin).await?;
    Ok(transaction.commit().await?)
}
