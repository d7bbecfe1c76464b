//! Fills the cells of tables two and three from the rows that were found.

use super::found::{Found, HeaderCell, RowRecord, Slot};
use super::glue::{GluedRow, Split, split_rows};
use super::labels::Target;
use super::place::{Arranged, Shape, arrange, digits, reference, shapes};
use super::rows::Origin;
use super::value::{CellValue, Money, Number};
use gongkai_domain::figure::{CellKey, Certainty, Place, Reading};
use gongkai_domain::finding::{Finding, Verdict};
use gongkai_domain::form::{Column, Table, TableKind};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What the rows of one table came to.
#[derive(Debug, Default)]
pub struct Filled {
    /// One reading a cell of the form, in its order.
    pub readings: Vec<Reading>,
    /// Remarks.
    pub findings: Vec<Finding>,
}

/// A row on its way: its cells, or why there are none.
enum Line {
    Read(Vec<Reading>),
    Glued(Vec<Slot>, Place),
    Absent,
}

/// Reads one table in one form.
pub fn fill(found: &Found, table: &Table, year: Option<i16>) -> Filled {
    let foreign = foreign_from(found, table.kind);
    let shapes = shapes(found, table);
    let mut lines: Vec<Line> =
        (0..table.rows.len()).map(|row| line(found, &shapes, table, row, year, foreign)).collect();
    split_glued(table, &mut lines);
    doubt_total_first(table, &mut lines);
    if found.values_first.contains(&table.kind) {
        doubt(&mut lines, "数字在项目名称之前，哪个数属于哪一项不能确定");
    }
    let mut filled = Filled::default();
    for (row, line) in lines.into_iter().enumerate() {
        match line {
            Line::Read(readings) => filled.readings.extend(readings),
            Line::Glued(..) | Line::Absent => filled.readings.extend(absent(table, row)),
        }
    }
    filled
}

/// The cells of a row of the form that was not found, or has no value.
fn absent(table: &Table, row: usize) -> impl Iterator<Item = Reading> + '_ {
    table.cells[row].iter().map(|cell| not_there(*cell))
}

/// A cell that stands nowhere in the document.
pub fn not_there(cell: CellKey) -> Reading {
    Reading {
        cell,
        text: String::new(),
        value: None,
        place: Place::default(),
        certainty: Certainty::Lost,
        reason: Some("文件中没有这一格的数".to_owned()),
    }
}

/// One row of the form, from every record of it; records that contradict each other are doubtful.
fn line(
    found: &Found,
    shapes: &[Shape],
    table: &Table,
    row: usize,
    year: Option<i16>,
    foreign: Option<usize>,
) -> Line {
    let columns = table.columns(row);
    let records = found.rows.iter().enumerate().filter(|(_, record)| {
        record.table == table.kind && record.row == table.rows[row].key && !record.slots.is_empty()
    });
    // Rows before the header are a list in the prose, where the table itself follows.
    let header = found.headers.iter().find(|header| header.target.table() == table.kind);
    let begins = header.map_or(0, |header| header.before);
    let behind = records.clone().any(|(index, _)| begins <= index);
    let mut result = Line::Absent;
    for (index, record) in records.filter(|(index, _)| begins <= *index || !behind) {
        let reference = reference(record, index, found, shapes, table, year);
        let foreign = foreign.is_some_and(|begins| begins <= index);
        let next = match arrange(&record.slots, record.origin, columns.len(), &reference) {
            Arranged::Placed(slots) => {
                let unit = header_money(found, record, index, columns);
                let readings = readings(&table.cells[row], columns, &slots, unit);
                match is_shifted(columns, &readings, &slots, record.origin) {
                    true => Line::Read(taken_back(readings, SHIFTED)),
                    false => Line::Read(readings),
                }
            }
            Arranged::Glued(runs) => Line::Glued(runs, record.place),
            Arranged::Unclear(why) => Line::Read(unclear(&table.cells[row], record, &why)),
            Arranged::Empty => continue,
        };
        let next = match next {
            Line::Read(readings) if foreign && matches!(result, Line::Absent) => {
                Line::Read(taken_back(readings, FOREIGN))
            }
            next => next,
        };
        result = match (result, next) {
            (Line::Absent, next) => next,
            (Line::Read(first), Line::Read(second)) => Line::Read(merged(first, second)),
            (first, Line::Glued(..)) => first,
            (Line::Glued(..), next) => next,
            (first, Line::Absent) => first,
        };
    }
    result
}

