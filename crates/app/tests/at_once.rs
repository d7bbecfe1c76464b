//! Actions of many people at once and actions on nobody's click, on SQLite and on PostgreSQL.

use gongkai_app::items::{publish, read, revise, submit};
use gongkai_app::{AppError, duties};
use gongkai_domain::access::Role;
use gongkai_domain::id::ItemId;
use gongkai_testkit::app::{OWN, Stage, TestApp, content};
use gongkai_testkit::database::Database;
use jiff::SignedDuration;
use std::collections::BTreeSet;

/// An installation on every kind of database there is.
async fn installations() -> Vec<TestApp> {
    let mut all = vec![TestApp::new().await];
    if let Some(postgres) = Database::postgres().await {
        all.push(TestApp::on(postgres).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_clerks_publish_at_once_and_no_index_number_is_given_twice_or_left_out() {
    for kit in installations().await {
        let mut ids: Vec<ItemId> = Vec::new();
        for _ in 0..8 {
            ids.push(kit.item_at(Stage::Approved).await);
        }
        let clerks = ids.into_iter().map(|id| {
            let (app, clerk) = (kit.app.clone(), kit.caller(OWN, Role::Clerk));
            tokio::spawn(async move { publish::publish(&app, &clerk, &id).await })
        });
        let mut numbers = BTreeSet::new();
        for clerk in clerks.collect::<Vec<_>>() {
            let item = clerk.await.expect("no panic").expect("published");
            numbers.insert(item.index_number.expect("a number"));
        }
        let ends: Vec<_> = numbers.iter().map(|number| &number[number.len() - 5..]).collect();
        assert_eq!(ends, ["00001", "00002", "00003", "00004", "00005", "00006", "00007", "00008"]);
        kit.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_publish_the_same_item_one_does_and_the_log_has_one_event() {
    for kit in installations().await {
        let id = kit.item_at(Stage::Approved).await;
        let clerks = (0..8).map(|_| {
            let (app, clerk, id) = (kit.app.clone(), kit.caller(OWN, Role::Clerk), id.clone());
            tokio::spawn(async move { publish::publish(&app, &clerk, &id).await })
        });
        let mut n_done = 0;
        for clerk in clerks.collect::<Vec<_>>() {
            match clerk.await.expect("no panic") {
                Ok(_) => n_done += 1,
                Err(AppError::Refused(_) | AppError::Conflict(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(n_done, 1);
        let log = kit.verified_log().await;
        let published = log.iter().filter(|link| link.event.act == "item.publish");
        assert_eq!(published.count(), 1);
        kit.finish().await;
    }
}

#[tokio::test]
async fn what_is_set_for_a_time_is_public_from_then_on_and_not_before() {
    for kit in installations().await {
        let id = kit.item_at(Stage::Scheduled).await;
        duties::round(&kit.app).await.expect("a round");
        assert!(read::public(&kit.app, &id).await.is_err(), "the time has not come");
        kit.app.clock.forward(SignedDuration::from_hours(24));
        duties::round(&kit.app).await.expect("a round");
        duties::round(&kit.app).await.expect("again does no harm");
        let item = read::public(&kit.app, &id).await.expect("public now").item;
        assert!(item.index_number.is_some());
        let log = kit.verified_log().await;
        let last = &log.last().expect("events").event;
        assert_eq!((last.act.as_str(), last.actor.as_str()), ("item.publish", "system"));
        kit.finish().await;
    }
}

#[tokio::test]
async fn a_refused_act_leaves_no_row_and_no_event() {
    for kit in installations().await {
        let id = kit.item_at(Stage::Public).await;
        let before = kit.rows().await;
        let clerk = kit.caller(OWN, Role::Clerk);
        let new = content("新", kit.app.clock.today());
        assert!(revise::revise(&kit.app, &clerk, &id, new).await.is_err());
        assert!(submit::submit(&kit.app, &clerk, &id).await.is_err());
        assert!(publish::publish(&kit.app, &clerk, &id).await.is_err());
        assert_eq!(kit.rows().await, before);
        kit.finish().await;
    }
}
