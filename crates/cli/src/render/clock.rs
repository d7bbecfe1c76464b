//! The answer of the clock for people: the due date first, then the strip day by day.

use super::tame;
use comfy_table::{CellAlignment, Table as Grid, presets};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::{Case, ClockDay, ClockDayKind, Event, Reckoning, State};
use gongkai_domain::law::Reference;
use jiff::civil::{Date, Weekday};

/// Draws the answer.
pub fn draw(calendar: &Calendar, case: &Case, answer: &Reckoning) -> String {
    let mut text = format!("最迟答复日：{}\n", due_words(answer));
    text.push_str(&format!("状态：{}\n", state_words(answer)));
    if answer.provisional {
        text.push_str(&provisional_words(calendar, answer));
    }
    let days = answer.limit_working_days;
    text.push_str(&format!("期限：{days} 个工作日，自收到申请（补正、缴费）的次日起数\n"));
    text.push_str(&format!("依据：{}\n\n", basis_words(&answer.basis)));
    text.push_str(&strip(case, answer));
    text
}

fn due_words(answer: &Reckoning) -> String {
    match (answer.due, answer.pending) {
        (Some(due), _) => {
            let note = if answer.provisional { "，暂定" } else { "" };
            format!("{due}（{}{note}）", weekday(due))
        }
        (None, Some(pending)) if answer.state == State::Waiting => {
            format!("暂无（{}，收到后重新起算）", pending.word())
        }
        (None, Some(_)) => "暂无（征求意见书何时送达没有写，暂停到哪天还不知道）".to_owned(),
        (None, None) => "无（答复时期限没有在计算）".to_owned(),
    }
}

fn state_words(answer: &Reckoning) -> String {
    let word = match (answer.state, answer.pending) {
        (State::Waiting, Some(pending)) => pending.word().to_owned(),
        (state, Some(pending)) => format!("{}（{}）", state.word(), pending.word()),
        (state, None) => state.word().to_owned(),
    };
    let late = match (answer.overdue, answer.state) {
        (false, _) => String::new(),
        (true, State::Closed) => format!("，逾期 {} 个工作日", answer.overdue_working_days),
        (true, _) => format!("，已逾期 {} 个工作日", answer.overdue_working_days),
    };
    format!("{word}{late}，截至 {}", answer.as_of)
}

/// The articles, an instrument named once for those that follow each other.
fn basis_words(basis: &[Reference]) -> String {
    let mut words = String::new();
    let mut instrument = "";
    for each in basis {
        if each.instrument == instrument {
            words.push_str(&format!("、{}", each.article));
        } else {
            let between = if words.is_empty() { "" } else { "；" };
            words.push_str(&format!("{between}{each}"));
        }
        instrument = &each.instrument;
    }
    words
}

fn provisional_words(calendar: &Calendar, answer: &Reckoning) -> String {
    let mut years: Vec<String> = Vec::new();
    for day in &answer.days {
        let year = day.date.year().to_string();
        if !calendar.is_laid_down(day.date.year()) && !years.contains(&year) {
            years.push(year);
        }
    }
    format!(
        "暂定：{} 年的放假安排没有载入，暂按周一至周五上班推算；载入后请重算\n",
        years.join("、")
    )
}

fn strip(case: &Case, answer: &Reckoning) -> String {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING);
    grid.set_header(["日期", "星期", "情况", "第几日", "事件"]);
    let received = case.received;
    let first = [vec!["收到申请".to_owned()], happened(case, received)].concat();
    grid.add_row([
        received.to_string(),
        weekday(received).to_owned(),
        String::new(),
        String::new(),
        first.join("；"),
    ]);
    for day in &answer.days {
        let mut words = happened(case, day.date);
        if answer.due == Some(day.date) {
            words.push("最迟答复日".to_owned());
        }
        grid.add_row([
            day.date.to_string(),
            weekday(day.date).to_owned(),
            day_words(day),
            day.counted.map(|counted| counted.to_string()).unwrap_or_default(),
            words.join("；"),
        ]);
    }
    if let Some(column) = grid.column_mut(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{}\n", grid.trim_fmt())
}

fn day_words(day: &ClockDay) -> String {
    match day.kind {
        ClockDayKind::Working => "工作日".to_owned(),
        ClockDayKind::Weekend => "周末".to_owned(),
        ClockDayKind::Holiday => {
            format!("{}放假", day.holiday.as_deref().unwrap_or_default())
        }
        ClockDayKind::Swapped => "调休上班".to_owned(),
        ClockDayKind::Paused => "暂停".to_owned(),
    }
}

/// What happened on a day, and which letters arrived.
fn happened(case: &Case, day: Date) -> Vec<String> {
    let who = |event: &Event| {
        let who = event.who.as_deref();
        who.map(|who| format!("（{}）", tame(who))).unwrap_or_default()
    };
    let acts = case.events.iter().filter(|event| event.on == day);
    let acts = acts.map(|event| format!("{}{}", event.kind.word(), who(event)));
    let arrived = case.events.iter().filter(|event| event.reached == Some(day));
    acts.chain(arrived.map(|event| format!("征求意见书送达{}", who(event)))).collect()
}

fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}
