//! Tests of channels from the item to a stand-in of the other side: success, retry, renewal of tokens,
//! refusal, twice, death in the middle.

use super::account::{Filled, open};
use super::*;
use crate::App;
use crate::clock::Clock;
use crate::config::{Channels, Config};
use crate::items::{content_digest, draft, publish, review, submit, withdraw as items_withdraw};
use crate::jobs;
use gongkai_domain::access::Role;
use gongkai_domain::access::{Actor, Post};
use gongkai_domain::channel::{AccountFields, ReleaseState};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, Opinion};
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use gongkai_domain::review::SecrecyResult;
use gongkai_store::files::Files;
use gongkai_store::{Store, channels as kept, organs};
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use jiff::civil::date;
use serde_json::json;
use sha2::Sha256;
use wiremock::matchers::{header_exists, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const SECRET: &str = "机密-secret-1";

struct Bench {
    app: App,
    server: MockServer,
    folder: tempfile::TempDir,
}

fn caller(name: &str, role: Role) -> Caller {
    let post = Post {
        organ: "bureau".parse().unwrap(),
        role,
        from: date(2020, 1, 1),
        until: None,
        instead_of: None,
    };
    let person = name.parse().unwrap();
    let actor = Actor { person, name: "王某".to_owned(), posts: vec![post] };
    Caller { actor, origin: "local".to_owned() }
}

fn clerk() -> Caller {
    caller("clerk", Role::Clerk)
}

async fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let server = MockServer::start().await;
    let settings = Channels {
        private_addresses: true,
        timeout_seconds: 2,
        wechat_address: server.uri(),
        weibo_address: server.uri(),
        folder: String::new(),
    };
    let database = format!("sqlite://{}?mode=rwc", folder.path().join("t.db").display());
    let store = Store::open(&database).await.unwrap();
    let files = Files::in_directory(&folder.path().join("files")).unwrap();
    let clock = Clock::set_to("2025-03-04T01:00:00Z".parse().unwrap());
    let outlets = Outlets::open(folder.path(), &settings);
    let config = Config { channels: settings, ..Config::default() };
    let app = App::new(store, files, clock, config).with_outlets(outlets);
    let organ = Organ {
        id: "bureau".parse().unwrap(),
        parent: None,
        kind: OrganKind::Department,
        name: "甲县商务局".to_owned(),
        short_name: "县商务局".to_owned(),
        code: "11000000000000000X".to_owned(),
        order: 1,
        contact: Contact::default(),
        former_names: Vec::new(),
        merged_into: None,
    };
    let mut transaction = app.store.begin().await.unwrap();
    organs::save(&mut transaction, &organ).await.unwrap();
    transaction.commit().await.unwrap();
    Bench { app, server, folder }
}

fn content(title: &str) -> Content {
    Content {
        title: title.to_owned(),
        html: "<p>正文</p>".to_owned(),
        text: "正文".to_owned(),
        formed_on: date(2025, 3, 3),
        subject: Some("general_affairs.open_government".to_owned()),
        source: Some("本机关".to_owned()),
        legal_item: Some("20.15".to_owned()),
        issuing_organs: vec!["某县某局".to_owned()],
        disclosure: Some(gongkai_domain::metadata::Disclosure::Proactive),
        ..Content::default()
    }
}

impl Bench {
    async fn drafted(&self) -> ItemId {
        let organ = "bureau".parse().unwrap();
        let kind = "notice".to_owned();
        draft::draft(&self.app, &clerk(), organ, kind, content("通知")).await.unwrap().id
    }

    async fn publish(&self, id: &ItemId) {
        let app = &self.app;
        let item = submit::submit(app, &clerk(), id).await.unwrap();
        let digest = content_digest(&item.working.unwrap().content);
        for (name, role) in
            [("a", Role::Reviewer), ("b", Role::SecrecyReviewer), ("c", Role::Leader)]
        {
            let opinion = Opinion {
                text: "同意".to_owned(),
                secrecy: Some(SecrecyResult::Open),
                digest: digest.clone(),
            };
            review::sign(app, &caller(name, role), id, opinion).await.unwrap();
        }
        publish::publish(app, &clerk(), id).await.unwrap();
    }

