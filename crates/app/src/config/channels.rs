//! Settings of the channels beside the site: addresses of platforms, time limits, the export folder.

use serde::{Deserialize, Serialize};

/// Channels beside the site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channels {
    /// Whether webhooks may go to addresses of this machine and of private networks.
    pub private_addresses: bool,
    /// How long one request may take, in seconds.
    pub timeout_seconds: u16,
    /// The address of the interface of 微信公众平台.
    pub wechat_address: String,
    /// The address of the interface of 微博.
    pub weibo_address: String,
    /// The folder of the file export; empty means `export` in the data directory.
    pub folder: String,
}

impl Default for Channels {
    fn default() -> Self {
        Self {
            private_addresses: false,
            timeout_seconds: 15,
            wechat_address: "https://api.weixin.qq.com".to_owned(),
            weibo_address: "https://api.weibo.com".to_owned(),
            folder: String::new(),
        }
    }
}

impl Channels {
    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        if !(1..=60).contains(&self.timeout_seconds) {
            return Err("channels.timeout_seconds 应在 1 到 60 之间".to_owned());
        }
        let addresses = [
            ("channels.wechat_address", &self.wechat_address),
            ("channels.weibo_address", &self.weibo_address),
        ];
        for (field, address) in addresses {
            if !address.starts_with("http://") && !address.starts_with("https://") {
                return Err(format!("{field} 应以 http:// 或 https:// 开头"));
            }
        }
        Ok(())
    }
}
