//! Verification, backup and restoring know the files of requests.

use super::life::{Lived, TELEPHONE, archive, live};
use gongkai_app::requests::paper::{self, Format};
use gongkai_app::requests::{opened, package, track};
use gongkai_app::start::{Place, open};
use gongkai_app::upkeep::{Level, backup, restore, verify};
use gongkai_domain::access::Role;
use gongkai_store::whole;
use gongkai_testkit::app::{OWN, TestApp};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(crate) fn place(data: &Path) -> Place {
    Place { data: data.to_owned(), ..Place::default() }
}

pub(crate) async fn faults(kit: &TestApp) -> Vec<String> {
    let found = verify::verify(&kit.place(), kit.app.clock.clone()).await.expect("verified");
    let wrong = found.into_iter().filter(|finding| finding.level == Level::Wrong);
    wrong.map(|finding| finding.message).collect()
}

fn at(data: &Path, digest: &str) -> PathBuf {
    data.join("files").join(&digest[..2]).join(digest)
}

#[tokio::test]
async fn every_file_that_a_life_of_a_request_keeps_is_named_and_every_named_one_is_there() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    archive(&kit, &lived.id).await;
    let named = whole::named_files(&mut kit.app.store.reader().await.expect("a reader")).await;
    let named: BTreeSet<String> = named.expect("named").into_keys().collect();
    let there = kit.app.files.all().await.expect("files");
    let there: BTreeSet<String> = there.into_iter().map(|kept| kept.digest).collect();
    assert_eq!(named, there, "the upload, the supplement, the source, the product and the papers");
    assert!(5 <= there.len(), "{there:?}");
    kit.finish().await;
}

#[tokio::test]
async fn verify_tells_a_changed_and_a_lost_file_of_a_request() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    assert_eq!(faults(&kit).await, Vec::<String>::new());
    let (changed, lost) = (&lived.files[0], &lived.files[1]);
    let path = at(&kit.data(), changed);
    let mut bytes = std::fs::read(&path).expect("the file");
    *bytes.last_mut().expect("bytes") ^= 1;
    std::fs::write(&path, bytes).expect("changed");
    std::fs::remove_file(at(&kit.data(), lost)).expect("lost");
    let told = faults(&kit).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|each| each.contains(changed) && each.contains("不符")), "{told:?}");
    let id = lived.id.as_str();
    let names = |each: &String| each.contains(lost) && each.contains("不见了") && each.contains(id);
    assert!(told.iter().any(names), "{told:?}");
}

#[tokio::test]
async fn a_case_that_was_backed_up_opens_its_papers_and_files_where_it_is_restored() {
    let kit = TestApp::new().await;
    let Lived { id, code, files, paper } = live(&kit).await;
    let before = archive(&kit, &id).await;
    let into = tempfile::tempdir().expect("a directory");
    let asked = backup::Asked {
        place: place(&kit.data()),
        into: into.path().join("backup"),
        keys: Some(into.path().join("keys")),
    };
    let done = backup::back_up(&asked, &kit.app.clock).await.expect("backed up");
    assert_eq!(done.damaged, Vec::<String>::new());
    let data = into.path().join("data");
    let asked = restore::Asked {
        from: into.path().join("backup"),
        place: place(&data),
        keys: Some(into.path().join("keys")),
    };
    restore::restore(&asked).await.expect("restored");
    let again = open(&place(&data), kit.app.clock.clone()).await.expect("opens").app;
    let clerk = kit.caller(OWN, Role::Clerk);
    let after = package::package(&again, &clerk, &id).await.expect("a package");
    assert!(after.bytes == before, "the same papers make the same package");
    let opened = paper::open(&again, &clerk, &id, &paper, Format::Docx).await.expect("the paper");
    assert!(opened.1.starts_with(b"PK"), "a DOCX as it was issued");
    let given = track::given(&again, (&code, TELEPHONE), &files[0]).await.expect("the file");
    assert!(!given.1.is_empty());
    opened::open(&again, &clerk, &id, &files[1]).await.expect("what came with the request");
    kit.finish().await;
}
