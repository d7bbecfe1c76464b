//! To a webhook: one signed POST of JSON a reminder, for a message platform of the office to hand on.

use super::About;
use super::send::{Letter, Sent};
use crate::config::WebhookSignature;
use crate::{App, secret};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use sm3::Sm3;

/// The signature of a body, over `id.seconds.body`, in hexadecimal, with the name of its kind.
pub(super) fn signature(kind: WebhookSignature, secret: &str, text: &str) -> String {
    const ANY: &str = "a key of any length will do";
    let bytes: Vec<u8> = match kind {
        WebhookSignature::HmacSha256 => {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect(ANY);
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        WebhookSignature::HmacSm3 => {
            let mut mac = Hmac::<Sm3>::new_from_slice(secret.as_bytes()).expect(ANY);
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
    };
    let name = match kind {
        WebhookSignature::HmacSha256 => "v1",
        WebhookSignature::HmacSm3 => "v1-sm3",
    };
    format!("{name}={}", gongkai_domain::audit::hexadecimal(&bytes))
}

fn body(app: &App, letter: &Letter<'_>, id: &str) -> String {
    let digest = letter.digest;
    let about = if letter.about == About::Digest { "digest" } else { "red" };
    let address = app.config.site.address.trim_end_matches('/');
    json!({
        "id": id,
        "event": about,
        "day": app.clock.today().to_string(),
        "person": { "login": letter.to, "name": letter.addressee },
        "counts": {
            "late": digest.late,
            "today": digest.today,
            "soon": digest.soon,
            "waiting": digest.waiting,
            "items": digest.items,
            "others": digest.others,
        },
        "cases": digest.cases,
        "title": digest.subject(&app.config.site.name, letter.about),
        "address": format!("{address}/work"),
    })
    .to_string()
}

/// Sends one.
pub(super) async fn send(app: &App, letter: &Letter<'_>) -> Sent {
    let settings = &app.config.webhook;
    let secret = &app.reminder_secrets.webhook;
    if secret.is_empty() {
        let reason = "设置了 webhook.address，而环境变量 GONGKAI_WEBHOOK_SECRET 没有密钥";
        return Sent::NotNow(reason.to_owned());
    }
    let Some(client) = app.outlets.to_set_addresses() else {
        return Sent::NotNow("对外连接不能使用，请查看运行日志".to_owned());
    };
    let id = secret::kept_name(letter.name);
    let body = body(app, letter, &id);
    let seconds = app.clock.now().as_second();
    let signed = signature(settings.signature, secret, &format!("{id}.{seconds}.{body}"));
    let sent = client
        .post(&settings.address)
        .header("content-type", "application/json")
        .header("x-gongkai-id", &id)
        .header("x-gongkai-timestamp", seconds.to_string())
        .header("x-gongkai-signature", signed)
        .body(body)
        .send()
        .await;
    let status = match sent {
        Ok(answer) => answer.status(),
        Err(error) if error.is_connect() || error.is_builder() => {
            return Sent::NotNow("推送地址连接不上，请核对 webhook.address".to_owned());
        }
        Err(error) => return Sent::Unknown(format!("推送中断：{}", error.without_url())),
    };
    let reason = format!("推送地址应答 {}", status.as_u16());
    if status.is_success() {
        Sent::Yes
    } else if matches!(status.as_u16(), 425 | 429 | 503) {
        Sent::NotNow(reason)
    } else if status.is_server_error() || status.as_u16() == 408 {
        // It may have been handed on before the answer failed.
        Sent::Unknown(reason)
    } else {
        Sent::Never(format!("{reason}，请与对方核对地址和密钥"))
    }
}
