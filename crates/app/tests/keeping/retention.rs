//! Personal data goes when its time is over: told before, logged, and every figure stays as it was.

use super::life::{ADDRESS, AGENT, EMAIL, NAME, NUMBER, TELEPHONE, archive, live};
use super::sealing::open_words;
use super::whole::faults;
use bytes::Bytes;
use gongkai_app::config::{Config, Retention};
use gongkai_app::requests::expire::{Standing, expire, plan};
use gongkai_app::requests::{
    Filter, Order, Page, attached, close, facts, list, opened, package, paper, register, release,
    reveal, track,
};
use gongkai_app::{AppError, duties, jobs};
use gongkai_domain::access::Role;
use gongkai_domain::audit::digest;
use gongkai_domain::request::{
    ERASED, Personal, RequesterKind, StateKey, Submission, Withdrawal, Withdrawn,
};
use gongkai_papers::archive_package::verify;
use gongkai_testkit::app::{OWN, TestApp, submission};
use jiff::SignedDuration;
use std::sync::Arc;

fn forward(kit: &TestApp, days: i64) {
    kit.app.clock.forward(SignedDuration::from_hours(24 * days));
}

fn with(kit: &mut TestApp, retention: Retention) {
    kit.app.config = Arc::new(Config { retention, ..Config::clone(&kit.app.config) });
}

#[tokio::test]
async fn five_years_after_the_answer_who_asked_is_gone_and_the_case_and_its_package_stay() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    let before = archive(&kit, &lived.id).await;
    let organ = [OWN.parse().expect("an id")];
    let year = kit.app.clock.today().year();
    let counted = format!("{:?}", facts::facts(&kit.app, &organ, year).await.expect("figures"));
    forward(&kit, 5 * 365 - 20);
    let told = plan(&kit.app).await.expect("a plan").requests;
    assert_eq!((told.len(), told[0].standing, &told[0].id), (1, Standing::Soon, &lived.id));
    assert_eq!(expire(&kit.app).await.expect("nothing is due").requests, []);
    forward(&kit, 40);
    let told = plan(&kit.app).await.expect("a plan").requests;
    assert_eq!((told[0].standing, told[0].n_files), (Standing::Due, 6));
    assert_eq!(expire(&kit.app).await.expect("erased").requests, told);
    assert_eq!(expire(&kit.app).await.expect("nothing is left").requests, []);

    let clerk = kit.caller(OWN, Role::Clerk);
    let left = reveal::reveal(&kit.app, &clerk, &lived.id, "核对").await.expect("a look");
    assert_eq!(left, Personal::default().erased(RequesterKind::Natural));
    let page = Page { order: Order::Newest, after: None, limit: 9 };
    let lines = |name| list::lines(&kit.app, &clerk, Filter::default(), name, page.clone());
    assert_eq!(lines(None).await.expect("the register").lines[0].shown, ERASED);
    for name in [NAME, ERASED] {
        assert!(lines(Some(name)).await.expect("searched").lines.is_empty(), "{name}");
    }
    for contact in [TELEPHONE, EMAIL, ERASED] {
        assert!(track::track(&kit.app, &lived.code, contact).await.is_err(), "{contact}");
    }
    for file in &lived.files {
        let gone = opened::open(&kit.app, &clerk, &lived.id, file).await;
        let said = gone.expect_err("it is gone").to_string();
        assert!(said.contains(ERASED) || said.contains("没有找到"), "{said}");
    }
    let format = paper::Format::Docx;
    let gone = paper::open(&kit.app, &clerk, &lived.id, &lived.paper, format).await;
    assert!(gone.expect_err("it is gone").to_string().contains(ERASED));
    assert_eq!(release::all(&kit.app, &clerk, &lived.id).await.expect("read")[0].words.len(), 0);
    let after = package::package(&kit.app, &clerk, &lived.id).await.expect("the package");
    assert!(after.bytes == before && verify(&after.bytes).holds);
    let figures = facts::facts(&kit.app, &organ, year).await.expect("figures");
    assert_eq!(format!("{figures:?}"), counted);
    assert_eq!(faults(&kit).await, Vec::<String>::new());
    let log = kit.verified_log().await;
    let event = &log.iter().find(|link| link.event.act == "request.expire").expect("told").event;
    assert!(event.reason.contains("6 份") && event.after == digest(&before), "{event:?}");
    let words = [NAME, NUMBER, TELEPHONE, ADDRESS, EMAIL, AGENT];
    assert_eq!(open_words(&kit.data(), &words), Vec::<String>::new());
    kit.finish().await;
}

#[tokio::test]
async fn a_case_that_is_not_archived_waits_and_is_told() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    forward(&kit, 6 * 366);
    let told = plan(&kit.app).await.expect("a plan").requests;
    assert_eq!(told[0].standing, Standing::NotArchived);
    assert_eq!(expire(&kit.app).await.expect("nothing goes").requests, []);
    let clerk = kit.caller(OWN, Role::Clerk);
    let kept = reveal::reveal(&kit.app, &clerk, &lived.id, "核对").await.expect("a look");
    assert_eq!(kept.name, NAME);
    archive(&kit, &lived.id).await;
    assert_eq!(expire(&kit.app).await.expect("now it goes").requests.len(), 1);
    kit.finish().await;
}

