//! Nothing personal stands open in the data directory, and a new key leaves everything readable.

use super::life::{ADDRESS, AGENT, EMAIL, NAME, NUMBER, PLANTED, TELEPHONE, WANTED, archive, live};
use super::whole::faults;
use bytes::Bytes;
use gongkai_app::requests::paper::{self, Format};
use gongkai_app::requests::{
    Filter, export, opened, package, register, release, reveal, seal_open, track,
};
use gongkai_app::{search, vault};
use gongkai_domain::access::Role;
use gongkai_domain::request::{RequestFile, Submission};
use gongkai_testkit::app::{OWN, TestApp, submission};
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// A text in the ways in which programs write it.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let escaped: String = wide.iter().map(|unit| format!("\\u{unit:04x}")).collect();
    vec![
        text.as_bytes().to_vec(),
        wide.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        wide.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        escaped.into_bytes(),
    ]
}

fn holds(bytes: &[u8], text: &str) -> bool {
    let form = |form: &Vec<u8>| bytes.windows(form.len()).any(|window| window == form.as_slice());
    forms(text).iter().any(form)
}

/// Which planted words stand open, and where.
pub(crate) fn open_words(data: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files(data) {
        let bytes = std::fs::read(&path).expect("readable");
        let open = words.iter().filter(|word| holds(&bytes, word));
        found.extend(open.map(|word| format!("{word} in {}", path.display())));
        let is_packed = bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF");
        if is_packed {
            found.push(format!("an open paper: {}", path.display()));
        }
    }
    found
}

/// What stands open by law or by its nature, and was planted nowhere: what is asked for, in the words of
/// the requester; the text of a supplement; the family name, by which a case is spoken of; the name of an
/// organisation; who was consulted and what they said; the address of the machine, in the audit log.
#[tokio::test]
async fn nothing_personal_stands_open_after_a_whole_life_of_a_request() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    archive(&kit, &lived.id).await;
    search::rebuild(&kit.app).await.expect("an index");
    let clerk = kit.caller(OWN, Role::Clerk);
    let ledger = export::csv(&kit.app, &clerk, Filter::default()).await.expect("the register");
    assert!(holds(&ledger, WANTED));
    assert!(PLANTED.iter().all(|word| !holds(&ledger, word)), "the register names nobody");
    assert!(!open_words(&kit.data(), &[WANTED]).is_empty(), "what stands open is found");
    assert_eq!(open_words(&kit.data(), &PLANTED), Vec::<String>::new());
    let personal = reveal::reveal(&kit.app, &clerk, &lived.id, "核对").await.expect("a look");
    assert_eq!((personal.name.as_str(), personal.email.as_str()), (NAME, EMAIL));
    kit.finish().await;
}

#[tokio::test]
async fn who_opens_a_file_that_came_with_a_request_is_logged_and_its_name_tells_nobody() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    let clerk = kit.caller(OWN, Role::Clerk);
    let came = &lived.files[1];
    let (file, bytes) = opened::open(&kit.app, &clerk, &lived.id, came).await.expect("opened");
    assert!(holds(&bytes, NAME), "those who work on it read it as it came");
    assert_eq!(file.name, "某的证件某.txt");
    let last = kit.verified_log().await.pop().expect("an event").event;
    assert_eq!((last.act.as_str(), last.reason.as_str()), ("request.open_file", "某的证件某.txt"));
    let secrecy = kit.caller(OWN, Role::SecrecyReviewer);
    assert!(opened::open(&kit.app, &secrecy, &lived.id, came).await.is_err());
    kit.finish().await;
}

#[tokio::test]
async fn with_a_new_key_every_file_and_text_is_read_as_before_and_no_file_changes() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    let before = archive(&kit, &lived.id).await;
    let lie = kit.app.files.all().await.expect("files");
    let rotated = vault::rotate(&kit.app).await.expect("a new key");
    assert_eq!(rotated.closed, Vec::<String>::new());
    assert!(lie.len() < rotated.n_sealed, "{rotated:?}");
    assert_eq!(kit.app.files.all().await.expect("files"), lie);
    let clerk = kit.caller(OWN, Role::Clerk);
    let after = package::package(&kit.app, &clerk, &lived.id).await.expect("a package");
    assert!(after.bytes == before);
    let releases = release::all(&kit.app, &clerk, &lived.id).await.expect("releases");
    assert_eq!(releases[0].words.len(), 2);
    assert_eq!(open_words(&kit.data(), &PLANTED), Vec::<String>::new());
    assert_eq!(faults(&kit).await, Vec::<String>::new());
    kit.finish().await;
}

#[tokio::test]
async fn what_stood_open_before_is_sealed_once_and_is_read_under_its_old_name() {
    let kit = TestApp::new().await;
    let (app, clerk) = (&kit.app, kit.caller(OWN, Role::Clerk));
    let text = format!("{NAME}，{NUMBER}，{TELEPHONE}，{ADDRESS}，{AGENT}");
    let digest = app.files.keep(Bytes::from(text.clone())).await.expect("kept open");
    let file = RequestFile {
        name: "申请书.txt".to_owned(),
        digest: digest.clone(),
        media_type: "text/plain".to_owned(),
        size_bytes: 9,
    };
    let asked = Submission { files: vec![file], ..submission(WANTED, app.clock.today()) };
    let organ = OWN.parse().expect("an id");
    let id = register::register(app, &clerk, organ, asked).await.expect("registered").id;
    let read = opened::open(app, &clerk, &id, &digest).await.expect("read as it lies");
    assert!(holds(&read.1, NAME));
    assert!(!open_words(&kit.data(), &[NAME]).is_empty());
    assert_eq!(seal_open::seal_open(app).await.expect("sealed"), 1);
    assert_eq!(open_words(&kit.data(), &[NAME, NUMBER]), Vec::<String>::new());
    let read = opened::open(app, &clerk, &id, &digest).await.expect("read under its old name");
    assert_eq!(read.1, text);
    assert_eq!(faults(&kit).await, Vec::<String>::new());
    assert_eq!(seal_open::seal_open(app).await.expect("done before"), 0);
    kit.finish().await;
}

#[tokio::test]
async fn a_sealed_paper_that_was_changed_is_not_given_out() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    let path = files(&kit.data().join("files")).into_iter();
    for path in path {
        let mut bytes = std::fs::read(&path).expect("readable");
        *bytes.last_mut().expect("bytes") ^= 1;
        std::fs::write(&path, bytes).expect("changed");
    }
    let clerk = kit.caller(OWN, Role::Clerk);
    let paper = paper::open(&kit.app, &clerk, &lived.id, &lived.paper, Format::Docx).await;
    assert!(paper.is_err_and(|error| error.to_string().contains("改动")));
    let given = track::given(&kit.app, (&lived.code, TELEPHONE), &lived.files[0]).await;
    assert!(given.is_err());
}
