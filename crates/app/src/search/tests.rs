//! Search over the actions: what is public is found, nothing else is, and the index follows.

use super::*;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::config::Config;
use crate::items::{
    archive, content_digest, draft, publish, review, revise, schedule, submit, withdraw,
};
use crate::{demo, views};
use gongkai_domain::access::{Actor, Role};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, Opinion};
use gongkai_domain::review::SecrecyResult;
use gongkai_store::files::Files;
use gongkai_store::{Store, people};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

const ORGAN: &str = "commerce";

struct Installation {
    app: App,
    directory: TempDir,
}

async fn app_in(directory: &TempDir) -> App {
    let path = directory.path();
    let address = format!("sqlite://{}?mode=rwc", path.join("gongkai.db").display());
    let store = Store::open(&address).await.expect("a database");
    let files = Files::in_directory(&path.join("files")).expect("files");
    let now = Timestamp::from_second(1_740_000_000).expect("an instant");
    let app = App::new(store, files, Clock::set_to(now), Config::default());
    app.with_search(Search::in_directory(path.join("search")))
}

async fn installation() -> Installation {
    let directory = TempDir::new().expect("a directory");
    let app = app_in(&directory).await;
    demo::fill(&app).await.expect("a demonstration");
    Installation { app, directory }
}

fn content(title: &str, text: &str) -> Content {
    Content {
        title: title.to_owned(),
        html: format!("<p>{text}</p>"),
        text: text.to_owned(),
        formed_on: jiff::civil::Date::constant(2025, 2, 1),
        subject: Some("general_affairs.open_government".to_owned()),
        source: Some("本机关".to_owned()),
        legal_item: Some("20.15".to_owned()),
        issuing_organs: vec!["某县某局".to_owned()],
        disclosure: Some(gongkai_domain::metadata::Disclosure::Proactive),
        ..Content::default()
    }
}

async fn caller(app: &App, role: Role) -> Caller {
    let organ: OrganId = ORGAN.parse().expect("an id");
    let mut reader = app.store.reader().await.expect("a reader");
    let held = people::posts_in(&mut reader, &organ).await.expect("posts");
    let held = held.into_iter().find(|held| held.post.role == role).expect("a post");
    let actor = Actor { person: held.person, name: "某人".to_owned(), posts: vec![held.post] };
    Caller { actor, origin: "local".to_owned() }
}

async fn approved(app: &App, content: Content) -> ItemId {
    let clerk = caller(app, Role::Clerk).await;
    let organ = ORGAN.parse().expect("an id");
    let digest = content_digest(&content);
    let drafted = draft::draft(app, &clerk, organ, "notice".to_owned(), content);
    let id = drafted.await.expect("drafted").id;
    sign(app, &id, &digest).await;
    id
}

async fn sign(app: &App, id: &ItemId, digest: &str) {
    let clerk = caller(app, Role::Clerk).await;
    submit::submit(app, &clerk, id).await.expect("submitted");
    for role in [Role::Reviewer, Role::SecrecyReviewer, Role::Leader] {
        let opinion = Opinion {
            text: "同意".to_owned(),
            secrecy: Some(SecrecyResult::Open),
            digest: digest.to_owned(),
        };
        review::sign(app, &caller(app, role).await, id, opinion).await.expect("signed");
    }
}

async fn published(app: &App, content: Content) -> ItemId {
    let id = approved(app, content).await;
    publish::publish(app, &caller(app, Role::Clerk).await, &id).await.expect("published");
    id
}

async fn found(app: &App, words: &str) -> Vec<ItemId> {
    let asked = Asked { words: words.to_owned(), ..Asked::default() };
    let answered = search(app, &asked).await.expect("an answer");
    answered.hits.into_iter().map(|hit| hit.item.id).collect()
}

#[tokio::test]
async fn what_is_published_is_found_at_once_however_it_is_typed() {
    let Installation { app, directory: _kept } = installation().await;
    let mut notice = content("关于印发《养老服务补贴办法》的通知", "本办法自发布之日起施行。");
    notice.document_number = Some("某政办发〔2025〕12号".to_owned());
    let id = published(&app, notice).await;
    published(&app, content("农机购置补贴公示", "依据某政办发〔2025〕12号办理。")).await;
    for typed in [
        "养老服务",
        "養老服務",
        "养老",
        "《养老服务补贴办法》",
        "“服务补贴”",
        "养老服物补贴",
        "养老(yǎng lǎo)服务",
        "某政办发〔2025〕12号",
        "[2025]12",
        "２０２５ １２号",
        "关于印发《养老服务补贴办法》的通知",
        "商务局 养老",
    ] {
        assert_eq!(found(&app, typed).await.first(), Some(&id), "{typed}");
    }
    assert_eq!(found(&app, "某政办发〔2025〕12号").await.len(), 2, "and what names it");
}

