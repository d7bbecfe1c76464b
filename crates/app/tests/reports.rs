//! A whole year of an organ through the actions that people use: compiled, recounted by hand, checked,
//! handed in, returned, accepted, added up, published, and read back from every format.

use bytes::Bytes;
use gongkai_app::clock::Clock;
use gongkai_app::reports::{
    Format, answer, board, cases, compile, earlier, hand_in, paper, publish, registers, remedies,
    restate, review, text, view,
};
use gongkai_app::requests::{register, reply};
use gongkai_app::{App, AppError, items};
use gongkai_domain::access::Role;
use gongkai_domain::figure::plain_text;
use gongkai_domain::filing::{CellComment, Filing, FilingKey, Weight};
use gongkai_domain::id::OrganId;
use gongkai_domain::outcome::{BasisKey, OutcomeKey};
use gongkai_domain::register::{RecordKind, Typed, lines};
use gongkai_domain::remedy::Filed;
use gongkai_domain::request::{RequesterKind, Served, ServiceWay};
use gongkai_domain::time::instant;
use gongkai_papers::annual_report::file;
use gongkai_testkit::app::{ABOVE, OTHER, OWN, TestApp, simple_reply, submission};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const YEAR: i16 = 2024;

fn organ(id: &str) -> OrganId {
    id.parse().expect("as prepared")
}

/// The same installation on another day.
fn on(app: &App, day: Date) -> App {
    let mut app = app.clone();
    app.clock = Clock::set_to(instant(day.at(10, 0, 0, 0)).expect("as prepared"));
    app
}

/// The counts that a person with a pencil makes while it happens.
#[derive(Default)]
struct Pencil(BTreeMap<String, Decimal>);

impl Pencil {
    fn add(&mut self, key: &str, n: Decimal) {
        *self.0.entry(key.to_owned()).or_default() += n;
    }

    fn request(&mut self, row: &str, column: &str) {
        for column in [column, "total"] {
            self.add(&format!("requests.{row}.{column}"), Decimal::ONE);
        }
    }
}

/// Requests over more than a year: every third one stays open, the answers take some days.
async fn requests(kit: &TestApp, pencil: &mut Pencil) {
    let (clerk, leader) = (kit.caller(OWN, Role::Clerk), kit.caller(OWN, Role::Leader));
    let kinds = [RequesterKind::Natural, RequesterKind::Business, RequesterKind::Legal];
    let columns = ["natural", "business", "legal"];
    for n in 0..36_usize {
        let days = i64::try_from(n * 12).expect("as prepared");
        let came = date(2023, 11, 20).saturating_add(jiff::Span::new().days(days));
        let app = on(&kit.app, came);
        let kind = kinds[n % 3];
        let filled =
            gongkai_domain::request::Submission { kind, ..submission(&format!("第{n}件"), came) };
        let request =
            register::register(&app, &clerk, organ(OWN), filled).await.expect("as prepared");
        let column = columns[n % 3];
        if came.year() == YEAR {
            pencil.request("received", column);
        }
        let answered = came.saturating_add(jiff::Span::new().days(15));
        if n % 4 == 3 || YEAR < answered.year() {
            if came.year() <= YEAR {
                pencil.request("carried_forward", column);
            }
            if came.year() < YEAR {
                pencil.request("brought_forward", column);
            }
            continue;
        }
        let app = on(&kit.app, answered);
        let reply = simple_reply(OutcomeKey::DISCLOSED, BasisKey::of("ogi-36-2"));
        reply::propose(&app, &clerk, &request.id, reply).await.expect("as prepared");
        reply::approve(&app, &leader, &request.id, "同意".to_owned(), None)
            .await
            .expect("as prepared");
        let way = ServiceWay::Counter { receiver: "本人".to_owned() };
        reply::serve(&app, &clerk, &request.id, Served { on: answered, way })
            .await
            .expect("as prepared");
        if answered.year() == YEAR {
            pencil.request("disclosed", column);
            pencil.request("closed_total", column);
            if came.year() < YEAR {
                pencil.request("brought_forward", column);
            }
        }
    }
}

