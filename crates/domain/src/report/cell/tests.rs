//! Figures from facts: against a slow recount, the identities of the forms, and the turn of years.

use super::*;
use crate::check;
use crate::figure::plain_text;
use crate::finding::{Severity, Verdict};
use crate::form::{Form, TableKind, forms};
use crate::report::{AnnualReport, TableForms};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

const FIRST: i16 = 2018;

fn day(offset: u16) -> Date {
    date(FIRST, 1, 1).checked_add(i32::from(offset).days()).unwrap()
}

fn pick<T>(mut all: impl Iterator<Item = T>, at: usize) -> T {
    all.nth(at).unwrap()
}

/// A fact in numbers: kind, day, length (0: still open), further choice.
type Seed = (u8, u16, u16, u16);

fn end(from: u16, length: u16) -> Option<Date> {
    (!length.is_multiple_of(3)).then(|| day(from + length))
}

fn facts(seeds: &[Seed]) -> Facts {
    let mut facts = Facts::default();
    for (index, (kind, from, length, choice)) in seeds.iter().copied().enumerate() {
        let (id, end, choice) = (format!("{index}"), end(from, length), usize::from(choice));
        match kind % 5 {
            0 => {
                let applicant = pick(Applicant::all(), choice % Applicant::all().count());
                let outcome = pick(Outcome::all(), choice % Outcome::all().count());
                let closed = end.map(|on| (outcome, on));
                facts.requests.push(RequestFact::new(id, applicant, day(from), closed).unwrap());
            }
            1 => {
                let block = pick(RemedyBlock::all(), choice % 3);
                let result = pick(RemedyResult::all(), choice / 3 % 3);
                let concluded = end.map(|on| (result, on));
                facts.remedies.push(RemedyFact::new(id, block, day(from), concluded).unwrap());
            }
            2 => {
                let rows = ["permit", "other_service", "penalty", "coercion", "fee", "procurement"];
                let amount = Decimal::new(i64::from(length) * 137, 2);
                facts.acts.push(ActFact::new(id, rows[choice % 6], day(from), amount).unwrap());
            }
            3 => {
                let row = ["permit", "other_service", "penalty", "coercion", "fee"][choice % 5];
                facts.items.push(ItemFact::new(id, row, day(from), end).unwrap());
            }
            _ => {
                let kind = ["rule", "normative_document"][choice % 2];
                let published = (choice % 3 != 0).then(|| day(from + 5));
                let document = DocumentFact::new(id, kind, day(from), published, end).unwrap();
                facts.documents.push(document);
            }
        }
    }
    facts
}

/// The count of a cell as a person makes it, with one question after the other.
fn recount(facts: &Facts, key: &str, year: i16) -> Decimal {
    let in_year = |day: Date| day.year() == year;
    let ended = |day: Option<Date>| day.is_some_and(|day| day.year() <= year);
    let parts: Vec<&str> = key.split('.').collect();
    let (row, column) = (parts[1..parts.len() - 1].join("."), parts[parts.len() - 1]);
    let number = |n: usize| Decimal::from(n);
    match parts[0] {
        "requests" => number(
            facts
                .requests
                .iter()
                .filter(|fact| column == "total" || fact.applicant.key() == column)
                .filter(|fact| {
                    let closed = fact.closed.map(|(_, on)| on);
                    match row.as_str() {
                        "received" => in_year(fact.received_on),
                        "brought_forward" => {
                            fact.received_on.year() < year
                                && closed.is_none_or(|on| year <= on.year())
                        }
                        "carried_forward" => fact.received_on.year() <= year && !ended(closed),
                        "closed_total" => closed.is_some_and(in_year),
                        "otherwise_closed" => fact.closed.is_some_and(|(outcome, on)| {
                            outcome.key().starts_with("otherwise_closed.") && in_year(on)
                        }),
                        row => fact
                            .closed
                            .is_some_and(|(outcome, on)| outcome.key() == row && in_year(on)),
                    }
                })
                .count(),
        ),
        "remedies" => number(
            facts
                .remedies
                .iter()
                .filter(|fact| fact.block.key() == row)
                .filter(|fact| {
                    let came = fact.concluded.is_some_and(|(_, on)| in_year(on));
                    let open =
                        fact.filed_on.year() <= year && !ended(fact.concluded.map(|(_, on)| on));
                    match column {
                        "pending" => open,
                        "total" => came || open,
                        column => came && fact.concluded.is_some_and(|(r, _)| r.key() == column),
                    }
                })
                .count(),
        ),
        _ => recount_proactive(facts, &row, column, year),
    }
}

