//! How one is reminded: everybody sets it for oneself, on the page of one's own account.

use crate::caller::Caller;
use crate::config::is_address;
use crate::{App, AppError};
use gongkai_store::{events, reminders};

pub use gongkai_store::reminders::Reach;

/// How the caller is reminded.
///
/// # Errors
/// When the store fails.
pub async fn reach(app: &App, caller: &Caller) -> Result<Reach, AppError> {
    Ok(reminders::of(&mut *app.store.reader().await?, &caller.actor.person).await?)
}

/// Sets how the caller is reminded. The log says that it was set, and keeps no address.
///
/// # Errors
/// When the address is none, or the store fails.
pub async fn set_reach(app: &App, caller: &Caller, wanted: Reach) -> Result<(), AppError> {
    let address = wanted.address.trim().to_owned();
    if !address.is_empty() && !is_address(&address) {
        let message = "邮箱地址有误，应如 wang@example.gov.cn；不要邮件提醒的请留空";
        return Err(AppError::invalid("address", message));
    }
    let wanted = Reach { address, ..wanted };
    let mut transaction = app.store.begin().await?;
    let person = &caller.actor.person;
    let before = reminders::of(&mut transaction, person).await?;
    if before == wanted {
        return Ok(());
    }
    reminders::keep(&mut transaction, person, &wanted).await?;
    let thing = format!("person/{person}");
    let mut event = caller.event("account.set_reminders", thing, "", app.clock.now());
    (event.before, event.after) = (told(&before), told(&wanted));
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

fn told(reach: &Reach) -> String {
    let word = |is_off: bool| if is_off { "关闭" } else { "开启" };
    let address = if reach.address.is_empty() { "没有邮箱" } else { "有邮箱" };
    format!("{address}，邮件{}，推送{}", word(reach.mail_off), word(reach.push_off))
}