    async fn account(&self, channel: &str, address: String) {
        let fields = AccountFields {
            name: "甲县商务".to_owned(),
            unit: "甲县商务局".to_owned(),
            responsible: "李某".to_owned(),
            registered_on: Some(date(2024, 1, 2)),
            address,
            cover: "cover-1".to_owned(),
            ..AccountFields::default()
        };
        let filled = Filled { fields, secret: SECRET.to_owned() };
        let organ = "bureau".parse().unwrap();
        open(&self.app, &clerk(), organ, channel, filled).await.unwrap();
    }

    /// A published item with this channel wanted; answers the key of the release.
    async fn wanted(&self, channel: &str) -> (ItemId, String) {
        let id = self.drafted().await;
        let release = want(&self.app, &clerk(), &id, channel).await.unwrap();
        assert_eq!(release.state, ReleaseState::Wanted);
        self.publish(&id).await;
        (id, release.id)
    }

    async fn state(&self, id: &str) -> ReleaseState {
        let mut reader = self.app.store.reader().await.unwrap();
        kept::find(&mut reader, id).await.unwrap().unwrap().release.state
    }

    async fn work(&self) {
        while jobs::work_one(&self.app).await.unwrap() {}
    }

    async fn later(&self) {
        self.app.clock.forward(SignedDuration::from_hours(7));
        self.work().await;
    }

    async fn answers(&self, verb: &str, at: &str, answer: ResponseTemplate, n: u64) {
        Mock::given(method(verb))
            .and(path(at))
            .respond_with(answer)
            .up_to_n_times(n)
            .mount(&self.server)
            .await;
    }

    async fn n_requests(&self, at: &str) -> usize {
        let all = self.server.received_requests().await.unwrap();
        all.iter().filter(|each| each.url.path() == at).count()
    }
}

fn status(code: u16) -> ResponseTemplate {
    ResponseTemplate::new(code)
}

fn body(value: serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(value)
}

#[tokio::test]
async fn one_approval_lets_a_webhook_go_out_signed_and_once() {
    let bench = bench().await;
    bench.account("webhook", format!("{}/hook", bench.server.uri())).await;
    Mock::given(method("POST"))
        .and(path("/hook"))
        .and(header_exists("x-gongkai-signature"))
        .respond_with(status(204))
        .mount(&bench.server)
        .await;
    let (_, release) = bench.wanted("webhook").await;
    assert_eq!(bench.state(&release).await, ReleaseState::Approved);
    bench.work().await;
    assert_eq!(bench.state(&release).await.key(), "sent");
    let requests = bench.server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
    let header = |name: &str| requests[0].headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("x-gongkai-id"), release);
    let sent = String::from_utf8(requests[0].body.clone()).unwrap();
    assert!(sent.contains("通知") && !sent.contains(SECRET), "{sent}");
    let input = format!("{release}.{}.{sent}", header("x-gongkai-timestamp"));
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let tag: Vec<u8> = (0..32)
        .map(|at| {
            u8::from_str_radix(&header("x-gongkai-signature")[3 + 2 * at..][..2], 16).unwrap()
        })
        .collect();
    mac.update(input.as_bytes());
    assert!(mac.verify_slice(&tag).is_ok());
    // Asked again, it does not go out again.
    assert_eq!(send::send(&bench.app, &release, false).await.unwrap(), jobs::Outcome::Done);
    assert_eq!(bench.n_requests("/hook").await, 1);
}

