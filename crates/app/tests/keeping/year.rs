//! A year of three hundred requests that go any lawful way: what stands in the register in the end is
//! what a person would have counted by hand.

#[expect(dead_code, reason = "what is unlawful is tried where the law is tested")]
#[path = "../../../domain/tests/clock/plain.rs"]
mod plain;

use gongkai_app::reports::remedies;
use gongkai_app::requests::{
    Filter, Line, Order as Sorted, Page, case, close, consult, facts, fee, handle, list, reasons,
    receipt, register, reply, supplement,
};
use gongkai_app::{AppError, Caller};
use gongkai_domain::access::Role;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::check;
use gongkai_domain::clock::{Case, Event, EventKind};
use gongkai_domain::fee::FeeBy;
use gongkai_domain::finding::{Severity, Verdict};
use gongkai_domain::form::{Form, TableKind};
use gongkai_domain::id::RequestId;
use gongkai_domain::outcome::{OutcomeKey, outcomes};
use gongkai_domain::remedy::Filed;
use gongkai_domain::report::cell::{Facts, compile};
use gongkai_domain::report::{AnnualReport, TableForms};
use gongkai_domain::request::{
    Answered, Archiving, AskReasons, AskSupplement, Assign, Consult, Consulted, Delaying,
    Delivered, DisclosureRequest, Extending, GivenReasons, LogSearch, NotifyFee, Order, Paying,
    ProposeFee, Receipt, ReceivedChannel, Reopening, Reply, Reporting, RequestAct, RequesterKind,
    Returning, RightOrgan, Served, ServiceWay, Silence, StateKey, Submission, SupplementReceived,
    Waiving, Withdrawal, Withdrawn,
};
use gongkai_testkit::app::{OWN, TestApp, simple_reply, submission};
use gongkai_testkit::database::Database;
use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};

const N_REQUESTS: usize = 300;
const N_DAYS: usize = 365;

/// A request beside what a person noted for the wall calendar: from when the period runs, and what
/// happened since; anew with every order to answer again.
struct Noted {
    id: RequestId,
    began: Option<Date>,
    told: Vec<Event>,
    n_letters: u32,
}

struct Office {
    kit: TestApp,
    clerk: Caller,
    leader: Caller,
    chance: StdRng,
}

fn text() -> String {
    "写明".to_owned()
}

fn told(on: Date, kind: EventKind, who: Option<u32>) -> Event {
    Event { on, kind, reached: None, who: who.map(|who| who.to_string()) }
}

/// What the rules do not allow is no event; anything else that goes wrong is a fault.
fn lawful(done: Result<DisclosureRequest, AppError>) -> Option<DisclosureRequest> {
    match done {
        Ok(request) => Some(request),
        Err(AppError::Refused(_) | AppError::Invalid(_)) => None,
        Err(error) => panic!("{error:?}"),
    }
}

impl Office {
    async fn on(database: Database) -> Self {
        let kit = TestApp::on(database).await;
        let (clerk, leader) = (kit.caller(OWN, Role::Clerk), kit.caller(OWN, Role::Leader));
        Self { kit, clerk, leader, chance: StdRng::seed_from_u64(4) }
    }

    fn today(&self) -> Date {
        self.kit.app.clock.today()
    }

    fn later(&self, days: i64) -> Date {
        self.today().saturating_add(Span::new().days(days))
    }

    async fn registered(&mut self, n: usize) -> Noted {
        let kind = *RequesterKind::ALL.choose(&mut self.chance).expect("kinds");
        let channel = *ReceivedChannel::ALL.choose(&mut self.chance).expect("channels");
        let on = self.today();
        let wanted = format!("某规划{}", n % 40);
        let asked = Submission { kind, channel, ..submission(&wanted, on) };
        let organ = OWN.parse().expect("an id");
        let done = register::register(&self.kit.app, &self.clerk, organ, asked).await;
        let request = done.expect("registered");
        Noted { id: request.id, began: request.received_on, told: Vec::new(), n_letters: 0 }
    }

