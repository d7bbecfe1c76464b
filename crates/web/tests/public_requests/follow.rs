//! Following a request: supplement, withdrawal, rating, and the same answer to whoever guesses.

use super::{
    TELEPHONE, answered, carried, confirmed, filled, follow, id_of, in_parts, submitted,
    supplement_asked,
};
use gongkai_app::requests::paper::{self, Typed, Wanted};
use gongkai_app::requests::reasons;
use gongkai_domain::access::Role;
use gongkai_domain::request::AskReasons;
use gongkai_testkit::app::{Client, OWN, TestApp};
use std::time::{Duration, Instant};

async fn form_token(client: &mut Client) -> String {
    let case = client.get("/on-request/case").await;
    case.hidden("form_token").pop().expect("a form with a token")
}

#[tokio::test]
async fn a_supplement_comes_on_line_once_it_is_asked_for() {
    let kit = TestApp::new().await;
    let code = submitted(&mut kit.client().await).await;
    let (mut client, _) = follow(&kit, &code, TELEPHONE).await;
    let token = form_token(&mut client).await;
    let fields = |text: &str| {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![pair("form_token", &token), pair("text", text)]
    };
    let address = "/on-request/case/supplement";
    let unasked = in_parts(&mut client, address, &fields("x"), &[]).await;
    assert_eq!(unasked.class(), "refused", "{}", unasked.text());
    supplement_asked(&kit, &id_of(&kit, &code).await).await;
    assert!(client.get("/on-request/case").await.holds("请写明年份"));
    let empty = in_parts(&mut client, address, &fields(" "), &[]).await;
    assert_eq!(empty.class(), "invalid");
    let program: [(&str, &[u8]); 1] = [("a.exe", b"MZ\x90\0")];
    let wrong = in_parts(&mut client, address, &fields("保留这一句"), &program).await;
    assert!(wrong.class() == "invalid" && wrong.holds("保留这一句"), "{}", wrong.text());
    let sent = in_parts(&mut client, address, &fields("上一年"), &[]).await;
    assert_eq!(sent.header("location"), "/on-request/case?done=supplement", "{}", sent.text());
    let case = client.get("/on-request/case?done=supplement").await;
    assert!(case.holds("收到补正") && !case.holds("请写明年份"), "{}", case.text());
    kit.finish().await;
}

#[tokio::test]
async fn reasons_are_given_on_line_once_and_only_when_they_were_asked_for() {
    let kit = TestApp::new().await;
    let code = submitted(&mut kit.client().await).await;
    let (mut client, _) = follow(&kit, &code, TELEPHONE).await;
    let token = form_token(&mut client).await;
    let address = "/on-request/case/reasons";
    let fields = |text: &'static str| [("form_token", token.clone()), ("text", text.to_owned())];
    let unasked = client.post_bare(address, &borrowed(&fields("研究"))).await;
    assert_eq!(unasked.class(), "refused", "{}", unasked.text());
    let (clerk, today) = (kit.caller(OWN, Role::Clerk), kit.app.clock.today());
    let id = id_of(&kit, &code).await;
    let until = today.saturating_add(jiff::Span::new().days(7));
    let ask = AskReasons { on: today, found: "本月第五十件".to_owned(), until };
    reasons::ask(&kit.app, &clerk, &id, ask).await.expect("asked");
    let case = client.get("/on-request/case").await;
    assert!(case.holds("请说明理由") && case.holds("本月第五十件"), "{}", case.text());
    let empty = client.post_bare(address, &borrowed(&fields(" \r\n"))).await;
    assert!(empty.class() == "invalid" && empty.holds("请写明申请的理由"), "{}", empty.text());
    let huge = "长".repeat(4_001);
    let huge = [("form_token", token.clone()), ("text", huge)];
    assert_eq!(client.post_bare(address, &borrowed(&huge)).await.class(), "invalid");
    let stranger = [("form_token", "0".repeat(64)), ("text", "x".to_owned())];
    assert_eq!(client.post_bare(address, &borrowed(&stranger)).await.class(), "forbidden");
    let sent = client.post_bare(address, &borrowed(&fields("课题研究"))).await;
    assert_eq!(sent.header("location"), "/on-request/case?done=reasons", "{}", sent.text());
    let case = client.get("/on-request/case?done=reasons").await;
    assert!(case.holds("已经收到") && !case.holds("请说明理由"), "{}", case.text());
    let twice = client.post_bare(address, &borrowed(&fields("又一次"))).await;
    assert_eq!(twice.class(), "refused", "{}", twice.text());
    let case = gongkai_app::requests::case::case(&kit.app, &clerk, &id).await.expect("the case");
    let given = case.request.round.reasons.and_then(|reasons| reasons.given);
    assert_eq!(given, Some((today, "课题研究".to_owned())));
    kit.finish().await;
}

fn borrowed<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn a_request_is_withdrawn_by_whoever_is_sure() {
    let kit = TestApp::new().await;
    let code = submitted(&mut kit.client().await).await;
    let (mut client, _) = follow(&kit, &code, TELEPHONE).await;
    let token = form_token(&mut client).await;
    let address = "/on-request/case/withdrawal";
    let unsure = client.post_bare(address, &[("form_token", &token), ("text", "原因")]).await;
    assert!(unsure.class() == "invalid" && unsure.holds("原因"), "{}", unsure.text());
    let sure = [("form_token", token.as_str()), ("sure", "yes"), ("text", "不需要了")];
    let done = client.post_bare(address, &sure).await;
    assert_eq!(done.header("location"), "/on-request/case?done=withdrawal", "{}", done.text());
    assert!(client.get("/on-request/case").await.holds("已办结"));
    let twice = client.post_bare(address, &sure).await;
    assert_eq!(twice.class(), "refused", "{}", twice.text());
    kit.finish().await;
}

