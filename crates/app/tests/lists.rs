//! Public lists against the items themselves: what a list is narrowed to is what the items say.

use gongkai_app::clock::Clock;
use gongkai_app::items::{Filter, Line, Page, lapse, read};
use gongkai_app::site::figures::figures;
use gongkai_app::site::guide::incomplete;
use gongkai_app::site::lists;
use gongkai_app::start::{Opened, Place, open};
use gongkai_app::{Caller, demo};
use gongkai_domain::access::{Actor, Post, Role};
use gongkai_domain::catalogue::Validity;
use gongkai_domain::item::{Lapse, LapseKind};
use jiff::ToSpan;
use jiff::civil::Date;
use tempfile::TempDir;

const ALL: Page = Page { skip: 0, limit: 1_000 };

async fn opened(place: &TempDir) -> Opened {
    let at = Place { data: place.path().to_owned(), ..Place::default() };
    let opened = open(&at, Clock::Machine).await.expect("opened");
    demo::fill(&opened.app).await.expect("filled");
    opened
}

fn block_on(future: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future);
}

async fn mark(opened: &Opened, line: &Line, kind: LapseKind, on: Date) {
    let post = Post {
        organ: line.organ.clone(),
        role: Role::Clerk,
        from: opened.app.clock.today(),
        until: None,
        instead_of: None,
    };
    let person = "clerk".parse().expect("an id");
    let actor = Actor { person, name: "王某".to_owned(), posts: vec![post] };
    let caller = Caller { actor, origin: "local".to_owned() };
    let lapse = Lapse { kind, on, basis: "甲政发〔2025〕1号".to_owned() };
    lapse::lapse(&opened.app, &caller, &line.id, lapse).await.expect("marked");
}

#[test]
fn a_list_narrowed_by_validity_holds_what_the_items_say_on_that_day() {
    block_on(async {
        let place = TempDir::new().expect("a directory");
        let opened = opened(&place).await;
        let app = &opened.app;
        let today = app.clock.today();
        let day = |days: i64| today.checked_add(days.days()).expect("a day");
        let all = read::public_lines(app, Filter::default(), ALL).await.expect("lines");
        mark(&opened, &all[0], LapseKind::Amended, day(-10)).await;
        mark(&opened, &all[0], LapseKind::Repealed, day(10)).await;
        mark(&opened, &all[1], LapseKind::Expired, day(0)).await;
        for on in [day(-11), day(-10), day(-1), day(0), day(9), day(10)] {
            let mut n_found = 0;
            for validity in Validity::ALL {
                let filter = Filter { validity: Some((validity, on)), ..Filter::default() };
                let (lines, n_lines) = lists::lines(app, &filter, ALL).await.expect("lines");
                assert_eq!(i64::try_from(lines.len()).expect("few"), n_lines);
                n_found += lines.len();
                for line in lines {
                    let item = read::public(app, &line.id).await.expect("an item").item;
                    assert_eq!(item.validity_on(on), Some(validity.title()), "{on}");
                }
            }
            assert_eq!(n_found, all.len(), "every item stands under one validity: {on}");
        }
    });
}

#[test]
fn the_figures_of_a_year_add_up_in_every_division() {
    block_on(async {
        let place = TempDir::new().expect("a directory");
        let opened = opened(&place).await;
        let app = &opened.app;
        let mut total = 0;
        for year in lists::years(app, &Filter::default()).await.expect("years") {
            let figures = figures(app, year, None).await.expect("figures");
            for division in [&figures.months, &figures.organs, &figures.kinds] {
                let sum: i64 = division.iter().map(|figure| figure.n_items).sum();
                assert_eq!(sum, figures.total, "{year}");
            }
            total += figures.total;
        }
        assert_eq!(total, lists::count(app, &Filter::default()).await.expect("a count"));
        assert!(0 < total);
        assert!(figures(app, 0, None).await.is_ok() && figures(app, 32_000, None).await.is_err());
    });
}

#[test]
fn the_workplace_is_told_what_the_guide_of_its_own_organ_lacks() {
    block_on(async {
        let place = TempDir::new().expect("a directory");
        let opened = opened(&place).await;
        let organs = opened.app.organs().await.expect("organs");
        let person = "clerk".parse().expect("an id");
        let actor = Actor { person, name: "王某".to_owned(), posts: Vec::new() };
        let nobody = Caller { actor, origin: "local".to_owned() };
        assert_eq!(incomplete(&opened.app, &nobody).await.expect("read"), []);
        for organ in organs {
            let mut clerk = nobody.clone();
            clerk.actor.posts.push(Post {
                organ: organ.id.clone(),
                role: Role::Clerk,
                from: opened.app.clock.today(),
                until: None,
                instead_of: None,
            });
            let told = incomplete(&opened.app, &clerk).await.expect("read");
            let missing = organ.contact.missing();
            let expected: Vec<_> =
                told.iter().map(|each| (&each.organ.id, &each.missing)).collect();
            let lacks = !missing.is_empty();
            assert_eq!(expected, [(&organ.id, &missing)][..usize::from(lacks)]);
        }
    });
}