    /// One act, if it is lawful now; its event is noted.
    async fn act(&mut self, noted: &mut Noted) {
        match self.chance.random_range(0..12) {
            0 => self.receive(noted).await,
            1 => self.supplement(noted).await,
            2 => self.consult(noted).await,
            3 | 4 => self.take_time(noted).await,
            5 | 6 => self.charge(noted).await,
            7 => self.handle(noted).await,
            8 => self.end_otherwise(noted).await,
            _ => self.answer(noted).await,
        }
    }

    async fn receive(&mut self, noted: &mut Noted) {
        let confirmed = Receipt { on: self.today(), how: "电话确认".to_owned() };
        let done = receipt::confirm(&self.kit.app, &self.clerk, &noted.id, confirmed).await;
        if let Some(request) = lawful(done) {
            noted.began = request.received_on;
        }
    }

    async fn supplement(&mut self, noted: &mut Noted) {
        let (app, on) = (&self.kit.app, self.today());
        let until = self.later(10);
        let ask = AskSupplement { on, items: vec![text()], guidance: text(), until };
        if lawful(supplement::ask(app, &self.clerk, &noted.id, ask).await).is_some() {
            noted.told.push(told(on, EventKind::SupplementAsked, None));
            return;
        }
        if lawful(supplement::close(app, &self.clerk, &noted.id).await).is_some() {
            return;
        }
        let came = SupplementReceived { on, text: text(), files: Vec::new() };
        if lawful(supplement::receive(app, &self.clerk, &noted.id, came).await).is_some() {
            noted.told.push(told(on, EventKind::SupplementReceived, None));
        }
    }

    async fn consult(&mut self, noted: &mut Noted) {
        let (app, on) = (&self.kit.app, self.today());
        let is_third = self.chance.random_bool(0.7);
        let (of, asked) = match is_third {
            true => (Consulted::ThirdParty, EventKind::ThirdPartyAsked),
            false => (Consulted::CoMaker, EventKind::CoMakerAsked),
        };
        if noted.n_letters == 0 || self.chance.random_bool(0.2) {
            let reached_on = self.chance.random_bool(0.7).then_some(on);
            let letter = Consult { of, who: text(), about: text(), sent_on: on, reached_on };
            if lawful(consult::send(app, &self.clerk, &noted.id, letter).await).is_some() {
                noted.n_letters += 1;
                let number = Some(noted.n_letters);
                noted.told.push(Event { reached: reached_on, ..told(on, asked, number) });
            }
            return;
        }
        let number = self.chance.random_range(1..=noted.n_letters);
        let silence = Silence { number };
        if lawful(consult::note_silence(app, &self.clerk, &noted.id, silence).await).is_some() {
            return;
        }
        let delivered = Delivered { number, on };
        let done = consult::note_delivery(app, &self.clerk, &noted.id, delivered).await;
        if lawful(done).is_some() {
            let who = Some(number.to_string());
            let letter = |event: &&mut Event| event.kind.is_letter() && event.who == who;
            noted.told.iter_mut().find(letter).expect("it was sent").reached = Some(on);
            return;
        }
        let agrees = self.chance.random_bool(0.5);
        let answer = Answered { number, on, agrees, reason: text() };
        let done = lawful(consult::hear(app, &self.clerk, &noted.id, answer).await);
        let letter = done.as_ref().and_then(|request| request.consultation(number));
        if let Some(letter) = letter {
            let kind = match letter.of {
                Consulted::ThirdParty => EventKind::ThirdPartyAnswered,
                Consulted::CoMaker => EventKind::CoMakerAnswered,
            };
            noted.told.push(told(on, kind, Some(number)));
        }
    }

    /// An extension, or reasons asked for, heard, and a later day set.
    async fn take_time(&mut self, noted: &mut Noted) {
        let (app, on, id) = (&self.kit.app, self.today(), &noted.id);
        if self.chance.random_bool(0.5) {
            let extending = Extending { on, reason: text(), consented_by: text() };
            if lawful(reasons::extend(app, &self.clerk, id, extending).await).is_some() {
                noted.told.push(told(on, EventKind::Extended, None));
            }
            return;
        }
        let delaying = Delaying { on, until: self.later(60), reason: text() };
        if lawful(reasons::delay(app, &self.clerk, id, delaying).await).is_some() {
            return;
        }
        let given = GivenReasons { on, text: text() };
        if lawful(reasons::hear(app, &self.clerk, id, given).await).is_some() {
            return;
        }
        let ask = AskReasons { on, found: text(), until: self.later(10) };
        let _ = lawful(reasons::ask(app, &self.clerk, id, ask).await);
    }

