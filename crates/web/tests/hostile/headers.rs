//! Headers that lie, verbs nobody asked for, and the headers that every answer carries.

use super::{blanks, clerk, left_behind};
use bytes::Bytes;
use gongkai_testkit::app::{Stage, TestApp};
use gongkai_web::routes;
use http::{HeaderValue, Method};

#[tokio::test]
async fn headers_that_lie_change_nothing() {
    let kit = TestApp::new().await;
    let mut stranger = kit.client().await;
    let before = kit.rows().await;
    let lies = [
        ("host", "boese.example"),
        ("x-forwarded-host", "boese.example"),
        ("x-forwarded-proto", "javascript"),
        ("x-forwarded-for", "<script>alert(1)</script>"),
        ("forwarded", "for=boese.example;host=boese.example"),
        ("x-original-url", "/work"),
        ("x-rewrite-url", "/work"),
        ("x-http-method-override", "DELETE"),
        ("referer", "https://boese.example/"),
        ("cookie", "gongkai=0; gongkai=1; gongkai"),
        ("cookie", "gongkai=\"\"; =; ;;;"),
        ("accept-language", "*;q=99,<script>"),
        ("range", "bytes=0-,5-3,-1"),
        ("if-none-match", "\"\\\""),
    ];
    for (name, value) in lies {
        for address in ["/", "/items", "/sign-in", "/nowhere", "/work"] {
            let mut request =
                stranger.request(Method::GET, address).body(Bytes::new()).expect("one");
            request.headers_mut().insert(name, HeaderValue::from_static(value));
            let answer = stranger.send(request).await;
            let expected: &[&str] = match address {
                "/work" => &["sign_in"],
                "/nowhere" => &["not_found"],
                _ => &["ok"],
            };
            assert!(expected.contains(&answer.class()), "{name} at {address}: {}", answer.status);
            assert!(!answer.holds("boese.example"), "{name} comes back at {address}");
        }
    }
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn ten_thousand_parameters_and_unknown_verbs_are_answered() {
    let kit = TestApp::new().await;
    let mut clerk = clerk(&kit).await;
    let many = "a=1&".repeat(10_000);
    for address in ["/items", "/work/items", "/"] {
        let answer = clerk.get(&format!("{address}?{many}")).await;
        assert!(answer.status.as_u16() < 500, "{address}: {}", answer.status);
        let twice = clerk.get(&format!("{address}?page=1&page=2&organ=a&organ=b")).await;
        assert!(twice.status.as_u16() < 500, "{address}: {}", twice.status);
        assert!(!twice.is_page() || twice.holds("</html>"), "{address}: {}", twice.text());
    }
    let verbs = [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE, Method::OPTIONS];
    for route in routes() {
        for verb in &verbs {
            let address = blanks(route.path, "x");
            let request = clerk.request(verb.clone(), &address).body(Bytes::new());
            let answer = clerk.send(request.expect("a request")).await;
            let status = answer.status.as_u16();
            assert!((400..500).contains(&status), "{verb} {address}: {status}");
        }
    }
    kit.finish().await;
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_a_browser_safe() {
    let kit = TestApp::new().await;
    let id = kit.item_at(Stage::Public).await;
    let mut clerk = clerk(&kit).await;
    for route in routes().into_iter().filter(|route| route.method == "GET") {
        let answer = clerk.get(&blanks(route.path, id.as_str())).await;
        let path = route.path;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src"), "{path}");
        assert!(!answer.header("content-security-policy").contains("unsafe"), "{path}");
        assert!(!answer.headers.contains_key("server"), "{path}");
        if path.starts_with("/work") {
            let kept = answer.header("cache-control");
            assert!(kept.contains("no-store"), "{path} of the workplace may not be kept: `{kept}`");
        }
    }
    kit.finish().await;
}
