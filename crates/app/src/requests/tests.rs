//! Requests through the actions that people use: from the form to the archive, and a whole year of them.

use super::*;
use crate::caller::Caller;
use crate::organs::chain;
use crate::testing::TestApp;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::form::{Form, TableKind};
use gongkai_domain::id::{OrganId, RequestId};
use gongkai_domain::outcome::{BasisKey, FieldKey, OutcomeKey};
use gongkai_domain::report::cell::{Facts, compile};
use gongkai_domain::request::{
    AskSupplement, Consult, Consulted, DeliveryForm, DeliveryWay, Extending, LogSearch, Matter,
    Part, Personal, ReceivedChannel, Reply, RequestState, RequesterKind, Returning, Served,
    ServiceWay, StateKey, Submission, Wanted, Withdrawal, Withdrawn,
};
use gongkai_domain::review::{ReplyChain, Step};
use gongkai_store::requests as stored;
use gongkai_testkit::database::Database;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use std::collections::BTreeMap;

fn county() -> OrganId {
    "county".parse().unwrap()
}

pub(crate) fn submission(wanted: &str, telephone: &str) -> Submission {
    Submission {
        channel: ReceivedChannel::Counter,
        arrived_on: date(2025, 3, 3),
        matter: Matter::Disclosure,
        kind: RequesterKind::Natural,
        personal: Personal {
            name: "王某某".to_owned(),
            document: "护照".to_owned(),
            document_number: format!("E{telephone}"),
            telephone: telephone.to_owned(),
            address: "某路一号".to_owned(),
            ..Personal::default()
        },
        wanted: Wanted { name: wanted.to_owned(), ..Wanted::default() },
        form: DeliveryForm::Paper,
        way: DeliveryWay::Post,
        files: Vec::new(),
        was_spoken: false,
    }
}

pub(crate) fn reply(outcome: &str, basis: Option<&str>) -> Reply {
    let outcome = OutcomeKey::of(outcome).unwrap();
    let basis = basis.map(|basis| BasisKey::of(basis).unwrap());
    let said = |field: FieldKey| (field, "写明".to_owned());
    let says: BTreeMap<_, _> = outcome.needs(basis).into_iter().map(said).collect();
    let parts = vec![Part { about: "全部".to_owned(), outcome, basis, says }];
    Reply { row: outcome, parts, separation: None, public_interest: None, files: Vec::new() }
}

struct Office {
    test: TestApp,
    clerk: Caller,
    leader: Caller,
}

/// Runs a story on SQLite, and on PostgreSQL where a server was started for the tests.
async fn on_each(story: impl AsyncFn(&Office)) {
    story(&Office::open(None).await).await;
    let Some(postgres) = Database::postgres().await else { return };
    let office = Office::open(Some(postgres.address.clone())).await;
    story(&office).await;
    office.app().store.close().await;
    postgres.remove().await;
}

impl Office {
    async fn open(database: Option<String>) -> Self {
        let test = TestApp::set_up_on(database).await;
        let clerk = test.hire("clerk", Role::Clerk).await;
        let leader = test.hire("leader", Role::Leader).await;
        Self { test, clerk, leader }
    }

    fn app(&self) -> &App {
        &self.test.app
    }

    async fn registered(&self, wanted: &str, telephone: &str) -> RequestId {
        let arrived_on = self.app().clock.today();
        let submission = Submission { arrived_on, ..submission(wanted, telephone) };
        register::register(self.app(), &self.clerk, county(), submission).await.unwrap().id
    }

    async fn answered(&self, id: &RequestId, reply: Reply) {
        let app = self.app();
        reply::propose(app, &self.clerk, id, reply).await.unwrap();
        reply::approve(app, &self.leader, id, String::new(), None).await.unwrap();
        let way = ServiceWay::Post { number: "XA123456789".to_owned() };
        let served = Served { on: app.clock.today(), way };
        reply::serve(app, &self.clerk, id, served).await.unwrap();
    }

    async fn log_holds(&self) -> bool {
        let TestApp { directory, database, .. } = &self.test;
        let verdict = crate::audit::verify::verify(directory.path(), database.as_deref()).await;
        verdict.unwrap().holds
    }