async fn registered(kit: &TestApp, pencil: &mut Pencil) {
    let clerk = kit.caller(OWN, Role::Clerk);
    for n in 0..20_i64 {
        let line =
            ["permit", "penalty", "coercion", "fee"][usize::try_from(n % 4).expect("as prepared")];
        let day = date(2023, 12, 1).saturating_add(jiff::Span::new().days(n * 23));
        let typed = Typed {
            line: line.to_owned(),
            number: format!("某〔{}〕{n}号", day.year()),
            on: day.to_string(),
            amount: if line == "fee" { format!("{}.35", n * 1000) } else { String::new() },
            ..Typed::default()
        };
        registers::enter(&kit.app, &clerk, &organ(OWN), RecordKind::Act, &typed)
            .await
            .expect("as prepared");
        if day.year() != YEAR {
            continue;
        }
        match line {
            "fee" => {
                let yuan = Decimal::from(n * 1000) + Decimal::new(35, 2);
                pencil.add("proactive.fee.amount", yuan / Decimal::from(10_000));
            }
            line => pencil.add(&format!("proactive.{line}.decided"), Decimal::ONE),
        }
    }
}

async fn contested(kit: &TestApp, pencil: &mut Pencil) {
    let clerk = kit.caller(OWN, Role::Clerk);
    let filed = |block: &str, day: Date| Filed {
        block: block.to_owned(),
        number: "某复决字第1号".to_owned(),
        forum: "某县人民政府".to_owned(),
        request: None,
        filed_on: day,
        served_on: Some(day),
        simplified: false,
        is_counted_elsewhere: false,
    };
    let first = filed("reconsideration", date(2024, 3, 1));
    let first =
        remedies::register(&kit.app, &clerk, &organ(OWN), first).await.expect("as prepared");
    for (result, on) in [("upheld", date(2024, 4, 1)), ("corrected", date(2024, 6, 1))] {
        let filled =
            remedies::Filled { result: result.to_owned(), on, ..remedies::Filled::default() };
        remedies::conclude(&kit.app, &clerk, &first.id, filled).await.expect("as prepared");
    }
    let second = filed("litigation_direct", date(2024, 11, 1));
    remedies::register(&kit.app, &clerk, &organ(OWN), second).await.expect("as prepared");
    for key in ["reconsideration.corrected", "reconsideration.total"] {
        pencil.add(&format!("remedies.{key}"), Decimal::ONE);
    }
    for key in ["litigation_direct.pending", "litigation_direct.total"] {
        pencil.add(&format!("remedies.{key}"), Decimal::ONE);
    }
}

fn texts() -> [String; 6] {
    let all = [
        "全年新收政府信息公开申请 {requests.received.total} 件，办结 {requests.closed_total.total} 件。",
        "",
        "",
        "",
        "存在的主要问题是公开内容不够细。改进情况：修订了目录，逐条补齐了缺项。",
        "全年没有收取信息处理费。",
    ];
    all.map(str::to_owned)
}

/// Says something to everything that wants a word.
async fn answered(kit: &TestApp, id: &str) -> view::View {
    let clerk = kit.caller(id, Role::Clerk);
    let seen = view::view(&kit.app, &clerk, &organ(id), YEAR).await.expect("as prepared");
    for concern in &seen.concerns {
        assert_ne!(concern.weight, Weight::Blocks, "{}", concern.message);
        let place = (&organ(id), YEAR);
        let said = answer::answer(&kit.app, &clerk, place, &concern.key, "已核实").await;
        said.expect("as prepared");
    }
    seen
}