#[tokio::test]
async fn a_webhook_is_tried_again_after_500_and_given_up_after_400() {
    let bench = bench().await;
    bench.account("webhook", format!("{}/hook", bench.server.uri())).await;
    bench.answers("POST", "/hook", status(503), 2).await;
    bench.answers("POST", "/hook", status(200), 1).await;
    let (_, first) = bench.wanted("webhook").await;
    bench.work().await;
    assert_eq!(bench.state(&first).await.key(), "sending");
    bench.later().await;
    assert_eq!(bench.state(&first).await.key(), "sending");
    bench.later().await;
    assert_eq!(bench.state(&first).await.key(), "sent");
    bench.answers("POST", "/hook", status(403), 1).await;
    let (_, second) = bench.wanted("webhook").await;
    bench.work().await;
    assert_eq!(bench.state(&second).await.key(), "failed");
    bench.later().await;
    assert_eq!(bench.n_requests("/hook").await, 4);
    bench.answers("POST", "/hook", status(200), 1).await;
    retry(&bench.app, &clerk(), &second).await.unwrap();
    bench.work().await;
    assert_eq!(bench.state(&second).await.key(), "sent");
}

#[tokio::test]
async fn a_webhook_follows_no_redirect() {
    let bench = bench().await;
    bench.account("webhook", format!("{}/hook", bench.server.uri())).await;
    let elsewhere = format!("{}/elsewhere", bench.server.uri());
    let moved = status(307).insert_header("location", elsewhere.as_str());
    bench.answers("POST", "/hook", moved, 9).await;
    let (_, release) = bench.wanted("webhook").await;
    bench.work().await;
    assert_eq!(bench.state(&release).await.key(), "failed");
    assert_eq!(bench.n_requests("/elsewhere").await, 0);
}

#[tokio::test]
async fn an_hour_without_answer_ends_as_a_failure_that_says_so() {
    let bench = bench().await;
    bench.account("webhook", format!("{}/hook", bench.server.uri())).await;
    bench.answers("POST", "/hook", status(500), 99).await;
    let (_, release) = bench.wanted("webhook").await;
    for _ in 0..jobs::MOST_TRIES {
        bench.work().await;
        bench.app.clock.forward(SignedDuration::from_hours(7));
    }
    let ReleaseState::Failed { reason, .. } = bench.state(&release).await else { panic!() };
    assert!(reason.contains("多次尝试没有成功"), "{reason}");
    assert_eq!(bench.n_requests("/hook").await, usize::try_from(jobs::MOST_TRIES).unwrap());
}

#[tokio::test]
async fn the_folder_gets_whole_directories_and_a_repetition_changes_nothing() {
    let bench = bench().await;
    let (id, release) = bench.wanted("folder").await;
    bench.work().await;
    assert_eq!(bench.state(&release).await.key(), "sent");
    let place = bench.folder.path().join("export").join(format!("{id}-1"));
    assert_eq!(std::fs::read_to_string(place.join("text.txt")).unwrap(), "正文");
    assert!(std::fs::read_to_string(place.join("metadata.json")).unwrap().contains("通知"));
    let all = std::fs::read_dir(bench.folder.path().join("export")).unwrap();
    assert_eq!(all.count(), 1);
}

async fn wechat_token(bench: &Bench, token: &str) {
    Mock::given(method("GET"))
        .and(path("/cgi-bin/token"))
        .and(query_param("secret", SECRET))
        .respond_with(body(json!({ "access_token": token, "expires_in": 7200 })))
        .up_to_n_times(1)
        .mount(&bench.server)
        .await;
}

async fn wechat_call(bench: &Bench, at: &str, token: &str, answer: serde_json::Value) {
    Mock::given(method("POST"))
        .and(path(format!("/cgi-bin/{at}")))
        .and(query_param("access_token", token))
        .respond_with(body(answer))
        .mount(&bench.server)
        .await;
}

