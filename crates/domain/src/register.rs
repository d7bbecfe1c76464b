//! One record of the registers that table two is compiled from: permits, penalties, coercion, charges,
//! procurement, and the matters of the 2019 form. Read from what people type; kept nowhere here.

pub mod token;

use crate::form::{TableKind, forms};
use crate::report::cell::{ActFact, FactError, ItemFact};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// 元 in 万元.
const TEN_THOUSAND: i64 = 10_000;
/// More than this, in characters, is no number or title any more.
const LONGEST: usize = 200;

/// What a record is: something that was done on a day, or a matter that stands from a day on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// 处理决定、收费、采购.
    Act,
    /// 事项: counted by the 2019 form.
    Matter,
}

impl RecordKind {
    /// Both, in the order of lists.
    pub const ALL: [Self; 2] = [Self::Act, Self::Matter];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Act => "决定、收费、采购",
            Self::Matter => "事项",
        }
    }

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Matter => "matter",
        }
    }

    /// The kind with this key or name.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|each| each.key() == text || each.name() == text)
    }
}

/// A row of table two that registers feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its key in the forms.
    pub key: &'static str,
    /// Its words in the newest form that has it.
    pub name: &'static str,
}

/// The rows of table two that registers feed; documents come from what is published.
pub fn lines() -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for form in forms().iter().rev() {
        for row in &form.table(TableKind::Proactive).rows {
            let is_document = ["rule", "normative_document"].contains(&row.key.as_str());
            if !is_document && lines.iter().all(|line| line.key != row.key) {
                lines.push(Line { key: &row.key, name: &row.label });
            }
        }
    }
    lines
}

/// The row of a key or of the words people use for it.
pub fn line_of(text: &str) -> Option<Line> {
    let text = text.trim();
    let known = lines().into_iter().find(|line| line.key == text || line.name == text);
    known.or_else(|| {
        let tables = forms().iter().map(|form| form.table(TableKind::Proactive));
        let mut rows = tables.flat_map(|table| &table.rows);
        let row = rows.find(|row| row.label == text || row.variants.iter().any(|v| v == text))?;
        lines().into_iter().find(|line| line.key == row.key)
    })
}

/// One record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// The row of table two.
    pub line: String,
    /// Its number: 决定书文号.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// The day it was done, or from which it stands.
    pub on: Date,
    /// The day a matter was removed.
    pub until: Option<Date>,
    /// The amount in 元; zero where there is none.
    pub amount: Decimal,
}

/// A record as people type it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Typed {
    /// 类别.
    pub line: String,
    /// 文号.
    pub number: String,
    /// 名称.
    pub title: String,
    /// 日期.
    pub on: String,
    /// 取消日期, of a matter.
    pub until: String,
    /// 金额, in 元 where no unit stands there.
    pub amount: String,
}

/// What is wrong with one field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordFault {
    /// The name of the field: `line`, `on`, `amount` …
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

fn fault(field: &'static str, message: impl Into<String>) -> RecordFault {
    RecordFault { field, message: message.into() }
}

impl Record {
    /// Reads a typed record.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn read(kind: RecordKind, typed: &Typed, today: Date) -> Result<Self, Vec<RecordFault>> {
        let mut faults = Vec::new();
        let line = line_of(&typed.line);
        if line.is_none() {
            let names: Vec<&str> = lines().iter().map(|line| line.name).collect();
            let message = format!("没有“{}”这一类别，可填：{}", typed.line, names.join("、"));
            faults.push(fault("line", message));
        }
        let on = day("on", &typed.on).map_err(|wrong| faults.push(wrong)).ok();
        if on.is_some_and(|on| today < on) {
            faults.push(fault("on", format!("日期“{}”还没有到", typed.on.trim())));
        }
        let until = match typed.until.trim() {
            "" => None,
            text => day("until", text).map_err(|wrong| faults.push(wrong)).ok(),
        };
        if kind == RecordKind::Act && until.is_some() {
            faults.push(fault("until", "只有事项可以填写取消日期"));
        }
        let amount = amount(&typed.amount).map_err(|wrong| faults.push(wrong)).unwrap_or_default();
        for (field, text) in [("number", &typed.number), ("title", &typed.title)] {
            if LONGEST < text.chars().count() {
                faults.push(fault(field, format!("文号、名称最多 {LONGEST} 个字")));
            }
            if text.trim().chars().any(char::is_control) {
                faults.push(fault(field, "文号、名称里有换行等不能保存的字符，请删去"));
            }
        }
        let (Some(line), Some(on), true) = (line, on, faults.is_empty()) else {
            return Err(faults);
        };
        let record = Self {
            kind,
            line: line.key.to_owned(),
            number: typed.number.trim().to_owned(),
            title: typed.title.trim().to_owned(),
            on,
            until,
            amount,
        };
        record.possible()
    }

    /// Asks the facts of the report, whose rules stand there.
    fn possible(self) -> Result<Self, Vec<RecordFault>> {
        let known = match self.kind {
            RecordKind::Act => self.act("").map(|_| ()),
            RecordKind::Matter => self.matter("").map(|_| ()),
        };
        match known {
            Ok(()) => Ok(self),
            Err(FactError::EndsBeforeItBegins { .. }) => {
                Err(vec![fault("until", "取消日期早于设立日期")])
            }
            Err(FactError::Negative { .. }) => Err(vec![fault("amount", "金额不能小于零")]),
            Err(other) => Err(vec![fault("line", other.to_string())]),
        }
    }

    /// As an act that the report counts.
    ///
    /// # Errors
    /// When it can be none.
    pub fn act(&self, id: &str) -> Result<ActFact, FactError> {
        ActFact::new(id, self.line.clone(), self.on, self.amount)
    }

    /// As a matter that the report counts.
    ///
    /// # Errors
    /// When it can be none.
    pub fn matter(&self, id: &str) -> Result<ItemFact, FactError> {
        ItemFact::new(id, self.line.clone(), self.on, self.until)
    }

    /// The years whose reports it bears on: its own, and of a matter all until it is removed.
    pub fn touches(&self, year: i16) -> bool {
        match self.kind {
            RecordKind::Act => self.on.year() == year,
            RecordKind::Matter => {
                self.on.year() <= year && self.until.is_none_or(|until| year <= until.year())
            }
        }
    }
}

