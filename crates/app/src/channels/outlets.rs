//! What channels are sent with: the export folder, the connections, the tokens in memory.

use super::outlet::guard::Guard;
use crate::config::Channels;
use jiff::Timestamp;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What channels are sent with. The default one has nothing: it refuses to send.
#[derive(Default)]
pub struct Outlets {
    pub(super) folder: Option<PathBuf>,
    /// For the platforms, whose addresses the settings give.
    pub(super) platforms: Option<reqwest::Client>,
    /// For webhooks, whose addresses people type.
    pub(super) webhooks: Option<reqwest::Client>,
    /// By account: the token and when it ends.
    pub(super) tokens: Mutex<HashMap<String, (String, Timestamp)>>,
}

impl std::fmt::Debug for Outlets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outlets").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Outlets {
    /// Makes the connections that the settings ask for.
    pub fn open(data: &Path, settings: &Channels) -> Self {
        // Fails when one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .timeout(Duration::from_secs(settings.timeout_seconds.into()))
        };
        let webhooks = if settings.private_addresses {
            builder()
        } else {
            builder().dns_resolver(Arc::new(Guard))
        };
        let folder = match settings.folder.as_str() {
            "" => data.join("export"),
            folder => PathBuf::from(folder),
        };
        Self {
            folder: Some(folder),
            platforms: built(builder()),
            webhooks: built(webhooks),
            tokens: Mutex::default(),
        }
    }
}

impl Outlets {
    /// Connections to addresses that the settings give.
    pub(crate) fn to_set_addresses(&self) -> Option<&reqwest::Client> {
        self.platforms.as_ref()
    }
}

/// Connections, or none: a machine without roots of trust still serves the site, and sending says so.
fn built(builder: reqwest::ClientBuilder) -> Option<reqwest::Client> {
    match builder.build() {
        Ok(client) => Some(client),
        Err(error) => {
            tracing::warn!("对外连接不能使用，发布渠道不能自动发出：{error}");
            None
        }
    }
}