/// The unit of money that the header over the record names, or that the form lays down for it.
/// Where no header stands over the amount, it might be in another unit.
fn header_money(
    found: &Found,
    record: &RowRecord,
    index: usize,
    columns: &[Column],
) -> Option<Money> {
    let is_amount = |header: &&HeaderCell| matches!(header.target, Target::Column(table, "amount") if table == record.table);
    let header =
        found.headers.iter().rev().filter(|header| header.before <= index).find(is_amount)?;
    let laid_down = || columns.iter().find_map(|column| Money::in_header(&column.label));
    Money::in_header(&header.text).or_else(laid_down)
}

fn unclear(cells: &[CellKey], record: &RowRecord, why: &str) -> Vec<Reading> {
    let texts: Vec<&str> = record.slots.iter().map(|slot| slot.raw.trim()).collect();
    let place = record.slots.iter().find(|slot| slot.value != CellValue::Blank);
    cells
        .iter()
        .map(|cell| Reading {
            cell: *cell,
            text: texts.join(" ").trim().to_owned(),
            value: None,
            place: place.map_or(record.place, |slot| slot.place),
            certainty: Certainty::Uncertain,
            reason: Some(why.to_owned()),
        })
        .collect()
}

fn readings(
    cells: &[CellKey],
    columns: &[Column],
    slots: &[Option<Slot>],
    unit: Option<Money>,
) -> Vec<Reading> {
    let each = cells.iter().zip(columns).zip(slots);
    each.map(|((cell, column), slot)| match slot {
        Some(slot) => reading(*cell, column, slot, unit),
        None => Reading {
            cell: *cell,
            text: String::new(),
            value: None,
            place: Place::default(),
            certainty: Certainty::Lost,
            reason: Some("本行没有这一格".to_owned()),
        },
    })
    .collect()
}

/// One cell: a blank stays unknown, a number takes the unit of its column.
pub fn reading(cell: CellKey, column: &Column, slot: &Slot, unit: Option<Money>) -> Reading {
    let (value, certainty, reason) = match &slot.value {
        CellValue::Blank => (None, Certainty::Lost, Some("此格空白，不等于 0".to_owned())),
        CellValue::Sign => {
            (None, Certainty::Lost, Some(format!("此格写“{}”，不等于 0", slot.raw.trim())))
        }
        CellValue::Doubtful => {
            (None, Certainty::Uncertain, Some(format!("“{}”不是一个明确的数", slot.raw.trim())))
        }
        CellValue::Number(number) => judge(number, column, &slot.raw, unit),
    };
    Reading { cell, text: slot.raw.to_string(), value, place: slot.place, certainty, reason }
}

fn judge(
    number: &Number,
    column: &Column,
    raw: &str,
    unit: Option<Money>,
) -> (Option<Decimal>, Certainty, Option<String>) {
    if column.unit == "万元" {
        return money(number, raw, unit, column);
    }
    if number.money.is_some() {
        return (
            None,
            Certainty::Uncertain,
            Some(format!("此列计{}，格中写的是金额", column.unit)),
        );
    }
    if number.signed && !column.signed {
        return (None, Certainty::Uncertain, Some("此列不应有增减号".to_owned()));
    }
    if !number.value.fract().is_zero() {
        let why = format!("此列计{}，不应有小数，也可能是千分点", column.unit);
        return (None, Certainty::Uncertain, Some(why));
    }
    (Some(number.value), Certainty::Sure, None)
}

/// An amount in 万元, whatever unit the paper used.
fn money(
    number: &Number,
    raw: &str,
    unit: Option<Money>,
    column: &Column,
) -> (Option<Decimal>, Certainty, Option<String>) {
    let written = match number.money {
        None if raw.trim_end().ends_with('万') => {
            return (Some(number.value / Decimal::from(10_000)), Certainty::Sure, None);
        }
        written => written,
    };
    let laid_down = Money::in_header(&column.label);
    let header = unit;
    match (written, header) {
        (None, None) if number.value.is_zero() => (Some(number.value), Certainty::Sure, None),
        (None, None) if laid_down.is_some() => {
            let why = format!("收费金额的表头没有读到，“{}”的单位不能确定", raw.trim());
            (None, Certainty::Uncertain, Some(why))
        }
        (None, None) => (
            Some(number.value),
            Certainty::Uncertain,
            Some("表中没有写明单位，按万元读".to_owned()),
        ),
        (None, Some(header)) => {
            (Some(header.in_ten_thousands(number.value)), Certainty::Sure, None)
        }
        (Some(written), Some(header)) if written != header => (
            Some(written.in_ten_thousands(number.value)),
            Certainty::Uncertain,
            Some(format!("格中写“{}”，表头单位是{}，按格中单位折算", raw.trim(), header.name())),
        ),
        (Some(written), _) => (Some(written.in_ten_thousands(number.value)), Certainty::Sure, None),
    }
}

