//! The statutory clock as a strip: every day with a word for what it is to the period of answer.

use gongkai_domain::clock::{ClockDay, ClockDayKind, Reckoning};
use gongkai_domain::request::Deadline;
use jiff::civil::{Date, Weekday};

/// A day of the strip as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct DayView {
    /// The day.
    pub on: Date,
    /// `3月4日 周二`.
    pub label: String,
    /// The word: 第 3 个工作日, 周末, 国庆节.
    pub word: String,
    /// The key of its colour.
    pub key: &'static str,
    /// 今天, 期限届满, where it is.
    pub mark: &'static str,
}

/// The strip, and what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Strip {
    /// Every day.
    pub days: Vec<DayView>,
    /// Where the clock stands, in a sentence.
    pub summary: String,
    /// The articles.
    pub basis: Vec<String>,
}

fn weekday(on: Date) -> &'static str {
    match on.weekday() {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

fn word(day: &ClockDay) -> (String, &'static str) {
    let counted = day.counted.map(|n| format!("第 {n} 个工作日"));
    match day.kind {
        ClockDayKind::Working => (counted.unwrap_or_else(|| "工作日，不计".to_owned()), "working"),
        ClockDayKind::Swapped => {
            (format!("调休上班，{}", counted.unwrap_or_else(|| "不计".to_owned())), "swapped")
        }
        ClockDayKind::Weekend => ("周末".to_owned(), "rest"),
        ClockDayKind::Holiday => (day.holiday.clone().unwrap_or_else(|| "放假".to_owned()), "rest"),
        ClockDayKind::Paused => ("暂停计算".to_owned(), "paused"),
    }
}

fn view(day: &ClockDay, due: Option<Date>, today: Date) -> DayView {
    let is_late = due.is_some_and(|due| due < day.date) && day.counted.is_none();
    let is_worked = matches!(day.kind, ClockDayKind::Working | ClockDayKind::Swapped);
    let (word, key) = match is_late && is_worked {
        true => ("已超期".to_owned(), "late"),
        false => word(day),
    };
    let mark = match (Some(day.date) == due, day.date == today) {
        (true, true) => "今天，期限届满",
        (true, false) => "期限届满",
        (false, true) => "今天",
        (false, false) => "",
    };
    let label = format!("{}月{}日 {}", day.date.month(), day.date.day(), weekday(day.date));
    DayView { on: day.date, label, word, key, mark }
}

fn summary(reckoning: &Reckoning, deadline: &Deadline) -> String {
    let mut parts = vec![reckoning.state.word().to_owned()];
    parts.extend(reckoning.pending.map(|pending| pending.word().to_owned()));
    match deadline.due {
        Some(due) if deadline.is_set => {
            parts.push(format!("应在 {due} 以前答复（已告知或者被责令的期限）"))
        }
        Some(due) => parts
            .push(format!("应在 {due} 以前答复，期限共 {} 个工作日", reckoning.limit_working_days)),
        None => parts.push("现在没有届满日".to_owned()),
    }
    if 0 < reckoning.overdue_working_days {
        parts.push(format!("已超期 {} 个工作日", reckoning.overdue_working_days));
    }
    if deadline.provisional {
        parts.push("暂定：涉及的年度放假安排还没有公布".to_owned());
    }
    parts.join("，")
}

/// The strip of a clock.
pub(super) fn strip(reckoning: &Reckoning, deadline: &Deadline, today: Date) -> Strip {
    let mut basis: Vec<String> = Vec::new();
    for reference in &reckoning.basis {
        let text = reference.to_string();
        if !basis.contains(&text) {
            basis.push(text);
        }
    }
    Strip {
        days: reckoning.days.iter().map(|day| view(day, deadline.due, today)).collect(),
        summary: summary(reckoning, deadline),
        basis,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: Date, kind: ClockDayKind, counted: Option<u16>) -> ClockDay {
        ClockDay { date, kind, counted, holiday: None }
    }

    #[test]
    fn every_day_says_what_it_is_and_a_worked_day_after_the_due_day_is_late() {
        let due = Date::constant(2025, 3, 3);
        let shown = |date, kind, counted| view(&day(date, kind, counted), Some(due), due).word;
        assert_eq!(shown(due, ClockDayKind::Working, Some(20)), "第 20 个工作日");
        assert_eq!(shown(Date::constant(2025, 3, 4), ClockDayKind::Working, None), "已超期");
        assert_eq!(shown(Date::constant(2025, 3, 8), ClockDayKind::Weekend, None), "周末");
        assert_eq!(shown(Date::constant(2025, 3, 1), ClockDayKind::Paused, None), "暂停计算");
        let mark = view(&day(due, ClockDayKind::Working, Some(20)), Some(due), due).mark;
        assert_eq!(mark, "今天，期限届满");
    }
}
