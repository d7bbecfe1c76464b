//! Settings of reminders by mail: the server they are handed to. The password stands in the environment
//! (`GONGKAI_SMTP_PASSWORD`), never here.

use serde::{Deserialize, Serialize};

/// How the way to the server is kept from others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// TLS from the first byte (usually port 465).
    #[default]
    Implicit,
    /// Begins in the open and goes over to TLS, or not at all (usually port 587).
    Starttls,
    /// In the open: for a server on the same machine or in the same locked room.
    None,
}

/// Reminders by mail; off while `host` is empty.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The name of the SMTP server.
    pub host: String,
    /// Its port; 0 for the usual one of `tls`.
    pub port: u16,
    /// `implicit`, `starttls` or `none`.
    pub tls: MailTls,
    /// Who signs in there; empty where nobody needs to.
    pub user: String,
    /// The address that reminders come from.
    pub sender: String,
    /// The hour of the working day in China from which the digest is sent, 0 to 23; the webhook keeps to
    /// it, too.
    pub hour: i8,
    /// How long the server may take, in seconds.
    pub timeout_seconds: u32,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 0,
            tls: MailTls::default(),
            user: String::new(),
            sender: String::new(),
            hour: 8,
            timeout_seconds: 20,
        }
    }
}

impl Mail {
    /// Whether reminders go out by mail.
    pub fn is_on(&self) -> bool {
        !self.host.is_empty()
    }

    /// The port that is used.
    pub fn port(&self) -> u16 {
        match (self.port, self.tls) {
            (0, MailTls::Implicit) => 465,
            (0, MailTls::Starttls) => 587,
            (0, MailTls::None) => 25,
            (port, _) => port,
        }
    }

    /// Whether the server is this machine.
    pub fn is_here(&self) -> bool {
        matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1")
    }

    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        if !(0..24).contains(&self.hour) {
            return Err("mail.hour 应为 0 到 23".to_owned());
        }
        if !(1..=120).contains(&self.timeout_seconds) {
            return Err("mail.timeout_seconds 应为 1 到 120".to_owned());
        }
        if !self.is_on() {
            return Ok(());
        }
        if self.host.contains(|sign: char| sign.is_whitespace() || "/@".contains(sign)) {
            return Err("mail.host 只填服务器的域名或者地址，不带 smtp:// 和路径".to_owned());
        }
        if !is_address(&self.sender) {
            return Err("mail.sender 应为发件邮箱地址，如 gongkai@example.gov.cn".to_owned());
        }
        if self.tls == MailTls::None && !self.user.is_empty() && !self.is_here() {
            let reason = "mail.tls 为 none 时不能登录（mail.user），口令会以明文在网上传送";
            return Err(reason.to_owned());
        }
        Ok(())
    }
}

/// Whether a text looks like an address for mail: what the server refuses it says itself.
pub fn is_address(text: &str) -> bool {
    let sign = |sign: char| sign.is_ascii_graphic() && !"<>()[],;:\\\"@".contains(sign);
    match text.split_once('@') {
        Some((name, domain)) => {
            let is_domain =
                domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
            text.len() <= 254
                && !name.is_empty()
                && name.chars().all(sign)
                && domain.chars().all(|each| each.is_ascii_alphanumeric() || "-.".contains(each))
                && is_domain
                && !domain.contains("..")
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_would_send_a_password_in_the_open_is_refused() {
        let mut mail = Mail {
            host: "mail.example".to_owned(),
            sender: "a@b.example".to_owned(),
            user: "a".to_owned(),
            tls: MailTls::None,
            ..Mail::default()
        };
        assert!(mail.validate().expect_err("in the open").contains("mail.tls"));
        mail.host = "127.0.0.1".to_owned();
        assert_eq!(mail.validate(), Ok(()));
        mail.sender = "某某".to_owned();
        assert!(mail.validate().expect_err("no address").contains("mail.sender"));
        assert_eq!(Mail::default().validate(), Ok(()), "off");
    }

    #[test]
    fn only_what_looks_like_an_address_is_one() {
        for address in ["a@b.cn", "wang.mou+1@oa.example.gov.cn"] {
            assert!(is_address(address), "{address}");
        }
        let long = format!("{}@b.cn", "a".repeat(254));
        for other in [
            "", "a", "a@b", "a@.cn", "a b@c.cn", "a@b.cn>", "a@b..cn", "a@b@c.cn", "某@b.cn", &long,
        ] {
            assert!(!is_address(other), "{other}");
        }
    }
}