/// Two records of one row: equal cells stay, others become doubtful.
pub fn merged(first: Vec<Reading>, second: Vec<Reading>) -> Vec<Reading> {
    first
        .into_iter()
        .zip(second)
        .map(|(one, other)| match (one.value, other.value) {
            (Some(left), Some(right)) if left == right => one,
            (Some(left), Some(right)) => Reading {
                text: format!("{} / {}", one.text, other.text),
                value: None,
                certainty: Certainty::Uncertain,
                reason: Some(format!("同一格出现两次，一处为 {left}，一处为 {right}")),
                ..one
            },
            (None, Some(right)) if one.certainty == Certainty::Lost => Reading {
                certainty: Certainty::Uncertain,
                reason: Some(format!("同一格出现两次，一处没有数，一处为 {right}")),
                ..one
            },
            _ => one,
        })
        .collect()
}

/// Rows that add up only if their first figure is the total: the paper has another order of columns
/// than the form, and nothing in its header says which.
fn doubt_total_first(table: &Table, lines: &mut [Line]) {
    let values = |line: &Line| -> Option<Vec<Decimal>> {
        let Line::Read(readings) = line else { return None };
        readings.iter().map(|reading| reading.value).collect()
    };
    let Some(total) = table.blocks[0].columns.iter().position(|column| column.key == "total")
    else {
        return;
    };
    let adds_up = |values: &[Decimal], at: usize| {
        let sum: Decimal = values.iter().sum();
        values.get(at).is_some_and(|value| !value.is_zero() && sum == *value + *value)
    };
    let of =
        |at: usize| lines.iter().filter_map(values).filter(|values| adds_up(values, at)).count();
    let (by_first, by_total) = (of(0), of(total));
    if by_total < by_first {
        doubt(lines, "各行只有以第一列为总计才合计得上，列的次序不能确定");
    }
}

/// Takes back every value of a table.
fn doubt(lines: &mut [Line], why: &str) {
    for line in lines.iter_mut() {
        if let Line::Read(readings) = line {
            *readings = taken_back(std::mem::take(readings), why);
        }
    }
}

/// The readings without their values, which are not what they seemed.
pub fn taken_back(readings: Vec<Reading>, why: &str) -> Vec<Reading> {
    let back = |reading: Reading| match reading.value {
        None => reading,
        Some(_) => Reading {
            value: None,
            certainty: Certainty::Uncertain,
            reason: Some(why.to_owned()),
            ..reading
        },
    };
    readings.into_iter().map(back).collect()
}

/// Why figures behind a second, different table are not taken.
pub const FOREIGN: &str = "文件中还有另一年度或另一机关的同类表格，这一格属于哪一份不能确定";

/// The first record of a second table of the same kind: rows that occur again with other figures.
pub fn foreign_from(found: &Found, table: TableKind) -> Option<usize> {
    const FEWEST: usize = 2;
    let filled = |record: &RowRecord| -> Vec<CellValue> {
        let slots = record.slots.iter().filter(|slot| !slot.value.is_blank());
        slots.map(|slot| slot.value.clone()).collect()
    };
    let mut first: HashMap<&str, Vec<CellValue>> = HashMap::new();
    let mut others = Vec::new();
    for (index, record) in found.rows.iter().enumerate().filter(|(_, each)| each.table == table) {
        let values = filled(record);
        match first.get(record.row) {
            Some(known) if !values.is_empty() && *known != values => others.push(index),
            Some(_) => {}
            None if values.is_empty() => {}
            None => {
                first.insert(record.row, values);
            }
        }
    }
    others.first().copied().filter(|_| FEWEST <= others.len())
}

/// Why the figures of a row are not taken whose total stands elsewhere.
const SHIFTED: &str = "本行少一格，总计落在别的列";

/// A row without a total whose last figure is no smaller than the sum or than any of the others:
/// a cell was lost, and the total has slid to the left. Not where the total has a cell of its own
/// that says it is not known: a sign for nothing, or a blank cell of a table of real cells.
fn is_shifted(
    columns: &[Column],
    readings: &[Reading],
    slots: &[Option<Slot>],
    origin: Origin,
) -> bool {
    let Some(total) = columns.iter().position(|column| column.key == "total") else { return false };
    match slots.get(total).and_then(Option::as_ref).map(|slot| &slot.value) {
        Some(CellValue::Sign) => return false,
        // Rows that were filled up to the width of their table have had their last blanks taken off.
        Some(CellValue::Blank) if origin == Origin::Grid => return false,
        _ => {}
    }
    let values: Vec<Decimal> = readings.iter().filter_map(|reading| reading.value).collect();
    let Some((last, others)) = values.split_last() else { return false };
    let sum: Decimal = others.iter().sum();
    let beside = total.checked_sub(1).and_then(|before| readings[before].value).is_some();
    readings[total].value.is_none()
        && !last.is_zero()
        && 1 < others.len()
        && (sum == *last || (beside && others.iter().all(|each| each <= last)))
}

