//! What a figure counts: the rule, the cases behind it, and of a sum its parts.

use super::act::ground;
use super::facts::gather;
use super::view::cell_name;
use super::{form, rolled};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::figure::plain_text;
use gongkai_domain::filing::cell_of;
use gongkai_domain::id::OrganId;
use gongkai_domain::register::line_of;
use gongkai_domain::report::cell::{compile, rule_of};
use gongkai_store::reports::registers::Kept;
use gongkai_store::reports::{registers, remedies};
use gongkai_store::{Db, items, requests};

/// Most cases of one list; more are counted and not shown.
pub(super) const MOST: usize = 500;

/// One case behind a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// What it is called.
    pub title: String,
    /// Its days and results.
    pub detail: String,
    /// Its page in the workplace; empty where it has none.
    pub address: String,
}

/// What a figure is made of.
#[derive(Clone, Debug)]
pub struct Cases {
    /// The name of the organ.
    pub agency: String,
    /// The figure's name.
    pub name: String,
    /// What it counts, in words.
    pub rule: String,
    /// Its value by the registers now, without those below.
    pub value: String,
    /// How many cases there are.
    pub n_cases: usize,
    /// The cases.
    pub cases: Vec<Case>,
    /// Of a sum: each organ with its id and figure.
    pub parts: Vec<(String, String, String)>,
}

/// What stands behind a figure of a year.
///
/// # Errors
/// When the form has no such figure, or the caller may not see the report.
pub async fn cases(
    app: &App,
    caller: &Caller,
    (organ, year): (&OrganId, i16),
    cell: &str,
) -> Result<Cases, AppError> {
    let mut reader = app.store.reader().await?;
    let ground = ground(&mut reader, caller, organ).await?;
    let none = || AppError::NotFound("这一格");
    let cell = cell_of(cell).ok_or_else(none)?;
    let rule = rule_of(form(year)?, cell).ok_or_else(none)?;
    let gathered = gather(&mut reader, organ, year).await?;
    let compiled = compile(form(year)?, year, &gathered.facts);
    let compiled = compiled.map_err(|error| AppError::Broken(error.to_string()))?;
    let ids: Vec<&str> = compiled.list(cell).collect();
    let mut cases = Vec::new();
    let kept = registers::of_year(&mut reader, organ, year).await?;
    let table = cell.as_str().split('.').next().unwrap_or_default();
    for id in ids.iter().take(MOST) {
        cases.push(case(&mut reader, table, id, &kept).await?);
    }
    let sum = rolled::sum(&mut reader, &ground, year, compiled.figures.clone()).await?;
    let parts = sum.iter().flat_map(|sum| sum.open(cell)).map(|(part, value)| {
        let value = value.map_or_else(|| "—".to_owned(), plain_text);
        (part.organ.clone(), part.name.clone(), value)
    });
    Ok(Cases {
        agency: ground.agency(year),
        name: cell_name(year, cell),
        rule: rule.words.clone(),
        value: compiled.figures.get(cell).map(plain_text).unwrap_or_default(),
        n_cases: ids.len(),
        cases,
        parts: parts.collect(),
    })
}

/// A case by its id in a table of what is counted.
pub(super) async fn case(
    db: &mut Db,
    table: &str,
    id: &str,
    kept: &[Kept],
) -> Result<Case, AppError> {
    let unnamed = || Case { title: id.to_owned(), detail: String::new(), address: String::new() };
    if let Some(row) = kept.iter().find(|row| row.id == id) {
        return Ok(of_register(row));
    }
    Ok(match (table, id) {
        ("requests", id) => {
            let Ok(id) = id.parse() else { return Ok(unnamed()) };
            let found = requests::find(db, &id).await?;
            found.map_or_else(unnamed, |loaded| of_request(&loaded.request))
        }
        ("remedies", id) => {
            let Ok(id) = id.parse() else { return Ok(unnamed()) };
            let found = remedies::find(db, &id).await?;
            found.map_or_else(unnamed, |loaded| of_remedy(&loaded.remedy))
        }
        (_, id) => {
            let Ok(id) = id.parse() else { return Ok(unnamed()) };
            let found = items::find(db, &id).await?;
            found.map_or_else(unnamed, |loaded| of_item(&loaded.item))
        }
    })
}

fn of_register(row: &Kept) -> Case {
    let record = &row.record;
    let line = line_of(&record.line).map(|line| line.name).unwrap_or_default();
    let amount = match record.amount.is_zero() {
        true => String::new(),
        false => format!("，{} 元", plain_text(record.amount)),
    };
    let until = record.until.map(|day| format!("，{day} 取消")).unwrap_or_default();
    Case {
        title: match (record.number.as_str(), record.title.as_str()) {
            ("", "") => line.to_owned(),
            (number, "") => number.to_owned(),
            ("", title) => title.to_owned(),
            (number, title) => format!("{number}　{title}"),
        },
        detail: format!("{line}，{}{until}{amount}", record.on),
        address: String::new(),
    }
}

fn of_request(request: &gongkai_domain::request::DisclosureRequest) -> Case {
    let received = request.received_on.map(|day| format!("{day} 收到")).unwrap_or_default();
    let closed = request.counted().map(|closing| format!("，{} 办结", closing.on));
    Case {
        title: format!("{}　{}", request.number, request.wanted.title()),
        detail: format!("{received}{}，{}", closed.unwrap_or_default(), request.state_word()),
        address: format!("/work/requests/{}", request.id),
    }
}

fn of_remedy(remedy: &gongkai_domain::remedy::Remedy) -> Case {
    let filed = &remedy.filed;
    Case {
        title: format!("{}　{}", filed.forum, filed.number),
        detail: format!("{} 收案，{}", filed.filed_on, remedy.state()),
        address: format!("/work/remedies/{}", remedy.organ),
    }
}

fn of_item(item: &gongkai_domain::item::Item) -> Case {
    let content = item.public.as_ref().map(|public| &public.content);
    Case {
        title: content.map(|content| content.title.clone()).unwrap_or_default(),
        detail: content.map(|content| format!("{} 成文", content.formed_on)).unwrap_or_default(),
        address: format!("/work/items/{}", item.id),
    }
}
