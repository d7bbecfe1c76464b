//! The configuration: one file `gongkai.toml` in the data directory, every part with a default.

mod channels;
mod intake;
mod mail;
mod oidc;
mod papers;
mod passwords;
mod requests;
mod retention;
mod sessions;
pub mod shown;
mod site;
mod vault;
mod webhook;

pub use channels::Channels;
pub use intake::Intake;
pub use mail::{Mail, MailTls, is_address};
pub use oidc::Oidc;
pub use papers::Papers;
pub use passwords::Passwords;
pub use requests::Requests;
pub use retention::Retention;
pub use sessions::Sessions;
pub use site::Site;
pub use vault::Vault;
pub use webhook::{Webhook, WebhookSignature};

use gongkai_domain::audit::Algorithm;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// All settings.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The site: its name, domain and marks.
    pub site: Site,
    /// Passwords and failed tries.
    pub passwords: Passwords,
    /// How long people stay signed in.
    pub sessions: Sessions,
    /// The audit log.
    pub audit: Audit,
    /// Channels beside the site.
    pub channels: Channels,
    /// Disclosure requests.
    pub requests: Requests,
    /// Official papers.
    pub papers: Papers,
    /// How long personal data of requests is kept.
    pub retention: Retention,
    /// Signing in through an identity service.
    pub oidc: Oidc,
    /// Reminders by mail.
    pub mail: Mail,
    /// Reminders to a webhook.
    pub webhook: Webhook,
    /// The public request form, and what holds floods off it.
    pub intake: Intake,
    /// What secrets in the database are sealed with.
    pub vault: Vault,
}

/// The audit log.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Audit {
    /// The hash that links the chain: `sm3` or `sha256`. A log may go over from one to the other.
    pub algorithm: Algorithm,
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is there and cannot be read.
    #[error("读不了配置文件 {0}：{1}")]
    Unreadable(String, std::io::Error),
    /// It is not what a configuration is.
    #[error("配置文件 {0} 有误：{1}")]
    Invalid(String, String),
}

impl Config {
    /// Reads `gongkai.toml` in the data directory; what it does not say keeps its default.
    ///
    /// # Errors
    /// When the file is there but cannot be read, or a value cannot be used.
    pub fn read(data: &Path) -> Result<Self, ConfigError> {
        let path = data.join("gongkai.toml");
        let shown = path.display().to_string();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(ConfigError::Unreadable(shown, error)),
        };
        let config: Self = toml::from_str(&text)
            .map_err(|error| ConfigError::Invalid(shown.clone(), error.to_string()))?;
        config.validate().map_err(|reason| ConfigError::Invalid(shown, reason))?;
        Ok(config)
    }

    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        self.site.validate()?;
        self.passwords.validate()?;
        self.channels.validate()?;
        self.requests.validate()?;
        self.papers.validate()?;
        self.retention.validate()?;
        self.oidc.validate()?;
        self.mail.validate()?;
        self.webhook.validate()?;
        self.intake.validate()?;
        self.sessions.validate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_the_default() {
        let read: Config = toml::from_str("").expect("an empty file");
        assert_eq!(read, Config::default());
        assert_eq!(read.validate(), Ok(()));
    }

    #[test]
    fn a_wrong_value_names_its_field() {
        let mut config = Config::default();
        config.passwords.min_length = 3;
        let reason = config.validate().expect_err("too short");
        assert!(reason.contains("passwords.min_length"), "{reason}");
        let mut config = Config::default();
        config.papers.font_folders = vec!["/nowhere".into()];
        let reason = config.validate().expect_err("no folder");
        assert!(reason.contains("papers.font_folders") && reason.contains("/nowhere"), "{reason}");
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let read: Result<Config, _> = toml::from_str("[site]\nnmae = \"x\"");
        assert!(read.is_err());
    }
}