#[tokio::test]
async fn wechat_goes_from_draft_to_article_and_keeps_its_token() {
    let bench = bench().await;
    bench.account("wechat", "wx1".to_owned()).await;
    wechat_token(&bench, "t1").await;
    wechat_call(&bench, "draft/add", "t1", json!({ "media_id": "m1" })).await;
    wechat_call(&bench, "freepublish/submit", "t1", json!({ "errcode": 0, "publish_id": 7 })).await;
    let out = json!({ "publish_status": 0, "article_id": "a1",
        "article_detail": { "item": [{ "article_url": "https://example.com/a1" }] } });
    wechat_call(&bench, "freepublish/get", "t1", out).await;
    let (_, first) = bench.wanted("wechat").await;
    let (_, second) = bench.wanted("wechat").await;
    bench.work().await;
    for release in [&first, &second] {
        let state = bench.state(release).await;
        let out = state.out().expect("sent");
        assert_eq!(
            (out.outside_id.as_str(), out.address.as_str()),
            ("a1", "https://example.com/a1")
        );
    }
    assert_eq!(bench.n_requests("/cgi-bin/token").await, 1);
}

#[tokio::test]
async fn wechat_renews_a_token_that_is_no_longer_known_once() {
    let bench = bench().await;
    bench.account("wechat", "wx1".to_owned()).await;
    wechat_token(&bench, "old").await;
    wechat_token(&bench, "new").await;
    wechat_call(&bench, "draft/add", "old", json!({ "errcode": 42001 })).await;
    wechat_call(&bench, "draft/add", "new", json!({ "errcode": 40001 })).await;
    let (_, release) = bench.wanted("wechat").await;
    bench.work().await;
    assert_eq!(bench.state(&release).await.key(), "failed");
    assert_eq!(bench.n_requests("/cgi-bin/token").await, 2);
    assert_eq!(bench.n_requests("/cgi-bin/draft/add").await, 2);
}

#[tokio::test]
async fn wechat_waits_when_the_quota_is_used_up() {
    let bench = bench().await;
    bench.account("wechat", "wx1".to_owned()).await;
    wechat_token(&bench, "t1").await;
    wechat_call(&bench, "draft/add", "t1", json!({ "errcode": 45009 })).await;
    let (_, release) = bench.wanted("wechat").await;
    bench.work().await;
    bench.app.clock.forward(SignedDuration::from_hours(5));
    bench.work().await;
    assert_eq!(bench.n_requests("/cgi-bin/draft/add").await, 1);
    assert_eq!(bench.state(&release).await.key(), "sending");
}

#[tokio::test]
async fn when_the_program_dies_while_submitting_nothing_is_submitted_twice() {
    let bench = bench().await;
    bench.account("wechat", "wx1".to_owned()).await;
    wechat_token(&bench, "t1").await;
    wechat_call(&bench, "draft/add", "t1", json!({ "media_id": "m1" })).await;
    let slow = body(json!({ "publish_id": 7 })).set_delay(std::time::Duration::from_millis(1500));
    bench.answers("POST", "/cgi-bin/freepublish/submit", slow, 9).await;
    let (_, release) = bench.wanted("wechat").await;
    let job = jobs::take(&bench.app).await.unwrap().unwrap();
    let dying = {
        let (app, id) = (bench.app.clone(), job.subject.clone());
        tokio::spawn(async move { send::send(&app, &id, false).await })
    };
    while bench.n_requests("/cgi-bin/freepublish/submit").await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    dying.abort();
    bench.later().await;
    let ReleaseState::Failed { reason, .. } = bench.state(&release).await else { panic!() };
    assert!(reason.contains("请到平台核对"), "{reason}");
    assert_eq!(bench.n_requests("/cgi-bin/freepublish/submit").await, 1);
    let today = bench.app.clock.today();
    do_by_hand(&bench.app, &clerk(), &release, today, "平台上已有").await.unwrap();
}