    async fn charge(&mut self, noted: &mut Noted) {
        let (app, on, id) = (&self.kit.app, self.today(), &noted.id);
        if self.chance.random_bool(0.1) {
            let waiving = Waiving { reason: text() };
            let done = lawful(fee::waive(app, &self.clerk, id, waiving).await).is_some();
            let fees = [EventKind::FeeNotified, EventKind::FeePaid];
            let last = noted.told.iter().rfind(|event| fees.contains(&event.kind));
            // Whoever need not pay any more has paid, as far as the period goes.
            if done && last.is_some_and(|event| event.kind == EventKind::FeeNotified) {
                noted.told.push(told(on, EventKind::FeePaid, None));
            }
            return;
        }
        let notify = NotifyFee { on, decided_by: text() };
        if lawful(fee::notify(app, &self.clerk, id, notify).await).is_some() {
            noted.told.push(told(on, EventKind::FeeNotified, None));
            return;
        }
        if lawful(fee::close_unpaid(app, &self.clerk, id).await).is_some() {
            return;
        }
        let paying = Paying { on, receipt: text() };
        if lawful(fee::pay(app, &self.clerk, id, paying).await).is_some() {
            noted.told.push(told(on, EventKind::FeePaid, None));
            return;
        }
        let proposed = ProposeFee { by: FeeBy::Page, count: 68, reason: text() };
        let _ = lawful(fee::propose(app, &self.clerk, id, proposed).await);
    }

    async fn handle(&mut self, noted: &mut Noted) {
        let (app, on, id) = (&self.kit.app, self.today(), &noted.id);
        let clerk = &self.clerk;
        let done = match self.chance.random_range(0..4) {
            0 => {
                let (place, terms, result) = (text(), text(), text());
                let search = LogSearch { on, place, terms, result, found: false };
                handle::log_search(app, clerk, id, search).await
            }
            1 => {
                let organ =
                    RightOrgan { name: "某机关".to_owned(), contact: "某街".to_owned() };
                handle::name_organ(app, clerk, id, organ).await
            }
            2 => {
                let assign = Assign { unit: text(), task: text(), until: self.later(5) };
                handle::assign(app, clerk, id, assign).await
            }
            _ => handle::report(app, clerk, id, Reporting { number: 1, text: text() }).await,
        };
        let _ = lawful(done);
    }

    async fn end_otherwise(&mut self, noted: &mut Noted) {
        let (app, id) = (&self.kit.app, &noted.id);
        if self.chance.random_bool(0.3) {
            let withdrawn = Withdrawn { why: Withdrawal::Withdrawn, note: String::new() };
            let _ = lawful(close::withdraw(app, &self.clerk, id, withdrawn).await);
            return;
        }
        let archiving = Archiving { file_number: String::new() };
        let _ = lawful(close::archive(app, &self.clerk, id, archiving).await);
    }

    /// A reply on its way: served, approved or sent back, or proposed.
    async fn answer(&mut self, noted: &mut Noted) {
        let (app, on, id) = (&self.kit.app.clone(), self.today(), &noted.id);
        let way = ServiceWay::Post { number: "XA123456789".to_owned() };
        if lawful(reply::serve(app, &self.clerk, id, Served { on, way }).await).is_some() {
            return;
        }
        let case = case::case(app, &self.clerk, id).await.expect("the case");
        match case.request.state_key() {
            StateKey::InReview if self.chance.random_bool(0.2) => {
                let returning = Returning { comment: text() };
                let _ = lawful(reply::send_back(app, &self.leader, id, returning).await);
            }
            StateKey::InReview => {
                let done = reply::approve(app, &self.leader, id, String::new(), None).await;
                let _ = lawful(done);
            }
            StateKey::Closed | StateKey::Archived if self.chance.random_bool(0.3) => {
                self.remedy(noted).await;
            }
            _ => {
                let reply = self.any_reply(&case.request);
                let _ = lawful(reply::propose(app, &self.clerk, id, reply).await);
            }
        }
    }

