//! Forms that no page of ours sent, and guessed passwords: nothing is done.

use super::{FORM, clerk, forms, left_behind};
use bytes::Bytes;
use gongkai_domain::access::Role;
use gongkai_testkit::app::{Answer, Client, OTHER, PASSWORD, Stage, TestApp, Visitor};
use http::{Method, header};

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
    assert_eq!(clerk.post("/work/sign-out", &[]).await.class(), "sign_in");
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
