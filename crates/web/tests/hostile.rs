//! What hostile or broken clients send: each gets a clear answer, never 500, and leaves nothing behind.

use bytes::Bytes;
use gongkai_domain::access::Role;
use gongkai_testkit::app::{Answer, Client, OTHER, OWN, PASSWORD, Stage, TestApp, Visitor, WORD};
use gongkai_web::routes;
use http::{HeaderValue, Method, header};
use std::collections::BTreeMap;

const FORM: &str = "application/x-www-form-urlencoded";

/// What people try to get run by a browser.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "<svg><script href=data:,alert(1) /></svg>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "</title></textarea><script>alert(1)</script>",
    "<math><mtext></p><style><!--</style><img title=\"--><img src=x onerror=alert(1)>\">",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "{{7*7}} {% raw %} ${7*7}",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "\u{202e}\u{2066}<b onmouseover=alert(1)>\u{2069}",
];

async fn clerk(kit: &TestApp) -> Client {
    kit.visited_by(Visitor::Own(Role::Clerk)).await
}

/// The rows of every table but the sessions and what signing in writes.
async fn left_behind(kit: &TestApp, before: &BTreeMap<String, i64>) -> Vec<String> {
    let after = kit.rows().await;
    let differs = |(name, n): (&String, &i64)| (before.get(name) != Some(n)).then(|| name.clone());
    after.iter().filter_map(differs).collect()
}

fn filled<'a>(title: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("organ", OWN),
        ("kind", "work_news"),
        ("title", title),
        ("text", text),
        ("formed_on", "2025-03-10"),
        ("document_number", ""),
    ]
}

/// Brings the draft behind this address to publication, through the pages.
async fn publish(kit: &TestApp, clerk: &mut Client, at: &str) {
    assert_eq!(clerk.post(&format!("{at}/submission"), &[]).await.class(), "done");
    for role in [Role::Reviewer, Role::SecrecyReviewer, Role::Leader] {
        let mut signer = kit.visited_by(Visitor::Own(role)).await;
        let page = signer.get(at).await;
        assert_eq!(page.dangers(), [] as [&str; 0], "{at}");
        let digest = page.hidden("digest").pop().expect("the page asks for a signature");
        let fields = [("opinion", ATTACKS[0]), ("secrecy", "open"), ("digest", digest.as_str())];
        let signed = signer.post(&format!("{at}/signature"), &fields).await;
        assert_eq!(signed.class(), "done", "{}", signed.text());
    }
    let published = clerk.post(&format!("{at}/publication"), &[]).await;
    assert_eq!(published.class(), "done", "{}", published.text());
}

#[tokio::test]
async fn what_people_type_is_shown_and_never_run() {
    let kit = TestApp::new().await;
    let mut clerk = clerk(&kit).await;
    for (number, attack) in ATTACKS.iter().enumerate() {
        let made = clerk.post("/work/items/new", &filled(attack, &ATTACKS.join("\n"))).await;
        assert_eq!(made.class(), "done", "{attack}: {}", made.text());
        let at = made.header("location").to_owned();
        let public = at.replace("/work", "");
        for page in [at.clone(), format!("{at}/edit"), "/work/items".to_owned(), "/work".to_owned()] {
            assert_eq!(clerk.get(&page).await.dangers(), [] as [&str; 0], "{page} of {attack}");
        }
        if number == 0 {
            publish(&kit, &mut clerk, &at).await;
            let withdrawn = [("reason", ATTACKS[1])];
            for page in [public.clone(), "/".to_owned(), "/items".to_owned(), at.clone()] {
                let shown = kit.client().await.get(&page).await;
                assert!(page == at || shown.holds("&lt;script") || shown.holds("&#60;script"), "{page}");
                assert_eq!(shown.dangers(), [] as [&str; 0], "{page}");
            }
            clerk.post(&format!("{at}/withdrawal"), &withdrawn).await;
            let gone = clerk.get(&public).await;
            assert_eq!((gone.class(), gone.dangers()), ("gone", Vec::new()));
        }
    }
    kit.finish().await;
}

