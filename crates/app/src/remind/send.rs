//! Sending one reminder, at most once: that it leaves is written down before the first byte does. What
//! surely did not arrive is tried again; what nobody can know is left to a person.

use super::digest::{Digest, caller};
use super::{About, Order, mail, push};
use crate::jobs::{Job, Kind, Outcome};
use crate::{App, AppError};
use gongkai_store::reminders;
use jiff::SignedDuration;

/// What came of a try.
pub(super) enum Sent {
    /// It arrived.
    Yes,
    /// It did not, and may later.
    NotNow(String),
    /// It did not and will not.
    Never(String),
    /// Nobody knows.
    Unknown(String),
}

/// A reminder ready to leave.
pub(super) struct Letter<'a> {
    /// Its name, the same for every try.
    pub name: &'a str,
    /// What it is about.
    pub about: About,
    /// What it says.
    pub digest: &'a Digest,
    /// To whom.
    pub to: &'a str,
    /// The person's name on pages.
    pub addressee: &'a str,
}

/// Sends the reminder of a job.
///
/// # Errors
/// When the store fails.
pub(crate) async fn attempt(app: &App, kind: Kind, job: &Job) -> Result<Outcome, AppError> {
    let Some(order) = Order::of(&job.subject) else {
        return Ok(Outcome::Failed("提醒的内容无法识别".to_owned()));
    };
    if order.day != app.clock.today() {
        let why = if job.last_error.is_empty() { "系统没有运行" } else { &job.last_error };
        return Ok(Outcome::Failed(format!("当天没有发出（{why}），已经过期；以后的提醒照常发送")));
    }
    let mut reader = app.store.reader().await?;
    let reach = reminders::of(&mut reader, &order.person).await?;
    let found = caller(app, &mut reader, &order.person).await?;
    drop(reader);
    let by_mail = kind == Kind::RemindByMail;
    let is_on = match by_mail {
        true => app.config.mail.is_on() && !reach.address.is_empty() && !reach.mail_off,
        false => app.config.webhook.is_on() && !reach.push_off,
    };
    let Some(caller) = found.filter(|_| is_on) else { return Ok(Outcome::Done) };
    let Some(digest) = Digest::of(app, &caller, order.about).await? else {
        return Ok(Outcome::Done);
    };
    let name = format!("{}/{}", kind.key(), job.subject);
    let letter = Letter {
        name: &name,
        about: order.about,
        digest: &digest,
        to: if by_mail { &reach.address } else { caller.actor.person.as_str() },
        addressee: &caller.actor.name,
    };
    if by_mail && let Err(reason) = mail::try_connection(app).await {
        return Ok(later(reason));
    }
    if !leaves(app, &name).await? && 1 < job.n_attempts {
        let reason =
            "上一次发送中断，不知道是否送达；为了不重复，不再自动发送，需要重发的请点“重试”";
        return Ok(Outcome::Failed(reason.to_owned()));
    }
    let sent =
        if by_mail { mail::send(app, &letter).await } else { push::send(app, &letter).await };
    match sent {
        Sent::Yes => Ok(Outcome::Done),
        Sent::Unknown(reason) => {
            Ok(Outcome::Failed(format!("不知道是否送达，为了不重复，不再自动发送：{reason}")))
        }
        Sent::NotNow(reason) => {
            stays(app, &name).await?;
            Ok(later(reason))
        }
        Sent::Never(reason) => {
            stays(app, &name).await?;
            Ok(Outcome::Failed(reason))
        }
    }
}

fn later(reason: String) -> Outcome {
    Outcome::Later { reason, wait: SignedDuration::ZERO }
}

async fn leaves(app: &App, name: &str) -> Result<bool, AppError> {
    let mut transaction = app.store.begin().await?;
    let is_first = reminders::leaves(&mut transaction, name, app.clock.now()).await?;
    transaction.commit().await?;
    Ok(is_first)
}

async fn stays(app: &App, name: &str) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    reminders::stays(&mut transaction, name).await?;
    Ok(transaction.commit().await?)
}
