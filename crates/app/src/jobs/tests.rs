//! Tests of the worker: leases, death in the middle, pauses, the limit.

use super::*;
use crate::clock::Clock;
use crate::config::Config;
use gongkai_store::Store;
use gongkai_store::files::Files;

async fn app(folder: &std::path::Path) -> App {
    let database = format!("sqlite://{}?mode=rwc", folder.join("t.db").display());
    let store = Store::open(&database).await.unwrap();
    let files = Files::in_directory(&folder.join("files")).unwrap();
    let clock = Clock::set_to("2025-03-04T01:00:00Z".parse().unwrap());
    App::new(store, files, clock, Config::default())
}

async fn enqueued(app: &App, subject: &str) {
    let mut transaction = app.store.begin().await.unwrap();
    let now = app.clock.now();
    enqueue(app, &mut transaction, Kind::SendRelease, subject, now).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn job(app: &App, subject: &str) -> Job {
    let mut reader = app.store.reader().await.unwrap();
    jobs::of(&mut reader, Kind::SendRelease.key(), subject).await.unwrap().unwrap()
}

#[tokio::test]
async fn enqueued_twice_is_one_job() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    enqueued(&app, "r").await;
    enqueued(&app, "r").await;
    assert!(take(&app).await.unwrap().is_some());
    assert!(take(&app).await.unwrap().is_none());
}

#[tokio::test]
async fn a_job_of_an_act_that_was_not_done_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    let mut transaction = app.store.begin().await.unwrap();
    let now = app.clock.now();
    enqueue(&app, &mut transaction, Kind::SendRelease, "r", now).await.unwrap();
    drop(transaction);
    assert!(take(&app).await.unwrap().is_none());
}

#[tokio::test]
async fn when_a_worker_dies_another_takes_the_job_after_the_lease() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    enqueued(&app, "r").await;
    let dead = take(&app).await.unwrap().unwrap();
    app.clock.forward(LEASE);
    assert!(take(&app).await.unwrap().is_none());
    app.clock.forward(SignedDuration::from_secs(1));
    let second = take(&app).await.unwrap().unwrap();
    assert_eq!((dead.id.as_str(), second.n_attempts), (second.id.as_str(), 2));
    // The dead one comes back: its word counts no more.
    end(&app, &dead, Outcome::Failed("迟到".to_owned())).await.unwrap();
    assert_eq!(job(&app, "r").await.state, State::Running);
    end(&app, &second, Outcome::Done).await.unwrap();
    assert_eq!(job(&app, "r").await.state, State::Done);
}

#[tokio::test]
async fn it_is_tried_again_ever_later_and_then_failed() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    enqueued(&app, "r").await;
    let mut waits = Vec::new();
    for _ in 0..MOST_TRIES {
        let taken = take(&app).await.unwrap().unwrap();
        let wait = SignedDuration::ZERO;
        end(&app, &taken, Outcome::Later { reason: "忙".to_owned(), wait }).await.unwrap();
        let next = job(&app, "r").await;
        let pause = next.run_at.duration_since(app.clock.now());
        waits.push(pause.as_mins());
        app.clock.forward(pause.max(SignedDuration::ZERO));
    }
    assert_eq!(waits[..9], [1, 2, 4, 8, 16, 32, 64, 128, 256]);
    let last = job(&app, "r").await;
    assert_eq!((last.state, last.last_error.as_str()), (State::Failed, "忙"));
    let mut reader = app.store.reader().await.unwrap();
    let events = events::of(&mut reader, &format!("job/{}", last.id)).await.unwrap();
    assert_eq!(events.iter().map(|each| each.event.act.as_str()).collect::<Vec<_>>(), ["job.fail"]);
}

#[tokio::test]
async fn many_workers_at_once_take_each_job_once() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    for number in 0..20 {
        enqueued(&app, &format!("r{number}")).await;
    }
    let takes = (0..30).map(|_| {
        let app = app.clone();
        tokio::spawn(async move { take(&app).await.unwrap().map(|job| job.id) })
    });
    let mut ids: Vec<String> =
        futures::future::join_all(takes).await.into_iter().filter_map(Result::unwrap).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20);
}

#[tokio::test]
async fn the_worker_ends_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path()).await;
    enqueued(&app, "gone").await;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(run(app.clone(), stopped));
    while job(&app, "gone").await.state != State::Done {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(5), worker).await.unwrap().unwrap();
}