#[tokio::test]
async fn what_stands_in_an_address_is_never_run_and_breaks_nothing() {
    let kit = TestApp::new().await;
    let id = kit.item_at(Stage::Public).await;
    let mut clerk = clerk(&kit).await;
    let before = kit.rows().await;
    let pieces = [
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "%00",
        "%FF%FE",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//",
        "%252e%252e%252f",
        "-1",
        "99999999999999999999999999",
        "1e309",
        "%E2%80%AE",
        "'%20or%201=1--",
        "%0d%0aSet-Cookie:%20a=b",
    ];
    let mut wrong = Vec::new();
    for route in routes().into_iter().filter(|route| route.method == "GET") {
        for piece in pieces {
            let mut addresses = vec![blanks(route.path, piece)];
            let plain = blanks(route.path, id.as_str());
            let keys = ["page", "year", "q", "organ", "kind", "state", "sort", "from", "until"];
            let asked: String = keys.iter().map(|key| format!("{key}={piece}&")).collect();
            addresses.push(format!("{plain}?{asked}"));
            addresses.push(format!("{plain}?{piece}"));
            for address in addresses {
                let answer = clerk.get(&address).await;
                let bad = 500 <= answer.status.as_u16()
                    || answer.headers.get_all("set-cookie").iter().any(|value| value == "a=b")
                    || answer.holds("root:x:")
                    || (answer.is_page() && !answer.dangers().is_empty());
                if bad {
                    wrong.push(format!("{address}: {}", answer.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

/// The path with every blank filled with the same piece.
fn blanks(path: &str, piece: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        filled.push_str(piece);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    filled + rest
}

/// Every form of the workplace with an item of a stage at which most of them are open.
async fn forms(kit: &TestApp) -> Vec<String> {
    let id = kit.item_at(Stage::Draft).await;
    let forms = routes().into_iter().filter(|route| route.method == "POST");
    forms.map(|route| blanks(route.path, id.as_str())).collect()
}

#[tokio::test]
async fn a_form_without_its_token_with_a_forged_or_a_foreign_one_does_nothing() {
    let kit = TestApp::new().await;
    let forms = forms(&kit).await;
    let mut clerk = clerk(&kit).await;
    let stranger_token = kit.visited_by(Visitor::Own(Role::Clerk)).await.form_token;
    let before = kit.rows().await;
    let mut wrong = Vec::new();
    for form in forms.iter().filter(|form| form.starts_with("/work")) {
        let long = "f".repeat(100_000);
        for token in ["", "0", "\0", &stranger_token, &long] {
            let fields = [("form_token", token), ("reason", "x"), ("title", "x")];
            let answer = clerk.post_bare(form, &fields).await;
            if answer.class() != "forbidden" || !answer.holds("表单") {
                wrong.push(format!("{form}: {} {}", answer.status, answer.text()));
            }
        }
        let without = clerk.post_bare(form, &[("reason", "x")]).await;
        if without.class() != "forbidden" {
            wrong.push(format!("{form} without a token: {}", without.status));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

async fn with_header(client: &mut Client, form: &str, name: &'static str, value: &str) -> Answer {
    let body = format!("form_token={}&reason=x&title=x", client.form_token);
    let request = client
        .request(Method::POST, form)
        .header(header::CONTENT_TYPE, FORM)
        .header(name, value)
        .body(Bytes::from(body));
    client.send(request.expect("a request")).await
}

#[tokio::test]
async fn a_form_sent_from_another_site_does_nothing() {
    let kit = TestApp::new().await;
    let forms = forms(&kit).await;
    let mut clerk = clerk(&kit).await;
    let before = kit.rows().await;
    for form in forms.iter().filter(|form| form.starts_with("/work")) {
        for site in ["cross-site", "same-site", "nonsense"] {
            let answer = with_header(&mut clerk, form, "sec-fetch-site", site).await;
            assert_eq!(answer.class(), "forbidden", "{form} from {site}");
        }
    }
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn a_form_of_a_session_that_ended_does_nothing() {
    let kit = TestApp::new().await;
    let id = kit.item_at(Stage::Draft).await;
    let mut clerk = clerk(&kit).await;
    let old = clerk.clone();
    assert_eq!(clerk.post("/work/sign-out", &[]).await.class(), "done");
    let before = kit.rows().await;
    let replayed = old.clone().post(&format!("/work/items/{id}/discard"), &[("reason", "x")]).await;
    assert_eq!(replayed.class(), "forbidden", "{}", replayed.text());
    assert_eq!(old.clone().get("/work").await.class(), "sign_in");
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn the_same_form_sent_twice_acts_once() {
    let kit = TestApp::new().await;
    let id = kit.item_at(Stage::Draft).await;
    let mut clerk = clerk(&kit).await;
    let form = format!("/work/items/{id}/submission");
    assert_eq!(clerk.post(&form, &[]).await.class(), "done");
    let before = kit.rows().await;
    assert_eq!(clerk.post(&form, &[]).await.class(), "refused");
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn bodies_that_are_no_form_are_refused_in_words() {
    let kit = TestApp::new().await;
    let forms = forms(&kit).await;
    let mut clerk = clerk(&kit).await;
    let before = kit.rows().await;
    let token = clerk.form_token.clone();
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("application/json", format!("{{\"form_token\":\"{token}\"}}").into_bytes()),
        ("text/plain", format!("form_token={token}").into_bytes()),
        ("", format!("form_token={token}").into_bytes()),
        ("multipart/form-data", b"no boundary".to_vec()),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data".to_vec()),
        (FORM, b"\xff\xfe\xfa=%ff%fe&form_token".to_vec()),
        (FORM, vec![0; 1000]),
        (FORM, b"a=b&".repeat(50_000)),
        (FORM, format!("form_token={token}&form_token={token}&title=%00%ff").into_bytes()),
    ];
    let mut wrong = Vec::new();
    for form in &forms {
        for (kind, body) in &bodies {
            let request = clerk
                .request(Method::POST, form)
                .header(header::CONTENT_TYPE, *kind)
                .body(Bytes::from(body.clone()));
            let answer = clerk.send(request.expect("a request")).await;
            let clear = answer.is_page() && answer.text().contains("</html>");
            if !(400..500).contains(&answer.status.as_u16()) || !clear {
                wrong.push(format!("{form} with {kind}: {} {}", answer.status, answer.header("content-type")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn a_body_over_the_bound_gets_a_page_that_says_so() {
    let kit = TestApp::new().await;
    let mut clerk = clerk(&kit).await;
    let before = kit.rows().await;
    let large = format!("form_token={}&text={}", clerk.form_token, "字".repeat(12 << 20));
    for form in ["/work/items/new", "/sign-in"] {
        let request = clerk
            .request(Method::POST, form)
            .header(header::CONTENT_TYPE, FORM)
            .header(header::CONTENT_LENGTH, large.len())
            .body(Bytes::from(large.clone()));
        let told = clerk.send(request.expect("a request")).await;
        let request = clerk.request(Method::POST, form).header(header::CONTENT_TYPE, FORM);
        let silent = clerk.send(request.body(Bytes::from(large.clone())).expect("a request")).await;
        assert_eq!(told.class(), "too_large", "{form}: {}", told.text());
        assert!(told.is_page() && told.holds("32 MB"), "{form}: {}", told.text());
        let told = ["too_large", "invalid"].contains(&silent.class()) && silent.is_page();
        assert!(told, "{form}: {}", silent.text());
    }
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn a_text_longer_than_an_item_may_be_is_shown_again_with_the_reason() {
    let kit = TestApp::new().await;
    let mut clerk = clerk(&kit).await;
    let before = kit.rows().await;
    let long = "字".repeat(1_100_000);
    let answer = clerk.post("/work/items/new", &filled(WORD, &long)).await;
    assert!(answer.holds("最多") && answer.holds(WORD), "{}", answer.status);
    let title = "题".repeat(201);
    assert!(clerk.post("/work/items/new", &filled(&title, "x")).await.holds("最多 200"));
    let empty = clerk.post("/work/items/new", &filled(" \u{3000} ", "x")).await;
    assert!(empty.holds("请填写标题"), "{}", empty.text());
    let mut no_date = filled(WORD, "x");
    no_date[4].1 = "2025-02-30";
    assert!(clerk.post("/work/items/new", &no_date).await.holds("成文日期"));
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn characters_that_no_database_takes_are_taken_out_or_refused() {
    let kit = TestApp::new().await;
    let mut clerk = clerk(&kit).await;
    for text in ["前\0后", "前\u{fffe}后", "前\u{b}\u{1f}后", "\u{10ffff}", "e\u{301}\u{200d}🏳️‍🌈"] {
        let answer = clerk.post("/work/items/new", &filled(&format!("标题{text}"), text)).await;
        assert!(answer.status.as_u16() < 500, "{text:?}: {}", answer.text());
        let at = answer.header("location").to_owned();
        if !at.is_empty() {
            assert!(!clerk.get(&at).await.holds("\0"), "{text:?}");
        }
    }
    kit.finish().await;
}

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
            let mut request = stranger.request(Method::GET, address).body(Bytes::new()).expect("one");
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

#[tokio::test]
async fn guessing_passwords_is_slowed_down_and_tells_nothing() {
    let kit = TestApp::new().await;
    let login = Visitor::Own(Role::Auditor).login().expect("a login");
    let mut guesser = kit.client().await;
    let mut guess = async |login: &str, password: &str| {
        guesser.post("/sign-in", &[("login", login), ("password", password)]).await
    };
    let nobody = guess("nobody-here", "x").await.text().replace("nobody-here", "");
    let somebody = guess(&login, "x").await.text().replace(&login, "");
    assert_eq!(nobody, somebody, "nobody learns which logins there are");
    for _ in 0..5 {
        guess(&login, "x").await;
    }
    let locked = guess(&login, PASSWORD).await;
    assert!(locked.holds("秒后再试"), "{}", locked.text());
    let other = Visitor::Other(Role::Auditor).login().expect("a login");
    assert!(other.starts_with(OTHER));
    assert_eq!(guess(&other, PASSWORD).await.class(), "done", "others are not locked out");
    let long = "长".repeat(1 << 20);
    assert!(guess(&long, &long).await.status.as_u16() < 500);
    kit.finish().await;
}
