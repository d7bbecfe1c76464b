//! Signing in through a stand-in of an identity service: who is let in, and every way not to be.

use super::*;
use crate::config::{Config, Oidc};
use crate::testing::TestApp;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gongkai_domain::access::Role;
use gongkai_store::people;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const CLIENT: &str = "gongkai-county";

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The stand-in, and an installation that trusts it, with a clerk.
struct Bench {
    test: TestApp,
    app: App,
    server: MockServer,
    key: EcdsaKeyPair,
}

fn fresh_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap()
}

async fn bench() -> Bench {
    let test = TestApp::set_up().await;
    test.hire("clerk", Role::Clerk).await;
    let server = MockServer::start().await;
    let oidc = Oidc { issuer: server.uri(), client_id: CLIENT.to_owned(), ..Oidc::default() };
    let mut app = test.app.clone();
    app.config = Arc::new(Config { oidc, ..Config::default() });
    let key = fresh_key();
    let bench = Bench { test, app, server, key };
    bench.say("/.well-known/openid-configuration", bench.metadata()).await;
    bench.say("/keys", keys(&bench.key)).await;
    bench
}

fn keys(key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
    json!({"keys": [
        {"kty": "OKP", "crv": "Ed25519", "kid": "other", "x": "AA"},
        {"kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig", "x": x, "y": y},
    ]})
}

impl Bench {
    fn metadata(&self) -> Value {
        let at = self.server.uri();
        json!({
            "issuer": at,
            "authorization_endpoint": format!("{at}/authorize"),
            "token_endpoint": format!("{at}/token"),
            "jwks_uri": format!("{at}/keys"),
        })
    }

    async fn say(&self, at: &str, what: Value) {
        let answer = ResponseTemplate::new(200).set_body_json(what);
        Mock::given(path(at)).respond_with(answer).with_priority(5).mount(&self.server).await;
    }

    fn signed(&self, head: &Value, claims: &Value, key: &EcdsaKeyPair) -> String {
        let signed = format!("{}.{}", encoded(head.to_string()), encoded(claims.to_string()));
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encoded(signature))
    }

    /// Leaves, and what the address carries.
    async fn left(&self) -> (Begun, HashMap<String, String>) {
        let begun = begin(&self.app).await.unwrap();
        let address = reqwest::Url::parse(&begun.address).unwrap();
        let query = address.query_pairs().into_owned().collect();
        (begun, query)
    }

    fn claims(&self, query: &HashMap<String, String>) -> Value {
        let now = self.app.clock.now().as_second();
        json!({
            "iss": self.server.uri(), "sub": "s-1", "aud": CLIENT, "exp": now + 300, "iat": now,
            "nonce": query["nonce"], "preferred_username": "Clerk",
        })
    }

    /// The stand-in gives this token for this code, once the verifier fits the challenge.
    async fn gives(&self, code: &str, token: &str) {
        let answer = ResponseTemplate::new(200)
            .set_body_json(json!({"id_token": token, "token_type": "Bearer"}));
        Mock::given(method("POST"))
            .and(path("/token"))
            .and(body_string_contains(format!("code={code}&")))
            .respond_with(answer)
            .mount(&self.server)
            .await;
    }

    /// Leaves, is given a token whose claims were changed so, and comes back.
    async fn comes_back(
        &self,
        code: &str,
        change: impl FnOnce(&mut Value),
    ) -> Result<SignedIn, AppError> {
        let (begun, query) = self.left().await;
        let mut claims = self.claims(&query);
        change(&mut claims);
        let token = self.signed(&json!({"alg": "ES256", "kid": "k1"}), &claims, &self.key);
        self.gives(code, &token).await;
        finish(&self.app, &returned(&begun, &query, code), "local").await
    }
}

fn returned(begun: &Begun, query: &HashMap<String, String>, code: &str) -> Returned {
    let (state, browser) = (query["state"].clone(), begun.browser.clone());
    Returned { state, code: code.to_owned(), browser }
}

