//! 依申请公开 as a member of the public meets it: from the form to the reply, by plain forms alone.

mod clock;
mod floods;
mod follow;
mod secrecy;

use bytes::Bytes;
use gongkai_app::requests::{release, reply, supplement, track};
use gongkai_domain::access::Role;
use gongkai_domain::id::RequestId;
use gongkai_domain::outcome::{BasisKey, OutcomeKey};
use gongkai_domain::request::{AskSupplement, Served, ServiceWay};
use gongkai_testkit::app::{Answer, Client, OWN, TestApp, simple_reply};
use http::{Method, header};

const TELEPHONE: &str = "00013900001";
const NAME: &str = "王某暗记";
const EDGE: &str = "----part";

/// What a natural person fills in.
fn filled() -> Vec<(&'static str, &'static str)> {
    vec![
        ("organ", OWN),
        ("kind", "natural"),
        ("name", NAME),
        ("document", "护照"),
        ("document_number", "E暗记00001"),
        ("telephone", TELEPHONE),
        ("address", "暗记路一号"),
        ("wanted_name", "某项目年度计划"),
        ("description", "第一行\n第二行<b>"),
        ("form", "electronic"),
        ("way", "online"),
    ]
}

/// The fields with some of them replaced or added.
fn with<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = filled();
    fields.retain(|(name, _)| !changed.iter().any(|(each, _)| each == name));
    fields.extend_from_slice(changed);
    fields
}

/// Sends a form in parts, with files.
async fn in_parts(
    client: &mut Client,
    address: &str,
    fields: &[(String, String)],
    files: &[(&str, &[u8])],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
    }
    for (name, content) in files {
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
    let request = client
        .request(Method::POST, address)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .body(Bytes::from(body));
    client.send(request.expect("a request")).await
}

/// What the page before submitting carries to the next.
fn carried(page: &Answer) -> Vec<(String, String)> {
    let mut names: Vec<&str> = filled().iter().map(|(name, _)| *name).collect();
    names.extend(["ticket", "suggested", "question"]);
    let value = |name: &str| page.hidden(name).pop();
    names.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))).collect()
}

/// Goes by the pages up to the one before submitting.
async fn confirmed(client: &mut Client, fields: &[(&str, &str)]) -> Answer {
    let form = client.get(&format!("/on-request/new?organ={OWN}&kind=natural")).await;
    assert_eq!(form.class(), "ok", "{}", form.text());
    let ticket = form.hidden("ticket").pop().expect("a ticket");
    let mut fields = fields.to_vec();
    fields.push(("ticket", &ticket));
    client.post_bare("/on-request/form", &fields).await
}

/// Submits, and answers the code on the receipt.
async fn submitted(client: &mut Client) -> String {
    let page = confirmed(client, &filled()).await;
    assert_eq!(page.class(), "ok", "{}", page.text());
    let sent = in_parts(client, "/on-request/submit", &carried(&page), &[]).await;
    assert_eq!(sent.header("location"), "/on-request/receipt", "{}", sent.text());
    code(&client.get("/on-request/receipt").await)
}

fn code(receipt: &Answer) -> String {
    let text = receipt.text();
    let code = text.split("class=\"code\">").nth(1).and_then(|rest| rest.split('<').next());
    code.expect("a code on the receipt").to_owned()
}

async fn follow(kit: &TestApp, code: &str, contact: &str) -> (Client, Answer) {
    let mut client = kit.client().await;
    let fields = [("code", code), ("contact", contact)];
    let answer = client.post_bare("/on-request/track", &fields).await;
    (client, answer)
}

async fn id_of(kit: &TestApp, code: &str) -> RequestId {
    track::track(&kit.app, code, TELEPHONE).await.expect("a request of this code").request.id
}

/// The organ answers with a file.
async fn answered(kit: &TestApp, id: &RequestId) {
    let (clerk, leader) = (kit.caller(OWN, Role::Clerk), kit.caller(OWN, Role::Leader));
    let content = Bytes::from_static("答复的正文".as_bytes());
    let name = "年度计划.txt";
    let brought = release::bring(&kit.app, &clerk, id, name, content).await.expect("brought");
    let out = release::let_out(&kit.app, &clerk, id, &brought.id, "全文可以公开").await;
    let given = out.expect("let out").product.expect("a file to give");
    let mut proposed = simple_reply(OutcomeKey::DISCLOSED, BasisKey::of("ogi-36-2"));
    proposed.files = vec![given];
    reply::propose(&kit.app, &clerk, id, proposed).await.expect("proposed");
    reply::approve(&kit.app, &leader, id, "同意".to_owned(), None).await.expect("approved");
    let way = ServiceWay::Net { confirmation: "系统记录".to_owned() };
    let served = Served { on: kit.app.clock.today(), way };
    reply::serve(&kit.app, &clerk, id, served).await.expect("served");
}

async fn supplement_asked(kit: &TestApp, id: &RequestId) {
    let today = kit.app.clock.today();
    let ask = AskSupplement {
        on: today,
        items: vec!["请写明年份".to_owned()],
        guidance: "例如哪一年".to_owned(),
        until: today.saturating_add(jiff::Span::new().days(14)),
    };
    let clerk = kit.caller(OWN, Role::Clerk);
    supplement::ask(&kit.app, &clerk, id, ask).await.expect("asked");
}

