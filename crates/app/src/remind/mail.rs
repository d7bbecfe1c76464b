//! By mail: a reminder is handed to the SMTP server of the settings.

use super::send::{Letter, Sent};
use crate::config::{Mail, MailTls};
use crate::{App, secret};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

type Transport = AsyncSmtpTransport<Tokio1Executor>;

fn transport(app: &App) -> Result<Transport, String> {
    let settings: &Mail = &app.config.mail;
    let tls = match settings.tls {
        MailTls::None => Tls::None,
        kind => {
            let parameters = TlsParameters::new(settings.host.clone())
                .map_err(|error| format!("TLS 不能使用：{error}"))?;
            match kind {
                MailTls::Starttls => Tls::Required(parameters),
                _ => Tls::Wrapper(parameters),
            }
        }
    };
    let builder = Transport::builder_dangerous(&settings.host)
        .port(settings.port())
        .tls(tls)
        .timeout(Some(Duration::from_secs(settings.timeout_seconds.into())));
    if settings.user.is_empty() {
        return Ok(builder.build());
    }
    let password = app.reminder_secrets.smtp_password.clone();
    if password.is_empty() {
        let reason = "设置了 mail.user，而环境变量 GONGKAI_SMTP_PASSWORD 没有口令";
        return Err(reason.to_owned());
    }
    Ok(builder.credentials(Credentials::new(settings.user.clone(), password)).build())
}

/// Connects, signs in and leaves again: whatever fails here left nothing behind.
///
/// # Errors
/// Says why the server cannot be used.
pub(crate) async fn try_connection(app: &App) -> Result<(), String> {
    match transport(app)?.test_connection().await {
        Ok(true) => Ok(()),
        Ok(false) => Err("邮件服务器没有应答，请核对 mail.host 和 mail.port".to_owned()),
        Err(error) => Err(told(&error)),
    }
}

/// What the server or the way to it said, without what was sent.
fn told(error: &Error) -> String {
    let mut reason = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if !reason.contains(&inner_words) {
            reason = format!("{reason}：{inner_words}");
        }
        cause = inner.source();
    }
    format!("邮件服务器：{reason}")
}

fn message(app: &App, letter: &Letter<'_>) -> Result<Message, String> {
    let site = &app.config.site;
    let sender =
        app.config.mail.sender.parse().map_err(|error| format!("发件地址有误：{error}"))?;
    let to = letter.to.parse().map_err(|error| format!("收件地址有误：{error}"))?;
    let domain = app.config.mail.sender.rsplit('@').next().unwrap_or("localhost");
    // The same letter has the same name, so that mail programs know a repetition.
    let id = format!("<{}@{domain}>", secret::kept_name(letter.name));
    let mut message = Message::builder()
        .from(Mailbox::new(Some(site.name.clone()), sender))
        .to(Mailbox::new(None, to))
        .subject(letter.digest.subject(&site.name, letter.about))
        .message_id(Some(id))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.digest.text(letter.addressee, &site.address))
        .map_err(|error| format!("邮件无法写成：{error}"))?;
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    message.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
    Ok(message)
}

/// Sends one.
pub(super) async fn send(app: &App, letter: &Letter<'_>) -> Sent {
    let message = match message(app, letter) {
        Ok(message) => message,
        Err(reason) => return Sent::Never(reason),
    };
    let transport = match transport(app) {
        Ok(transport) => transport,
        Err(reason) => return Sent::NotNow(reason),
    };
    match transport.send(message).await {
        Ok(_) => Sent::Yes,
        Err(error) if error.is_permanent() => Sent::Never(told(&error)),
        Err(error) if error.is_transient() => Sent::NotNow(told(&error)),
        Err(error) if error.is_client() => Sent::Never(told(&error)),
        Err(error) => Sent::Unknown(told(&error)),
    }
}