    fn any_reply(&mut self, request: &DisclosureRequest) -> Reply {
        let on = request.received_on.unwrap_or(request.arrived_on);
        let mut part = || {
            let outcome = outcomes().choose(&mut self.chance).expect("outcomes");
            let grounds: Vec<_> = outcome.grounds(on).collect();
            let basis = grounds.choose(&mut self.chance).map(|ground| ground.basis().key());
            simple_reply(outcome.key(), basis)
        };
        let (one, other) = (part(), part());
        if self.chance.random_bool(0.7) {
            return one;
        }
        let parts = [one.parts, other.parts].concat();
        let separation = Some("遮盖".to_owned());
        Reply { row: OutcomeKey::PARTLY_DISCLOSED, parts, separation, ..one }
    }

    /// A reconsideration is filed; what it orders opens the request again.
    async fn remedy(&mut self, noted: &mut Noted) {
        let (app, on) = (&self.kit.app, self.today());
        let organ = OWN.parse().expect("an id");
        let filed = Filed {
            block: "reconsideration".to_owned(),
            number: text(),
            forum: text(),
            request: Some(noted.id.clone()),
            filed_on: on,
            served_on: None,
            simplified: false,
            is_counted_elsewhere: false,
        };
        remedies::register(app, &self.clerk, &organ, filed).await.expect("filed");
        let order = Order { document: text(), text: text(), until: None };
        let reopening = Reopening { on, order };
        let done = lawful(close::reopen(app, &self.clerk, &noted.id, reopening).await);
        if done.is_some() {
            (noted.began, noted.told, noted.n_letters) = (Some(on), Vec::new(), 0);
        }
    }

    /// The due day of a request against the wall calendar of the person.
    async fn see_due_day(&self, noted: &Noted) {
        let found = case::case(&self.kit.app, &self.clerk, &noted.id).await.expect("the case");
        let Some(received) = noted.began else {
            assert_eq!(found.deadline, None);
            return;
        };
        let by_hand = Case { received, events: noted.told.clone(), today: None };
        let due = plain::reckon(Calendar::embedded(), &by_hand).due;
        let delayed = found.request.round.reasons.as_ref();
        let delayed = delayed.and_then(|reasons| reasons.delayed_until);
        let later = delayed.filter(|day| due.is_some_and(|due| due < *day));
        let own = found.deadline.and_then(|deadline| deadline.due);
        assert_eq!(own, later.or(due), "{:#?}", found.request.events);
    }

    async fn lines(&self) -> Vec<Line> {
        let page = Page { order: Sorted::Newest, after: None, limit: 1000 };
        let lines = list::lines(&self.kit.app, &self.clerk, Filter::default(), None, page).await;
        lines.expect("the register").lines
    }
}

fn by_end(day: Option<Date>, year: i16) -> bool {
    day.is_some_and(|day| day.year() <= year)
}

/// The figures of table three, counted line by line as a person with the register would.
fn by_hand(lines: &[Line], form: &Form, year: i16) -> BTreeMap<(String, RequesterKind), u32> {
    let mut counts = BTreeMap::new();
    for line in lines {
        let mut count = |row: &str| *counts.entry((row.to_owned(), line.kind)).or_default() += 1;
        let (received, closed) = (line.received_on, line.closed_on);
        if received.is_none() {
            continue;
        }
        if by_end(received, year) && !by_end(received, year - 1) {
            count("received");
        }
        if by_end(received, year - 1) && !by_end(closed, year - 1) {
            count("brought_forward");
        }
        if by_end(received, year) && !by_end(closed, year) {
            count("carried_forward");
        }
        if by_end(closed, year) && !by_end(closed, year - 1) {
            count("closed_total");
            count(line.outcome.expect("every closed one has an outcome").row(form));
        }
    }
    counts
}

