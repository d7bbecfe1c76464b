//! Settings of signing in through an identity service (OpenID Connect).

use serde::{Deserialize, Serialize};

/// Signing in through an identity service; off while `issuer` is empty. The client secret stands in the
/// environment (`GONGKAI_OIDC_SECRET`), never here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Oidc {
    /// The address of the issuer, exactly as it calls itself.
    pub issuer: String,
    /// The name under which it knows this program.
    pub client_id: String,
    /// The claim that holds the login of an account here; looked at until the person is linked.
    pub claim: String,
    /// What stands on the button.
    pub title: String,
}

impl Default for Oidc {
    fn default() -> Self {
        Self {
            issuer: String::new(),
            client_id: String::new(),
            claim: "preferred_username".to_owned(),
            title: "统一身份认证登录".to_owned(),
        }
    }
}

impl Oidc {
    /// Whether people may sign in through it.
    pub fn is_on(&self) -> bool {
        !self.issuer.is_empty()
    }

    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        if !self.is_on() {
            return Ok(());
        }
        let is_local = ["http://127.0.0.1", "http://localhost"]
            .iter()
            .any(|start| self.issuer.starts_with(start));
        if !self.issuer.starts_with("https://") && !is_local {
            return Err("oidc.issuer 应以 https:// 开头".to_owned());
        }
        if self.client_id.is_empty() {
            return Err("oidc.client_id 没有填写".to_owned());
        }
        if self.claim.is_empty() {
            return Err("oidc.claim 没有填写".to_owned());
        }
        Ok(())
    }
}
