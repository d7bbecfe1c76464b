//! Floods and hostile forms: a question first, then waiting; what is refused leaves nothing behind.

use super::{NAME, TELEPHONE, carried, confirmed, filled, follow, in_parts, submitted, with};
use bytes::Bytes;
use gongkai_app::config::{Config, Intake};
use gongkai_testkit::app::{Answer, Client, OWN, TestApp};
use http::{Method, header};
use std::sync::Arc;

fn set(kit: &mut TestApp, intake: Intake) {
    kit.app.config = Arc::new(Config { intake, ..Config::clone(&kit.app.config) });
}

/// The answer to a question of sums, as a person would find it.
fn solved(page: &Answer) -> Option<String> {
    let text = page.text();
    let asked = text.split("验证题：").nth(1)?.split('？').next()?.to_owned();
    let numerals: Vec<char> = "零一二三四五六七八九十".chars().collect();
    let number = |text: &str| {
        let place = |sign: char| numerals.iter().position(|each| *each == sign);
        match text.chars().collect::<Vec<_>>().as_slice() {
            [one] => place(*one),
            ['十', one] => place(*one).map(|one| 10 + one),
            _ => None,
        }
    };
    let sum = asked.strip_suffix("等于几");
    if let Some((a, b)) = sum.and_then(|sum| sum.split_once('加')) {
        return Some((number(a)? + number(b)?).to_string());
    }
    if let Some((a, b)) = sum.and_then(|sum| sum.split_once('减')) {
        return Some((number(a)? - number(b)?).to_string());
    }
    let (word, place) = asked.strip_prefix('“')?.split_once("”的第")?;
    let place = number(place.strip_suffix("个字是什么")?)?;
    word.chars().nth(place - 1).map(String::from)
}

async fn send(client: &mut Client, page: &Answer, answer: &str) -> Answer {
    let mut fields = carried(page);
    fields.push(("answer".to_owned(), answer.to_owned()));
    in_parts(client, "/on-request/submit", &fields, &[]).await
}

#[tokio::test]
async fn past_the_threshold_a_question_is_answered_first_and_counts_once() {
    let mut kit = TestApp::new().await;
    set(&mut kit, Intake { question_after: 1, ..Intake::default() });
    let mut client = kit.client().await;
    let free = confirmed(&mut client, &filled()).await;
    assert!(free.hidden("question").is_empty(), "the first is free");
    send(&mut client, &free, "").await;
    let asked = confirmed(&mut client, &with(&[("wanted_name", "第二件")])).await;
    assert!(asked.holds("验证题："), "{}", asked.text());
    let wrong = send(&mut client, &asked, "不知道").await;
    assert!(wrong.class() == "invalid" && wrong.holds("答案不对") && wrong.holds("第二件"));
    let right = solved(&wrong).expect("a question people can answer");
    let done = send(&mut client, &wrong, &right).await;
    assert_eq!(done.header("location"), "/on-request/receipt", "{}", done.text());

    let third = confirmed(&mut client, &with(&[("wanted_name", "第三件")])).await;
    let mut replayed = carried(&third);
    let used = wrong.hidden("question").pop().expect("a token");
    replayed.retain(|(name, _)| name != "question");
    replayed.push(("question".to_owned(), used));
    replayed.push(("answer".to_owned(), right));
    let refused = in_parts(&mut client, "/on-request/submit", &replayed, &[]).await;
    assert!(refused.class() == "invalid" && refused.holds("已经用过"), "{}", refused.text());
    let forged = [("question".to_owned(), "1.2.3".to_owned())];
    let forged: Vec<_> =
        carried(&third).into_iter().filter(|(name, _)| name != "question").chain(forged).collect();
    let refused = in_parts(&mut client, "/on-request/submit", &forged, &[]).await;
    assert!(refused.class() == "invalid" && refused.holds("不是本系统给出的"));
    assert_eq!(kit.rows().await["requests"], 2);
    kit.finish().await;
}

