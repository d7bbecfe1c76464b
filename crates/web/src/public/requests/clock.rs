//! 期限计算器: the statutory clock for everybody to try, from the address alone and without scripts.

use super::received::{Client, too_often};
use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::site::Site;
use askama::Template;
use axum::extract::RawQuery;
use gongkai_app::requests::flood::{Doing, Standing};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::{
    Case, ClockDay, ClockDayKind, Event, EventKind, Reckoning, reckon, weekday,
};
use jiff::civil::Date;

/// How many events the form takes; whoever has more uses the interface.
const MOST_EVENTS: usize = 20;

/// An event as it was typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// The day.
    pub on: String,
    /// The name of the kind.
    pub event: String,
    /// The day a letter arrived.
    pub reached: String,
    /// Who is consulted.
    pub who: String,
}

/// A day of the strip as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Day {
    /// `3月4日`.
    pub label: String,
    /// `周二`.
    pub weekday: &'static str,
    /// What it is.
    pub words: String,
    /// Which working day of the period.
    pub counted: String,
    /// What happened.
    pub notes: Vec<String>,
    /// The class for its colour; the words say the same.
    pub class: &'static str,
    /// The column of the week, for the first day.
    pub column: i8,
}

/// What the clock answers, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// The due date, or why there is none.
    pub due: String,
    /// Where it stands.
    pub state: String,
    /// The years that are not laid down.
    pub provisional: String,
    /// How many working days.
    pub limit: u16,
    /// The articles.
    pub basis: String,
    /// Day by day.
    pub days: Vec<Day>,
}

#[derive(Template)]
#[template(path = "public/requests/clock.html")]
pub(super) struct Clock {
    pub frame: Frame,
    pub received: String,
    pub today: String,
    pub rows: Vec<Row>,
    pub kinds: &'static [EventKind],
    pub problem: Option<(String, &'static str, Option<String>)>,
    pub answered: Option<Answered>,
}

#[derive(Default)]
struct Typed {
    received: String,
    today: String,
    rows: Vec<Row>,
}

/// The fields in the order of the form: each `on` begins a row.
fn typed(query: &str) -> Typed {
    let mut typed = Typed::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).take(200) {
        let value: String = value.trim().chars().take(100).collect();
        if name == "on" {
            typed.rows.push(Row::default());
        }
        match (name.as_ref(), typed.rows.last_mut()) {
            ("received", _) => typed.received = value,
            ("today", _) => typed.today = value,
            ("on", Some(row)) => row.on = value,
            ("event", Some(row)) => row.event = value,
            ("reached", Some(row)) => row.reached = value,
            ("who", Some(row)) => row.who = value,
            _ => {}
        }
    }
    typed.rows.retain(|row| *row != Row::default());
    typed.rows.truncate(MOST_EVENTS);
    typed
}

fn day(text: &str, what: &str) -> Result<Option<Date>, String> {
    let wrong = || format!("{what}“{text}”不是日期，请写成 2025-03-04 这样的形式");
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| wrong()) }
}

fn case(typed: &Typed) -> Result<Case, String> {
    let received = day(&typed.received, "收到申请之日")?.ok_or("请填写收到申请之日")?;
    let mut events = Vec::new();
    for (row, number) in typed.rows.iter().zip(1..) {
        let Row { on, event, reached, who } = row;
        let kind = EventKind::named(event).ok_or(format!("请选择第 {number} 个事件是什么"))?;
        let on = day(on, &format!("第 {number} 个事件的日期"))?;
        let on = on.ok_or(format!("请填写第 {number} 个事件的日期"))?;
        let reached = day(reached, &format!("第 {number} 个事件的送达日期"))?;
        let reached = reached.filter(|_| kind.is_letter());
        let who = Some(who.clone()).filter(|who| !who.is_empty() && kind.names_someone());
        events.push(Event { on, kind, reached, who });
    }
    Ok(Case { received, events, today: day(&typed.today, "查看日期")? })
}

/// Shows the form, and the answer where a day of receipt was given.
pub async fn show(
    Site { app, frame }: Site,
    Client(origin): Client,
    RawQuery(query): RawQuery,
) -> Answer {
    let mut typed = typed(&query.unwrap_or_default());
    let is_asked = !typed.received.is_empty() || !typed.rows.is_empty();
    if is_asked && let Standing::Wait { seconds } = app.flood.count(&app, Doing::Read, &origin) {
        return Ok(too_often(seconds));
    }
    let (mut problem, mut answered) = (None, None);
    if is_asked {
        let hint = "日期可以从日历中选择，事件按先后填写。";
        match case(&typed) {
            Err(message) => problem = Some((message, hint, None)),
            Ok(case) => match reckon(Calendar::embedded(), &case) {
                Ok(reckoning) => answered = Some(answer(&case, &reckoning)),
                Err(refusal) => {
                    let article = refusal.basis().map(ToString::to_string);
                    problem = Some((refusal.to_string(), refusal.reason.hint(), article));
                }
            },
        }
    }
    let n_rows = (typed.rows.len() + 2).clamp(3, MOST_EVENTS);
    typed.rows.resize(n_rows, Row::default());
    let Typed { received, today, rows } = typed;
    html(&Clock { frame, received, today, rows, kinds: &EventKind::ALL, problem, answered })
}

pub(super) fn answer(case: &Case, reckoning: &Reckoning) -> Answered {
    let years = reckoning.provisional_years(Calendar::embedded());
    Answered {
        due: reckoning.due_words(),
        state: reckoning.state_words(),
        provisional: if reckoning.provisional { years } else { String::new() },
        limit: reckoning.limit_working_days,
        basis: reckoning.basis_words(),
        days: reckoning.days.iter().map(|day| shown(case, reckoning.due, day)).collect(),
    }
}

fn shown(case: &Case, due: Option<Date>, day: &ClockDay) -> Day {
    let mut notes = case.happened(day.date);
    let is_due = due == Some(day.date);
    if is_due {
        notes.push("最迟答复日".to_owned());
    }
    let class = match day.kind {
        _ if is_due => "due",
        ClockDayKind::Working | ClockDayKind::Swapped => "worked",
        ClockDayKind::Weekend | ClockDayKind::Holiday => "off",
        ClockDayKind::Paused => "paused",
    };
    Day {
        label: format!("{}月{}日", day.date.month(), day.date.day()),
        weekday: weekday(day.date),
        words: day.words(),
        counted: day.counted.map(|number| format!("第 {number} 日")).unwrap_or_default(),
        notes,
        class,
        column: day.date.weekday().to_monday_one_offset(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_in_their_order_and_empty_ones_left_out() {
        let query = "received=2025-03-03&on=&event=&reached=&who=&on=2025-03-10&\
            event=third_party_asked&reached=2025-03-12&who=&on=2025-03-28&event=third_party_answered";
        let case = case(&typed(query)).unwrap();
        assert_eq!(case.events.len(), 2);
        let reckoning = reckon(Calendar::embedded(), &case).unwrap();
        assert!(answer(&case, &reckoning).due.starts_with("2025-04-21"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (query, said) in [
            ("on=2025-03-10", "请填写收到申请之日"),
            ("received=x", "收到申请之日“x”不是日期"),
            ("received=2025-03-03&on=2025-03-04&event=", "请选择第 1 个事件"),
            ("received=2025-03-03&on=&event=extended", "请填写第 1 个事件的日期"),
        ] {
            let problem = case(&typed(query)).unwrap_err();
            assert!(problem.contains(said), "{query}: {problem}");
        }
    }
}
