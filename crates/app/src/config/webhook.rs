//! Settings of reminders to a system of the office (a message platform, an OA): one POST a reminder. The
//! secret stands in the environment (`GONGKAI_WEBHOOK_SECRET`), never here.

use serde::{Deserialize, Serialize};

/// What the signature is made with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WebhookSignature {
    /// HMAC with SHA-256.
    #[default]
    HmacSha256,
    /// HMAC with SM3 (GB/T 32905).
    HmacSm3,
}

/// Reminders to a webhook; off while `address` is empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhook {
    /// Where to; as the settings give it, so an address inside is allowed.
    pub address: String,
    /// `hmac-sha256` or `hmac-sm3`.
    pub signature: WebhookSignature,
}

impl Webhook {
    /// Whether reminders go out to it.
    pub fn is_on(&self) -> bool {
        !self.address.is_empty()
    }

    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        let is_address =
            ["https://", "http://"].iter().any(|start| self.address.starts_with(start));
        if self.is_on() && !is_address {
            return Err("webhook.address 应以 https:// 或 http:// 开头".to_owned());
        }
        Ok(())
    }
}
