//! Reconsiderations and suits: the list with its terms, registering, answering, results.

use super::organ;
use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::reports::remedies as cases;
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError, tickets};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::form::{TableKind, forms};
use gongkai_domain::remedy::{Filed, Followed, Remedy};
use gongkai_domain::report::cell::{RemedyBlock, RemedyResult};
use jiff::civil::Date;
use serde::Deserialize;

/// A case as it is filled in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filled {
    block: String,
    forum: String,
    number: String,
    request: String,
    filed_on: String,
    served_on: String,
    simplified: Option<String>,
    elsewhere: Option<String>,
    ticket: String,
}

/// The day of an answer.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Answered {
    case: String,
    on: String,
}

/// A result as it is filled in.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Concluded {
    case: String,
    result: String,
    on: String,
    note: String,
    costs: String,
    received_on: String,
    answer_until: String,
}

/// A case as it is shown.
struct Row {
    id: String,
    block: String,
    forum: String,
    number: String,
    request: Option<String>,
    filed_on: String,
    state: &'static str,
    terms: Vec<(String, bool, &'static str)>,
    results: Vec<String>,
    followed: Option<String>,
    elsewhere: bool,
}

#[derive(Template)]
#[template(path = "work/reports/remedies.html")]
struct Page {
    frame: Frame,
    organ: String,
    name: String,
    can_write: bool,
    rows: Vec<Row>,
    blocks: Vec<(&'static str, String)>,
    results: Vec<(&'static str, String)>,
    filled: Filled,
    ticket: String,
    problem: Option<String>,
}

/// The words of a row of table four.
fn block_name(key: &str) -> String {
    let table = forms().last().map(|form| form.table(TableKind::Remedies));
    let row = table.and_then(|table| table.rows.iter().find(|row| row.key == key));
    row.map(|row| row.label.clone()).unwrap_or_default()
}

/// The words of a column of table four.
fn result_name(key: &str) -> String {
    let table = forms().last().map(|form| form.table(TableKind::Remedies));
    let columns = table.into_iter().flat_map(|table| &table.blocks).flat_map(|b| &b.columns);
    let mut names = columns.filter(|column| column.key == key).map(|column| column.label.clone());
    names.next().unwrap_or_default()
}

/// What a corrected decision did to its request, in words.
fn followed(followed: &Followed) -> String {
    let round = followed.round + 1;
    match followed.is_opened {
        true => format!("已据此重新办理对应的申请（第 {round} 次办理）"),
        false => format!("对应申请的第 {round} 次办理已经在办或者已经答复，不再重复打开"),
    }
}

fn row(remedy: &Remedy, today: Date) -> Row {
    let filed = &remedy.filed;
    let terms = remedy.terms(Calendar::embedded()).into_iter();
    let terms = terms.map(|term| {
        (
            format!("{}：{}", term.title, term.due.date),
            term.is_own && term.due.date < today,
            term.source,
        )
    });
    let results = remedy
        .results
        .iter()
        .map(|outcome| format!("{} {} {}", outcome.on, result_name(&outcome.result), outcome.note));
    Row {
        id: remedy.id.to_string(),
        block: block_name(&filed.block),
        forum: filed.forum.clone(),
        number: filed.number.clone(),
        request: filed.request.as_ref().map(ToString::to_string),
        filed_on: filed.filed_on.to_string(),
        state: remedy.state(),
        terms: terms.collect(),
        results: results.collect(),
        followed: remedy.followed.as_ref().map(followed),
        elsewhere: filed.is_counted_elsewhere,
    }
}

async fn page(
    app: &App,
    current: &Current,
    id: &str,
    filled: Filled,
    problem: Option<String>,
) -> Answer {
    let listed = cases::list(app, &current.caller, &organ(id)?).await?;
    let today = app.clock.today();
    html(&Page {
        frame: Frame::work(app, current),
        organ: id.to_owned(),
        rows: listed.cases.iter().map(|remedy| row(remedy, today)).collect(),
        blocks: RemedyBlock::all().map(|each| (each.key(), block_name(each.key()))).collect(),
        results: RemedyResult::all().map(|each| (each.key(), result_name(each.key()))).collect(),
        can_write: listed.can_write,
        name: listed.organ.name,
        filled,
        ticket: tickets::ticket(),
        problem,
    })
}

/// Shows the cases.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(id): Path<String>,
) -> Answer {
    page(&app, &current, &id, Filled::default(), None).await
}

fn day(field: &'static str, text: &str) -> Result<Date, AppError> {
    text.parse().map_err(|_| AppError::invalid(field, "请填写日期"))
}

fn day_if_any(field: &'static str, text: &str) -> Result<Option<Date>, AppError> {
    let text = Some(text).filter(|text| !text.is_empty());
    text.map(|text| day(field, text)).transpose()
}

fn filed(form: &Filled) -> Result<Filed, AppError> {
    let text = |value: &str| value.trim().to_owned();
    let request = Some(form.request.trim()).filter(|text| !text.is_empty());
    let wrong =
        |_| AppError::invalid("request", "申请编号有误；请复制申请页面地址里的编号，或者留空");
    Ok(Filed {
        block: text(&form.block),
        number: text(&form.number),
        forum: text(&form.forum),
        request: request.map(str::parse).transpose().map_err(wrong)?,
        filed_on: day("filed_on", &form.filed_on)?,
        served_on: day_if_any("served_on", &form.served_on)?,
        simplified: form.simplified.is_some(),
        is_counted_elsewhere: form.elsewhere.is_some(),
    })
}

/// 登记.
pub async fn register(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<Filled>,
) -> Answer {
    let organ = organ(&id)?;
    let done = match filed(&form) {
        Ok(filed) => cases::register_once(&app, &current.caller, &organ, filed, &form.ticket).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => go(&format!("/work/remedies/{id}")),
        Err(error) => page(&app, &current, &id, form, Some(mendable(error)?)).await,
    }
}

fn case(text: &str) -> Result<gongkai_domain::id::RemedyId, AppError> {
    text.parse().map_err(|_| AppError::NotFound("这件复议诉讼"))
}

/// 登记答复.
pub async fn answer(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<Answered>,
) -> Answer {
    let on = day("on", &form.on)?;
    cases::answer(&app, &current.caller, &case(&form.case)?, on).await?;
    go(&format!("/work/remedies/{id}"))
}

/// 登记结果.
pub async fn conclude(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked { current, form }: Checked<Concluded>,
) -> Answer {
    let filled = cases::Filled {
        on: day("on", &form.on)?,
        received_on: day_if_any("received_on", &form.received_on)?,
        answer_until: day_if_any("answer_until", &form.answer_until)?,
        result: form.result,
        note: form.note,
        costs: form.costs,
    };
    cases::conclude(&app, &current.caller, &case(&form.case)?, filled).await?;
    go(&format!("/work/remedies/{id}"))
}
