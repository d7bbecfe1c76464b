//! Files in an S3-compatible store, against a stand-in that speaks the few verbs we use.

use bytes::Bytes;
use gongkai_domain::audit::digest;
use gongkai_store::files::Files;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const BUCKET: &str = "gongkai";

/// Objects by their key; answers as the interface of S3 says.
#[derive(Clone, Default)]
struct Bucket(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

fn failure(status: u16, code: &str) -> ResponseTemplate {
    let body = format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>");
    ResponseTemplate::new(status).set_body_raw(body, "application/xml")
}

impl Bucket {
    fn list(&self, request: &Request) -> ResponseTemplate {
        let prefix = request.url.query_pairs().find(|(name, _)| name == "prefix");
        let prefix = prefix.map(|(_, value)| value.into_owned()).unwrap_or_default();
        let objects = self.0.lock().expect("as prepared");
        let contents: String = objects
            .iter()
            .filter(|(key, _)| key.starts_with(&prefix))
            .map(|(key, content)| {
                format!(
                    "<Contents><Key>{key}</Key><Size>{}</Size>\
                        <LastModified>2025-03-03T01:00:00.000Z</LastModified></Contents>",
                    content.len()
                )
            })
            .collect();
        let body = format!(
            "<ListBucketResult><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"
        );
        ResponseTemplate::new(200).set_body_raw(body, "application/xml")
    }
}

impl Respond for Bucket {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let signed = request.headers.get("authorization").and_then(|value| value.to_str().ok());
        if !signed.is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 Credential=drawer/")) {
            return failure(403, "AccessDenied");
        }
        let path = request.url.path().trim_start_matches('/');
        let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
        if bucket != BUCKET {
            return failure(404, "NoSuchBucket");
        }
        let mut objects = self.0.lock().expect("as prepared");
        match (request.method.as_str(), objects.get(key)) {
            ("GET", _) if key.is_empty() => {
                drop(objects);
                self.list(request)
            }
            ("PUT", _) => {
                objects.insert(key.to_owned(), request.body.clone());
                ResponseTemplate::new(200).insert_header("etag", "\"1\"")
            }
            ("GET" | "HEAD", Some(content)) => ResponseTemplate::new(200)
                .insert_header("etag", "\"1\"")
                .insert_header("last-modified", "Mon, 03 Mar 2025 01:00:00 GMT")
                .set_body_bytes(content.clone()),
            _ => failure(404, "NoSuchKey"),
        }
    }
}

async fn stand_in() -> (MockServer, Bucket) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (server, bucket) = (MockServer::start().await, Bucket::default());
    Mock::given(any()).respond_with(bucket.clone()).mount(&server).await;
    (server, bucket)
}

fn settings(server: &MockServer, key: &str) -> Vec<(String, String)> {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        pair("AWS_ENDPOINT_URL", &server.uri()),
        pair("AWS_ALLOW_HTTP", "true"),
        pair("AWS_REGION", "local"),
        pair("AWS_ACCESS_KEY_ID", key),
        pair("AWS_SECRET_ACCESS_KEY", "geheim"),
        pair("AWS_SOMETHING_ELSE", "1"),
    ]
}

#[tokio::test]
async fn a_file_is_kept_once_under_the_prefix_and_read_back() {
    let (server, bucket) = stand_in().await;
    let files = Files::in_bucket("s3://gongkai/county/a", settings(&server, "drawer"))
        .expect("as prepared");
    files.look().await.expect("as prepared");
    let content = Bytes::from_static("附件".as_bytes());
    let name = files.keep(content.clone()).await.expect("as prepared");
    assert_eq!(name, digest(&content));
    assert_eq!(files.keep(content.clone()).await.expect("as prepared"), name);
    let puts = server.received_requests().await.expect("as prepared");
    assert_eq!(puts.iter().filter(|request| request.method.as_str() == "PUT").count(), 1);
    let keys: Vec<String> = bucket.0.lock().expect("as prepared").keys().cloned().collect();
    assert_eq!(keys, [format!("county/a/{}/{name}", &name[..2])]);
    assert_eq!(files.read(&name).await.expect("as prepared"), Some(content));
    assert_eq!(files.read(&digest(b"another")).await.expect("as prepared"), None);
    let all = files.all().await.expect("as prepared");
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].digest.as_str(), all[0].n_bytes), (name.as_str(), 6));
}

#[tokio::test]
async fn a_store_that_does_not_let_us_in_is_told_at_once() {
    let (server, _) = stand_in().await;
    let files =
        Files::in_bucket("s3://gongkai", settings(&server, "stranger")).expect("as prepared");
    assert!(files.look().await.is_err());
    assert!(files.read(&digest(b"x")).await.is_err(), "no answer is not an empty answer");
    let files = Files::in_bucket("s3://another", settings(&server, "drawer")).expect("as prepared");
    assert!(files.look().await.is_err());
}

#[tokio::test]
async fn an_address_that_names_no_bucket_is_refused_with_a_hint() {
    for address in ["", "s3://", "s3:///x", "/var/files", "https://host/bucket"] {
        let error = Files::in_bucket(address, Vec::new()).unwrap_err().to_string();
        assert!(error.contains("s3://桶/前缀"), "{address}: {error}");
    }
}
