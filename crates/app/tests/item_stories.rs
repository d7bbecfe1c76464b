//! Stories of items as people live them, through the actions that pages call.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on ends here")]

use bytes::Bytes;
use gongkai_app::clock::Clock;
use gongkai_app::items::{
    Filter, attach, board, content_digest, draft, emergency, export, interpret, mask, publish,
    read, review, revise, screen, submit, text, withdraw,
};
use gongkai_app::start::{Opened, Place, open};
use gongkai_app::{App, AppError, Caller};
use gongkai_domain::access::{Actor, Post, Role};
use gongkai_domain::id::{ItemId, OrganId};
use gongkai_domain::item::{Content, Item, Markup, Opinion, Pace, Standing, Typed};
use gongkai_domain::metadata::Disclosure;
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use gongkai_domain::review::SecrecyResult;
use gongkai_domain::time::instant;
use jiff::SignedDuration;
use jiff::civil::date;
use tempfile::TempDir;

struct Bureau {
    opened: Opened,
    _directory: TempDir,
}

fn bureau_id() -> OrganId {
    "bureau".parse().unwrap()
}

async fn bureau() -> Bureau {
    let directory = tempfile::tempdir().unwrap();
    let place = Place { data: directory.path().to_owned(), ..Place::default() };
    let morning = instant(date(2025, 3, 3).at(9, 0, 0, 0)).unwrap();
    let opened = open(&place, Clock::set_to(morning)).await.unwrap();
    let organ = Organ {
        id: bureau_id(),
        parent: None,
        kind: OrganKind::Department,
        name: "某县某局".to_owned(),
        short_name: "县某局".to_owned(),
        code: "11999900MB0000001X".to_owned(),
        order: 0,
        contact: Contact::default(),
        former_names: Vec::new(),
        merged_into: None,
    };
    let mut transaction = opened.app.store.begin().await.unwrap();
    gongkai_store::organs::save(&mut transaction, &organ).await.unwrap();
    transaction.commit().await.unwrap();
    Bureau { opened, _directory: directory }
}

impl Bureau {
    fn app(&self) -> &App {
        &self.opened.app
    }
}

fn somebody(name: &str, role: Role) -> Caller {
    let post =
        Post { organ: bureau_id(), role, from: date(2020, 1, 1), until: None, instead_of: None };
    let actor = Actor { person: name.parse().unwrap(), name: name.to_owned(), posts: vec![post] };
    Caller { actor, origin: "local".to_owned() }
}

fn clerk() -> Caller {
    somebody("clerk", Role::Clerk)
}

fn content(title: &str) -> Content {
    Content {
        title: title.to_owned(),
        html: "<p>正文。</p>".to_owned(),
        text: "正文。".to_owned(),
        formed_on: date(2025, 3, 3),
        subject: Some("general_affairs.open_government".to_owned()),
        legal_item: Some("20.15".to_owned()),
        issuing_organs: vec!["某县某局".to_owned()],
        disclosure: Some(Disclosure::Proactive),
        ..Content::default()
    }
}

async fn drafted(app: &App, kind: &str, content: Content) -> ItemId {
    draft::draft(app, &clerk(), bureau_id(), kind.to_owned(), content).await.unwrap().id
}

async fn sign(app: &App, id: &ItemId, name: &str, role: Role) {
    let caller = somebody(name, role);
    let item = read::own(app, &caller, id).await.unwrap().item;
    let digest = item.working.map(|each| content_digest(&each.content)).unwrap_or_default();
    let opinion = Opinion { text: "同意".to_owned(), secrecy: Some(SecrecyResult::Open), digest };
    review::sign(app, &caller, id, opinion).await.unwrap();
}

async fn reviewed(app: &App, id: &ItemId) {
    submit::submit(app, &clerk(), id).await.unwrap();
    sign(app, id, "reviewer", Role::Reviewer).await;
    sign(app, id, "secrecy", Role::SecrecyReviewer).await;
    sign(app, id, "leader", Role::Leader).await;
}

async fn published(app: &App, kind: &str, content: Content) -> ItemId {
    let id = drafted(app, kind, content).await;
    reviewed(app, &id).await;
    publish::publish(app, &clerk(), &id).await.unwrap();
    id
}

async fn latest(app: &App, id: &ItemId) -> Item {
    read::own(app, &clerk(), id).await.unwrap().item
}

