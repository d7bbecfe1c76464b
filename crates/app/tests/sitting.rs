//! What the log holds of a text that is saved again and again: whole states where a sitting begins and
//! where it ends, digests in between.

use gongkai_app::items::{read, revise, submit};
use gongkai_domain::access::Role;
use gongkai_domain::audit::{Event, digest};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::Item;
use gongkai_store::events;
use gongkai_testkit::app::{OWN, Stage, TestApp};
use jiff::SignedDuration;

async fn saved(kit: &TestApp, id: &ItemId, text: &str) -> Item {
    let clerk = kit.caller(OWN, Role::Clerk);
    let item = read::own(&kit.app, &clerk, id).await.expect("it is there").item;
    let mut content = item.working.expect("a draft").content;
    content.text = text.to_owned();
    content.html = format!("<p>{text}</p>");
    revise::revise(&kit.app, &clerk, id, content).await.expect("it is saved")
}

async fn log(kit: &TestApp, id: &ItemId) -> Vec<Event> {
    let mut reader = kit.app.store.reader().await.expect("a reader");
    let links = events::of(&mut reader, &format!("item/{id}")).await.expect("events");
    links.into_iter().map(|link| link.event).collect()
}

fn whole(text: &str) -> Option<Item> {
    serde_json::from_str(text).ok()
}

#[tokio::test]
async fn autosave_writes_the_whole_text_into_the_log_once_a_sitting() {
    let kit = TestApp::new().await;
    let id = kit.item_at(Stage::Draft).await;
    let n_before = log(&kit, &id).await.len();
    let first = saved(&kit, &id, "一").await;
    let second = saved(&kit, &id, "一二").await;
    kit.app.clock.forward(SignedDuration::from_mins(29));
    let third = saved(&kit, &id, "一二三").await;
    let sitting = log(&kit, &id).await.split_off(n_before);
    assert_eq!(sitting.len(), 3);
    assert_eq!(whole(&sitting[0].after), Some(first.clone()));
    for (event, before, after) in [(&sitting[1], &first, &second), (&sitting[2], &second, &third)] {
        let of = |item: &Item| {
            let state = serde_json::to_string(item).expect("an item");
            format!("{{\"digest\":\"{}\"}}", digest(state.as_bytes()))
        };
        assert_eq!((&event.before, &event.after), (&of(before), &of(after)));
    }
    kit.app.clock.forward(SignedDuration::from_mins(31));
    saved(&kit, &id, "一二三四").await;
    let next = log(&kit, &id).await.pop().expect("an event");
    assert_eq!(whole(&next.before), Some(third), "a new sitting begins with the whole text");
    let fifth = saved(&kit, &id, "一二三四五").await;
    let clerk = kit.caller(OWN, Role::Clerk);
    submit::submit(&kit.app, &clerk, &id).await.expect("it is submitted");
    let submitted = log(&kit, &id).await.pop().expect("an event");
    assert_eq!(whole(&submitted.before), Some(fifth), "what was submitted stands there whole");
    kit.finish().await;
}