#[tokio::test]
async fn nothing_is_found_that_the_public_may_not_read() {
    let Installation { app, directory: _kept } = installation().await;
    let clerk = caller(&app, Role::Clerk).await;
    let organ: OrganId = ORGAN.parse().expect("an id");
    let secret = content("秘而不宣的草稿甲", "尚未公开的字句乙");
    let drafted = draft::draft(&app, &clerk, organ, "notice".to_owned(), secret.clone()).await;
    drafted.expect("drafted");
    let later = approved(&app, content("定时公布的消息丙", "到时才见")).await;
    let at = app.clock.now() + SignedDuration::from_hours(2);
    schedule::schedule(&app, &clerk, &later, at).await.expect("scheduled");
    let shown = published(&app, content("正常公开的信息丁", "旧的字句戊")).await;
    for typed in ["秘而不宣的草稿甲", "“尚未公开的字句乙”", "定时公布的消息丙"]
    {
        assert_eq!(found(&app, typed).await, [], "{typed}");
    }
    assert_eq!(found(&app, "“旧的字句戊”").await, std::slice::from_ref(&shown));
    // A new edition in work is not public, neither as a hit nor in what is shown.
    revise::reopen(&app, &clerk, &shown).await.expect("reopened");
    let changed = content("正常公开的信息丁", "新的字句己");
    revise::revise(&app, &clerk, &shown, changed.clone()).await.expect("revised");
    assert_eq!(found(&app, "“新的字句己”").await, []);
    let asked = Asked { words: "信息丁".to_owned(), ..Asked::default() };
    let answered = search(&app, &asked).await.expect("an answer");
    assert!(answered.hits[0].item.working.is_none());
    let snippet: String = answered.hits[0].snippet.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(snippet, "旧的字句戊");
    sign(&app, &shown, &content_digest(&changed)).await;
    publish::publish(&app, &clerk, &shown).await.expect("published");
    assert_eq!(found(&app, "“新的字句己”").await, std::slice::from_ref(&shown));
    assert_eq!(found(&app, "“旧的字句戊”").await, []);
    withdraw::withdraw(&app, &clerk, &shown, "内容有误").await.expect("withdrawn");
    assert_eq!(found(&app, "“新的字句己”").await, []);
    assert!(suggest(&app, "正常公开").await.expect("suggestions").is_empty());
    app.clock.forward(SignedDuration::from_hours(3));
    publish::publish_due(&app).await.expect("published");
    assert_eq!(found(&app, "定时公布的消息丙").await, std::slice::from_ref(&later));
    archive::archive(&app, &clerk, &later).await.expect("archived");
    assert_eq!(found(&app, "定时公布的消息丙").await, [later], "what is archived stays");
}

#[tokio::test]
async fn the_database_has_the_last_word_when_the_index_is_behind() {
    let Installation { app, directory } = installation().await;
    let id = published(&app, content("即将撤下的信息", "正文")).await;
    assert_eq!(found(&app, "即将撤下的信息").await, std::slice::from_ref(&id));
    // Another process withdraws it; this one does not know yet.
    let other = app_in(&directory).await;
    let clerk = caller(&other, Role::Clerk).await;
    withdraw::withdraw(&other, &clerk, &id, "内容有误").await.expect("withdrawn");
    assert_eq!(found(&app, "即将撤下的信息").await, []);
}

#[tokio::test]
async fn the_index_catches_up_after_a_crash() {
    let Installation { app, directory } = installation().await;
    let early = published(&app, content("崩溃之前的信息", "正文")).await;
    catch_up(&app).await.expect("caught up");
    drop(app);
    // Acts that this installation made durable, and died before any of them was indexed.
    let crashed = app_in(&directory).await.with_search(Search::default());
    let late = published(&crashed, content("崩溃之后补上的信息", "正文")).await;
    crashed.store.close().await;
    drop(crashed);
    let app = app_in(&directory).await;
    assert_eq!(found(&app, "“崩溃之后补上的信息”").await, [late]);
    assert_eq!(found(&app, "“崩溃之前的信息”").await, [early]);
}

#[tokio::test]
async fn a_missing_damaged_or_foreign_index_is_built_anew() {
    let Installation { app, directory } = installation().await;
    let id = published(&app, content("总能找到的信息", "正文")).await;
    catch_up(&app).await.expect("caught up");
    drop(app);
    let index = directory.path().join("search");
    std::fs::write(index.join("meta.json"), "damaged").expect("written");
    let app = app_in(&directory).await;
    assert_eq!(found(&app, "总能找到的信息").await, std::slice::from_ref(&id));
    drop(app);
    std::fs::remove_dir_all(&index).expect("removed");
    let app = app_in(&directory).await;
    assert_eq!(found(&app, "总能找到的信息").await, std::slice::from_ref(&id));
    drop(app);
    // The index of another database in place of this one's.
    let Installation { app: other, directory: elsewhere } = installation().await;
    published(&other, content("别处的信息一", "正文")).await;
    published(&other, content("别处的信息二", "正文")).await;
    catch_up(&other).await.expect("caught up");
    drop(other);
    std::fs::remove_dir_all(&index).expect("removed");
    std::fs::rename(elsewhere.path().join("search"), &index).expect("moved");
    let app = app_in(&directory).await;
    assert_eq!(found(&app, "总能找到的信息").await, [id]);
    assert_eq!(found(&app, "“别处的信息”").await, []);
}