#[tokio::test]
async fn a_notice_goes_from_draft_to_the_public_through_three_people() {
    let bureau = bureau().await;
    let app = bureau.app();
    let id = drafted(app, "notice", content("关于某事的通知")).await;
    assert!(read::public(app, &id).await.is_err());
    reviewed(app, &id).await;
    publish::publish(app, &clerk(), &id).await.unwrap();
    let public = read::public(app, &id).await.unwrap().item;
    assert_eq!(public.index_number.as_deref(), Some("11999900MB0000001X/2025-00001"));
    assert!(public.public.is_some() && public.working.is_none());
}

#[tokio::test]
async fn an_incomplete_notice_stays_a_draft_and_a_returned_one_is_corrected_and_sent_again() {
    let bureau = bureau().await;
    let app = bureau.app();
    let id = drafted(app, "notice", Content { subject: None, ..content("通知") }).await;
    let refused = submit::submit(app, &clerk(), &id).await.unwrap_err().to_string();
    assert!(refused.contains("主题分类"), "{refused}");
    revise::revise(app, &clerk(), &id, content("通知")).await.unwrap();
    submit::submit(app, &clerk(), &id).await.unwrap();
    let reviewer = somebody("reviewer", Role::Reviewer);
    let returned = review::send_back(app, &reviewer, &id, "日期不对").await.unwrap();
    assert_eq!(returned.state_key(), "returned");
    assert_eq!(board::board(app, &clerk()).await.unwrap().mine.len(), 1);
    revise::revise(app, &clerk(), &id, content("更正后的通知")).await.unwrap();
    reviewed(app, &id).await;
}

#[tokio::test]
async fn a_withdrawn_notice_keeps_its_address_and_loses_its_text() {
    let bureau = bureau().await;
    let app = bureau.app();
    let id = published(app, "notice", content("通知")).await;
    withdraw::withdraw(app, &clerk(), &id, "内容有误").await.unwrap();
    let public = read::public(app, &id).await.unwrap().item;
    assert!(matches!(public.standing, Standing::Withdrawn { .. }));
    assert!(public.public.is_none());
}

#[tokio::test]
async fn a_warning_goes_out_after_the_secrecy_review_and_is_counted_and_approved_later() {
    let bureau = bureau().await;
    let app = bureau.app();
    let id = drafted(app, "notice", content("暴雨预警")).await;
    let leader = somebody("leader", Role::Leader);
    submit::submit(app, &clerk(), &id).await.unwrap();
    sign(app, &id, "reviewer", Role::Reviewer).await;
    assert!(emergency::publish(app, &leader, &id, "汛情").await.is_err());
    sign(app, &id, "secrecy", Role::SecrecyReviewer).await;
    emergency::publish(app, &leader, &id, "汛情").await.unwrap();
    assert!(read::public(app, &id).await.is_ok());
    let before = board::board(app, &clerk()).await.unwrap();
    assert_eq!((before.n_emergencies, before.unconfirmed.len()), (1, 1));
    sign(app, &id, "leader", Role::Leader).await;
    emergency::confirm(app, &clerk(), &id).await.unwrap();
    let after = board::board(app, &clerk()).await.unwrap();
    assert_eq!((after.n_emergencies, after.unconfirmed.len()), (1, 0));
}

#[tokio::test]
async fn of_two_clerks_who_save_at_once_the_second_is_told_and_nothing_is_overwritten() {
    let bureau = bureau().await;
    let app = bureau.app();
    let id = drafted(app, "notice", content("通知")).await;
    let shown = Some(read::own(app, &clerk(), &id).await.unwrap().version);
    let (mine, theirs) = (content("第一人的标题"), content("第二人的标题"));
    let (_, version) = revise::save(app, &clerk(), &id, mine, shown).await.unwrap();
    let other = somebody("other", Role::Clerk);
    let told = revise::save(app, &other, &id, theirs.clone(), shown).await.unwrap_err();
    assert!(matches!(told, AppError::Conflict(_)), "{told}");
    let kept = read::own(app, &clerk(), &id).await.unwrap();
    assert_eq!(kept.item.latest().unwrap().content.title, "第一人的标题");
    assert_eq!(kept.version, version);
    revise::save(app, &other, &id, theirs, Some(version)).await.unwrap();
}