fn said(result: Result<SignedIn, AppError>) -> String {
    match result {
        Ok(_) => panic!("somebody was let in"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn somebody_with_an_account_is_let_in_and_linked_and_proves_who_began() {
    let bench = bench().await;
    let (begun, query) = bench.left().await;
    assert_eq!(query["client_id"], CLIENT);
    assert!(query["redirect_uri"].ends_with(RETURN));
    let token =
        bench.signed(&json!({"alg": "ES256", "kid": "k1"}), &bench.claims(&query), &bench.key);
    bench.gives("c1", &token).await;
    let signed_in = finish(&bench.app, &returned(&begun, &query, "c1"), "local").await.unwrap();
    assert!(!signed_in.asks_second_factor);
    let current = crate::sign_in::current(&bench.app, &signed_in.token, "local").await.unwrap();
    let clerk = bench.test.person("clerk").await.unwrap();
    assert_eq!(current.unwrap().caller.actor.person, clerk);
    let sent = bench.server.received_requests().await.unwrap();
    let sent = sent.iter().find(|request| request.url.path() == "/token").unwrap();
    let sent: HashMap<String, String> = reqwest::Url::parse(&format!(
        "http://x/?{}",
        String::from_utf8(sent.body.clone()).unwrap()
    ))
    .unwrap()
    .query_pairs()
    .into_owned()
    .collect();
    assert_eq!(challenge(&sent["code_verifier"]), query["code_challenge"]);
    // From now on the subject counts, whatever it is called over there.
    bench.comes_back("c2", |claims| claims["preferred_username"] = "auditor".into()).await.unwrap();
}

#[tokio::test]
async fn a_token_that_is_not_of_this_sign_in_lets_nobody_in() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, &str); 9] = [
        ("nonce", |claims| claims["nonce"] = "another".into(), "不是这次登录的"),
        ("no_nonce", |claims| claims["nonce"] = Value::Null, "不是这次登录的"),
        ("audience", |claims| claims["aud"] = "another".into(), "不是发给本系统的"),
        ("audiences", |claims| claims["aud"] = json!([CLIENT, "another"]), "不是发给本系统的"),
        ("party", |claims| claims["azp"] = "another".into(), "不是发给本系统的"),
        ("issuer", |claims| claims["iss"] = "https://another".into(), "不是所设认证平台"),
        ("expired", |claims| claims["exp"] = json!(1_700_000_000), "已过期"),
        ("future", |claims| claims["iat"] = json!(4_000_000_000_i64), "时间不对"),
        ("text", |claims| claims["exp"] = "4000000000".into(), "无法识别"),
    ];
    let bench = bench().await;
    for (code, change, sentence) in cases {
        let told = said(bench.comes_back(code, change).await);
        assert!(told.contains(sentence), "{code}: {told}");
    }
}

#[tokio::test]
async fn a_token_is_signed_by_the_issuer_with_an_algorithm_we_accept() {
    let bench = bench().await;
    let stranger = fresh_key();
    let heads = [
        ("stranger", json!({"alg": "ES256", "kid": "k1"}), &stranger, "签名不对"),
        ("unknown", json!({"alg": "ES256", "kid": "k9"}), &bench.key, "不是认证平台公布的"),
        ("none", json!({"alg": "none"}), &bench.key, "签名算法不接受"),
        ("symmetric", json!({"alg": "HS256", "kid": "k1"}), &bench.key, "签名算法不接受"),
        ("confused", json!({"alg": "RS256", "kid": "k1"}), &bench.key, "不是认证平台公布的"),
    ];
    for (code, head, key, sentence) in heads {
        let (begun, query) = bench.left().await;
        bench.gives(code, &bench.signed(&head, &bench.claims(&query), key)).await;
        let told = said(finish(&bench.app, &returned(&begun, &query, code), "local").await);
        assert!(told.contains(sentence), "{code}: {told}");
    }
    for (code, token) in [("short", "a.b"), ("empty", ""), ("text", "not a token")] {
        let (begun, query) = bench.left().await;
        bench.gives(code, token).await;
        let told = said(finish(&bench.app, &returned(&begun, &query, code), "local").await);
        assert!(told.contains("无法识别"), "{code}: {told}");
    }
}

#[tokio::test]
async fn a_state_works_once_in_its_own_browser_and_not_for_ever() {
    let bench = bench().await;
    let (begun, query) = bench.left().await;
    let token =
        bench.signed(&json!({"alg": "ES256", "kid": "k1"}), &bench.claims(&query), &bench.key);
    bench.gives("c1", &token).await;
    let back = returned(&begun, &query, "c1");
    let foreign = Returned { browser: "another".to_owned(), ..back.clone() };
    assert!(said(finish(&bench.app, &foreign, "local").await).contains("重新登录"));
    assert!(said(finish(&bench.app, &back, "local").await).contains("已经用过"), "used up");
    bench.comes_back("c2", |_| {}).await.unwrap();
    let (begun, query) = bench.left().await;
    bench.app.clock.forward(SignedDuration::from_mins(11));
    let late = returned(&begun, &query, "c3");
    assert!(said(finish(&bench.app, &late, "local").await).contains("过期"));
    let made_up = Returned { state: "made up".to_owned(), ..late };
    assert!(said(finish(&bench.app, &made_up, "local").await).contains("重新登录"));
    let (begun, query) = bench.left().await;
    assert!(
        said(finish(&bench.app, &returned(&begun, &query, ""), "local").await).contains("取消")
    );
}

