//! The demonstration's registers and annual reports of the year that ended last (`data/demo/reports.toml`),
//! made through the actions that people use: compiled, handed in, returned, accepted, added up.

use super::county;
use super::life::callers;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::reports::{answer, compile, hand_in, registers, remedies, review, text, view};
use crate::{App, AppError};
use bytes::Bytes;
use gongkai_domain::access::Role;
use gongkai_domain::filing::{CellComment, Weight};
use gongkai_domain::id::OrganId;
use gongkai_domain::register::{RecordKind, line_of};
use gongkai_domain::remedy::Filed;
use gongkai_domain::time::instant;
use jiff::civil::{Date, date};
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    text: Text,
    organ: Vec<Entry>,
}

#[derive(Deserialize)]
struct Text {
    overview: String,
    problems: String,
    other: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fate {
    Compiled,
    HandedIn,
    Returned,
    Accepted,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: OrganId,
    fate: Fate,
    #[serde(default)]
    permit: u32,
    #[serde(default)]
    penalty: u32,
    #[serde(default)]
    coercion: u32,
    before: u32,
    fees: Vec<String>,
    #[serde(default)]
    remedy: Vec<Case>,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    cell: String,
}

#[derive(Deserialize)]
struct Case {
    block: String,
    month: i8,
    result: Option<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let text = include_str!("../../../../data/demo/reports.toml");
    toml::from_str(text).expect("data/demo/reports.toml is embedded and tested")
});

type Callers = HashMap<(OrganId, Role), Caller>;

fn caller<'a>(callers: &'a Callers, organ: &OrganId, role: Role) -> Result<&'a Caller, AppError> {
    callers.get(&(organ.clone(), role)).ok_or(AppError::NotFound("演示人员"))
}

/// Makes registers of two years, and the reports on the last one.
pub(super) async fn live(app: &App) -> Result<(), AppError> {
    let year = app.clock.today().year() - 1;
    let callers = callers(app).await?;
    let january = date(year + 1, 1, 20);
    if app.clock.today() < january {
        return Ok(());
    }
    let mut past = app.clone();
    past.clock = Clock::set_to(instant(january.at(10, 0, 0, 0)).unwrap_or(app.clock.now()));
    for entry in &FILE.organ {
        let clerk = caller(&callers, &entry.id, Role::Clerk)?;
        for (of, more) in [(year - 1, entry.before), (year, 0)] {
            register(&past, clerk, entry, of, more).await?;
        }
        contest(&past, clerk, entry, year).await?;
        report(&past, &callers, entry, year).await?;
    }
    let Some(above) = county::organs().into_iter().next() else { return Ok(()) };
    let office = caller(&callers, &above.id, Role::DisclosureOffice)?;
    write(&past, office, &above.id, year).await?;
    compile::compile(&past, office, &above.id, year).await?;
    Ok(())
}

/// A day of the year for each of `n` records, spread over it.
fn day(year: i16, n: u32) -> Date {
    let days = i64::from(n * 37 % 360);
    date(year, 1, 3).saturating_add(jiff::Span::new().days(days))
}

async fn register(
    app: &App,
    clerk: &Caller,
    entry: &Entry,
    year: i16,
    more: u32,
) -> Result<(), AppError> {
    let mut rows = String::from("类别,文号,名称,日期,金额（元）\n");
    let word = county::word(&entry.id);
    let acts = [("permit", entry.permit), ("penalty", entry.penalty), ("coercion", entry.coercion)];
    for (line, n_acts) in acts {
        let name = line_of(line).map(|line| line.name).unwrap_or_default();
        let n_acts = if n_acts == 0 { 0 } else { n_acts + more };
        for n in 1..=n_acts {
            // Writing to a string does not fail.
            let _ =
                writeln!(rows, "{name},{word}〔{year}〕{n}号,{name}决定（示范）,{},", day(year, n));
        }
    }
    for (n, fee) in (1..).zip(&entry.fees) {
        let name = line_of("fee").map(|line| line.name).unwrap_or_default();
        let _ = writeln!(rows, "{name},,收费第{n}笔（示范）,{},{fee}", day(year, n));
    }
    let file = (format!("{year}年台账.csv"), Bytes::from(rows));
    let shown = registers::preview(app, clerk, &entry.id, RecordKind::Act, file).await?;
    let file = (shown.name, shown.file);
    registers::import(app, clerk, &entry.id, RecordKind::Act, file).await?;
    Ok(())
}

async fn contest(app: &App, clerk: &Caller, entry: &Entry, year: i16) -> Result<(), AppError> {
    for (n, case) in (1..).zip(&entry.remedy) {
        let filed_on = date(year, case.month, 12);
        let is_suit = case.block.starts_with("litigation");
        let filed = Filed {
            block: case.block.clone(),
            number: format!("（{year}）示范{n}号"),
            forum: if is_suit { "某人民法院" } else { "某人民政府" }.to_owned(),
            request: None,
            filed_on,
            served_on: Some(filed_on),
            simplified: false,
            is_counted_elsewhere: false,
        };
        let remedy = remedies::register(app, clerk, &entry.id, filed).await?;
        if let Some(result) = &case.result {
            let on = filed_on.saturating_add(jiff::Span::new().days(50));
            let filled =
                remedies::Filled { result: result.clone(), on, ..remedies::Filled::default() };
            remedies::conclude(app, clerk, &remedy.id, filled).await?;
        }
    }
    Ok(())
}

async fn write(app: &App, clerk: &Caller, organ: &OrganId, year: i16) -> Result<(), AppError> {
    let Text { overview, problems, other } = &FILE.text;
    let texts = [overview.as_str(), "", "", "", problems, other];
    text::write(app, clerk, (organ, year), texts.map(str::to_owned)).await?;
    Ok(())
}

async fn report(app: &App, callers: &Callers, entry: &Entry, year: i16) -> Result<(), AppError> {
    let organ = &entry.id;
    let clerk = caller(callers, organ, Role::Clerk)?;
    write(app, clerk, organ, year).await?;
    compile::compile(app, clerk, organ, year).await?;
    if entry.fate == Fate::Compiled {
        return Ok(());
    }
    let seen = view::view(app, clerk, organ, year).await?;
    for concern in seen.concerns.iter().filter(|each| each.weight != Weight::Blocks) {
        let sentence = "已对照台账核实（示范）";
        answer::answer(app, clerk, (organ, year), &concern.key, sentence).await?;
    }
    let leader = caller(callers, organ, Role::Leader)?;
    hand_in::hand_in(app, leader, organ, year).await?;
    let above = &county::organs()[0].id;
    let office = caller(callers, above, Role::DisclosureOffice)?;
    match entry.fate {
        Fate::Accepted => drop(review::accept(app, office, organ, year).await?),
        Fate::Returned => {
            let cell = CellComment { cell: entry.cell.clone(), comment: entry.comment.clone() };
            let said = &entry.comment;
            review::send_back(app, office, (organ, year), said, vec![cell]).await?;
        }
        Fate::Compiled | Fate::HandedIn => {}
    }
    Ok(())
}