#[tokio::test]
async fn an_index_built_anew_answers_as_one_that_followed() {
    let Installation { app, directory: _kept } = installation().await;
    let clerk = caller(&app, Role::Clerk).await;
    let n_before = rebuild(&app).await.expect("built");
    let mut titles = Vec::new();
    for number in 0..8 {
        let title = format!("第{number}号补贴公告");
        let id = published(&app, content(&title, "发放补贴的通知，供查阅。")).await;
        if number % 3 == 0 {
            withdraw::withdraw(&app, &clerk, &id, "内容有误").await.expect("withdrawn");
        } else {
            titles.push((title, id));
        }
        catch_up(&app).await.expect("caught up");
    }
    let typed = ["补贴", "公告", "“补贴公告”", "补帖公告", "会议"];
    let mut followed = Vec::new();
    for words in typed {
        let mut ids = found(&app, words).await;
        ids.sort();
        followed.push(ids);
    }
    let n_items = rebuild(&app).await.expect("rebuilt");
    assert_eq!(n_items, n_before + titles.len() as u64, "and the items of the demonstration");
    for (words, before) in typed.into_iter().zip(followed) {
        let mut ids = found(&app, words).await;
        ids.sort();
        assert_eq!(ids, before, "{words}");
    }
    for (title, id) in titles {
        assert_eq!(found(&app, &title).await.first(), Some(&id), "{title}");
    }
}

#[tokio::test]
async fn an_organ_counts_and_finds_those_below_it() {
    let Installation { app, directory: _kept } = installation().await;
    let mut asked = Asked { words: "信息公开".to_owned(), ..Asked::default() };
    let all = search(&app, &asked).await.expect("an answer");
    let own = all.counts.organs[ORGAN];
    assert_eq!(all.n_hits, all.counts.organs["county"]);
    assert!(0 < own && own < all.n_hits);
    asked.organ = Some("county".parse().expect("an id"));
    assert_eq!(search(&app, &asked).await.expect("an answer").n_hits, all.n_hits);
    asked.organ = Some(ORGAN.parse().expect("an id"));
    assert_eq!(search(&app, &asked).await.expect("an answer").n_hits, own);
    asked.organ = Some("nowhere".parse().expect("an id"));
    assert_eq!(search(&app, &asked).await.expect("an answer").n_hits, 0);
}

#[tokio::test]
async fn a_reader_counts_once_in_half_an_hour_and_a_robot_never() {
    let Installation { app, directory: _kept } = installation().await;
    let id = published(&app, content("有人看的信息", "正文")).await;
    let browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    views::record(&app, &id, "192.0.2.1", browser);
    views::record(&app, &id, "192.0.2.1", browser);
    views::record(&app, &id, "192.0.2.2", browser);
    views::record(&app, &id, "192.0.2.3", "Examplebot/2.1 (+http://example.com/bot.html)");
    views::record(&app, &id, "192.0.2.4", "");
    app.clock.forward(SignedDuration::from_mins(29));
    views::record(&app, &id, "192.0.2.1", browser);
    assert_eq!(n_views(&app, &id).await, 0, "nothing is written before its time");
    views::flush(&app).await.expect("written");
    assert_eq!(n_views(&app, &id).await, 2);
    app.clock.forward(SignedDuration::from_mins(2));
    views::record(&app, &id, "192.0.2.1", browser);
    views::flush(&app).await.expect("written");
    views::flush(&app).await.expect("nothing to write");
    assert_eq!(n_views(&app, &id).await, 3);
}

async fn n_views(app: &App, id: &ItemId) -> i64 {
    let mut reader = app.store.reader().await.expect("a reader");
    let loaded = items::find(&mut reader, id).await.expect("found");
    loaded.expect("it is there").n_views
}

#[tokio::test]
async fn a_slip_in_a_word_of_the_field_is_asked_back_and_leads_to_hits() {
    let Installation { app, directory: _kept } = installation().await;
    published(&app, content("本县政府信息公开工作要点庚", "正文")).await;
    let asked = |words: &str| Asked { words: words.to_owned(), ..Asked::default() };
    let meant_by = meant(&app, &asked("政府信息公升工作要点庚")).await.expect("an answer");
    let meant_by = meant_by.expect("something near");
    assert!(meant_by.contains("信息公开"), "{meant_by}");
    assert!(0 < search(&app, &asked(&meant_by)).await.expect("an answer").n_exact);
    assert_eq!(meant(&app, &asked("天气预报辛")).await.expect("an answer"), None);
}
