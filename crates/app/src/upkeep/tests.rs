//! Tests of upkeep: back up while others write, restore to the same, tell what is damaged by its name.

use super::*;
use crate::demo;
use crate::items::{attach, draft};
use crate::start::Place;
use crate::testing::TestApp;
use crate::vault::{PENDING_TOTP, known_keys};
use bytes::Bytes;
use gongkai_domain::access::Role;
use gongkai_domain::item::Content;
use gongkai_store::{Store, events, second_factors, tables, whole};
use jiff::SignedDuration;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

fn place(data: &Path) -> Place {
    Place { data: data.to_owned(), ..Place::default() }
}

fn asked(test: &TestApp, into: &TempDir) -> backup::Asked {
    let at = into.path();
    backup::Asked {
        place: place(test.directory.path()),
        into: at.join("backup"),
        keys: Some(at.join("keys")),
    }
}

fn back(from: &TempDir, into: &str) -> restore::Asked {
    let at = from.path();
    restore::Asked {
        from: at.join("backup"),
        place: place(&at.join(into)),
        keys: Some(at.join("keys")),
    }
}

async fn backed_up(test: &TestApp) -> (TempDir, backup::Done) {
    let into = tempfile::tempdir().unwrap();
    let done = backup::back_up(&asked(test, &into), &test.app.clock).await.unwrap();
    (into, done)
}

async fn with_a_file() -> (TestApp, String) {
    let test = TestApp::set_up().await;
    let digest = test.app.files.keep(Bytes::from_static(b"an attachment")).await.unwrap();
    (test, digest)
}

fn wrong(findings: &[Finding]) -> Vec<&str> {
    let wrong = findings.iter().filter(|finding| finding.level == Level::Wrong);
    wrong.map(|finding| finding.message.as_str()).collect()
}

#[tokio::test]
async fn a_backup_made_while_others_write_is_whole_and_restores_to_the_same() {
    let (test, _) = with_a_file().await;
    let ended = Arc::new(AtomicBool::new(false));
    let writer = {
        let (app, ended) = (test.app.clone(), Arc::clone(&ended));
        tokio::spawn(async move {
            let mut n_acts = 0_u32;
            while !ended.load(Ordering::Acquire) {
                app.files.keep(Bytes::from(n_acts.to_be_bytes().to_vec())).await.unwrap();
                let mut transaction = app.store.begin().await.unwrap();
                let now = app.clock.now();
                let event = crate::caller::system_event("audit.export", "x".to_owned(), "", now);
                events::append(&mut transaction, event, Default::default()).await.unwrap();
                transaction.commit().await.unwrap();
                n_acts += 1;
            }
            n_acts
        })
    };
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let (into, done) = backed_up(&test).await;
    ended.store(true, Ordering::Release);
    assert!(0 < writer.await.unwrap());
    assert_eq!(done.damaged, Vec::<String>::new());
    let restored = restore::restore(&back(&into, "data")).await.unwrap();
    assert_eq!((restored.sequence, restored.keys_missing_at), (done.sequence, None));
    let data = into.path().join("data");
    let findings = verify::verify(&place(&data), test.app.clock.clone()).await.unwrap();
    assert_eq!(wrong(&findings), Vec::<&str>::new());
    let opened = crate::start::open(&place(&data), test.app.clock.clone()).await.unwrap();
    let head = events::head(&mut opened.app.store.reader().await.unwrap()).await.unwrap();
    assert_eq!(head.0, done.sequence);
}

#[tokio::test]
async fn what_is_restored_equals_what_was_backed_up_to_the_row_and_the_secret() {
    let (test, digest) = with_a_file().await;
    let clerk = test.hire("clerk", Role::Clerk).await;
    crate::accounts::second_factor::begin(&test.app, &clerk).await.unwrap();
    std::fs::write(test.directory.path().join("gongkai.toml"), "[site]\nname = \"甲县\"\n")
        .unwrap();
    let (into, _) = backed_up(&test).await;
    restore::restore(&back(&into, "data")).await.unwrap();
    let data = into.path().join("data");
    let again = crate::start::open(&place(&data), test.app.clock.clone()).await.unwrap().app;
    assert_eq!(again.config.site.name, "甲县");
    assert_eq!(&again.files.read(&digest).await.unwrap().unwrap()[..], b"an attachment");
    let (mut one, mut other) =
        (test.app.store.reader().await.unwrap(), again.store.reader().await.unwrap());
    let counts = tables::row_counts(&mut one).await.unwrap();
    assert_eq!(counts, tables::row_counts(&mut other).await.unwrap());
    let person = &clerk.actor.person;
    let kept = second_factors::find(&mut other, person).await.unwrap().pending_secret.unwrap();
    again.vault.unseal(&PENDING_TOTP, person.as_str(), &kept).unwrap();
}