    fn forward(&self, days: i64) {
        self.app().clock.forward(SignedDuration::from_hours(24 * days));
    }
}

#[tokio::test]
async fn a_member_of_the_public_asks_and_follows_it_by_code_and_contact() {
    on_each(async |office: &Office| {
        let app = office.app();
        let ticket = submit::ticket();
        let send =
            || submit::submit(app, county(), submission("某规划", "13900000000"), &ticket, "local");
        let receipt = send().await.unwrap();
        assert_eq!(
            (receipt.number.as_str(), receipt.due_on),
            ("2025-0001", Some(date(2025, 3, 31)))
        );
        assert_eq!(receipt.received_on, Some(date(2025, 3, 3)));
        assert_eq!(send().await.unwrap(), receipt, "sent twice asks once");
        let typed = receipt.code.to_uppercase().replace('-', " ");
        let tracked = track::track(app, &typed, "139 0000 0000").await.unwrap();
        assert_eq!(tracked.request.id, receipt.id);
        assert!(!tracked.may_supplement && tracked.may_withdraw);
        for (code, contact) in [
            (receipt.code.as_str(), "13900000001"),
            (receipt.code.as_str(), ""),
            ("aaaa-bbbb-cccc-dddd", "13900000000"),
        ] {
            let refused = track::track(app, code, contact).await;
            assert!(matches!(refused, Err(AppError::NotFound(_))), "{code} {contact}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_regulation_asks_for_is_asked_on_line_and_not_at_the_counter() {
    on_each(async |office: &Office| {
        let empty = || Submission {
            personal: Personal::default(),
            wanted: Wanted::default(),
            ..submission("", "")
        };
        let refused = submit::submit(office.app(), county(), empty(), "", "local").await;
        let Err(AppError::Invalid(problems)) = refused else { panic!("{refused:?}") };
        assert!(problems.iter().any(|each| each.field == "description"), "{problems:?}");
        let taken =
            register::register(office.app(), &office.clerk, county(), empty()).await.unwrap();
        assert!(!taken.missing.is_empty());
        let todo = board::today(office.app(), &office.clerk).await.unwrap();
        assert!(todo.iter().any(|each| each.duty.act.key() == "ask_supplement"), "{todo:?}");
    })
    .await;
}

#[tokio::test]
async fn a_supplement_on_line_starts_the_period_anew() {
    on_each(async |office: &Office| {
        let app = office.app();
        let submitted = submission("某规划", "13900000000");
        let receipt = submit::submit(app, county(), submitted, "", "local").await.unwrap();
        let ask = AskSupplement {
            on: app.clock.today(),
            items: vec!["请写明年份".to_owned()],
            guidance: "例如哪一年".to_owned(),
            until: date(2025, 3, 20),
        };
        let asked = supplement::ask(app, &office.clerk, &receipt.id, ask).await.unwrap();
        assert_eq!(asked.state_key(), StateKey::AwaitingSupplement);
        office.forward(7);
        let known = (receipt.code.as_str(), "13900000000");
        let text = "上一年".to_owned();
        track::supplement(app, known, "local", text, Vec::new()).await.unwrap();
        let case = case::case(app, &office.clerk, &receipt.id).await.unwrap();
        assert_eq!(case.deadline.and_then(|each| each.due), Some(date(2025, 4, 8)));
        let again = track::supplement(app, known, "local", "再来".to_owned(), Vec::new()).await;
        assert!(matches!(again, Err(AppError::Refused(_))), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_request_goes_from_the_counter_to_the_archive() {
    on_each(async |office: &Office| {
        let (app, clerk, leader) = (office.app(), &office.clerk, &office.leader);
        let id = office.registered("某规划", "1").await;
        let extending = Extending {
            on: app.clock.today(),
            reason: "需要核对".to_owned(),
            consented_by: "办公室主任".to_owned(),
        };
        reasons::extend(app, clerk, &id, extending).await.unwrap();
        let secret = || reply("withheld.state_secret", Some("ogi-14"));
        reply::propose(app, clerk, &id, secret()).await.unwrap();
        let own = reply::approve(app, clerk, &id, String::new(), None).await;
        assert!(matches!(own, Err(AppError::Refused(_))), "four eyes: {own:?}");
        let returning = Returning { comment: "请写明理由".to_owned() };
        reply::send_back(app, leader, &id, returning).await.unwrap();
        office.answered(&id, secret()).await;
        let case = case::case(app, clerk, &id).await.unwrap();
        let decision = case.request.closings[0].decision.as_ref().unwrap();
        assert_eq!(decision.document_number, "county依申请〔2025〕1号");
        assert!(case.remedies[0].contains("先向"), "{:?}", case.remedies);
        let file_number = String::new();
        let archiving = gongkai_domain::request::Archiving { file_number };
        close::archive(app, clerk, &id, archiving).await.unwrap();
        let history = case::history(app, clerk, &id).await.unwrap();
        let acts: Vec<_> = history.iter().map(|link| act_name(&link.event.act)).collect();
        assert_eq!(acts[0], "登记");
        assert_eq!(acts[acts.len() - 1], "归档");
        assert!(office.log_holds().await);
    })
    .await;
}

#[tokio::test]
async fn personal_data_is_sealed_and_each_look_is_logged() {
    on_each(async |office: &Office| {
        let (app, clerk) = (office.app(), &office.clerk);
        let id = office.registered("某规划", "13912345678").await;
        let loaded =
            stored::find(&mut app.store.reader().await.unwrap(), &id).await.unwrap().unwrap();
        let history = case::history(app, clerk, &id).await.unwrap();
        let kept = format!("{loaded:?}{history:?}");
        for hidden in ["王某某", "13912345678", "某路一号"] {
            assert!(!kept.contains(hidden), "{hidden}");
        }
        assert!(reveal::reveal(app, clerk, &id, " ").await.is_err());
        let personal = reveal::reveal(app, clerk, &id, "制作告知书").await.unwrap();
        assert_eq!(personal.name, "王某某");
        let history = case::history(app, clerk, &id).await.unwrap();
        let last = &history.last().unwrap().event;
        assert_eq!((last.act.as_str(), last.reason.as_str()), ("request.reveal", "制作告知书"));
    })
    .await;
}

#[tokio::test]
async fn only_those_who_work_on_requests_see_and_handle_them() {
    on_each(async |office: &Office| {
        let app = office.app();
        let id = office.registered("某规划", "1").await;
        for login in ["system", "security", "auditor"] {
            let caller = office.test.caller(login).await;
            assert!(case::case(app, &caller, &id).await.is_err(), "{login}");
            assert!(reveal::reveal(app, &caller, &id, "看看").await.is_err(), "{login}");
            let page = Page { order: Order::Newest, after: None, limit: 10 };
            let lines = list::lines(app, &caller, Filter::default(), None, page).await.unwrap();
            assert!(lines.lines.is_empty(), "{login}");
            assert!(
                register::register(app, &caller, county(), submission("某", "2")).await.is_err()
            );
        }
        let secrecy = office.test.hire("secrecy", Role::SecrecyReviewer).await;
        assert!(!case::case(app, &secrecy, &id).await.unwrap().may_reveal);
        assert!(reveal::reveal(app, &secrecy, &id, "看看").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_register_is_filtered_counted_and_turned_page_by_page() {
    on_each(async |office: &Office| {
        let (app, clerk) = (office.app(), &office.clerk);
        for n in 0..7 {
            let id = office.registered(&format!("某规划{n}"), &n.to_string()).await;
            if n % 2 == 0 {
                let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
                close::withdraw(app, clerk, &id, withdrawn).await.unwrap();
            }
            office.forward(1);
        }
        let counts = list::counts(app, clerk, &[]).await.unwrap();
        let of = |state| counts.states.iter().find(|(key, _)| *key == state).unwrap().1;
        assert_eq!((of(StateKey::Closed), of(StateKey::Handling), counts.late), (4, 3, 0));
        for order in [Order::Newest, Order::DueFirst] {
            let mut after = None;
            let mut numbers = Vec::new();
            loop {
                let page = Page { order, after, limit: 2 };
                let lines = list::lines(app, clerk, Filter::default(), None, page).await.unwrap();
                numbers.extend(lines.lines.iter().map(|line| line.number.clone()));
                after = lines.lines.last().map(Line::place);
                if !lines.has_more {
                    break;
                }
            }
            let mut once = numbers.clone();
            once.sort();
            once.dedup();
            let expected = if order == Order::Newest { 7 } else { 3 };
            assert_eq!((numbers.len(), once.len()), (expected, expected), "{order:?}");
        }
        let named = |name: &'static str| {
            let page = Page { order: Order::Newest, after: None, limit: 50 };
            list::lines(app, clerk, Filter::default(), Some(name), page)
        };
        assert_eq!(named("王 某某").await.unwrap().lines.len(), 7);
        assert_eq!(named("王某").await.unwrap().lines.len(), 0);
        office.forward(60);
        assert_eq!(list::counts(app, clerk, &[]).await.unwrap().late, 3);
        let overview = list::overview(app, clerk).await.unwrap();
        assert_eq!((overview[0].open, overview[0].late), (3, 3));
    })
    .await;
}

#[tokio::test]
async fn the_same_requester_is_suggested_never_decided() {
    on_each(async |office: &Office| {
        let (app, clerk) = (office.app(), &office.clerk);
        let first = office.registered("某县总体规划的批复文件", "139").await;
        office.answered(&first, reply("disclosed", Some("ogi-36-2"))).await;
        office.forward(1);
        office.registered("某县总体规划的批复文件", "138").await;
        let again = office.registered("某县总体规划的批复文件。", "139").await;
        let found = repeats::repeats(app, clerk, &again).await.unwrap();
        assert_eq!((found.earlier.len(), found.rank_in_month), (1, 2));
        assert!(found.earlier[0].may_be_repeated && found.earlier[0].id == first);
        assert_eq!(found.piece_fee, rust_decimal::Decimal::ZERO);
        let case = case::case(app, clerk, &again).await.unwrap();
        assert_eq!(case.request.state_key(), StateKey::Handling);
    })
    .await;
}

#[tokio::test]
async fn the_board_says_what_waits_for_whom() {
    on_each(async |office: &Office| {
        let (app, clerk, leader) = (office.app(), &office.clerk, &office.leader);
        let id = office.registered("某规划", "1").await;
        let acts = |todos: Vec<board::Todo>| -> Vec<&'static str> {
            todos.iter().map(|todo| todo.duty.act.key()).collect()
        };
        assert_eq!(acts(board::today(app, clerk).await.unwrap()), ["propose"]);
        assert!(board::today(app, leader).await.unwrap().is_empty());
        reply::propose(app, clerk, &id, reply("disclosed", Some("ogi-36-2"))).await.unwrap();
        assert!(board::today(app, clerk).await.unwrap().is_empty());
        assert_eq!(acts(board::today(app, leader).await.unwrap()), ["approve"]);
        office.forward(40);
        let late = board::today(app, leader).await.unwrap();
        assert_eq!(late[0].pace, board::Pace::Late);
    })
    .await;
}

#[tokio::test]
async fn a_new_holiday_notice_moves_open_requests_and_tells_which() {
    on_each(async |office: &Office| {
        let (app, clerk) = (office.app(), &office.clerk);
        let open = office.registered("某规划", "1").await;
        let closed = office.registered("某决定", "2").await;
        office.answered(&closed, reply("disclosed", Some("ogi-36-2"))).await;
        assert!(recompute::recompute(app, Calendar::embedded()).await.unwrap().is_empty());
        let other = std::fs::read_to_string("../../data/calendar/2024.toml").unwrap();
        let without = Calendar::from_notices(&[&other]).unwrap();
        let before = recompute::recompute(app, &without).await.unwrap();
        assert!(before.is_empty(), "no holiday lies in the period: {before:?}");
        let april = office.test.app.clone();
        april.clock.forward(SignedDuration::from_hours(24 * 21));
        let later = office.registered("某计划", "3").await;
        let affected = recompute::recompute(app, &without).await.unwrap();
        let ids: Vec<_> = affected.iter().map(|each| each.id.clone()).collect();
        assert_eq!(ids, std::slice::from_ref(&later));
        assert!(affected[0].after < affected[0].before, "{affected:?}");
        let back = recompute::recompute(app, Calendar::embedded()).await.unwrap();
        assert_eq!((back.len(), back[0].after), (1, affected[0].before));
        let history = case::history(app, clerk, &later).await.unwrap();
        assert_eq!(act_name(&history.last().unwrap().event.act), "重算答复期限");
        assert_ne!(open, later);
    })
    .await;
}

#[tokio::test]
async fn the_tracking_page_tells_neither_who_was_consulted_nor_who_worked_on_it() {
    on_each(async |office: &Office| {
        let app = office.app();
        let submitted = submission("某规划", "13900000000");
        let receipt = submit::submit(app, county(), submitted, "", "local").await.unwrap();
        let letter = Consult {
            of: Consulted::ThirdParty,
            who: "某公司".to_owned(),
            about: "合同".to_owned(),
            sent_on: app.clock.today(),
            reached_on: None,
        };
        consult::send(app, &office.clerk, &receipt.id, letter).await.unwrap();
        let tracked = track::track(app, &receipt.code, "13900000000").await.unwrap();
        let told = format!("{:?}", tracked.events);
        assert!(told.contains("Consult") && !told.contains("某公司"), "{told}");
        assert!(!told.contains("clerk"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_requester_says_how_content_after_the_answer_only() {
    on_each(async |office: &Office| {
        let app = office.app();
        let submitted = submission("某规划", "13900000000");
        let receipt = submit::submit(app, county(), submitted, "", "local").await.unwrap();
        let known = (receipt.code.as_str(), "13900000000");
        assert!(track::rate(app, known, "local", 5, "").await.is_err(), "still open");
        office.answered(&receipt.id, reply("disclosed", Some("ogi-36-2"))).await;
        assert!(track::rate(app, known, "local", 6, "").await.is_err());
        track::rate(app, known, "local", 4, "很快").await.unwrap();
        let tracked = track::track(app, receipt.code.as_str(), "13900000000").await.unwrap();
        assert_eq!(tracked.rating.map(|rating| rating.stars), Some(4));
        assert!(!tracked.remedies.is_empty());
    })
    .await;
}

/// Ends a request in one of the ways there are; some stay open.
async fn end(office: &Office, id: &RequestId, chance: &mut StdRng) {
    let (app, clerk) = (office.app(), &office.clerk);
    let simple = [
        ("disclosed", Some("ogi-36-2")),
        ("disclosed", Some("ogi-36-1")),
        ("withheld.state_secret", Some("ogi-14")),
        ("withheld.internal_affairs", Some("ogi-16-1")),
        ("withheld.process_information", Some("ogi-16-2")),
        ("withheld.registry_inquiry", Some("ogi-36-7")),
        ("unavailable.must_be_made", Some("ogi-38")),
        ("not_processed.petition", Some("ogi-39-1")),
        ("not_processed.repeated", Some("ogi-36-6")),
        ("not_processed.reissue", None),
    ];
    match chance.random_range(0..8) {
        0 => {}
        1 => {
            let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
            close::withdraw(app, clerk, id, withdrawn).await.unwrap();
        }
        2 => {
            let (place, terms, result) = ("档案室".to_owned(), "某".to_owned(), "没有".to_owned());
            let on = app.clock.today();
            let search = LogSearch { on, place, terms, result, found: false };
            handle::log_search(app, clerk, id, search).await.unwrap();
            office.answered(id, reply("unavailable.not_held", Some("ogi-36-4"))).await;
        }
        3 => {
            let mut partly = reply("disclosed", Some("ogi-36-2"));
            partly.parts.extend(reply("withheld.internal_affairs", Some("ogi-16-1")).parts);
            partly.row = OutcomeKey::PARTLY_DISCLOSED;
            partly.separation = Some("遮盖".to_owned());
            office.answered(id, partly).await;
        }
        4 => {
            let letter = Consult {
                of: Consulted::ThirdParty,
                who: "某公司".to_owned(),
                about: "合同".to_owned(),
                sent_on: app.clock.today(),
                reached_on: None,
            };
            consult::send(app, clerk, id, letter).await.unwrap();
        }
        _ => {
            let (outcome, basis) = *simple.choose(chance).unwrap();
            office.answered(id, reply(outcome, basis)).await;
        }
    }
}

/// Received, brought forward, closed and carried forward of a year, by the kind of requester, counted
/// from the lines of the register as the annual report counts them.
fn identities(lines: &[Line], year: i16) -> BTreeMap<RequesterKind, [usize; 4]> {
    let in_year = |day: Option<Date>| day.is_some_and(|day| day.year() == year);
    let by_end = |day: Option<Date>| day.is_some_and(|day| day.year() <= year);
    let before = |day: Option<Date>| day.is_some_and(|day| day.year() < year);
    let mut counted = BTreeMap::new();
    for line in lines {
        let entry = counted.entry(line.kind).or_insert([0; 4]);
        entry[0] += usize::from(in_year(line.received_on));
        entry[1] += usize::from(before(line.received_on) && !before(line.closed_on));
        entry[2] += usize::from(in_year(line.closed_on) && line.outcome.is_some());
        entry[3] += usize::from(by_end(line.received_on) && !by_end(line.closed_on));
    }
    counted
}

#[tokio::test]
async fn a_whole_year_of_requests_satisfies_the_identities_of_the_report() {
    on_each(async |office: &Office| {
        let (app, clerk) = (office.app(), &office.clerk);
        let mut chance = StdRng::seed_from_u64(4);
        let mut open: Vec<RequestId> = Vec::new();
        for n in 0..300 {
            let kind = *RequesterKind::ALL.choose(&mut chance).unwrap();
            let arrived_on = app.clock.today();
            let submitted =
                Submission { kind, arrived_on, ..submission("某规划", &n.to_string()) };
            let id = register::register(app, clerk, county(), submitted).await.unwrap().id;
            open.push(id);
            office.forward(i64::from(n % 3) + i64::from(n % 4 == 0));
            if 5 < open.len() {
                let id = open.swap_remove(chance.random_range(0..open.len()));
                end(office, &id, &mut chance).await;
            }
        }
        let page = Page { order: Order::Newest, after: None, limit: 1000 };
        let lines = list::lines(app, clerk, Filter::default(), None, page).await.unwrap().lines;
        assert_eq!(lines.len(), 300);
        let years: std::collections::BTreeSet<i16> =
            lines.iter().filter_map(|line| line.received_on).map(Date::year).collect();
        assert!(1 < years.len(), "{years:?}");
        for year in years {
            let counted = identities(&lines, year);
            assert_eq!(counted.len(), RequesterKind::ALL.len());
            let all = facts::facts(app, &[county()], year).await.unwrap();
            let all = Facts { requests: all, ..Facts::default() };
            let form = Form::for_year(year).unwrap();
            let compiled = compile(form, year, &all).unwrap();
            let table = form.table(TableKind::Requests);
            let figure = |row: &str, kind: RequesterKind| {
                let cell = table.cell(row, kind.key()).unwrap();
                compiled.figures.get(cell)
            };
            for (kind, [received, brought, closed, carried]) in counted {
                assert_eq!(received + brought, closed + carried, "{year} {kind:?}");
                let rows = ["received", "brought_forward", "closed_total", "carried_forward"];
                let reported = rows.map(|row| figure(row, kind));
                let own = [received, brought, closed, carried].map(|n| Some(n.into()));
                assert_eq!(reported, own, "{year} {kind:?}");
            }
        }
        let counts = list::counts(app, clerk, &[]).await.unwrap();
        for (state, n) in counts.states {
            let of = lines.iter().filter(|line| line.state == state).count();
            assert_eq!(i64::try_from(of).unwrap(), n, "{state:?}");
        }
        assert!(office.log_holds().await);
    })
    .await;
}

#[tokio::test]
async fn a_reply_goes_through_the_chain_of_its_organ_and_kind() {
    on_each(async |office| {
        let (app, clerk, leader) = (office.app(), &office.clerk, &office.leader);
        let reviewer = office.test.hire("reviewer", Role::Reviewer).await;
        let security = office.test.caller("security").await;
        let step = |role: Role| Step { title: role.name().to_owned(), role };
        let steps = vec![step(Role::Reviewer), step(Role::Leader)];
        let set = |kind: &'static str, steps: Vec<Step>| {
            let (app, security) = (app.clone(), security.clone());
            async move { chain::set::<ReplyChain>(&app, &security, &county(), kind, steps).await }
        };
        assert!(set("withheld", Vec::new()).await.is_err(), "the drafter never decides alone");
        assert!(set("work_news", steps.clone()).await.is_err(), "no kind of replies");
        set("withheld", steps.clone()).await.unwrap();
        set("withheld", steps).await.unwrap();
        let id = office.registered("某规划", "1").await;
        let secret = reply("withheld.state_secret", Some("ogi-14"));
        reply::propose(app, clerk, &id, secret.clone()).await.unwrap();
        let early = reply::approve(app, leader, &id, String::new(), None).await;
        assert!(early.unwrap_err().to_string().contains("科室负责人"));
        let signing = case::case(app, clerk, &id).await.unwrap().signing;
        assert_eq!(
            (signing.len(), signing[0].may_sign.as_slice()),
            (2, ["reviewer".to_owned()].as_slice())
        );
        assert!(board::today(app, leader).await.unwrap().is_empty(), "not the leader's turn");
        assert_eq!(board::today(app, &reviewer).await.unwrap().len(), 1);
        let once = reply::approve(app, &reviewer, &id, "同意".to_owned(), None).await.unwrap();
        assert_eq!(once.state_key(), StateKey::InReview);
        let twice = reply::approve(app, &reviewer, &id, String::new(), None).await;
        assert!(twice.is_err(), "one signature a person");
        let returning = Returning { comment: "写明理由".to_owned() };
        reply::send_back(app, leader, &id, returning).await.unwrap();
        reply::propose(app, clerk, &id, secret).await.unwrap();
        let signing = case::case(app, clerk, &id).await.unwrap().signing;
        assert!(signing[0].is_waiting, "it begins anew");
        reply::approve(app, &reviewer, &id, String::new(), None).await.unwrap();
        let done = reply::approve(app, leader, &id, String::new(), None).await.unwrap();
        let RequestState::Approved(decision) = &done.state else { panic!("{:?}", done.state) };
        assert!(decision.document_number.ends_with("〕1号"), "one number was taken");
        let other = office.registered("某决定", "2").await;
        reply::propose(app, clerk, &other, reply("disclosed", Some("ogi-36-2"))).await.unwrap();
        let signing = case::case(app, clerk, &other).await.unwrap().signing;
        assert_eq!(signing.len(), 1, "another kind goes its usual way");
    })
    .await;
}

#[tokio::test]
async fn two_who_approve_at_once_sign_once_and_take_one_number() {
    on_each(async |office| {
        let app = office.app();
        let second = office.test.hire("second", Role::Leader).await;
        let id = office.registered("某规划", "1").await;
        reply::propose(app, &office.clerk, &id, reply("disclosed", Some("ogi-36-2")))
            .await
            .unwrap();
        let approve = |caller| reply::approve(app, caller, &id, String::new(), None);
        let (one, other) = tokio::join!(approve(&office.leader), approve(&second));
        assert_eq!(
            [&one, &other].iter().filter(|done| done.is_ok()).count(),
            1,
            "{one:?} {other:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_at_once_registers_once_and_each_person_has_their_own_tickets() {
    on_each(async |office| {
        let (app, clerk) = (office.app(), &office.clerk);
        let other = office.test.hire("other", Role::Clerk).await;
        let ticket = crate::tickets::ticket();
        let send = |caller, wanted| {
            let sent = (submission(wanted, "1"), Vec::new());
            register::register_once(app, caller, county(), sent, &ticket)
        };
        let (one, two) = tokio::join!(send(clerk, "某规划"), send(clerk, "某规划"));
        assert_eq!(one.unwrap(), two.unwrap());
        let changed = send(clerk, "另一规划").await.unwrap_err().to_string();
        assert!(changed.contains("内容又有改动"), "{changed}");
        send(&other, "某规划").await.unwrap();
        assert_eq!(
            list::counts(app, clerk, &[]).await.unwrap().states.iter().map(|(_, n)| n).sum::<i64>(),
            2
        );
        for stale in ["", "x", &"g".repeat(64)] {
            let sent = (submission("某", "1"), Vec::new());
            let sent = register::register_once(app, clerk, county(), sent, stale).await;
            assert!(matches!(sent, Err(AppError::Invalid(_))), "{stale}");
        }
        let leader = &office.leader;
        assert!(matches!(send(leader, "某规划").await, Err(AppError::Forbidden(_))));
    })
    .await;
}
