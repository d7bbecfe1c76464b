//! A year of a county with random organs, through the actions that people use: every figure equals a slow
//! recount of what happened, every identity of the form holds, and the sum over the tree is exact and names
//! who is missing, late, restated, renamed and merged.

use crate::recount::{Happened, recount};
use bytes::Bytes;
use gongkai_app::clock::Clock;
use gongkai_app::reports::{
    answer, board, cases, compile, hand_in, registers, remedies, restate, text, view,
};
use gongkai_app::requests::{close, register, reply};
use gongkai_app::{App, organs};
use gongkai_domain::access::Role;
use gongkai_domain::figure::plain_text;
use gongkai_domain::filing::{Filing, Weight};
use gongkai_domain::form::{Form, TableKind};
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use gongkai_domain::outcome::{BasisKey, OutcomeKey};
use gongkai_domain::register::RecordKind;
use gongkai_domain::remedy::Filed;
use gongkai_domain::request::{
    RequesterKind, Served, ServiceWay, Submission, Withdrawal, Withdrawn,
};
use gongkai_domain::time::instant;
use gongkai_testkit::app::{ABOVE, OTHER, OWN, TestApp, simple_reply, submission};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rust_decimal::Decimal;

const YEAR: i16 = 2024;

/// Organs beside those of the cast, with what they stand under.
const MORE: [(&str, &str); 6] = [
    ("missing", ABOVE),
    ("restated", ABOVE),
    ("renamed", ABOVE),
    ("merged-later", ABOVE),
    ("merged-before", ABOVE),
    ("town", OWN),
];

fn organ(id: &str) -> OrganId {
    id.parse().unwrap()
}

/// The same installation on another day.
fn on(app: &App, day: Date) -> App {
    let mut app = app.clone();
    app.clock = Clock::set_to(instant(day.at(10, 0, 0, 0)).unwrap());
    app
}

