//! 推送接口: one POST of JSON, signed, to an address that the organ gave.

use super::{Advance, Outlet, Parcel, Reached, guard, unreachable};
use futures::future::BoxFuture;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write;

/// Sends to a webhook.
pub struct Webhook<'c> {
    /// The connections.
    pub client: &'c reqwest::Client,
    /// Whether private addresses are allowed.
    pub private_addresses: bool,
}

/// The signature of a body: HMAC-SHA256 over `id.seconds.body`, in hexadecimal.
pub fn signature(secret: &str, id: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length will do");
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    mac.finalize().into_bytes().iter().fold(String::from("v1="), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Webhook<'_> {
    async fn post(&self, parcel: &Parcel) -> Advance {
        let address = &parcel.account.address;
        if let Some(reason) = guard::refused(address, self.private_addresses) {
            return Advance::failed(reason);
        }
        let body = serde_json::to_string(parcel).expect("a parcel has text keys");
        let seconds = parcel.now.as_second();
        let sent = self
            .client
            .post(address)
            .header("content-type", "application/json")
            .header("x-gongkai-id", &parcel.id)
            .header("x-gongkai-timestamp", seconds.to_string())
            .header("x-gongkai-signature", signature(&parcel.secret.0, &parcel.id, seconds, &body))
            .body(body)
            .send()
            .await;
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) => return Advance::later(unreachable(error)),
        };
        let status = answer.status();
        if status.is_success() {
            return Advance::Sent { outside_id: parcel.id.clone(), address: String::new() };
        }
        let reason = format!("对方应答 {}", status.as_u16());
        if status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429) {
            return Advance::later(reason);
        }
        if status.is_redirection() {
            return Advance::failed(format!(
                "{reason}：要求转到别的地址，请把接口地址改为最终地址"
            ));
        }
        Advance::failed(format!("{reason}：对方拒绝接收，请与对方核对接口地址和密钥"))
    }
}

impl Outlet for Webhook<'_> {
    fn advance<'a>(&'a self, parcel: &'a Parcel, _: Option<&'a Reached>) -> BoxFuture<'a, Advance> {
        Box::pin(self.post(parcel))
    }

    fn unsure_step(&self) -> Option<&'static str> {
        None // The other side knows a repetition by its id.
    }
}