#[tokio::test]
async fn a_request_goes_from_the_form_to_the_reply_by_plain_forms_alone() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    let page = confirmed(&mut client, &filled()).await;
    assert_eq!(page.class(), "ok", "{}", page.text());
    assert!(page.dangers().is_empty(), "{:?}", page.dangers());
    let files: [(&str, &[u8]); 1] = [("证件.txt", "证件".as_bytes())];
    let sent = in_parts(&mut client, "/on-request/submit", &carried(&page), &files).await;
    assert_eq!(sent.header("location"), "/on-request/receipt", "{}", sent.text());
    let receipt = client.get("/on-request/receipt").await;
    assert!(receipt.holds("1 个") && receipt.holds("最迟答复日"), "{}", receipt.text());
    assert_eq!(receipt.header("cache-control"), "no-store");
    let picture = client.get("/on-request/receipt/qr.svg").await;
    assert_eq!(picture.header("content-type"), "image/svg+xml");

    let code = code(&receipt);
    let again = in_parts(&mut client, "/on-request/submit", &carried(&page), &files).await;
    assert_eq!(again.header("location"), "/on-request/receipt", "sent twice asks once");
    assert!(client.get("/on-request/receipt").await.holds(&code));

    answered(&kit, &id_of(&kit, &code).await).await;
    let (mut reader, found) = follow(&kit, &code.to_uppercase(), "0001 3900 001").await;
    assert_eq!(found.header("location"), "/on-request/case", "{}", found.text());
    let case = reader.get("/on-request/case").await;
    assert!(
        case.holds("已办结") && case.holds("年度计划.txt") && case.holds("依申请〔"),
        "{}",
        case.text()
    );
    let address = case.text();
    let address = address.split("href=\"/on-request/case/files/").nth(1).expect("a file");
    let address = format!("/on-request/case/files/{}", address.split('"').next().expect("an end"));
    let given = reader.get(&address).await;
    assert_eq!(given.text(), "答复的正文");
    assert_eq!(given.header("cache-control"), "no-store");
    assert!(given.header("content-type").starts_with("text/plain"));
    let stranger = kit.client().await.get(&address).await;
    assert_eq!(stranger.header("location"), "/on-request/track?over=1");
    kit.finish().await;
}

#[tokio::test]
async fn every_problem_stands_beside_its_field_and_nothing_typed_is_lost() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    let wrong =
        with(&[("document_number", ""), ("way", ""), ("wanted_name", "保留<i>"), ("email", "x y")]);
    let page = confirmed(&mut client, &wrong).await;
    assert_eq!(page.class(), "invalid");
    for field in ["document_number", "way", "email"] {
        assert!(page.holds(&format!("id=\"e-{field}\"")), "{field}: {}", page.text());
    }
    assert!(page.holds("保留&#60;i&#62;") && page.holds("第二行") && page.holds(NAME));
    assert!(page.dangers().is_empty(), "{:?}", page.dangers());
    for kind in ["natural", "business", "research", "nonprofit", "legal", "other"] {
        let form = client.get(&format!("/on-request/new?organ={OWN}&kind={kind}")).await;
        assert!(form.holds("填写申请") && form.class() == "ok", "{kind}");
        assert_eq!(form.holds("联系人"), kind != "natural", "{kind}");
        assert!(!form.holds("申请的用途") && !form.holds("name=\"purpose\""), "{kind}");
    }
    kit.finish().await;
}

#[tokio::test]
async fn a_draft_waits_in_the_browser_that_kept_it_and_in_no_other() {
    let kit = TestApp::new().await;
    let mut client = kit.client().await;
    let kept = confirmed(&mut client, &with(&[("do", "save"), ("telephone", "")])).await;
    assert!(kept.holds("草稿已经保存"), "{}", kept.text());
    let start = client.get("/on-request/new").await;
    assert!(start.holds("继续填写") && !start.holds(NAME));
    assert!(client.get("/on-request/new?draft=1").await.holds(NAME));
    assert!(!kit.client().await.get("/on-request/new?draft=1").await.holds(NAME));
    submitted(&mut client).await;
    assert!(!client.get("/on-request/new?draft=1").await.holds(NAME), "it went with the request");
    assert_eq!(kit.rows().await["request_drafts"], 0);
    kit.finish().await;
}

#[tokio::test]
async fn what_is_public_already_is_suggested_and_whether_it_answered_is_kept() {
    use gongkai_testkit::app::{Stage, WORD};
    let kit = TestApp::new().await;
    let item = kit.item_at(Stage::Public).await;
    gongkai_app::search::catch_up(&kit.app).await.expect("the index follows");
    let mut client = kit.client().await;
    let wanted = with(&[("wanted_name", WORD)]);
    let page = confirmed(&mut client, &wanted).await;
    assert!(page.holds(&format!("/items/{item}")), "{}", page.text());
    let found = [("organ", OWN), ("item", item.as_str()), ("wanted", WORD)];
    let shown = client.post_bare("/on-request/found", &found).await;
    assert_eq!(shown.header("location"), format!("/items/{item}"));
    assert_eq!(kit.rows().await["request_suggestions"], 1);
    in_parts(&mut client, "/on-request/submit", &carried(&page), &[]).await;
    assert_eq!(kit.rows().await["request_suggestions"], 2, "it did not answer");
    assert_eq!(kit.rows().await["requests"], 1);
    kit.finish().await;
}