fn flip(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_damaged_backup_is_refused_by_the_name_of_what_is_damaged_and_leaves_nothing() {
    let (test, digest) = with_a_file().await;
    let file = format!("files/{}/{digest}", &digest[..2]);
    type Spoil = fn(&Path);
    let remove: Spoil = |path| std::fs::remove_file(path).unwrap();
    let cases: [(&str, Spoil, &str); 7] = [
        ("gongkai.db", flip, "gongkai.db"),
        ("gongkai.db", remove, "gongkai.db"),
        (&file, flip, &digest),
        (&file, remove, &digest),
        ("SHA256SUMS", flip, "SHA256SUMS"),
        ("backup.json", remove, "backup.json"),
        ("backup.json", |path| std::fs::write(path, "{").unwrap(), "backup.json"),
    ];
    for (name, spoil, said) in cases {
        let (into, _) = backed_up(&test).await;
        spoil(&into.path().join("backup").join(name));
        let error = restore::restore(&back(&into, "data")).await.unwrap_err().to_string();
        assert!(error.contains(said), "{name}: {error}");
        assert!(!into.path().join("data").exists(), "{name}");
    }
}

#[tokio::test]
async fn a_list_of_hashes_leads_nowhere_outside_the_backup() {
    let digest = "0".repeat(64);
    assert!(manifest::lines(&format!("{digest}  files/00/{digest}\n")).is_some());
    for path in ["../gongkai.db", "/etc/passwd", "files/../../x"] {
        assert!(manifest::lines(&format!("{digest}  {path}\n")).is_none(), "{path}");
    }
}

#[tokio::test]
async fn a_backup_goes_to_an_empty_place_of_its_own_and_its_keys_elsewhere() {
    let (test, _) = with_a_file().await;
    let into = tempfile::tempdir().unwrap();
    let said = async |asked: backup::Asked| {
        backup::back_up(&asked, &test.app.clock).await.unwrap_err().to_string()
    };
    let whole = asked(&test, &into);
    let inside = test.directory.path().join("inner");
    assert!(said(backup::Asked { into: inside, ..whole.clone() }).await.contains("数据目录里面"));
    let beside = Some(whole.into.join("keys"));
    std::fs::create_dir_all(&whole.into).unwrap();
    assert!(said(backup::Asked { keys: beside, ..whole.clone() }).await.contains("分开保管"));
    let busy = into.path().join("busy");
    std::fs::create_dir_all(busy.join("x")).unwrap();
    assert!(said(backup::Asked { into: busy, ..whole.clone() }).await.contains("不是空的"));
    let nowhere = place(&into.path().join("nowhere"));
    let there = into.path().join("there");
    let lost = backup::Asked { place: nowhere, into: there, keys: None };
    assert!(said(lost).await.contains("没有数据库"));
}

#[tokio::test]
async fn keys_of_another_installation_are_refused_and_missing_ones_are_asked_for() {
    let (test, _) = with_a_file().await;
    let (into, done) = backed_up(&test).await;
    assert_eq!(done.keys, Some(true));
    let foreign = TestApp::set_up().await;
    let foreign =
        restore::Asked { keys: Some(foreign.directory.path().join("keys")), ..back(&into, "data") };
    let error = restore::restore(&foreign).await.unwrap_err().to_string();
    assert!(error.contains("不是这个数据库的"), "{error}");
    let without = restore::Asked { keys: None, ..back(&into, "data") };
    let restored = restore::restore(&without).await.unwrap();
    let at = restored.keys_missing_at.unwrap();
    assert_eq!(at, into.path().join("data/keys/vault.key"));
    let data = into.path().join("data");
    let refused = crate::start::open(&place(&data), test.app.clock.clone()).await.unwrap_err();
    assert!(refused.to_string().contains("找不到密钥文件"), "{refused}");
    std::fs::create_dir_all(at.parent().unwrap()).unwrap();
    std::fs::copy(into.path().join("keys/vault.key"), &at).unwrap();
    crate::start::open(&place(&data), test.app.clock.clone()).await.unwrap();
}

/// A draft of the demonstration with two attachments.
async fn attach_two(test: &TestApp) {
    let (app, clerk) = (&test.app, test.caller("commerce-clerk").await);
    let content = Content {
        title: "关于甲事的通知".to_owned(),
        html: "<p>正文</p>".to_owned(),
        text: "正文".to_owned(),
        formed_on: app.clock.today(),
        ..Content::default()
    };
    let organ = clerk.actor.posts[0].organ.clone();
    let item = draft::draft(app, &clerk, organ, "notice".to_owned(), content).await.unwrap();
    for (name, content) in [("甲.csv", "序号,名称\n1,甲\n"), ("乙.csv", "序号,名称\n2,乙\n")]
    {
        let content = Bytes::from_static(content.as_bytes());
        attach::add(app, &clerk, &item.id, name.to_owned(), content).await.unwrap();
    }
}

#[tokio::test]
async fn verify_names_a_changed_file_and_a_lost_one() {
    let test = TestApp::empty().await;
    demo::fill(&test.app).await.unwrap();
    attach_two(&test).await;
    let at = place(test.directory.path());
    let clock = test.app.clock.clone();
    assert_eq!(wrong(&verify::verify(&at, clock.clone()).await.unwrap()), Vec::<&str>::new());
    let named = whole::named_files(&mut test.app.store.reader().await.unwrap()).await.unwrap();
    let mut digests = named.keys();
    let (changed, lost) = (digests.next().unwrap(), digests.next().unwrap());
    let path = |digest: &str| -> PathBuf {
        test.directory.path().join("files").join(&digest[..2]).join(digest)
    };
    flip(&path(changed));
    std::fs::remove_file(path(lost)).unwrap();
    let findings = verify::verify(&at, clock).await.unwrap();
    let told = wrong(&findings);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|each| each.contains(changed) && each.contains("不符")), "{told:?}");
    assert!(told.iter().any(|each| each.contains(lost) && each.contains("不见了")), "{told:?}");
    let into = tempfile::tempdir().unwrap();
    let done = backup::back_up(&asked(&test, &into), &test.app.clock).await.unwrap();
    assert_eq!(done.damaged.len(), 1, "{:?}", done.damaged);
    assert!(done.damaged[0].contains(changed), "{:?}", done.damaged);
}