fn recount_proactive(facts: &Facts, row: &str, column: &str, year: i16) -> Decimal {
    let in_year = |day: Option<Date>| day.is_some_and(|day| day.year() == year);
    let by_end = |day: Option<Date>| day.is_some_and(|day| day.year() <= year);
    let documents = facts.documents.iter().filter(|fact| fact.kind == row);
    let acts = facts.acts.iter().filter(|fact| fact.row == row && fact.on.year() == year);
    let items = || facts.items.iter().filter(|fact| fact.row == row);
    let count = match column {
        "issued" | "made" => documents.filter(|fact| in_year(Some(fact.issued_on))).count(),
        "published" => documents.filter(|fact| in_year(fact.published_on)).count(),
        "published_total" => documents.filter(|fact| by_end(fact.published_on)).count(),
        "repealed" => documents.filter(|fact| in_year(fact.repealed_on)).count(),
        "in_force" => documents
            .filter(|fact| by_end(Some(fact.issued_on)) && !by_end(fact.repealed_on))
            .count(),
        "decided" | "projects" => acts.count(),
        "amount" => {
            let yuan: Decimal = acts.map(|fact| fact.amount).sum();
            return yuan / Decimal::from(10_000);
        }
        "items_before" => items()
            .filter(|fact| fact.from.year() < year)
            .filter(|fact| fact.until.is_none_or(|until| year <= until.year()))
            .count(),
        "items_change" => {
            let added = items().filter(|fact| in_year(Some(fact.from))).count();
            let removed = items().filter(|fact| in_year(fact.until)).count();
            return Decimal::from(added) - Decimal::from(removed);
        }
        other => panic!("no count for {other}"),
    };
    Decimal::from(count)
}

fn report(form: &Form, compiled: &Compiled<'_>) -> AnnualReport {
    let key = Some(form.key);
    AnnualReport {
        form: key,
        forms: TableForms { proactive: key, requests: key, remedies: key },
        figures: compiled.figures.clone(),
        ..AnnualReport::default()
    }
}

fn seeds() -> impl Strategy<Value = Vec<Seed>> {
    proptest::collection::vec((any::<u8>(), 0_u16..1800, 0_u16..900, any::<u16>()), 0..160)
}

