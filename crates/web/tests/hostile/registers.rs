//! Programs that send records: with no token, another's, an old one, too much, twice, at once.

use bytes::Bytes;
use gongkai_app::reports::registers::{register, tokens, undo};
use gongkai_domain::access::Role;
use gongkai_testkit::app::{Answer, Client, OTHER, OWN, TestApp};
use http::Method;
use jiff::{SignedDuration, Span};

const PATH: &str = "/api/v1/registers/permit";

async fn given(kit: &TestApp, organ: &str, registers: &[&str]) -> tokens::Given {
    let asked = tokens::TokenAsked {
        organ: organ.parse().expect("an organ"),
        name: "许可系统".to_owned(),
        registers: registers.iter().map(|each| (*each).to_owned()).collect(),
        expires_on: kit.app.clock.today().saturating_add(Span::new().days(30)),
    };
    let security = kit.caller(organ, Role::SecurityAdministrator);
    tokens::give(&kit.app, &security, asked).await.expect("a token")
}

async fn send(client: &mut Client, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = client.request(Method::POST, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request.body(Bytes::from(body.to_owned())).expect("a request")).await
}

/// Sends records with a token under a key.
async fn sent(client: &mut Client, secret: &str, key: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {secret}");
    send(client, PATH, &[("authorization", &bearer), ("idempotency-key", key)], body).await
}

async fn n_rows(kit: &TestApp, organ: &str) -> usize {
    let clerk = kit.caller(organ, Role::Clerk);
    register(&kit.app, &clerk, &organ.parse().expect("an organ"), 2024)
        .await
        .expect("a register")
        .rows
        .len()
}

const TWO: &str = r#"{"rows":[{"number":"某许〔2024〕1号","title":"某","on":"2024-05-06"},
    {"number":"某许〔2024〕2号","on":"2024/5/7"}]}"#;

#[tokio::test]
async fn records_are_taken_once_signed_and_can_be_undone() {
    let mut kit = TestApp::new().await;
    kit.without_limits();
    let mut client = kit.client().await;
    let given = given(&kit, OWN, &["permit"]).await;
    let first = sent(&mut client, &given.secret, "k1", TWO).await;
    assert_eq!(first.status.as_u16(), 201, "{}", first.text());
    let again = sent(&mut client, &given.secret, "k1", TWO).await;
    assert_eq!(again.status.as_u16(), 200);
    assert_eq!(first.text().replace("\"was_known\":false", "\"was_known\":true"), again.text());
    assert_eq!(n_rows(&kit, OWN).await, 2, "the same under the same key comes once");
    let other = TWO.replace("2号", "3号");
    assert_eq!(sent(&mut client, &given.secret, "k1", &other).await.class(), "refused");
    assert_eq!(sent(&mut client, &given.secret, "k2", TWO).await.class(), "refused");
    assert_eq!(n_rows(&kit, OWN).await, 2);
    let clerk = kit.caller(OWN, Role::Clerk);
    let seen = register(&kit.app, &clerk, &OWN.parse().unwrap(), 2024).await.unwrap();
    assert_eq!((seen.batches.len(), seen.batches[0].source.as_str()), (1, "接口：许可系统"));
    assert!(seen.batches[0].made_by.contains("许可系统"));
    undo(&kit.app, &clerk, &seen.batches[0].id, "重报").await.unwrap();
    assert_eq!(n_rows(&kit, OWN).await, 0);
    let log = kit.verified_log().await;
    let secret = given.secret.as_str();
    assert!(log.iter().any(|link| link.event.act == "register.give_token"));
    assert!(log.iter().all(|link| !format!("{:?}", link.event).contains(secret)));
    kit.finish().await;
}