fn levels(findings: &[Finding], what: &str) -> Vec<Level> {
    findings.iter().filter(|finding| finding.what == what).map(|finding| finding.level).collect()
}

#[tokio::test]
async fn the_doctor_tells_a_clock_that_is_behind_a_lost_key_and_settings_that_are_wrong() {
    let (test, _) = with_a_file().await;
    let at = place(test.directory.path());
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&at.data, std::fs::Permissions::from_mode(0o700)).unwrap();
    let well = doctor::look(&at, test.app.clock.clone()).await;
    for what in ["权限", "密钥", "时钟", "文件库", "任务"] {
        assert_eq!(levels(&well, what), [Level::Good], "{what}: {well:?}");
    }
    let behind = crate::clock::Clock::set_to(test.app.clock.now() - SignedDuration::from_hours(1));
    assert_eq!(levels(&doctor::look(&at, behind).await, "时钟"), [Level::Wrong]);
    let key = test.directory.path().join("keys/vault.key");
    std::fs::rename(&key, key.with_extension("away")).unwrap();
    std::fs::write(test.directory.path().join("gongkai.toml"), "[site]\nadress = 1\n").unwrap();
    let ill = doctor::look(&at, test.app.clock.clone()).await;
    assert_eq!(levels(&ill, "设置"), [Level::Wrong]);
    std::fs::remove_file(test.directory.path().join("gongkai.toml")).unwrap();
    let ill = doctor::look(&at, test.app.clock.clone()).await;
    assert_eq!(levels(&ill, "密钥"), [Level::Wrong]);
    let nowhere = doctor::look(&place(Path::new("/nowhere")), test.app.clock.clone()).await;
    assert!(wrong(&nowhere).iter().any(|each| each.contains("没有数据库")), "{nowhere:?}");
}

#[tokio::test]
async fn a_database_that_was_backed_up_remembers_its_keys() {
    let (test, _) = with_a_file().await;
    let (into, _) = backed_up(&test).await;
    let address = format!("sqlite://{}?mode=ro", into.path().join("backup/gongkai.db").display());
    let store = Store::open_to_read(&address).await.unwrap();
    let known = known_keys(&mut store.reader().await.unwrap()).await.unwrap();
    assert_eq!(known, test.app.vault.key_ids());
}