#[tokio::test]
async fn nobody_gets_an_account_or_that_of_another_through_the_other_side() {
    let bench = bench().await;
    let count = async || people::count(&mut bench.app.store.reader().await.unwrap()).await.unwrap();
    let before = count().await;
    let told =
        said(bench.comes_back("c1", |claims| claims["preferred_username"] = "new".into()).await);
    assert!(told.contains("没有您的账号"), "{told}");
    let told = said(bench.comes_back("c2", |claims| claims["preferred_username"] = 1.into()).await);
    assert!(told.contains("没有您的账号"), "{told}");
    assert_eq!(count().await, before);
    bench.comes_back("c3", |_| {}).await.unwrap();
    let told = said(bench.comes_back("c4", |claims| claims["sub"] = "s-2".into()).await);
    assert!(told.contains("另一个人关联"), "{told}");
    let security = bench.test.caller("security").await;
    let clerk = bench.test.person("clerk").await.unwrap();
    crate::accounts::keep::disable(&bench.app, &security, &clerk).await.unwrap();
    assert!(said(bench.comes_back("c5", |_| {}).await).contains("已停用"));
}

#[tokio::test]
async fn an_identity_service_that_is_silent_or_calls_itself_otherwise_is_told() {
    let bench = bench().await;
    let mut app = bench.app.clone();
    let silent = Oidc { issuer: "http://127.0.0.1:1".to_owned(), ..bench.app.config.oidc.clone() };
    app.config = Arc::new(Config { oidc: silent, ..Config::default() });
    app.oidc = Arc::default();
    let told = begin(&app).await.err().unwrap().to_string();
    assert!(told.contains("没有应答") && told.contains("密码登录"), "{told}");
    let slash = format!("{}/", bench.server.uri());
    let other = Oidc { issuer: slash, ..bench.app.config.oidc.clone() };
    app.config = Arc::new(Config { oidc: other, ..Config::default() });
    app.oidc = Arc::default();
    assert!(begin(&app).await.err().unwrap().to_string().contains("自称的地址"));
    let off = TestApp::empty().await;
    assert!(matches!(begin(&off.app).await, Err(AppError::NotFound(_))));
}

#[test]
fn a_token_signed_with_rsa_opens_with_its_key_only() {
    // Made once with openssl; the private key was thrown away.
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let n = squeezed(
        "r31mnScuthKwNlp30P4jMDJih5FzXqhMkspjNedmsIGs_OiEIv_J_zki2uNHNRW3_quA43KzSvxdBB4kYYZW
         HdpCRaYZP29wK7w1TJgajVzIvymE8fouPZrx52LLfudUn1GHN-TTI08GZHIyjzM1pTtK0G67UCvYk-kJv56T
         W37mlb2v5BOALAYIBgupq1MkD-Dw5a9RoJmdh8CqQrwl_KR_UALz31S2_oVIqXrZ2M_oYK1gfyPZF1gAM0J_
         _qkMAPEfBbz7fpf2oynZ6B-RGbtSk7MlbSXOrepWDyBrfiMEH5h8efyyEjN7FB3DBaLu6cVsMXWt5a7qHuUt
         Zzg29Q",
    );
    let token = squeezed(
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiAiaHR0cHM6Ly9pc3N1ZXIiLCAic3ViIjogInMtMSIsICJhdWQiOiA
         iYyIsICJleHAiOiAxLCAiaWF0IjogMX0.janxsURxEd2aKdU2LrpmyOltBGb0vE-oDcgUk9MpIXaHqu4G-EH
         LB3-O-pfQ58SUjDrQJ4wmKbWqueJLVHdCy6OHqo-d3F5fj5_bQ1nbE9Z5ehRYfB4yAFHrYnDFR1AAfW20Fsm
         OCy-TgKWF-jHLfCkAEiyqdIdNZyp8kWwaapPRSrUQ4bs1oaqiIpfLTeMckEQW0AtMNdgD2OLUSRohGIzdXkJ
         w3g2ekZ44ZHFcBMra5PkPwq8IrRnQlVCBe7YdgwkSKHZ-39z_cojYs8sB8Haz-5GPirLjl7dVfTWTgDO7tsd
         J_xRRPujRfwGHqNEd6SvFONxl6M2M2M9iAItdgA",
    );
    let key = |n: &str| -> token::Key {
        serde_json::from_value(json!({"kty": "RSA", "n": n, "e": "AQAB"})).unwrap()
    };
    assert_eq!(token::open(&token, &[key(&n)]).unwrap().sub, "s-1");
    let mut other = n.clone().into_bytes();
    other[9] = if other[9] == b'A' { b'B' } else { b'A' };
    let other = String::from_utf8(other).unwrap();
    assert_eq!(token::open(&token, &[key(&other)]).unwrap_err(), token::Fault::Signature);
    let changed = token.replacen('.', ".eyJ", 1);
    assert_eq!(token::open(&changed, &[key(&n)]).unwrap_err(), token::Fault::Signature);
}