#[tokio::test]
async fn weibo_shares_the_title_and_the_address() {
    let bench = bench().await;
    bench.account("weibo", "app".to_owned()).await;
    let shared = json!({ "idstr": "99", "user": { "idstr": "5" } });
    bench.answers("POST", "/2/statuses/share.json", body(shared), 1).await;
    let limited = status(403).set_body_json(json!({ "error_code": 10023 }));
    bench.answers("POST", "/2/statuses/share.json", limited, 1).await;
    let dead = status(400).set_body_json(json!({ "error_code": 21327 }));
    bench.answers("POST", "/2/statuses/share.json", dead, 1).await;
    let (_, first) = bench.wanted("weibo").await;
    bench.work().await;
    assert_eq!(bench.state(&first).await.out().unwrap().outside_id, "99");
    let (_, second) = bench.wanted("weibo").await;
    bench.work().await;
    assert_eq!(bench.state(&second).await.key(), "sending");
    bench.later().await;
    assert_eq!(bench.state(&second).await.key(), "failed");
}

#[tokio::test]
async fn a_withdrawal_asks_for_a_follow_up_and_calls_off_what_waits() {
    let bench = bench().await;
    let (id, folder) = bench.wanted("folder").await;
    bench.work().await;
    let press = want(&bench.app, &clerk(), &id, "press").await.unwrap();
    assert_eq!(press.state, ReleaseState::Approved);
    items_withdraw::withdraw(&bench.app, &clerk(), &id, "内容有误").await.unwrap();
    assert_eq!(bench.state(&folder).await.key(), "follow_up_due");
    assert_eq!(bench.state(&press.id).await.key(), "withdrawn");
    follow_up(&bench.app, &clerk(), &folder, "已删除").await.unwrap();
    assert_eq!(bench.state(&folder).await.key(), "followed_up");
}

#[tokio::test]
async fn nothing_goes_out_before_the_review_is_done() {
    let bench = bench().await;
    let id = bench.drafted().await;
    let release = want(&bench.app, &clerk(), &id, "folder").await.unwrap();
    bench.work().await;
    assert_eq!(bench.state(&release.id).await, ReleaseState::Wanted);
    assert!(want(&bench.app, &clerk(), &id, "folder").await.is_err());
    assert!(want(&bench.app, &clerk(), &id, "weibo").await.is_err(), "no account");
    assert!(want(&bench.app, &clerk(), &id, "site").await.is_err());
    let leader = caller("c", Role::Leader);
    assert!(want(&bench.app, &leader, &id, "press").await.is_err());
}

#[tokio::test]
async fn a_secret_stands_in_no_page_no_event_and_no_table() {
    let bench = bench().await;
    bench.account("weibo", "app".to_owned()).await;
    let mut reader = bench.app.store.reader().await.unwrap();
    let events = gongkai_store::events::after(&mut reader, 0, 100).await.unwrap();
    assert!(events.iter().any(|each| each.event.act == "account.open"));
    assert!(events.iter().all(|each| !format!("{each:?}").contains(SECRET)));
    let accounts = read::accounts(&bench.app, &clerk()).await.unwrap();
    assert!(!format!("{accounts:?}").contains(SECRET));
    drop(reader);
    bench.app.store.close().await;
    for name in ["t.db", "t.db-wal"] {
        let Ok(bytes) = std::fs::read(bench.folder.path().join(name)) else { continue };
        assert!(!bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "{name}");
    }
}

#[tokio::test]
async fn what_was_out_is_counted_by_month_channel_and_kind() {
    let bench = bench().await;
    bench.wanted("folder").await;
    bench.work().await;
    let counts = read::counts(&bench.app, &clerk()).await.unwrap();
    let rows: Vec<_> = counts
        .iter()
        .map(|each| (each.out_month.as_str(), each.channel.as_str(), each.n_releases))
        .collect();
    assert_eq!(rows, [("2025-03", "folder", 1), ("2025-03", "site", 1)]);
    let stranger = Caller { actor: Actor { posts: vec![], ..clerk().actor }, ..clerk() };
    assert!(read::counts(&bench.app, &stranger).await.unwrap().is_empty());
}
