//! What the identity service says of itself, kept for a while, and turning a code into a token.

use super::refused;
use super::token::Key;
use crate::AppError;
use crate::config::Oidc;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// How long what it says of itself is believed.
const BELIEVED: SignedDuration = SignedDuration::from_mins(10);
/// Keys are asked for anew at most this often, however many tokens name unknown ones.
const AGAIN: SignedDuration = SignedDuration::from_secs(30);
const TIMEOUT: Duration = Duration::from_secs(10);
/// No answer is longer.
const LONGEST_ANSWER: usize = 1 << 20;
/// Where the client secret stands.
const SECRET: &str = "GONGKAI_OIDC_SECRET";

/// The identity service as it was last seen.
#[derive(Debug, Default)]
pub struct Provider(Mutex<Option<(Timestamp, Arc<Known>)>>);

/// What it says of itself.
pub struct Known {
    pub authorization_endpoint: String,
    token_endpoint: String,
    is_basic: bool,
    pub keys: Vec<Key>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("token_endpoint", &self.token_endpoint).finish()
    }
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

#[derive(Deserialize)]
struct Keys {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

fn client() -> Result<reqwest::Client, AppError> {
    // Fails when one is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(TIMEOUT);
    builder.build().map_err(|error| AppError::Broken(error.to_string()))
}

async fn answer<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, AppError> {
    let silent = |error: reqwest::Error| {
        tracing::warn!("认证平台没有应答：{}", error.without_url());
        refused("认证平台没有应答，请稍后再试，或者用登录名和密码登录")
    };
    let mut response = request.send().await.map_err(silent)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(silent)? {
        body.extend_from_slice(&piece);
        if LONGEST_ANSWER < body.len() {
            return Err(refused("认证平台的应答过长"));
        }
    }
    if !status.is_success() {
        tracing::warn!("认证平台答复 {status}");
        return Err(refused("认证平台不认可这次登录，请重新登录；仍不行的，请系统管理员核对设置"));
    }
    serde_json::from_slice(&body).map_err(|_| refused("认证平台的应答无法识别"))
}

impl Provider {
    /// What it says of itself, asked at most every few minutes; `afresh` asks for new keys.
    pub async fn known(
        &self,
        settings: &Oidc,
        now: Timestamp,
        afresh: bool,
    ) -> Result<Arc<Known>, AppError> {
        let mut kept = self.0.lock().await;
        let believed = if afresh { AGAIN } else { BELIEVED };
        if let Some((_, known)) = kept.as_ref().filter(|(at, _)| now < *at + believed) {
            return Ok(Arc::clone(known));
        }
        let known = Arc::new(ask(settings).await?);
        *kept = Some((now, Arc::clone(&known)));
        Ok(known)
    }

    /// Turns a code into an ID token.
    pub async fn exchange(
        &self,
        settings: &Oidc,
        known: &Known,
        code: &str,
        redirect: &str,
        verifier: &str,
    ) -> Result<String, AppError> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let secret = std::env::var(SECRET).unwrap_or_default();
        let mut request = client()?.post(&known.token_endpoint);
        if !secret.is_empty() && known.is_basic {
            request = request.basic_auth(&settings.client_id, Some(&secret));
        } else {
            form.push(("client_id", &settings.client_id));
            if !secret.is_empty() {
                form.push(("client_secret", &secret));
            }
        }
        // A form is written as the query of an address is.
        let address = reqwest::Url::parse_with_params("form:body", form);
        let address = address.map_err(|error| AppError::Broken(error.to_string()))?;
        let body = address.query().unwrap_or_default().to_owned();
        let request = request
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(body);
        let tokens: Tokens = answer(request).await?;
        Ok(tokens.id_token)
    }
}

async fn ask(settings: &Oidc) -> Result<Known, AppError> {
    let client = client()?;
    let issuer = settings.issuer.trim_end_matches('/');
    let address = format!("{issuer}/.well-known/openid-configuration");
    let metadata: Metadata = answer(client.get(address)).await?;
    if metadata.issuer != settings.issuer {
        return Err(refused("认证平台自称的地址与设置（oidc.issuer）不同，请系统管理员核对"));
    }
    let is_open = |address: &&String| {
        settings.issuer.starts_with("https://") && !address.starts_with("https://")
    };
    let addresses =
        [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
    if addresses.iter().any(is_open) {
        return Err(refused("认证平台给出的地址不是 https"));
    }
    let keys: Keys = answer(client.get(&metadata.jwks_uri)).await?;
    // A key of a kind we do not know is no reason to refuse the others.
    let keys = keys.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
    let methods = &metadata.token_endpoint_auth_methods_supported;
    Ok(Known {
        authorization_endpoint: metadata.authorization_endpoint,
        token_endpoint: metadata.token_endpoint,
        is_basic: methods.is_empty() || methods.iter().any(|each| each == "client_secret_basic"),
        keys,
    })
}