async fn ready(kit: &TestApp, id: &str) -> view::View {
    let clerk = kit.caller(id, Role::Clerk);
    text::write(&kit.app, &clerk, (&organ(id), YEAR), texts()).await.expect("as prepared");
    compile::compile(&kit.app, &clerk, &organ(id), YEAR).await.expect("as prepared");
    answered(kit, id).await
}

async fn handed_in(kit: &TestApp, id: &str) -> Filing {
    ready(kit, id).await;
    let leader = kit.caller(id, Role::Leader);
    hand_in::hand_in(&kit.app, &leader, &organ(id), YEAR).await.expect("as prepared")
}

#[tokio::test]
async fn a_compiled_year_equals_the_count_by_hand_and_every_paper_reads_back_the_same() {
    let kit = TestApp::new().await;
    let mut pencil = Pencil::default();
    requests(&kit, &mut pencil).await;
    registered(&kit, &mut pencil).await;
    contested(&kit, &mut pencil).await;
    let seen = ready(&kit, OWN).await;
    let figures = &seen.filing.figures;
    assert!(pencil.0.len() > 15 && !figures.is_empty());
    for (cell, value) in figures.iter() {
        let by_hand = pencil.0.get(cell.as_str()).copied().unwrap_or_default();
        assert_eq!(value.map(plain_text), Some(plain_text(by_hand)), "{cell}");
    }
    let clerk = kit.caller(OWN, Role::Clerk);
    for format in Format::ALL {
        let bytes =
            paper::file(&kit.app, &clerk, &organ(OWN), YEAR, format).await.expect("as prepared");
        let again =
            paper::file(&kit.app, &clerk, &organ(OWN), YEAR, format).await.expect("as prepared");
        assert_eq!(bytes, again, "the same bytes for the same figures");
        let read = file::open(&bytes, &format!("报告.{}", format.ending())).expect("as prepared");
        for (cell, value) in figures.iter() {
            assert_eq!(read.figures.get(cell), value, "{cell} in {}", format.ending());
        }
    }
    let place = (&organ(OWN), YEAR);
    let listed = cases::cases(&kit.app, &clerk, place, "requests.received.natural")
        .await
        .expect("as prepared");
    let by_hand = pencil.0["requests.received.natural"];
    assert_eq!(Decimal::from(listed.n_cases), by_hand);
    assert!(listed.cases.iter().all(|case| case.address.starts_with("/work/requests/")));
    kit.finish().await;
}

