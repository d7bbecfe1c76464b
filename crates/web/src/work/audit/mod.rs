//! 审计日志: narrowed, page by page, each link with its place and hash.

pub mod export;

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use crate::work::people::day;
use askama::Template;
use axum::extract::{Query, State};
use gongkai_app::audit::{Filter, Towards, names, read};
use gongkai_app::{App, AppError};
use gongkai_domain::audit::Link;
use gongkai_domain::organ::Organ;
use gongkai_domain::time::{china, instant};
use jiff::civil::Date;
use serde::Deserialize;

/// What the address or the form asks for.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    organ: String,
    actor: String,
    act: String,
    thing: String,
    from: String,
    until: String,
    before: String,
}

impl Asked {
    /// The filter of the action.
    pub fn filter(&self) -> Result<Filter, AppError> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let midnight = |day: Date| instant(day.at(0, 0, 0, 0));
        let organ = some(&self.organ)
            .map(|text| text.parse().map_err(|_| AppError::invalid("organ", "请选择机关")));
        let from = some(&self.from).map(|text| day("from", &text)).transpose()?;
        let until = some(&self.until).map(|text| day("until", &text)).transpose()?;
        Ok(Filter {
            organs: organ.transpose()?.map(|organ| vec![organ]),
            actor: self.actor.trim().to_owned(),
            act: self.act.trim().to_owned(),
            thing: self.thing.trim().to_owned(),
            from: from.and_then(midnight),
            until: until.and_then(|day| midnight(day.tomorrow().unwrap_or(day))),
        })
    }
}

/// One link as it is shown.
struct Row {
    sequence: i64,
    at: String,
    actor: String,
    origin: String,
    act: String,
    thing: String,
    reason: String,
    before: String,
    after: String,
    hash: String,
}

/// The most signs of a state that a line shows; the whole of it is in the file.
const SHOWN: usize = 2000;

fn row(link: Link) -> Row {
    let shown = |text: String| match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}……（全文见导出文件）", &text[..end]),
        None => text,
    };
    let event = link.event;
    Row {
        sequence: link.sequence,
        at: china(event.at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
        actor: event.actor_name,
        origin: event.origin,
        act: names::name(&event.act).to_owned(),
        thing: event.thing,
        reason: event.reason,
        before: shown(event.before),
        after: shown(event.after),
        hash: link.hash,
    }
}

#[derive(Template)]
#[template(path = "work/admin/audit.html")]
struct List {
    frame: Frame,
    asked: Asked,
    organs: Vec<Organ>,
    acts: Vec<(&'static str, &'static str)>,
    rows: Vec<Row>,
    next: Option<i64>,
    problem: Option<String>,
}

/// Shows one page of the log, the newest first.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    const LINES: usize = 50;
    let organs = read::places(&app, &current.caller).await?;
    let before = asked.before.parse().unwrap_or(i64::MAX);
    let (filter, problem) = match asked.filter() {
        Ok(filter) => (filter, None),
        Err(error) => (Filter::default(), Some(error.to_string())),
    };
    let towards = Towards::Older(before);
    let mut links = read::links(&app, &current.caller, filter, towards, 51).await?;
    let has_more = LINES < links.len();
    links.truncate(LINES);
    let acts = [("item.", "（信息的各种办理）"), ("account.", "（账号的各种办理）")];
    html(&List {
        frame: Frame::work(&app, &current),
        asked,
        organs,
        acts: acts.into_iter().chain(names::ACTS.iter().copied()).collect(),
        next: links.last().filter(|_| has_more).map(|link| link.sequence),
        rows: links.into_iter().map(row).collect(),
        problem,
    })
}

impl List {
    /// The address of the older page.
    fn older(&self, next: &i64) -> String {
        let fields = [
            ("organ", &self.asked.organ),
            ("actor", &self.asked.actor),
            ("act", &self.asked.act),
            ("thing", &self.asked.thing),
            ("from", &self.asked.from),
            ("until", &self.asked.until),
        ];
        let encoded = |text: &str| askama::filters::urlencode(text).map(|it| it.to_string());
        let pairs = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let pairs =
            pairs.map(|(key, value)| format!("{key}={}&", encoded(value).unwrap_or_default()));
        format!("/work/audit?{}before={next}", pairs.collect::<String>())
    }
}
