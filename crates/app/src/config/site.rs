//! Settings of the public site: what stands in its head, its foot and its page tags.

use serde::{Deserialize, Serialize};

/// The site.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// The name (page tag `SiteName`).
    pub name: String,
    /// The address people type, without a path (page tag `SiteDomain` is its host).
    pub address: String,
    /// 网站标识码, ten digits (page tag `SiteIDCode`); empty until it is given.
    pub code: String,
    /// 主办单位.
    pub sponsor: String,
    /// How to reach the sponsor.
    pub contact: String,
    /// ICP 备案号; empty until it is given.
    pub icp: String,
    /// 公安备案号; empty until it is given.
    pub police: String,
    /// Where 党政机关网站标识 leads, as it was given with the mark; empty until then.
    pub emblem: String,
    /// Where 我为政府网站找错 leads, as it was given for this site; empty until then.
    pub mistakes: String,
    /// Whether the cookies are sent over HTTPS only.
    pub https: bool,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: "政府信息公开".to_owned(),
            address: "http://127.0.0.1:8080".to_owned(),
            code: String::new(),
            sponsor: String::new(),
            contact: String::new(),
            icp: String::new(),
            police: String::new(),
            emblem: String::new(),
            mistakes: String::new(),
            https: false,
        }
    }
}

impl Site {
    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        if !self.address.starts_with("http://") && !self.address.starts_with("https://") {
            return Err("site.address 应以 http:// 或 https:// 开头".to_owned());
        }
        for (field, value) in [("site.emblem", &self.emblem), ("site.mistakes", &self.mistakes)] {
            if !value.is_empty() && !value.starts_with("http://") && !value.starts_with("https://")
            {
                return Err(format!("{field} 应是以 http:// 或 https:// 开头的地址"));
            }
        }
        let is_code = self.code.len() == 10 && self.code.bytes().all(|each| each.is_ascii_digit());
        if !self.code.is_empty() && !is_code {
            return Err("site.code（网站标识码）应是 10 位数字".to_owned());
        }
        Ok(())
    }

    /// The host of the address: `www.example.gov.cn`.
    pub fn domain(&self) -> &str {
        let rest = self.address.split_once("://").map_or(self.address.as_str(), |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or(rest)
    }
}