/// Brings the prepared item through review and publishes the report.
async fn republished(kit: &TestApp, item: &gongkai_domain::id::ItemId) {
    let clerk = kit.caller(OWN, Role::Clerk);
    let drafted = items::read::own(&kit.app, &clerk, item).await.expect("as prepared").item;
    for finding in items::screen::finding_keys(&drafted) {
        let reason = "已核实".to_owned();
        items::revise::answer(&kit.app, &clerk, item, finding, reason).await.expect("as prepared");
    }
    let submitted = items::submit::submit(&kit.app, &clerk, item).await.expect("as prepared");
    kit.signed(submitted).await;
    let done = publish::publish(&kit.app, &clerk, &organ(OWN), YEAR).await.expect("as prepared");
    assert_eq!(done.state.key(), FilingKey::Published);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_report_is_returned_corrected_accepted_published_and_restated() {
    let kit = TestApp::new().await;
    let own = organ(OWN);
    let (clerk, leader) = (kit.caller(OWN, Role::Clerk), kit.caller(OWN, Role::Leader));
    let office = kit.caller(ABOVE, Role::DisclosureOffice);
    handed_in(&kit, OWN).await;
    let late = Typed { line: "permit".into(), on: "2024-05-01".into(), ..Typed::default() };
    let entered = registers::enter(&kit.app, &clerk, &own, RecordKind::Act, &late).await;
    assert!(matches!(entered, Err(AppError::Refused(_))), "the year is locked");
    let comment = CellComment {
        cell: "proactive.permit.decided".to_owned(),
        comment: "应为一件".to_owned(),
    };
    let returned = review::send_back(&kit.app, &office, (&own, YEAR), "许可漏计", vec![comment]);
    returned.await.expect("as prepared");
    let batch = registers::enter(&kit.app, &clerk, &own, RecordKind::Act, &late)
        .await
        .expect("as prepared");
    let stale = hand_in::hand_in(&kit.app, &leader, &own, YEAR).await.unwrap_err();
    assert!(stale.to_string().contains("重新汇总"), "{stale}");
    handed_in(&kit, OWN).await;
    assert!(registers::undo(&kit.app, &clerk, &batch.id, "录错").await.is_err());
    review::accept(&kit.app, &office, &own, YEAR).await.expect("as prepared");
    assert!(publish::publish(&kit.app, &clerk, &own, YEAR).await.is_err(), "no item yet");
    let item = publish::prepare(&kit.app, &clerk, &own, YEAR).await.expect("as prepared");
    assert!(publish::publish(&kit.app, &clerk, &own, YEAR).await.is_err(), "not reviewed yet");
    republished(&kit, &item).await;
    let public = items::read::public(&kit.app, &item)
        .await
        .expect("as prepared")
        .item
        .public
        .expect("as prepared");
    let endings = |content: &gongkai_domain::item::Content| -> Vec<String> {
        let names = content.attachments.iter();
        names.filter_map(|file| Some(file.name.rsplit_once('.')?.1.to_owned())).collect()
    };
    assert_eq!(endings(&public.content), ["docx", "pdf", "xlsx", "csv", "json"]);
    for attached in &public.content.attachments {
        let bytes =
            kit.app.files.read(&attached.digest).await.expect("as prepared").expect("as prepared");
        let read = file::open(&bytes, &attached.name).expect("as prepared");
        assert_eq!(read.figures.by_key("proactive.permit.decided"), Some(Decimal::ONE));
    }
    assert!(restate::restate(&kit.app, &clerk, (&own, YEAR), " ").await.is_err());
    restate::restate(&kit.app, &clerk, (&own, YEAR), "录错一件").await.expect("as prepared");
    registers::undo(&kit.app, &clerk, &batch.id, "录错").await.expect("as prepared");
    let again = handed_in(&kit, OWN).await;
    let changes = again.changes(0);
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].1, changes[0].2), (Some(Decimal::ONE), Some(Decimal::ZERO)));
    review::accept(&kit.app, &office, &own, YEAR).await.expect("as prepared");
    let same = publish::prepare(&kit.app, &clerk, &own, YEAR).await.expect("as prepared");
    assert_eq!(same, item, "a restatement is the next edition of the same page");
    republished(&kit, &item).await;
    let mut reader = kit.app.store.reader().await.expect("as prepared");
    let editions = gongkai_store::items::editions(&mut reader, &item).await.expect("as prepared");
    drop(reader);
    let all: Vec<_> = editions.iter().map(|each| endings(&each.content)).collect();
    assert_eq!(all.len(), 2, "the old edition is kept with its files");
    assert_eq!(all[0], all[1]);
    for (number, decided) in [(0, Decimal::ONE), (1, Decimal::ZERO)] {
        let mut by_number: Vec<_> = editions.iter().collect();
        by_number.sort_by_key(|edition| edition.number);
        for attached in &by_number[number].content.attachments {
            let bytes = kit.app.files.read(&attached.digest).await.expect("as prepared");
            let read = file::open(&bytes.expect("as prepared"), &attached.name);
            let read = read.expect("as prepared").figures.by_key("proactive.permit.decided");
            assert_eq!(read, Some(decided), "{}", attached.name);
        }
    }
    kit.finish().await;
}

