//! Settings of disclosure requests: what the law leaves to the organ, and where it is not clear.

use serde::{Deserialize, Serialize};

/// Disclosure requests.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Requests {
    /// Whether the automatic receipt of the site counts as confirmation by both sides (条例 31(3)), so
    /// that a request on line is received the day it is sent.
    pub receipt_confirms: bool,
    /// Whether reconsideration comes first where no answer came in time: 行政复议法 23(1)(3) against
    /// 法释〔2025〕8号 第二条.
    pub silence_review_first: bool,
    /// The court that answers name; empty until it is given.
    pub court: String,
    /// The reviewing body that answers name, where the tree of organs does not tell.
    pub reviewing_body: String,
    /// The address of the internet channel for reconsideration; empty until it is given.
    pub review_channel: String,
}

impl Default for Requests {
    fn default() -> Self {
        Self {
            receipt_confirms: true,
            silence_review_first: true,
            court: String::new(),
            reviewing_body: String::new(),
            review_channel: String::new(),
        }
    }
}

impl Requests {
    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        let address = &self.review_channel;
        let is_address = address.starts_with("http://") || address.starts_with("https://");
        if !address.is_empty() && !is_address {
            return Err("requests.review_channel 应以 http:// 或 https:// 开头".to_owned());
        }
        Ok(())
    }
}