async fn county(kit: &TestApp) {
    let mut transaction = kit.app.store.begin().await.unwrap();
    for ((id, above), order) in MORE.into_iter().zip(10..) {
        let gone = (id == "merged-before").then(|| (organ(OWN), date(YEAR, 7, 1)));
        let added = Organ {
            id: organ(id),
            parent: Some(organ(above)),
            kind: OrganKind::Department,
            name: format!("某县{id}局"),
            short_name: format!("{id}局"),
            code: format!("119999{order}MB00000{order}X"),
            order,
            contact: Contact::default(),
            former_names: Vec::new(),
            merged_into: gone,
        };
        gongkai_store::organs::save(&mut transaction, &added).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

/// A day from the middle of the year before until the last working days before the tests' morning.
fn a_day(chance: &mut StdRng) -> Date {
    date(YEAR - 1, 7, 3).saturating_add(Span::new().days(chance.random_range(0..580_i64)))
}

/// The rows of a register, brought in one file.
async fn records(kit: &TestApp, id: &str, chance: &mut StdRng, happened: &mut Vec<Happened>) {
    let mut file = "类别,文号,名称,日期,金额（元）\n".to_owned();
    for n in 0..chance.random_range(8..40) {
        let line = *["permit", "penalty", "coercion", "fee"].choose(chance).unwrap();
        let day = a_day(chance);
        let amount = match line {
            "fee" => Decimal::new(chance.random_range(1..9_999_999), 2),
            _ => Decimal::ZERO,
        };
        file += &format!("{line},{id}{n}号,某,{day},{}\n", plain_text(amount));
        happened.push(Happened::Record { line, on: day, amount });
    }
    let clerk = kit.caller(id, Role::Clerk);
    let brought = ("台账.csv".to_owned(), Bytes::from(file));
    let place = (&clerk, &organ(id), RecordKind::Act);
    let seen = registers::preview(&kit.app, place.0, place.1, place.2, brought).await.unwrap();
    assert_eq!(seen.n_faulty(), 0);
    let file = (seen.name, seen.file);
    registers::import(&kit.app, place.0, place.1, place.2, file).await.unwrap();
}

async fn request(kit: &TestApp, id: &str, chance: &mut StdRng, happened: &mut Vec<Happened>) {
    const WAYS: [(&str, Option<&str>); 5] = [
        ("disclosed", Some("ogi-36-2")),
        ("withheld.internal_affairs", Some("ogi-16-1")),
        ("withheld.state_secret", Some("ogi-14")),
        ("unavailable.must_be_made", Some("ogi-38")),
        ("not_processed.reissue", None),
    ];
    let (clerk, leader) = (kit.caller(id, Role::Clerk), kit.caller(id, Role::Leader));
    let came = a_day(chance);
    let kind = *RequesterKind::ALL.choose(chance).unwrap();
    let filled = Submission { kind, ..submission("某规划", came) };
    let app = on(&kit.app, came);
    let asked = register::register(&app, &clerk, organ(id), filled).await.unwrap();
    let done = came.saturating_add(Span::new().days(chance.random_range(1..20_i64)));
    let app = on(&kit.app, done);
    let closed = match chance.random_range(0..5) {
        0 => None,
        1 => {
            let why = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
            close::withdraw(&app, &clerk, &asked.id, why).await.unwrap();
            Some((done, "otherwise_closed.other"))
        }
        _ => {
            let (outcome, basis) = *WAYS.choose(chance).unwrap();
            let basis = basis.and_then(BasisKey::of);
            let proposed = simple_reply(OutcomeKey::of(outcome).unwrap(), basis);
            reply::propose(&app, &clerk, &asked.id, proposed).await.unwrap();
            reply::approve(&app, &leader, &asked.id, String::new(), None).await.unwrap();
            let way = ServiceWay::Counter { receiver: "本人".to_owned() };
            let served = Served { on: done, way };
            reply::serve(&app, &clerk, &asked.id, served).await.unwrap();
            Some((done, outcome))
        }
    };
    happened.push(Happened::Request { applicant: kind.key(), received: came, closed });
    if let Some((closed, _)) = closed
        && chance.random_bool(0.4)
    {
        contest(kit, id, chance, (Some(asked.id), closed), happened).await;
    }
}

/// A remedy with none, one or two results; a corrected one opens its request again.
async fn contest(
    kit: &TestApp,
    id: &str,
    chance: &mut StdRng,
    (request, after): (Option<gongkai_domain::id::RequestId>, Date),
    happened: &mut Vec<Happened>,
) {
    const BLOCKS: [&str; 3] =
        ["reconsideration", "litigation_direct", "litigation_after_reconsideration"];
    let block = *BLOCKS.choose(chance).unwrap();
    let filed_on = after.saturating_add(3.days());
    let elsewhere = chance.random_bool(0.2);
    let filed = Filed {
        block: block.to_owned(),
        number: "某号".to_owned(),
        forum: "某机关".to_owned(),
        request,
        filed_on,
        served_on: None,
        simplified: false,
        is_counted_elsewhere: elsewhere,
    };
    let clerk = kit.caller(id, Role::Clerk);
    let case = remedies::register(&kit.app, &clerk, &organ(id), filed).await.unwrap();
    let mut last = None;
    let mut day = filed_on;
    for _ in 0..chance.random_range(0..3) {
        day = day.saturating_add(Span::new().days(chance.random_range(1..40_i64)));
        if kit.app.clock.today() < day {
            break;
        }
        let result = *["upheld", "corrected", "other"].choose(chance).unwrap();
        let filled =
            remedies::Filled { result: result.to_owned(), on: day, ..remedies::Filled::default() };
        remedies::conclude(&kit.app, &clerk, &case.id, filled).await.unwrap();
        last = Some((day, result));
    }
    if !elsewhere {
        happened.push(Happened::Remedy { block, filed: filed_on, last });
    }
}

async fn lived(kit: &TestApp, id: &str, chance: &mut StdRng) -> Vec<Happened> {
    let mut happened = Vec::new();
    records(kit, id, chance, &mut happened).await;
    for _ in 0..chance.random_range(3..12) {
        request(kit, id, chance, &mut happened).await;
    }
    for _ in 0..2 {
        let day = a_day(chance);
        contest(kit, id, chance, (None, day), &mut happened).await;
    }
    happened
}

async fn handed_in(kit: &TestApp, id: &str, day: Date) -> Filing {
    let app = on(&kit.app, day);
    let place = (&organ(id), YEAR);
    let clerk = kit.caller(id, Role::Clerk);
    let texts =
        ["", "", "", "", "存在的问题是公开不够细。改进情况：修订了目录。", "没有收取信息处理费。"];
    text::write(&app, &clerk, place, texts.map(str::to_owned)).await.unwrap();
    compile::compile(&app, &clerk, place.0, YEAR).await.unwrap();
    let seen = view::view(&app, &clerk, place.0, YEAR).await.unwrap();
    for concern in &seen.concerns {
        assert_ne!(concern.weight, Weight::Blocks, "{id}: {}", concern.message);
        answer::answer(&app, &clerk, place, &concern.key, "已核实").await.unwrap();
    }
    let leader = kit.caller(id, Role::Leader);
    hand_in::hand_in(&app, &leader, place.0, YEAR).await.unwrap()
}

/// Every identity of tables three and four, asked one after the other.
fn assert_identities(filing: &Filing) {
    let value = |key: String| filing.figures.by_key(&key).unwrap_or_else(|| panic!("{key}"));
    let form = Form::for_year(YEAR).unwrap();
    let table = form.table(TableKind::Requests);
    let columns: Vec<&str> = table.blocks[0].columns.iter().map(|each| each.key.as_str()).collect();
    let results =
        table.rows.iter().filter(|row| row.key != "closed_total" && !row.groups.is_empty());
    let results: Vec<&str> = results.map(|row| row.key.as_str()).collect();
    let of = |row: &str, column: &str| value(format!("requests.{row}.{column}"));
    for column in &columns {
        let ended: Decimal = results.iter().map(|row| of(row, column)).sum();
        assert_eq!(ended, of("closed_total", column), "{column}");
        let came = of("received", column) + of("brought_forward", column);
        assert_eq!(came, ended + of("carried_forward", column), "{column}");
    }
    for row in &table.rows {
        let parts: Decimal =
            columns.iter().filter(|each| **each != "total").map(|each| of(&row.key, each)).sum();
        assert_eq!(parts, of(&row.key, "total"), "{}", row.key);
    }
    for block in ["reconsideration", "litigation_direct", "litigation_after_reconsideration"] {
        let of = |column: &str| value(format!("remedies.{block}.{column}"));
        let parts = ["upheld", "corrected", "other", "pending"];
        assert_eq!(parts.into_iter().map(of).sum::<Decimal>(), of("total"), "{block}");
    }
}

fn assert_recounted(filing: &Filing, happened: &[&[Happened]]) {
    for (cell, value) in filing.figures.iter() {
        let by_hand: Decimal = happened.iter().map(|each| recount(each, cell.as_str(), YEAR)).sum();
        let by_hand = plain_text(by_hand);
        assert_eq!(value.map(plain_text), Some(by_hand), "{} {cell}", filing.organ);
    }
    assert_identities(filing);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_countys_year_equals_its_recount_organ_by_organ_and_in_sum() {
    let kit = TestApp::new().await;
    county(&kit).await;
    let mut chance = StdRng::seed_from_u64(5);
    let mut lives = std::collections::BTreeMap::new();
    for id in [ABOVE, OWN, OTHER, "restated", "renamed", "merged-later", "missing", "town"] {
        lives.insert(id, lived(&kit, id, &mut chance).await);
    }
    let january = |day| date(YEAR + 1, 1, day);
    assert_recounted(&handed_in(&kit, "town", january(10)).await, &[&lives["town"]]);
    let own = handed_in(&kit, OWN, january(20)).await;
    assert_recounted(&own, &[&lives[OWN], &lives["town"]]);
    for id in ["restated", "renamed", "merged-later"] {
        assert_recounted(&handed_in(&kit, id, january(21)).await, &[&lives[id]]);
    }
    let late = handed_in(&kit, OTHER, date(YEAR + 1, 2, 10)).await;
    assert_recounted(&late, &[&lives[OTHER]]);
    let office = kit.caller(ABOVE, Role::DisclosureOffice);
    let above = organ(ABOVE);
    let first = compile::compile(&kit.app, &office, &above, YEAR).await.unwrap();

    // One restates, one is renamed, one is merged away, all after the year and after the first sum.
    let clerk = kit.caller("restated", Role::Clerk);
    let place = (&organ("restated"), YEAR);
    restate::restate(&kit.app, &clerk, place, "漏记一批").await.unwrap();
    let mut more = std::mem::take(lives.get_mut("restated").unwrap());
    records(&kit, "restated", &mut chance, &mut more).await;
    lives.insert("restated", more);
    assert_recounted(
        &handed_in(&kit, "restated", date(YEAR + 1, 3, 3)).await,
        &[&lives["restated"]],
    );
    let system = kit.caller(ABOVE, Role::SystemAdministrator);
    let (id, from) = (organ("renamed"), date(YEAR + 1, 2, 1));
    organs::rename::rename(&kit.app, &system, &id, "某县新名局", "新名局", from).await.unwrap();
    let today = kit.app.clock.today();
    organs::merge::merge(&kit.app, &system, &organ("merged-later"), &organ(OTHER), today)
        .await
        .unwrap();

    let seen = view::view(&kit.app, &office, &above, YEAR).await.unwrap();
    let figures = |filing: &Filing| filing.figures.iter().collect::<Vec<_>>();
    assert_eq!(figures(&seen.filing), figures(&first), "nothing changes by itself");
    assert_eq!(seen.examined.outdated.len(), 1, "{:?}", seen.examined.outdated);
    let again = compile::compile(&kit.app, &office, &above, YEAR).await.unwrap();
    let counted = [ABOVE, OWN, "town", OTHER, "restated", "renamed", "merged-later"];
    let counted: Vec<&[Happened]> = counted.iter().map(|id| lives[id].as_slice()).collect();
    assert_recounted(&again, &counted);
    let seen = view::view(&kit.app, &office, &above, YEAR).await.unwrap();
    let remarks = seen.examined.remarks.join("\n");
    for said in [
        "“某县missing局”没有报送，合计不含该机关",
        "“邻近机关”逾期 10 天报送",
        "“某县restated局”报送后更正过 1 次",
    ] {
        assert!(remarks.contains(said), "{said} in {remarks}");
    }
    assert!(!remarks.contains("merged-before"), "it was no organ any more: {remarks}");
    let opened = cases::cases(&kit.app, &office, (&above, YEAR), "proactive.permit.decided").await;
    let named: Vec<String> = opened.unwrap().parts.into_iter().map(|(id, ..)| id).collect();
    assert_eq!(named.len(), 6, "its own and five below: {named:?}");
    let rows = board::board(&kit.app, &office, YEAR).await.unwrap();
    let on_board = |id: &str| rows.iter().any(|row| row.organ.id.as_str() == id);
    assert!(on_board("merged-later") && !on_board("merged-before"));
    kit.finish().await;
}
