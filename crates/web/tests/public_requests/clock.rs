//! 期限计算器: the page and the interface answer what the clock answers.

use bytes::Bytes;
use gongkai_testkit::app::{Answer, Client, TestApp};
use http::{Method, header};
use serde_json::Value;

const CASE: &str = r#"{"received": "2025-03-03", "events": [
    {"on": "2025-03-10", "event": "third_party_asked", "reached": "2025-03-12"},
    {"on": "2025-03-28", "event": "third_party_answered"}]}"#;

async fn ask(client: &mut Client, body: &'static str) -> Answer {
    let request = client
        .request(Method::POST, "/api/v1/clock")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Bytes::from_static(body.as_bytes()));
    client.send(request.expect("a request")).await
}

#[tokio::test]
async fn the_interface_answers_what_the_command_answers() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    let answer = ask(&mut client, CASE).await;
    assert_eq!(answer.class(), "ok", "{}", answer.text());
    let answer: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(answer["due"], "2025-04-21");
    assert_eq!(answer["state"], "running");
    assert_eq!(answer["provisional"], false);
    assert_eq!(answer["days"][0]["date"], "2025-03-04");
    assert_eq!(answer["days"][0]["counted"], 1);
    assert_eq!(answer["days"][7]["kind"], "paused");
    let refused = ask(
        &mut client,
        r#"{"received": "2025-03-03", "events": [{"on": "2025-03-20", "event": "supplement_asked"}]}"#,
    )
    .await;
    assert_eq!(refused.class(), "invalid");
    let refused: Value = serde_json::from_slice(&refused.body).expect("JSON");
    assert!(refused["article"].as_str().is_some_and(|article| article.contains("第三十条")));
    assert_eq!(refused["event"], 1);
    for (body, said) in [("", "空的"), ("[]", "不是一个 JSON 对象"), ("{", "不成 JSON")] {
        let wrong = ask(&mut client, body).await;
        assert!(wrong.class() == "invalid" && wrong.holds(said), "{}", wrong.text());
    }
    kit.finish().await;
}

#[tokio::test]
async fn the_page_shows_the_due_day_and_every_day_before_it_in_words() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    let events = "on=2025-03-10&event=third_party_asked&reached=2025-03-12&who=\
        &on=2025-03-28&event=third_party_answered&reached=&who=";
    let page = client.get(&format!("/clock?received=2025-03-03&{events}")).await;
    for said in ["最迟答复日：2025-04-21", "周末", "暂停", "第 1 日", "清明节", "收到第三方意见"]
    {
        assert!(page.holds(said), "{said}: {}", page.text());
    }
    let refused =
        client.get("/clock?received=2025-03-03&on=2025-03-20&event=supplement_asked").await;
    assert!(refused.holds("第三十条") && refused.holds("2025-03-20"), "{}", refused.text());
    let wrong = client.get("/clock?received=%3Cscript%3E").await;
    assert!(wrong.holds("不是日期") && wrong.dangers().is_empty());
    assert_eq!(client.get("/clock").await.class(), "ok");
    kit.finish().await;
}