proptest! {
    #[test]
    fn compiled_figures_equal_a_slow_recount_and_their_own_lists(seeds in seeds(), year in 2018_i16..2023) {
        let facts = facts(&seeds);
        for form in forms() {
            let compiled = compile(form, year, &facts).unwrap();
            for rule in rules(form) {
                let value = compiled.figures.get(rule.cell).unwrap();
                prop_assert_eq!(value, recount(&facts, rule.cell.as_str(), year), "{}", rule.cell);
                let n_listed = Decimal::from(compiled.list(rule.cell).count());
                let is_count = !["amount", "items_change"].iter().any(|end| rule.cell.as_str().ends_with(end));
                prop_assert!(!is_count || value == n_listed, "{}: {value} {n_listed}", rule.cell);
            }
        }
    }

    #[test]
    fn compiled_figures_keep_every_identity_of_the_form(seeds in seeds(), year in 2018_i16..2023) {
        let facts = facts(&seeds);
        for form in forms() {
            let compiled = compile(form, year, &facts).unwrap();
            let findings = check::inside(&report(form, &compiled));
            let wrong: Vec<_> = findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error && finding.verdict != Verdict::Holds)
                .map(|finding| finding.message.clone())
                .collect();
            prop_assert!(wrong.is_empty(), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_brought_forward_is_what_was_carried_forward(seeds in seeds(), year in 2018_i16..2023) {
        let facts = facts(&seeds);
        for form in forms() {
            let (before, now) = (compile(form, year - 1, &facts).unwrap(), compile(form, year, &facts).unwrap());
            let table = form.table(TableKind::Requests);
            for column in &table.blocks[0].columns {
                let cell = |row: &str| table.cell(row, &column.key).unwrap();
                let carried: Vec<&str> = before.list(cell("carried_forward")).collect();
                let brought: Vec<&str> = now.list(cell("brought_forward")).collect();
                prop_assert_eq!(carried, brought);
            }
        }
    }

    #[test]
    fn a_case_is_closed_once_and_in_one_row(seeds in seeds()) {
        let facts = facts(&seeds);
        let form = forms().last().unwrap();
        let table = form.table(TableKind::Requests);
        let mut closings: Vec<String> = Vec::new();
        for year in FIRST..FIRST + 9 {
            let compiled = compile(form, year, &facts).unwrap();
            for outcome in Outcome::all() {
                let cell = table.cell(outcome.key(), "total").unwrap();
                closings.extend(compiled.list(cell).map(str::to_owned));
            }
        }
        let n_all = closings.len();
        closings.sort_unstable();
        closings.dedup();
        prop_assert_eq!(closings.len(), n_all);
        prop_assert_eq!(n_all, facts.requests.iter().filter(|fact| fact.closed.is_some()).count());
    }
}

#[test]
fn every_cell_of_every_form_has_one_definition_in_words() {
    for form in forms() {
        let cells: Vec<_> =
            form.tables.iter().flat_map(|table| table.cells.iter().flatten()).collect();
        assert_eq!(rules(form).len(), cells.len());
        for (rule, cell) in rules(form).iter().zip(cells) {
            assert_eq!(rule.cell, *cell);
            assert!(
                !rule.words.contains(['{', '$']) && rule.words.contains("本年"),
                "{}",
                rule.words
            );
        }
    }
}

#[test]
fn the_words_of_a_cell_say_what_it_counts() {
    let form = forms().last().unwrap();
    let words = |key: &str| {
        rules(form).iter().find(|rule| rule.cell.as_str() == key).unwrap().words.clone()
    };
    assert_eq!(words("requests.received.natural"), "本年收到、申请人为“自然人”的申请");
    assert_eq!(words("proactive.rule.in_force"), "本年结束时有效的规章");
    assert_eq!(
        words("requests.withheld.third_party.total"),
        "本年办结、结果为“保护第三方合法权益”的申请"
    );
    assert_eq!(words("requests.partly_disclosed.total"), "本年办结、结果为“部分公开”的申请");
}

#[test]
fn the_turn_of_the_year_is_kept_to_the_day() {
    let applicant = Applicant::by_key("natural").unwrap();
    let outcome = Outcome::by_key("disclosed").unwrap();
    let request = |id: &str, received: Date, closed: Date| {
        RequestFact::new(id, applicant, received, Some((outcome, closed))).unwrap()
    };
    let facts = Facts {
        requests: vec![
            request("last day", date(2021, 12, 31), date(2022, 1, 1)),
            request("first day", date(2022, 1, 1), date(2022, 12, 31)),
            request("over the turn", date(2022, 12, 31), date(2023, 1, 1)),
        ],
        ..Facts::default()
    };
    let form = Form::for_year(2022).unwrap();
    let compiled = compile(form, 2022, &facts).unwrap();
    let list = |key: &str| {
        let cell = rules(form).iter().find(|rule| rule.cell.as_str() == key).unwrap().cell;
        compiled.list(cell).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(list("requests.received.natural"), "first day, over the turn");
    assert_eq!(list("requests.brought_forward.total"), "last day");
    assert_eq!(list("requests.disclosed.natural"), "last day, first day");
    assert_eq!(list("requests.carried_forward.total"), "over the turn");
}

#[test]
fn money_is_added_up_to_the_cent() {
    let fee = |id: &str, cents: i64| {
        ActFact::new(id, "fee", date(2022, 3, 1), Decimal::new(cents, 2)).unwrap()
    };
    let facts = Facts { acts: vec![fee("a", 1_371_389), fee("b", 1)], ..Facts::default() };
    let compiled = compile(Form::for_year(2022).unwrap(), 2022, &facts).unwrap();
    let amount = compiled.figures.by_key("proactive.fee.amount").map(plain_text);
    assert_eq!(amount.as_deref(), Some("1.37139"));
}

#[test]
fn facts_that_cannot_be_are_refused() {
    let applicant = Applicant::by_key("natural").unwrap();
    let outcome = Outcome::by_key("disclosed").unwrap();
    let (early, late) = (date(2022, 1, 1), date(2022, 2, 1));
    assert!(RequestFact::new("a", applicant, late, Some((outcome, early))).is_err());
    assert!(ActFact::new("a", "fee", early, Decimal::from(-1)).is_err());
    assert!(DocumentFact::new("a", "rule", late, None, Some(early)).is_err());
    assert!(ActFact::new("a", "nothing", early, Decimal::ZERO).is_err());
    assert!(Outcome::by_key("closed_total").is_none() && Applicant::by_key("total").is_none());
    let twice = RequestFact::new("a", applicant, early, None).unwrap();
    let facts = Facts { requests: vec![twice.clone(), twice], ..Facts::default() };
    let form = Form::for_year(2022).unwrap();
    assert_eq!(compile(form, 2022, &facts).unwrap_err(), CompileError::Twice("a".to_owned()));
}