#[tokio::test]
async fn a_sum_opens_to_its_parts_and_is_stale_once_one_is_taken_back() {
    let kit = TestApp::new().await;
    let office = kit.caller(ABOVE, Role::DisclosureOffice);
    for (id, n) in [(OWN, 2), (OTHER, 3)] {
        let (clerk, place) = (kit.caller(id, Role::Clerk), organ(id));
        for _ in 0..n {
            let typed =
                Typed { line: "penalty".into(), on: "2024-05-01".into(), ..Typed::default() };
            let entered = registers::enter(&kit.app, &clerk, &place, RecordKind::Act, &typed);
            entered.await.expect("as prepared");
        }
    }
    handed_in(&kit, OWN).await;
    let above = organ(ABOVE);
    let first = compile::compile(&kit.app, &office, &above, YEAR).await.expect("as prepared");
    let penalty = |filing: &Filing| filing.figures.by_key("proactive.penalty.decided");
    assert_eq!(penalty(&first), Some(Decimal::from(2)));
    let seen = view::view(&kit.app, &office, &above, YEAR).await.expect("as prepared");
    assert!(seen.examined.remarks.iter().any(|remark| remark.contains("没有报送")));
    handed_in(&kit, OTHER).await;
    let seen = view::view(&kit.app, &office, &above, YEAR).await.expect("as prepared");
    assert!(seen.examined.outdated.iter().any(|each| each.contains("之后才报送")));
    let both = compile::compile(&kit.app, &office, &above, YEAR).await.expect("as prepared");
    assert_eq!(penalty(&both), Some(Decimal::from(5)));
    let place = (&above, YEAR);
    let opened = cases::cases(&kit.app, &office, place, "proactive.penalty.decided")
        .await
        .expect("as prepared");
    let parts: Vec<&str> = opened.parts.iter().map(|(_, _, value)| value.as_str()).collect();
    assert_eq!(parts, ["0", "2", "3"]);
    let place = (&organ(OTHER), YEAR);
    review::send_back(&kit.app, &office, place, "核对", Vec::new()).await.expect("as prepared");
    let rows = board::board(&kit.app, &office, YEAR).await.expect("as prepared");
    let county = rows.iter().find(|row| row.organ.id == above).expect("as prepared");
    assert!(!county.outdated.is_empty());
    let bureau = rows.iter().find(|row| row.organ.id == organ(OWN)).expect("as prepared");
    assert_eq!(bureau.due, Some(date(2025, 1, 31)));
    assert_eq!(county.due, Some(date(2025, 3, 31)));
    assert!(0 < bureau.n_days_late, "handed in on 10 March");
    kit.finish().await;
}

#[tokio::test]
async fn a_file_is_taken_whole_or_not_at_all_and_not_twice() {
    let kit = TestApp::new().await;
    let (clerk, own) = (kit.caller(OWN, Role::Clerk), organ(OWN));
    let csv = |rows: &str| Bytes::from(format!("类别,文号,名称,日期,金额（万元）\n{rows}"));
    let shown = |bytes: Bytes| {
        let file = ("台账.csv".to_owned(), bytes);
        registers::preview(&kit.app, &clerk, &own, RecordKind::Act, file)
    };
    let faulty = shown(csv("行政许可,1,某,2024-01-02,\n罚款,2,某,2024-13-02,许多\n"))
        .await
        .expect("as prepared");
    assert_eq!((faulty.n_faulty(), faulty.rows[1].number), (1, 3));
    assert_eq!(faulty.rows[1].read.as_ref().unwrap_err().len(), 3);
    let taken =
        registers::import(&kit.app, &clerk, &own, RecordKind::Act, (faulty.name, faulty.file));
    assert!(matches!(taken.await, Err(AppError::Invalid(_))));
    let good = shown(csv("行政许可,1,某,2024-01-02,\n行政事业性收费,2,某,2024-02-02,1.5\n")).await;
    let good = good.expect("as prepared");
    let file = (good.name.clone(), good.file.clone());
    let batch = registers::import(&kit.app, &clerk, &own, RecordKind::Act, file.clone()).await;
    let batch = batch.expect("as prepared");
    let twice = registers::import(&kit.app, &clerk, &own, RecordKind::Act, file.clone()).await;
    assert!(matches!(twice, Err(AppError::Conflict(_))));
    let filing = compile::compile(&kit.app, &clerk, &own, YEAR).await.expect("as prepared");
    assert_eq!(filing.figures.by_key("proactive.fee.amount").map(plain_text), Some("1.5".into()));
    registers::undo(&kit.app, &clerk, &batch.id, "重复").await.expect("as prepared");
    let filing = compile::compile(&kit.app, &clerk, &own, YEAR).await.expect("as prepared");
    assert_eq!(filing.figures.by_key("proactive.fee.amount"), Some(Decimal::ZERO));
    registers::import(&kit.app, &clerk, &own, RecordKind::Act, file).await.expect("as prepared");
    let stranger = kit.caller(OTHER, Role::Clerk);
    assert!(registers::undo(&kit.app, &stranger, &batch.id, "看看").await.is_err());
    assert!(lines().len() >= 5);
    kit.finish().await;
}

