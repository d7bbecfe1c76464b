//! The answer of the clock for people: the due date first, then the strip day by day.

use super::tame;
use comfy_table::{CellAlignment, Table as Grid, presets};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::{Case, Reckoning, weekday};
use jiff::civil::Date;

/// Draws the answer.
pub fn draw(calendar: &Calendar, case: &Case, answer: &Reckoning) -> String {
    let mut text = format!("最迟答复日：{}\n", answer.due_words());
    text.push_str(&format!("状态：{}\n", answer.state_words()));
    if answer.provisional {
        let years = answer.provisional_years(calendar);
        text.push_str(&format!(
            "暂定：{years} 年的放假安排没有载入，暂按周一至周五上班推算；载入后请重算\n"
        ));
    }
    let days = answer.limit_working_days;
    text.push_str(&format!("期限：{days} 个工作日，自收到申请（补正、缴费）的次日起数\n"));
    text.push_str(&format!("依据：{}\n\n", answer.basis_words()));
    text.push_str(&strip(case, answer));
    text
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
            day.words(),
            day.counted.map(|counted| counted.to_string()).unwrap_or_default(),
            words.join("；"),
        ]);
    }
    if let Some(column) = grid.column_mut(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{}\n", grid.trim_fmt())
}

/// What happened on a day, with nothing in it that a terminal would obey.
fn happened(case: &Case, day: Date) -> Vec<String> {
    case.happened(day).iter().map(|words| tame(words)).collect()
}