#[tokio::test]
async fn an_address_that_floods_waits_and_keeps_what_it_typed_and_the_counter_stays_open() {
    let mut kit = TestApp::new().await;
    set(&mut kit, Intake { question_after: 99, most_an_hour: 1, ..Intake::default() });
    let mut client = kit.client().await;
    submitted(&mut client).await;
    let page = confirmed(&mut client, &with(&[("wanted_name", "第二件")])).await;
    let refused = send(&mut client, &page, "").await;
    assert_eq!(refused.status.as_u16(), 429);
    assert!(refused.holds("第二件") && refused.holds("当面提交、邮政寄送不受影响"));
    assert_eq!(kit.rows().await["requests"], 1);
    for _ in 0..40 {
        kit.request("柜台登记").await;
    }
    assert_eq!(kit.rows().await["requests"], 41, "the counter knows no limit");
    kit.app.clock.forward(jiff::SignedDuration::from_hours(1));
    let later = send(&mut client, &page, "").await;
    assert_eq!(later.header("location"), "/on-request/receipt", "{}", later.text());
    kit.finish().await;
}

#[tokio::test]
async fn whoever_guesses_codes_answers_questions_then_waits() {
    let mut kit = TestApp::new().await;
    let limits = Intake { tries_before_question: 2, most_tries_an_hour: 4, ..Intake::default() };
    set(&mut kit, limits);
    let code = submitted(&mut kit.client().await).await;
    for _ in 0..2 {
        assert_eq!(follow(&kit, "aaaa", "1").await.1.class(), "not_found");
    }
    let (_, asked) = follow(&kit, &code, TELEPHONE).await;
    assert!(asked.class() == "invalid" && asked.holds("验证题："), "{}", asked.text());
    let mut client = kit.client().await;
    let token = asked.hidden("question").pop().expect("a token");
    let answer = solved(&asked).expect("a question");
    let fields = [
        ("code", code.as_str()),
        ("contact", TELEPHONE),
        ("question", &token),
        ("answer", &answer),
    ];
    let found = client.post_bare("/on-request/track", &fields).await;
    assert_eq!(found.header("location"), "/on-request/case", "{}", found.text());
    let (_, waits) = follow(&kit, &code, TELEPHONE).await;
    assert_eq!(waits.status.as_u16(), 429);
    assert!(waits.header("retry-after").parse::<u32>().is_ok());
    kit.finish().await;
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let mut kit = TestApp::new().await;
    kit.without_limits();
    let mut client = kit.client().await;
    let page = confirmed(&mut client, &filled()).await;
    let before = kit.rows().await;
    let address = "/on-request/submit";
    let mixed: [(&str, &[u8]); 2] = [("好.txt", b"good"), ("a.exe", b"MZ\x90\0\x03")];
    let empty: [(&str, &[u8]); 1] = [("空.pdf", b"")];
    let many: Vec<(&str, &[u8])> = vec![("多.txt", b"x".as_slice()); 11];
    for files in [mixed.as_slice(), empty.as_slice(), many.as_slice()] {
        let refused = in_parts(&mut client, address, &carried(&page), files).await;
        assert!(refused.class() == "invalid" && refused.holds("没有提交"), "{}", refused.text());
        assert!(refused.holds(NAME), "nothing typed is lost");
    }
    let null = client.post_bare("/on-request/form", &with(&[("name", "a\0b")])).await;
    assert!(null.class() == "invalid" && null.holds("空字符"), "{}", null.text());
    let long = "长".repeat(9_000);
    let long = client.post_bare("/on-request/form", &with(&[("description", &long)])).await;
    assert!(long.class() == "invalid" && long.holds("描述太长"), "{}", long.text());
    for (organ, kind) in [("nowhere", "natural"), (OWN, "martian"), ("", "")] {
        let wrong = client.post_bare(address, &with(&[("organ", organ), ("kind", kind)])).await;
        assert_eq!(wrong.class(), "invalid", "{organ} {kind}");
    }
    for (kind, body) in [
        ("multipart/form-data; boundary=x", "--x\r\nbroken"),
        ("multipart/form-data", "no boundary"),
        ("application/json", "{}"),
        ("text/plain", "x"),
    ] {
        let request = client.request(Method::POST, address).header(header::CONTENT_TYPE, kind);
        let request = request.body(Bytes::from_static(body.as_bytes())).expect("a request");
        let answer = client.send(request).await;
        assert!(
            answer.class() == "invalid" && answer.holds("无法识别"),
            "{kind}: {}",
            answer.text()
        );
    }
    let huge = vec![b'x'; 33 << 20];
    let files: [(&str, &[u8]); 1] = [("大.txt", &huge)];
    let huge = in_parts(&mut client, address, &carried(&page), &files).await;
    assert!(["invalid", "too_large"].contains(&huge.class()), "{}", huge.status);
    assert_eq!(kit.rows().await, before);
    kit.finish().await;
}