#[tokio::test]
async fn without_a_good_token_nothing_is_taken() {
    let mut kit = TestApp::new().await;
    kit.without_limits();
    let mut client = kit.client().await;
    let own = given(&kit, OWN, &["permit"]).await;
    let other = given(&kit, OTHER, &["permit"]).await;
    let bearer = format!("Bearer {}", own.secret);
    let bad = ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer gkr_0", "Bearer ' or 1=1 --"];
    for value in bad {
        let headers = [("authorization", value), ("idempotency-key", "k")];
        let answer = send(&mut client, PATH, &headers, TWO).await;
        assert_eq!(answer.class(), "no_token", "{value}: {}", answer.text());
        assert!(answer.header("content-type").starts_with("application/json"));
    }
    let digest_itself = gongkai_domain::audit::digest(own.secret.as_bytes());
    assert_eq!(sent(&mut client, &digest_itself, "k", TWO).await.class(), "no_token");
    let penalty = PATH.replace("permit", "penalty");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "k")];
    assert_eq!(send(&mut client, &penalty, &headers, TWO).await.class(), "forbidden");
    for unknown in ["rule", "normative_document", "nothing", "%E8%AE%B8"] {
        let path = PATH.replace("permit", unknown);
        assert_eq!(send(&mut client, &path, &headers, TWO).await.class(), "not_found", "{unknown}");
    }
    let for_other = TWO.replacen('{', r#"{"organ":"neighbour","#, 1);
    assert_eq!(sent(&mut client, &own.secret, "k", &for_other).await.class(), "forbidden");
    let security = kit.caller(OWN, Role::SecurityAdministrator);
    assert!(tokens::revoke(&kit.app, &security, &other.token.id).await.is_err(), "not theirs");
    tokens::revoke(&kit.app, &security, &own.token.id).await.unwrap();
    assert!(tokens::revoke(&kit.app, &security, &own.token.id).await.is_err(), "once");
    assert_eq!(sent(&mut client, &own.secret, "k", TWO).await.class(), "no_token");
    kit.app.clock.forward(SignedDuration::from_hours(24 * 31));
    assert_eq!(sent(&mut client, &other.secret, "k", TWO).await.class(), "no_token");
    assert_eq!((n_rows(&kit, OWN).await, n_rows(&kit, OTHER).await), (0, 0));
    kit.finish().await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_row_by_row_and_nothing_of_it_stays() {
    let mut kit = TestApp::new().await;
    kit.without_limits();
    let mut client = kit.client().await;
    let secret = given(&kit, OWN, &["permit", "fee"]).await.secret;
    let faulty = r#"{"rows":[{"on":"2024-05-06"},{"on":"五月","amount":"许多"},{"on":"2999-01-01"},
        {"number":"a\u0000b","on":"2024-05-06"}]}"#;
    let answer = sent(&mut client, &secret, "k", faulty).await;
    assert_eq!(answer.class(), "invalid");
    let told: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
    let rows: Vec<_> = told["rows"].as_array().unwrap().iter().map(|row| &row["row"]).collect();
    assert_eq!(rows, [2, 3, 4]);
    assert_eq!(told["rows"][0]["problems"].as_array().unwrap().len(), 2);
    let many =
        format!(r#"{{"rows":[{}{{"on":"2024-05-06"}}]}}"#, r#"{"on":"2024-05-06"},"#.repeat(5_000));
    let deep = "[".repeat(100_000);
    let bodies = [
        "",
        "{}",
        "null",
        r#"{"rows":[]}"#,
        r#"{"rows":{}}"#,
        "\u{0}",
        &deep,
        &many,
        r#"{"rows":[{"on":"2024-05-06"}],"kind":"x"}"#,
        r#"{"rows":[{"on":"2024-05-06","x":1}]}"#,
    ];
    for body in bodies {
        let answer = sent(&mut client, &secret, "k", body).await;
        assert_eq!(
            answer.class(),
            "invalid",
            "{}: {}",
            body.get(..30).unwrap_or(body),
            answer.text()
        );
    }
    let huge = "a".repeat(5 << 20);
    assert_eq!(sent(&mut client, &secret, "k", &huge).await.class(), "too_large");
    for key in ["", " ", "a b", &"k".repeat(101)] {
        let answer = sent(&mut client, &secret, key, TWO).await;
        assert_eq!(answer.class(), "invalid", "{key}");
        assert!(answer.text().contains("Idempotency-Key"));
    }
    assert_eq!(n_rows(&kit, OWN).await, 0);
    kit.finish().await;
}

#[tokio::test]
async fn the_same_sent_at_once_is_taken_once_and_too_often_waits() {
    let kit = TestApp::new().await;
    let secret = given(&kit, OWN, &["permit"]).await.secret;
    let client = kit.client().await;
    let tries = (0..6).map(|_| {
        let (mut client, secret) = (client.clone(), secret.clone());
        tokio::spawn(async move { sent(&mut client, &secret, "k", TWO).await.status.as_u16() })
    });
    let mut statuses = Vec::new();
    for tried in tries.collect::<Vec<_>>() {
        statuses.push(tried.await.unwrap());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 201, 409].contains(status)), "{statuses:?}");
    assert_eq!(n_rows(&kit, OWN).await, 2);
    let mut client = kit.client().await;
    let mut last = 0;
    for _ in 0..kit.app.config.intake.most_a_minute {
        last = sent(&mut client, "gkr_wrong", "k", TWO).await.status.as_u16();
    }
    assert_eq!(last, 429, "guessing is slowed down");
    kit.finish().await;
}