#[tokio::test]
async fn an_earlier_report_supplies_last_year_and_a_break_is_explained_in_print() {
    let kit = TestApp::new().await;
    let (clerk, own) = (kit.caller(OWN, Role::Clerk), organ(OWN));
    let mut draft = gongkai_app::reports::Draft::new("本机关", YEAR - 1).expect("as prepared");
    for key in ["requests.received.natural", "requests.received.total"] {
        let cell = gongkai_domain::filing::cell_of(key).expect("as prepared");
        draft.figures.set(cell, Some(Decimal::from(4)));
    }
    let bytes =
        gongkai_papers::annual_report::write::write(&draft, Format::Docx).expect("as prepared");
    let file = ("往年.docx".to_owned(), Bytes::from(bytes));
    let other = earlier::import(&kit.app, &clerk, &own, Some(YEAR), file.clone()).await;
    assert!(other.unwrap_err().to_string().contains("文件写的是"), "the paper tells its year");
    let year =
        earlier::import(&kit.app, &clerk, &own, None, file.clone()).await.expect("as prepared");
    assert_eq!(year, YEAR - 1);
    assert!(earlier::import(&kit.app, &clerk, &own, None, file).await.is_err(), "once a year");
    let place = (&own, year);
    for key in ["requests.carried_forward.natural", "requests.carried_forward.total"] {
        let set = earlier::correct(&kit.app, &clerk, place, (key, "4"), "原件第 2 页").await;
        assert_eq!(set.expect("as prepared").figures.by_key(key), Some(Decimal::from(4)));
    }
    assert!(earlier::correct(&kit.app, &clerk, place, ("no.cell", "4"), "原件").await.is_err());
    text::write(&kit.app, &clerk, (&own, YEAR), texts()).await.expect("as prepared");
    compile::compile(&kit.app, &clerk, &own, YEAR).await.expect("as prepared");
    let seen = view::view(&kit.app, &clerk, &own, YEAR).await.expect("as prepared");
    let is_break = |each: &&gongkai_domain::filing::Concern| {
        each.weight == Weight::WantsExplanation && each.check == "T3-4"
    };
    assert!(seen.concerns.iter().any(|each| is_break(&each)), "{:?}", seen.concerns);
    let leader = kit.caller(OWN, Role::Leader);
    let held = hand_in::hand_in(&kit.app, &leader, &own, YEAR).await.unwrap_err();
    assert!(held.to_string().contains("不衔接"), "{held}");
    answered(&kit, OWN).await;
    let handed = hand_in::hand_in(&kit.app, &leader, &own, YEAR).await.expect("as prepared");
    assert!(handed.is_locked());
    let page = paper::file(&kit.app, &clerk, &own, YEAR, Format::Html).await.expect("as prepared");
    assert!(String::from_utf8(page).expect("as prepared").contains("衔接的说明：已核实"));
    kit.finish().await;
}