#[tokio::test]
async fn content_is_asked_for_once_and_only_after_the_answer() {
    let kit = TestApp::new().await;
    let code = submitted(&mut kit.client().await).await;
    let (mut client, _) = follow(&kit, &code, TELEPHONE).await;
    let token = form_token(&mut client).await;
    let address = "/on-request/case/rating";
    let rating = |stars: &'static str| {
        [("form_token", token.clone()), ("stars", stars.to_owned()), ("text", "好".to_owned())]
    };
    let mut rate = async |stars| {
        let fields = rating(stars);
        let fields: Vec<_> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        client.post_bare(address, &fields).await
    };
    assert_eq!(rate("5").await.class(), "refused", "too early");
    answered(&kit, &id_of(&kit, &code).await).await;
    assert_eq!(rate("6").await.class(), "invalid");
    assert_eq!(rate("4").await.header("location"), "/on-request/case?done=rating");
    assert_eq!(rate("1").await.class(), "refused", "once");
    assert!(client.get("/on-request/case").await.holds("您的评价：4 星"));
    kit.finish().await;
}

#[tokio::test]
async fn a_wrong_code_and_a_wrong_contact_get_the_same_answer() {
    let mut kit = TestApp::new().await;
    kit.without_limits();
    let code = submitted(&mut kit.client().await).await;
    let mut answers = Vec::new();
    for (code, contact) in [(code.as_str(), "00000000000"), ("aaaabbbbccccdddd", TELEPHONE)] {
        let mut took = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            let (client, answer) = follow(&kit, code, contact).await;
            took.push(begun.elapsed());
            assert_eq!(answer.class(), "not_found");
            assert!(client.cookies().is_empty(), "nothing is kept");
            answers.push(answer.text().replace(code, "").replace(contact, ""));
        }
        took.sort_unstable();
        assert!(took[10] < Duration::from_secs(1), "{took:?}");
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    kit.finish().await;
}

#[tokio::test]
async fn a_visit_ends_when_it_is_left_and_a_forged_one_is_none() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    submitted(&mut client).await;
    let forged = [("form_token", "forged"), ("sure", "yes")];
    let refused = client.post_bare("/on-request/case/withdrawal", &forged).await;
    assert!(refused.class() == "forbidden" && refused.holds("不是从本系统的页面提交"));
    client.post_bare("/on-request/case/leave", &[]).await;
    let left = client.get("/on-request/case").await;
    assert_eq!(left.header("location"), "/on-request/track?over=1");
    client.set_cookie("follow", Some("sealed:0:AAAA"));
    assert_eq!(client.get("/on-request/case").await.class(), "done");
    kit.finish().await;
}

#[tokio::test]
async fn a_changed_form_is_another_request() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    let page = confirmed(&mut client, &filled()).await;
    let first = carried(&page);
    in_parts(&mut client, "/on-request/submit", &first, &[]).await;
    let change = |(name, value): &(String, String)| match name.as_str() {
        "wanted_name" => (name.clone(), "另一件".to_owned()),
        _ => (name.clone(), value.clone()),
    };
    let other: Vec<_> = first.iter().map(change).collect();
    in_parts(&mut client, "/on-request/submit", &other, &[]).await;
    assert_eq!(kit.rows().await["requests"], 2);
    assert!(client.get("/on-request/receipt").await.holds("另一件"));
    kit.finish().await;
}

#[tokio::test]
async fn the_official_paper_of_the_reply_is_given_once_it_is_served_and_the_look_is_logged() {
    let kit = TestApp::new().await;
    let code = submitted(&mut kit.client().await).await;
    let (mut client, _) = follow(&kit, &code, TELEPHONE).await;
    let id = id_of(&kit, &code).await;
    answered(&kit, &id).await;
    let link = "href=\"/on-request/case/files/";
    assert_eq!(client.get("/on-request/case").await.text().matches(link).count(), 1, "the file");
    let typed = Typed::from([("contact".to_owned(), "办公室，0000-0000000".to_owned())]);
    let wanted = Wanted { notice: paper::REPLY.to_owned(), concerning: None, typed };
    let clerk = kit.caller(OWN, Role::Clerk);
    let issued = paper::issue(&kit.app, &clerk, &id, &wanted, None).await.expect("issued");
    let case = client.get("/on-request/case").await.text();
    assert_eq!(case.matches(link).count(), 2, "and the paper");
    let digest = issued.pdf.unwrap_or(issued.docx);
    let address = format!("/on-request/case/files/{digest}");
    let given = client.get(&address).await;
    assert_eq!((given.class(), given.header("cache-control")), ("ok", "no-store"));
    assert_eq!(kit.client().await.get(&address).await.class(), "done", "nobody else gets it");
    let log = kit.verified_log().await;
    let last = log.last().expect("an event");
    assert_eq!(
        (last.event.act.as_str(), last.event.actor.as_str()),
        ("request.open_paper", "requester")
    );
    kit.finish().await;
}
