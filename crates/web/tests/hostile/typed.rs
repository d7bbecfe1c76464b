//! What people type, into fields and addresses: shown and never run.

use super::{blanks, clerk, filled, left_behind};
use gongkai_domain::access::Role;
use gongkai_testkit::app::{Client, Stage, TestApp, Visitor, WORD};
use gongkai_web::routes;

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
        for page in [at.clone(), format!("{at}/edit"), "/work/items".to_owned(), "/work".to_owned()]
        {
            assert_eq!(clerk.get(&page).await.dangers(), [] as [&str; 0], "{page} of {attack}");
        }
        if number == 0 {
            publish(&kit, &mut clerk, &at).await;
            let withdrawn = [("reason", ATTACKS[1])];
            for page in [public.clone(), "/".to_owned(), "/items".to_owned(), at.clone()] {
                let shown = kit.client().await.get(&page).await;
                assert!(
                    // News stand beside what the law asks for, in a list of their own.
                    page == at
                        || page == "/items"
                        || shown.holds("&lt;script")
                        || shown.holds("&#60;script"),
                    "{page}"
                );
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

#[tokio::test]
async fn characters_that_no_database_takes_are_taken_out_or_refused() {
    let kit = TestApp::new().await;
    let mut clerk = clerk(&kit).await;
    for text in ["前\0后", "前\u{fffe}后", "前\u{b}\u{1f}后", "\u{10ffff}", "e\u{301}\u{200d}🏳️‍🌈"]
    {
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