#[tokio::test]
async fn a_personal_number_is_masked_by_one_button_or_kept_with_a_reason() {
    let bureau = bureau().await;
    let app = bureau.app();
    let mut given = content("通知");
    let typed = Typed { markup: Markup::Plain, text: "联系人手机13800138000。".to_owned() };
    text::put(&mut given, typed).await.unwrap();
    let id = drafted(app, "notice", given.clone()).await;
    let refused = submit::submit(app, &clerk(), &id).await.unwrap_err().to_string();
    assert!(refused.contains("提示"), "{refused}");
    let keys = screen::finding_keys(&latest(app, &id).await);
    assert_eq!(keys.len(), 1);
    let other = drafted(app, "notice", given).await;
    let done = mask::mask(app, &clerk(), &id, &keys[0]).await.unwrap();
    assert!(!done.latest().unwrap().content.html.contains("13800138000"));
    submit::submit(app, &clerk(), &id).await.unwrap();
    let reason = "已经本人同意".to_owned();
    revise::answer(app, &clerk(), &other, keys[0].clone(), reason).await.unwrap();
    submit::submit(app, &clerk(), &other).await.unwrap();
}

#[tokio::test]
async fn an_attachment_is_looked_into_and_only_the_public_edition_gives_it_to_the_public() {
    let bureau = bureau().await;
    let app = bureau.app();
    let id = drafted(app, "notice", content("通知")).await;
    let add = |name: &str, bytes: &'static str| {
        let name = name.to_owned();
        let id = id.clone();
        async move { attach::add(app, &clerk(), &id, name, Bytes::from(bytes)).await }
    };
    const LIST: &str = "姓名,手机\n王某,13800138000\n";
    let item = add("名单.csv", LIST).await.unwrap();
    let file = item.latest().unwrap().content.attachments[0].clone();
    assert!(file.media_type.starts_with("text/csv"), "{}", file.media_type);
    assert_eq!(file.findings.len(), 1, "{:?}", file.findings);
    assert!(add("again.csv", LIST).await.is_err());
    assert!(add("x.svg", "<svg/>").await.is_err());
    assert!(attach::public(app, &id, &file.digest).await.is_err());
    assert!(submit::submit(app, &clerk(), &id).await.is_err());
    let key = file.findings[0].key.clone();
    revise::answer(app, &clerk(), &id, key, "已公示".to_owned()).await.unwrap();
    reviewed(app, &id).await;
    publish::publish(app, &clerk(), &id).await.unwrap();
    let sent = attach::public(app, &id, &file.digest).await.unwrap();
    assert_eq!(sent.attachment.name, "名单.csv");
    withdraw::withdraw(app, &clerk(), &id, "有误").await.unwrap();
    assert!(attach::public(app, &id, &file.digest).await.is_err());
}

#[tokio::test]
async fn what_is_not_published_in_twenty_working_days_is_late_on_the_board_and_in_the_register() {
    let bureau = bureau().await;
    let app = bureau.app();
    drafted(app, "notice", content("通知")).await;
    let fresh = board::board(app, &clerk()).await.unwrap();
    let due = board::due(app.clock.today(), &fresh.mine[0]).unwrap();
    assert_eq!((due.on, due.pace, due.provisional), (date(2025, 3, 31), Pace::Ample, false));
    app.clock.forward(SignedDuration::from_hours(24 * 29));
    let late = board::board(app, &clerk()).await.unwrap();
    assert_eq!(late.late, [(bureau_id(), 1)]);
    let csv = export::csv(app, &clerk(), Filter::default()).await.unwrap();
    assert!(String::from_utf8(csv).unwrap().contains("已超期"));
}

#[tokio::test]
async fn a_policy_wants_its_interpretation_until_that_is_public() {
    let bureau = bureau().await;
    let app = bureau.app();
    let policy = Content {
        document_number: Some("某发〔2025〕1号".to_owned()),
        genre: Some("notice".to_owned()),
        legal_item: Some("20.1".to_owned()),
        ..content("某县某事管理办法")
    };
    let policy = published(app, "normative_document", policy).await;
    let wanting = board::board(app, &clerk()).await.unwrap().wanting;
    assert_eq!(wanting[0].due.unwrap().on, date(2025, 3, 6));
    let explained = Content { interprets: Some(policy.clone()), ..content("政策解读") };
    published(app, "interpretation", explained).await;
    assert!(board::board(app, &clerk()).await.unwrap().wanting.is_empty());
    let item = latest(app, &policy).await;
    assert_eq!(interpret::links(app, &item).await.unwrap().interpretations.len(), 1);
}
