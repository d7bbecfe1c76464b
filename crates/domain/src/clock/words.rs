//! The answer of the clock in words for people, the same on pages and in the command; nothing is reckoned.

use super::{Case, ClockDay, ClockDayKind, Event, Reckoning, State};
use crate::calendar::Calendar;
use jiff::civil::{Date, Weekday};

impl Reckoning {
    /// The due date with its weekday, or why there is none.
    pub fn due_words(&self) -> String {
        match (self.due, self.pending) {
            (Some(due), _) => {
                let note = if self.provisional { "，暂定" } else { "" };
                format!("{due}（{}{note}）", weekday(due))
            }
            (None, Some(pending)) if self.state == State::Waiting => {
                format!("暂无（{}，收到后重新起算）", pending.word())
            }
            (None, Some(_)) => "暂无（征求意见书何时送达没有写，暂停到哪天还不知道）".to_owned(),
            (None, None) => "无（答复时期限没有在计算）".to_owned(),
        }
    }

    /// Where it stands on the day it is looked at, and how late it is.
    pub fn state_words(&self) -> String {
        let word = match (self.state, self.pending) {
            (State::Waiting, Some(pending)) => pending.word().to_owned(),
            (state, Some(pending)) => format!("{}（{}）", state.word(), pending.word()),
            (state, None) => state.word().to_owned(),
        };
        let late = match (self.overdue, self.state) {
            (false, _) => String::new(),
            (true, State::Closed) => format!("，逾期 {} 个工作日", self.overdue_working_days),
            (true, _) => format!("，已逾期 {} 个工作日", self.overdue_working_days),
        };
        format!("{word}{late}，截至 {}", self.as_of)
    }

    /// The articles, an instrument named once for those that follow each other.
    pub fn basis_words(&self) -> String {
        let mut words = String::new();
        let mut instrument = "";
        for each in &self.basis {
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

    /// The years of the strip whose calendar is not laid down yet: `下一年、再下一年`.
    pub fn provisional_years(&self, calendar: &Calendar) -> String {
        let mut years: Vec<String> = Vec::new();
        for day in &self.days {
            let year = day.date.year().to_string();
            if !calendar.is_laid_down(day.date.year()) && !years.contains(&year) {
                years.push(year);
            }
        }
        years.join("、")
    }
}

impl Case {
    /// What happened on a day, and which letters arrived.
    pub fn happened(&self, day: Date) -> Vec<String> {
        let who = |event: &Event| {
            let who = event.who.as_deref();
            who.map(|who| format!("（{who}）")).unwrap_or_default()
        };
        let acts = self.events.iter().filter(|event| event.on == day);
        let acts = acts.map(|event| format!("{}{}", event.kind.word(), who(event)));
        let arrived = self.events.iter().filter(|event| event.reached == Some(day));
        acts.chain(arrived.map(|event| format!("征求意见书送达{}", who(event)))).collect()
    }
}

impl ClockDay {
    /// What the day is.
    pub fn words(&self) -> String {
        match self.kind {
            ClockDayKind::Working => "工作日".to_owned(),
            ClockDayKind::Weekend => "周末".to_owned(),
            ClockDayKind::Holiday => {
                format!("{}放假", self.holiday.as_deref().unwrap_or_default())
            }
            ClockDayKind::Swapped => "调休上班".to_owned(),
            ClockDayKind::Paused => "暂停".to_owned(),
        }
    }
}

/// `周一`.
pub fn weekday(day: Date) -> &'static str {
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
