//! Who asks is nobody's business: no public answer holds personal data, whatever state a request is in.

use super::{NAME, TELEPHONE, submitted};
use gongkai_domain::request::StateKey;
use gongkai_testkit::app::{PERSONAL_MARK, TELEPHONE as COUNTER_TELEPHONE, TestApp};
use gongkai_web::{Access, routes};

const ASKED: &[&str] = &["", "?q=王某", "?code=", "?organ=bureau&kind=natural", "?draft=1"];

#[tokio::test]
async fn no_answer_to_the_public_holds_personal_data() {
    let kit = TestApp::new().await;
    let code = submitted(&mut kit.client().await).await;
    for state in StateKey::ALL {
        kit.request_at(state).await;
    }
    let mut stranger = kit.client().await;
    let open = |route: &gongkai_web::Route| route.access == Access::Public && route.method == "GET";
    for route in routes().into_iter().filter(open) {
        let path = route.path.replace("{*path}", "base.css").replace('{', "").replace('}', "");
        for asked in ASKED {
            let asked = asked.replace("王某", "%E7%8E%8B%E6%9F%90");
            let answer = stranger.get(&format!("{path}{asked}")).await;
            for secret in [NAME, TELEPHONE, "暗记", PERSONAL_MARK, COUNTER_TELEPHONE, code.as_str()]
            {
                assert!(!answer.holds(secret), "{path}{asked} holds {secret}");
            }
        }
    }
    kit.finish().await;
}

#[tokio::test]
async fn the_pages_of_a_visit_do_not_say_who_asks_and_are_kept_by_nobody() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    submitted(&mut client).await;
    for page in ["/on-request/receipt", "/on-request/case"] {
        let answer = client.get(page).await;
        assert_eq!(answer.class(), "ok");
        assert_eq!(answer.header("cache-control"), "no-store", "{page}");
        for secret in [NAME, TELEPHONE, "暗记路"] {
            assert!(!answer.holds(secret), "{page} holds {secret}");
        }
    }
    let cookies = client.cookies().values().cloned().collect::<String>();
    assert!(!cookies.contains(TELEPHONE) && !cookies.is_empty());
    kit.finish().await;
}