/// Splits the rows whose digits are run together, with the help of the rows that are not.
fn split_glued(table: &Table, lines: &mut [Line]) {
    let mut glued = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        if let Line::Glued(slots, _) = line {
            let runs = slots.iter().filter_map(digits).collect();
            glued.push(GluedRow { row, runs });
        }
    }
    if glued.is_empty() {
        return;
    }
    let known = |row: usize, column: usize| match lines.get(row) {
        Some(Line::Read(readings)) => readings.get(column).and_then(|reading| reading.value),
        _ => None,
    };
    let splits = split_rows(table, &glued, &known);
    for (each, split) in glued.iter().zip(splits) {
        let Line::Glued(slots, place) = &lines[each.row] else { continue };
        let place = slots.first().map_or(*place, |slot| slot.place);
        let text = each.runs.join(" ");
        lines[each.row] = Line::Read(split_readings(&table.cells[each.row], &text, place, split));
    }
}

/// The readings of a row (or of table four) after the search.
pub fn split_readings(cells: &[CellKey], text: &str, place: Place, split: Split) -> Vec<Reading> {
    let (numbers, certainty, reason) = match split {
        Split::Unique(numbers) => {
            let sum: Vec<String> = numbers.iter().map(u64::to_string).collect();
            let how = format!("连写的“{text}”按勾稽关系唯一拆分为 {}", sum.join("、"));
            (Some(numbers), Certainty::Repaired, how)
        }
        Split::Several => {
            (None, Certainty::Uncertain, format!("连写的“{text}”有几种拆法都合勾稽关系"))
        }
        Split::Unproved => {
            let why = format!("表中另有连写的行合计不符，“{text}”不能只凭勾稽关系拆分");
            (None, Certainty::Uncertain, why)
        }
        Split::None => (
            None,
            Certainty::Uncertain,
            format!("“{text}”的个数与列数不符，没有合乎勾稽关系的拆法"),
        ),
    };
    cells
        .iter()
        .enumerate()
        .map(|(at, cell)| Reading {
            cell: *cell,
            text: text.to_owned(),
            value: numbers
                .as_ref()
                .and_then(|numbers| numbers.get(at))
                .map(|each| Decimal::from(*each)),
            place,
            certainty,
            reason: Some(reason.clone()),
        })
        .collect()
}

/// What has to be said about a table's cells as a whole.
pub fn remarks(table: &Table, readings: &[Reading]) -> Vec<Finding> {
    let own = |certainty: Certainty| {
        readings.iter().filter(move |reading| reading.certainty == certainty)
    };
    let mut findings = Vec::new();
    // A table without a single value is lost, even where its blank cells stand there.
    let is_bare = readings.iter().all(|reading| reading.certainty == Certainty::Lost);
    let lost: Vec<&Reading> = own(Certainty::Lost)
        .filter(|reading| is_bare || reading.place == Place::default())
        .collect();
    let title = table.kind.title();
    if !lost.is_empty() {
        let message = if lost.len() == readings.len() {
            format!("{title}只有标签，{} 格都没有数", lost.len())
        } else {
            format!("{title}有 {} 格的数丢失（共 {} 格）", lost.len(), readings.len())
        };
        let mut finding = Finding::of("R-lost", Verdict::Fails, message);
        finding.places.extend(lost.iter().take(8).map(|reading| spot(reading)));
        findings.push(finding);
    }
    let mut told: Vec<&str> = Vec::new();
    for reading in own(Certainty::Uncertain) {
        let why = reading.reason.as_deref().unwrap_or_default();
        let text = format!("{title}“{}”：{why}", table.cell_name(reading.cell).unwrap_or_default());
        if told.contains(&why) && !why.starts_with('“') {
            continue;
        }
        told.push(why);
        findings.push(Finding::of("R-uncertain", Verdict::Uncertain, text).at(spot(reading)));
    }
    let repaired: Vec<&Reading> = own(Certainty::Repaired).collect();
    if !repaired.is_empty() {
        let message = format!("{title}有 {} 格由连写的数字按勾稽关系还原", repaired.len());
        let mut finding = Finding::of("R-repaired", Verdict::Holds, message);
        finding.places.extend(repaired.iter().take(8).map(|reading| spot(reading)));
        findings.push(finding);
    }
    findings
}

fn spot(reading: &Reading) -> gongkai_domain::finding::Spot {
    gongkai_domain::finding::Spot {
        place: reading.place,
        cell: Some(reading.cell),
        ..Default::default()
    }
}