async fn see_report(office: &Office, lines: &[Line], year: i16) {
    let organ = [OWN.parse().expect("an id")];
    let requests = facts::facts(&office.kit.app, &organ, year).await.expect("facts");
    let all = Facts { requests, ..Facts::default() };
    let form = Form::for_year(year).expect("a form");
    let compiled = compile(form, year, &all).expect("compiled");
    let table = form.table(TableKind::Requests);
    let by_hand = by_hand(lines, form, year);
    let rows: BTreeSet<&str> = by_hand.keys().map(|(row, _)| row.as_str()).collect();
    assert!(8 < rows.len(), "so few rows that nothing was tried: {rows:?}");
    for row in rows {
        for kind in RequesterKind::ALL {
            let own = by_hand.get(&(row.to_owned(), kind)).copied().unwrap_or_default();
            let cell = table.cell(row, kind.key()).expect("a cell");
            assert_eq!(compiled.figures.get(cell), Some(own.into()), "{year} {row} {kind:?}");
        }
    }
    let of = |row: &str| -> u32 {
        by_hand.iter().filter(|((each, _), _)| each == row).map(|(_, n)| n).sum()
    };
    let came_in = of("received") + of("brought_forward");
    assert_eq!(came_in, of("closed_total") + of("carried_forward"), "{year}");
    let ends = ["received", "brought_forward", "carried_forward", "closed_total"];
    let in_rows = by_hand.iter().filter(|((row, _), _)| !ends.contains(&row.as_str()));
    assert_eq!(in_rows.map(|(_, n)| n).sum::<u32>(), of("closed_total"), "each in one row");
    let key = Some(form.key);
    let report = AnnualReport {
        form: key,
        forms: TableForms { proactive: None, requests: key, remedies: None },
        figures: compiled.figures.clone(),
        ..AnnualReport::default()
    };
    let findings = check::inside(&report);
    let wrong = findings.iter().filter(|each| each.severity == Severity::Error);
    let wrong: Vec<_> = wrong.filter(|each| each.verdict == Verdict::Fails).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every act that there is but one: records are corrected on requests of their own.
fn see_that_everything_was_tried(acts: &BTreeSet<RequestAct>) {
    let missing = RequestAct::ALL.into_iter().filter(|act| !acts.contains(act));
    assert_eq!(missing.collect::<Vec<_>>(), [RequestAct::CorrectRecord]);
}

async fn live_a_year(database: Database) {
    let mut office = Office::on(database).await;
    let mut all: Vec<Noted> = Vec::new();
    for day in 0..N_DAYS {
        while all.len() < N_REQUESTS * (day + 1) / N_DAYS {
            let noted = office.registered(all.len()).await;
            all.push(noted);
        }
        for _ in 0..12 {
            let recent = all.len().saturating_sub(40);
            let Some(at) =
                (recent < all.len()).then(|| office.chance.random_range(recent..all.len()))
            else {
                continue;
            };
            let mut noted = all.swap_remove(at);
            office.act(&mut noted).await;
            if office.chance.random_bool(0.2) {
                office.see_due_day(&noted).await;
            }
            all.push(noted);
        }
        office.kit.app.clock.forward(SignedDuration::from_hours(24));
    }
    let mut acts = BTreeSet::new();
    for noted in &all {
        office.see_due_day(noted).await;
        let case = case::case(&office.kit.app, &office.clerk, &noted.id).await.expect("the case");
        acts.extend(case.request.events.iter().map(|event| event.act));
    }
    see_that_everything_was_tried(&acts);
    let lines = office.lines().await;
    assert_eq!(lines.len(), N_REQUESTS);
    let years: BTreeSet<i16> =
        lines.iter().filter_map(|line| line.received_on).map(Date::year).collect();
    assert_eq!(years.len(), 2, "{years:?}");
    for year in years {
        see_report(&office, &lines, year).await;
    }
    let counts = list::counts(&office.kit.app, &office.clerk, &[]).await.expect("counts");
    for (state, n) in counts.states {
        let of = lines.iter().filter(|line| line.state == state).count();
        assert_eq!(i64::try_from(of).expect("few"), n, "{state:?}");
    }
    office.kit.finish().await;
}

#[tokio::test]
async fn a_year_of_any_lawful_lives_keeps_every_identity_of_the_register() {
    live_a_year(Database::sqlite()).await;
}

#[tokio::test]
async fn a_year_of_any_lawful_lives_keeps_every_identity_of_the_register_on_postgresql() {
    if let Some(postgres) = Database::postgres().await {
        live_a_year(postgres).await;
    }
}