/// A day as it stands in registers: `2024-03-01`, `2024/3/1`, `2024.3.1`, `2024年3月1日`.
fn day(field: &'static str, text: &str) -> Result<Date, RecordFault> {
    let wrong = || fault(field, format!("日期“{}”看不懂，请写成“年-月-日”", text.trim()));
    let text = text.trim().split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> =
        text.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts[..] else { return Err(wrong()) };
    let date = Date::new(
        year.parse().map_err(|_| wrong())?,
        month.parse().map_err(|_| wrong())?,
        day.parse().map_err(|_| wrong())?,
    );
    date.ok().filter(|date| 1949 <= date.year()).ok_or_else(wrong)
}

/// An amount in 元, exact: `1,380.50`, `380元`, `1.2万元`; nothing is zero.
fn amount(text: &str) -> Result<Decimal, RecordFault> {
    let clean: String =
        text.chars().filter(|c| !c.is_whitespace() && !",，".contains(*c)).collect();
    if clean.is_empty() {
        return Ok(Decimal::ZERO);
    }
    let (number, factor) = match clean.strip_suffix("万元").or_else(|| clean.strip_suffix('万'))
    {
        Some(number) => (number, Decimal::from(TEN_THOUSAND)),
        None => (clean.trim_end_matches('元'), Decimal::ONE),
    };
    let wrong = || fault("amount", format!("金额“{}”不是数字，请以元为单位填写", text.trim()));
    let number: Decimal = number.parse().map_err(|_| wrong())?;
    let amount = number.checked_mul(factor).ok_or_else(wrong)?.normalize();
    if amount < Decimal::ZERO {
        return Err(fault("amount", "金额不能小于零"));
    }
    Ok(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2024, 6, 1);

    fn typed(line: &str, on: &str, amount: &str) -> Typed {
        Typed {
            line: line.to_owned(),
            on: on.to_owned(),
            amount: amount.to_owned(),
            ..Typed::default()
        }
    }

    fn read(line: &str, on: &str, amount: &str) -> Result<Record, Vec<RecordFault>> {
        Record::read(RecordKind::Act, &typed(line, on, amount), TODAY)
    }

    #[test]
    fn days_and_amounts_are_read_as_people_write_them() {
        for day in ["2024-03-01", "2024/3/1", "2024.3.1", "2024年3月1日", " 2024-03-01 00:00:00"]
        {
            assert_eq!(read("permit", day, "").unwrap().on, Date::constant(2024, 3, 1), "{day}");
        }
        let yuan = |text| read("fee", "2024-3-1", text).unwrap().amount.to_string();
        assert_eq!(yuan("1,380.50"), "1380.5");
        assert_eq!(yuan("380元"), "380");
        assert_eq!(yuan("0.00011万元"), "1.1");
        assert_eq!(yuan(""), "0");
    }

    #[test]
    fn a_line_goes_by_its_key_and_by_its_words() {
        for line in lines() {
            assert_eq!(line_of(line.key), Some(line));
            assert_eq!(line_of(line.name), Some(line));
        }
        assert_eq!(line_of("行政处罚").map(|line| line.key), Some("penalty"));
        assert_eq!(line_of("规章"), None);
    }

    #[test]
    fn every_fault_is_told_with_its_field() {
        let faults = read("罚款", "三月", "许多").unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["line", "on", "amount"]);
        for (on, amount, field) in
            [("2024-06-02", "", "on"), ("2024-1-1", "-1", "amount"), ("24-1-1", "", "on")]
        {
            assert_eq!(read("fee", on, amount).unwrap_err()[0].field, field, "{on} {amount}");
        }
    }

    #[test]
    fn a_matter_bears_on_every_year_it_stands() {
        let typed = Typed { until: "2023-05-01".to_owned(), ..typed("permit", "2021-1-1", "") };
        let matter = Record::read(RecordKind::Matter, &typed, TODAY).unwrap();
        let years: Vec<i16> = (2019..2026).filter(|year| matter.touches(*year)).collect();
        assert_eq!(years, [2021, 2022, 2023]);
        let turned = Typed { until: "2020-05-01".to_owned(), ..typed };
        assert!(Record::read(RecordKind::Matter, &turned, TODAY).is_err());
    }
}