#[tokio::test]
async fn a_withdrawn_request_goes_after_a_year_and_an_open_one_never() {
    let kit = TestApp::new().await;
    let clerk = kit.caller(OWN, Role::Clerk);
    let open = kit.request("某决定").await.id;
    let gone = kit.request("某规划").await.id;
    let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
    close::withdraw(&kit.app, &clerk, &gone, withdrawn).await.expect("withdrawn");
    forward(&kit, 300);
    assert_eq!(plan(&kit.app).await.expect("a plan").requests, []);
    forward(&kit, 66);
    let erased = expire(&kit.app).await.expect("erased").requests;
    assert_eq!(erased.iter().map(|each| &each.id).collect::<Vec<_>>(), [&gone]);
    forward(&kit, 20 * 366);
    assert_eq!(expire(&kit.app).await.expect("nothing").requests, []);
    let kept = reveal::reveal(&kit.app, &clerk, &open, "核对").await.expect("a look");
    assert!(kept.name != ERASED);
    kit.finish().await;
}

#[tokio::test]
async fn of_an_organisation_the_name_stays_and_its_people_go() {
    let kit = TestApp::new().await;
    let clerk = kit.caller(OWN, Role::Clerk);
    let asked = Submission {
        kind: RequesterKind::Business,
        personal: Personal {
            name: "某某公司".to_owned(),
            document: "统一社会信用代码".to_owned(),
            document_number: "X-1".to_owned(),
            contact_person: NAME.to_owned(),
            telephone: TELEPHONE.to_owned(),
            ..Personal::default()
        },
        ..submission("某规划", kit.app.clock.today())
    };
    let organ = OWN.parse().expect("an id");
    let id = register::register(&kit.app, &clerk, organ, asked).await.expect("registered").id;
    let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
    close::withdraw(&kit.app, &clerk, &id, withdrawn).await.expect("withdrawn");
    forward(&kit, 367);
    assert_eq!(expire(&kit.app).await.expect("erased").requests.len(), 1);
    let left = reveal::reveal(&kit.app, &clerk, &id, "核对").await.expect("a look");
    assert_eq!((left.name.as_str(), left.document_number.as_str()), ("某某公司", "X-1"));
    assert_eq!((left.contact_person.as_str(), left.telephone.as_str()), (ERASED, ERASED));
    kit.finish().await;
}

#[tokio::test]
async fn what_is_kept_for_ever_stays_and_a_package_goes_when_it_is_asked_for() {
    let mut kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Archived).await;
    let never = Retention { personal_years: 0, withdrawn_years: 0, ..Retention::default() };
    with(&mut kit, never);
    forward(&kit, 30 * 366);
    assert_eq!(expire(&kit.app).await.expect("nothing").requests, []);
    with(&mut kit, Retention { package_years: 10, ..Retention::default() });
    assert_eq!(expire(&kit.app).await.expect("all goes").n_packages, 1);
    let clerk = kit.caller(OWN, Role::Clerk);
    let gone = package::package(&kit.app, &clerk, &id).await;
    assert!(matches!(&gone, Err(AppError::NotFound(said)) if said.contains(ERASED)), "{gone:?}");
    assert_eq!(faults(&kit).await, Vec::<String>::new());
    kit.finish().await;
}

#[tokio::test]
async fn a_file_of_a_form_that_was_never_sent_goes_after_its_days() {
    let kit = TestApp::new().await;
    let lived = live(&kit).await;
    let unsent = vec![("甲.txt".to_owned(), Bytes::from_static(b"never sent"))];
    attached::keep_all(&kit.app, unsent).await.expect("kept");
    assert_eq!(plan(&kit.app).await.expect("a plan").n_loose_files, 0);
    forward(&kit, 3);
    assert_eq!(plan(&kit.app).await.expect("a plan").n_loose_files, 1);
    let n_files = kit.app.files.all().await.expect("files").len();
    assert_eq!(expire(&kit.app).await.expect("gone").n_loose_files, 1);
    assert_eq!(kit.app.files.all().await.expect("files").len(), n_files - 1);
    let given = track::given(&kit.app, (&lived.code, TELEPHONE), &lived.files[0]).await;
    assert!(given.is_ok(), "what a request names stays");
    kit.finish().await;
}

#[tokio::test]
async fn a_job_of_each_day_lets_go_what_is_due() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Archived).await;
    forward(&kit, 6 * 366);
    duties::round(&kit.app).await.expect("a round");
    duties::round(&kit.app).await.expect("a round");
    while jobs::work_one(&kit.app).await.expect("worked") {}
    let clerk = kit.caller(OWN, Role::Clerk);
    let left = reveal::reveal(&kit.app, &clerk, &id, "核对").await.expect("a look");
    assert_eq!(left.name, ERASED);
    let gone = kit.verified_log().await;
    assert_eq!(gone.iter().filter(|link| link.event.act == "request.expire").count(), 1);
    kit.finish().await;
}

#[tokio::test]
async fn a_case_whose_paper_is_lost_is_told_and_does_not_keep_the_others() {
    let kit = TestApp::new().await;
    let damaged = live(&kit).await;
    archive(&kit, &damaged.id).await;
    forward(&kit, 1);
    let whole = kit.request_at(StateKey::Archived).await;
    kit.app.files.remove(&damaged.files[1]).await.expect("lost");
    forward(&kit, 6 * 366);
    let done = expire(&kit.app).await.expect("a sweep");
    assert_eq!(done.requests.iter().map(|each| &each.id).collect::<Vec<_>>(), [&whole]);
    assert_eq!(done.failed.len(), 1);
    assert!(done.failed[0].contains("没有找到"), "{:?}", done.failed);
}
