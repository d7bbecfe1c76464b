//! The ID token: its signature by the keys of the issuer, and what it must say.
//!
//! RS256 and ES256 only; a token that names another algorithm, or none, is refused.

use crate::config::Oidc;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// How far the clocks of both sides may be apart, in seconds.
const LEEWAY: i64 = 60;
/// The longest subject that OpenID Connect allows.
const LONGEST_SUBJECT: usize = 255;

/// What is wrong with a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// It is no token.
    #[error("认证平台返回的令牌无法识别")]
    Malformed,
    /// It is signed otherwise than we accept.
    #[error("令牌的签名算法不接受，应为 RS256 或 ES256")]
    Algorithm,
    /// The issuer has no such key.
    #[error("令牌的签名密钥不是认证平台公布的")]
    UnknownKey,
    /// The signature is not that of the key.
    #[error("令牌的签名不对")]
    Signature,
    /// Another issuer.
    #[error("令牌不是所设认证平台签发的")]
    Issuer,
    /// For another program.
    #[error("令牌不是发给本系统的")]
    Audience,
    /// Its time is over, or not yet come.
    #[error("令牌已过期或时间不对，请重新登录；仍不行的，请核对两边的时钟")]
    Time,
    /// Not for this sign-in.
    #[error("令牌不是这次登录的")]
    Nonce,
}

/// A public key of the issuer.
#[derive(Clone, Deserialize, Default)]
#[serde(default)]
pub struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    n: String,
    e: String,
    crv: String,
    x: String,
    y: String,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
}

/// What a proved token says.
#[derive(Debug, Deserialize)]
pub struct Claims {
    iss: String,
    /// Who, by the issuer's own name.
    pub sub: String,
    aud: Value,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

fn decoded(part: &str) -> Result<Vec<u8>, Fault> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Fault::Malformed)
}

fn json<T: DeserializeOwned>(part: &str) -> Result<T, Fault> {
    serde_json::from_slice(&decoded(part)?).map_err(|_| Fault::Malformed)
}

/// Opens a token whose signature is that of one of the keys.
pub fn open(token: &str, keys: &[Key]) -> Result<Claims, Fault> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Fault::Malformed)?;
    let (head, claims) = signed.split_once('.').ok_or(Fault::Malformed)?;
    let head: Head = json(head)?;
    let kty = match head.alg.as_str() {
        "RS256" => "RSA",
        "ES256" => "EC",
        _ => return Err(Fault::Algorithm),
    };
    let fits = |key: &&Key| {
        let is_named = head.kid.is_none() || key.kid == head.kid;
        key.kty == kty && is_named && key.purpose.as_deref().is_none_or(|each| each == "sig")
    };
    let mut fitting = keys.iter().filter(fits).peekable();
    if fitting.peek().is_none() {
        return Err(Fault::UnknownKey);
    }
    let signature = decoded(signature)?;
    let is_signed = |key: &Key| is_signed(key, signed.as_bytes(), &signature).unwrap_or(false);
    if !fitting.any(is_signed) {
        return Err(Fault::Signature);
    }
    json(claims)
}

fn is_signed(key: &Key, signed: &[u8], signature: &[u8]) -> Result<bool, Fault> {
    if key.kty == "RSA" {
        let key = RsaPublicKeyComponents { n: decoded(&key.n)?, e: decoded(&key.e)? };
        return Ok(key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature).is_ok());
    }
    if key.crv != "P-256" {
        return Ok(false);
    }
    let (x, y) = (decoded(&key.x)?, decoded(&key.y)?);
    let point = [[4].as_slice(), x.as_slice(), y.as_slice()].concat();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
    Ok(key.verify(signed, signature).is_ok())
}

impl Claims {
    /// Whether it is of this issuer, for this program, of this sign-in, and now.
    pub fn prove(&self, settings: &Oidc, nonce: &str, now: Timestamp) -> Result<(), Fault> {
        if self.iss != settings.issuer {
            return Err(Fault::Issuer);
        }
        let own = settings.client_id.as_str();
        let (is_ours, is_alone) = match &self.aud {
            Value::String(aud) => (aud == own, true),
            Value::Array(all) => (all.iter().any(|aud| aud == own), all.len() == 1),
            _ => (false, false),
        };
        let is_party = self.azp.as_deref().map_or(is_alone, |azp| azp == own);
        if !is_ours || !is_party {
            return Err(Fault::Audience);
        }
        let now = now.as_second();
        if self.exp <= now - LEEWAY || now + LEEWAY < self.iat {
            return Err(Fault::Time);
        }
        if self.nonce.as_deref() != Some(nonce) {
            return Err(Fault::Nonce);
        }
        if self.sub.is_empty() || LONGEST_SUBJECT < self.sub.len() {
            return Err(Fault::Malformed);
        }
        Ok(())
    }

    /// A claim that is a text.
    pub fn text(&self, claim: &str) -> Option<&str> {
        let found = if claim == "sub" { Some(self.sub.as_str()) } else { None };
        found.or_else(|| self.rest.get(claim)?.as_str()).filter(|text| !text.trim().is_empty())
    }
}
