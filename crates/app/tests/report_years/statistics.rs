//! Papers of statistics: counted from the registers, typed where these hold nothing, published whole.

use gongkai_app::AppError;
use gongkai_app::items::{self, screen};
use gongkai_app::reports::registers;
use gongkai_app::reports::statistics::{
    Ending, Origin, Place, Seen, cases, enter, file, list, prepare, view,
};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::register::{RecordKind, Typed};
use gongkai_testkit::app::{ABOVE, OTHER, OWN, Stage, TestApp};
use jiff::SignedDuration;
use rust_decimal::Decimal;

fn organ(id: &str) -> OrganId {
    id.parse().unwrap()
}

fn value(seen: &Seen, key: &str) -> Option<Decimal> {
    let mut figures = seen.blocks.iter().flat_map(|(_, figures)| figures);
    figures.find(|figure| figure.row.key == key).unwrap_or_else(|| panic!("{key}")).value
}

/// The rows that nobody typed yet.
fn missing(seen: &Seen) -> Vec<&'static str> {
    let figures = seen.blocks.iter().flat_map(|(_, figures)| figures);
    let missing = figures.filter(|figure| figure.origin == Origin::Missing);
    missing.map(|figure| figure.row.key.as_str()).collect()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_quarter_is_counted_completed_by_hand_and_published_whole() {
    let kit = TestApp::new().await;
    let (clerk, own) = (kit.caller(OWN, Role::Clerk), organ(OWN));
    kit.item_at(Stage::Public).await;
    kit.request("某规划").await;
    for (line, amount) in [("permit", ""), ("permit", ""), ("fee", "380.5")] {
        let typed = Typed {
            line: line.to_owned(),
            on: kit.app.clock.today().to_string(),
            amount: amount.to_owned(),
            ..Typed::default()
        };
        registers::enter(&kit.app, &clerk, &own, RecordKind::Act, &typed).await.unwrap();
    }
    let place = Place::of(&own, "disclosure-quarter", "2025-Q1").unwrap();
    let seen = view(&kit.app, &clerk, place).await.unwrap();
    let counts = [("published", 1), ("permits", 2), ("received", 1), ("open", 1), ("closed", 0)];
    for (key, n) in counts {
        assert_eq!(value(&seen, key), Some(Decimal::from(n)), "{key}");
        let (_, n_cases, cases) = cases(&kit.app, &clerk, place, key).await.unwrap();
        assert_eq!((n_cases, cases.len()), (n, n), "{key}");
    }
    assert_eq!(value(&seen, "fees"), Some(Decimal::new(3805, 1)));
    let (_, _, permits) = cases(&kit.app, &clerk, place, "permits").await.unwrap();
    assert!(permits[0].detail.contains("行政许可"), "{permits:?}");
    let before = Place::of(&own, "disclosure-quarter", "2024-Q4").unwrap();
    assert_eq!(
        value(&view(&kit.app, &clerk, before).await.unwrap(), "permits"),
        Some(Decimal::ZERO)
    );

    assert_eq!(missing(&seen).len(), 3);
    for (cell, value) in [("permits", "9"), ("trainings", "许多"), ("nothing", "1")] {
        assert!(enter(&kit.app, &clerk, place, cell, (value, "有")).await.is_err(), "{cell}");
    }
    assert!(enter(&kit.app, &clerk, place, "trainings", ("1", " ")).await.is_err());
    let stranger = kit.caller(OTHER, Role::Clerk);
    assert!(enter(&kit.app, &stranger, place, "trainings", ("1", "有")).await.is_err());
    assert!(view(&kit.app, &stranger, place).await.is_err());
    assert!(prepare(&kit.app, &clerk, place).await.is_err(), "the quarter still runs");
    kit.app.clock.forward(SignedDuration::from_hours(24 * 30));
    let holes = prepare(&kit.app, &clerk, place).await.unwrap_err();
    assert!(holes.to_string().contains("还有 3 项"), "{holes}");
    for key in missing(&seen) {
        enter(&kit.app, &clerk, place, key, ("5", "办公室统计")).await.unwrap();
        enter(&kit.app, &clerk, place, key, ("4", "办公室核实")).await.unwrap();
    }
    let seen = view(&kit.app, &clerk, place).await.unwrap();
    assert_eq!(value(&seen, "trainings"), Some(Decimal::from(4)), "the last one counts");
    for ending in Ending::ALL {
        let bytes = file(&kit.app, &clerk, place, ending).await.unwrap();
        assert_eq!(bytes, file(&kit.app, &clerk, place, ending).await.unwrap());
    }
    let item = prepare(&kit.app, &clerk, place).await.unwrap();
    assert_eq!(prepare(&kit.app, &clerk, place).await.unwrap(), item, "one page a paper");
    let drafted = items::read::own(&kit.app, &clerk, &item).await.unwrap().item;
    for finding in screen::finding_keys(&drafted) {
        let reason = "已核实".to_owned();
        items::revise::answer(&kit.app, &clerk, &item, finding, reason).await.unwrap();
    }
    let submitted = items::submit::submit(&kit.app, &clerk, &item).await.unwrap();
    kit.signed(submitted).await;
    let public = items::publish::publish(&kit.app, &clerk, &item).await.unwrap().public.unwrap();
    assert_eq!(public.content.attachments.len(), 3);
    assert!(
        public.content.title.contains("2025年第1季度") && public.content.html.contains("380.5")
    );
    let log = kit.verified_log().await;
    assert_eq!(log.iter().filter(|link| link.event.act == "statistics.enter").count(), 6);
    kit.finish().await;
}

#[tokio::test]
async fn the_table_of_the_site_counts_all_organs_below_and_is_a_governments_only() {
    let kit = TestApp::new().await;
    let office = kit.caller(ABOVE, Role::DisclosureOffice);
    kit.item_at(Stage::Public).await;
    let (above, own) = (organ(ABOVE), organ(OWN));
    let place = Place::of(&above, "website-year", "2025").unwrap();
    let seen = view(&kit.app, &office, place).await.unwrap();
    assert_eq!(value(&seen, "published"), Some(Decimal::ONE), "published by an organ below");
    let (_, n_cases, _) = cases(&kit.app, &office, place, "published-news").await.unwrap();
    assert_eq!(Decimal::from(n_cases), value(&seen, "published-news").unwrap());
    let clerk = kit.caller(OWN, Role::Clerk);
    let wrong = Place::of(&own, "website-year", "2025").unwrap();
    assert!(matches!(view(&kit.app, &clerk, wrong).await, Err(AppError::Refused(_))));
    assert!(enter(&kit.app, &clerk, wrong, "visits", ("1", "有")).await.is_err());
    let keys = |list: gongkai_app::reports::statistics::List| -> Vec<&str> {
        list.papers.into_iter().map(|(paper, _)| paper.key.as_str()).collect()
    };
    assert_eq!(keys(list(&kit.app, &clerk, &own).await.unwrap()), ["disclosure-quarter"]);
    assert_eq!(keys(list(&kit.app, &office, &above).await.unwrap()).len(), 2);
    for (paper, period) in
        [("website-year", "2025-Q1"), ("disclosure-quarter", "2025"), ("x", "2025")]
    {
        assert!(Place::of(&own, paper, period).is_err());
    }
    kit.finish().await;
}
