//! Table four: fifteen figures under a header of several levels, in whatever shape they come.

use super::fill::{FOREIGN, foreign_from, merged, not_there, reading, split_readings, taken_back};
use super::found::{Found, RemedyItem, Slot};
use super::glue::{RowSums, Split, solutions};
use super::place::{Arranged, Reference, Years, arrange, digits, once, years_named};
use super::rows::Origin;
use super::value::CellValue;
use gongkai_domain::figure::{CellKey, Certainty, Reading};
use gongkai_domain::finding::{Finding, Spot, Verdict};
use gongkai_domain::form::{Column, Table, TableKind};

/// A run of header words with the values that follow it.
#[derive(Debug, Default)]
struct Segment {
    /// How many blocks were named before each head over litigation.
    heads: Vec<usize>,
    blocks: Vec<&'static str>,
    columns: Vec<&'static str>,
    slots: Vec<Slot>,
}

/// The fifteen readings, and remarks about the header.
pub fn fill(found: &Found, table: &Table, year: Option<i16>) -> (Vec<Reading>, Vec<Finding>) {
    let cells: Vec<CellKey> = table.cells.iter().flatten().copied().collect();
    let columns: Vec<&Column> = (0..table.rows.len()).flat_map(|row| table.columns(row)).collect();
    let segments = segments(&found.remedies);
    let named: Vec<_> = found.years.iter().filter(|each| each.table == table.kind).collect();
    let years = years_named(&once(&named), cells.len(), year);
    let valued: Vec<&Segment> = segments.iter().filter(|each| !each.slots.is_empty()).collect();
    let (readings, header_tells) = match years {
        Years::One => read(&valued, table, &cells, &columns),
        _ => (one_line(&valued, table, &cells, &columns, years).0, true),
    };
    let readings = match foreign_row(found) {
        Some(begins) if begins < first_row(&segments) => taken_back(readings, FOREIGN),
        _ => readings,
    };
    let mut findings = Vec::new();
    if !header_tells {
        findings.extend(header_finding(found, table));
    }
    (readings, findings)
}

/// The physical row in which another report's table three begins.
fn foreign_row(found: &Found) -> Option<usize> {
    let record = &found.rows[foreign_from(found, TableKind::Requests)?];
    record.slots.first().map(|slot| slot.physical)
}

/// The physical row of the first value.
fn first_row(segments: &[Segment]) -> usize {
    let mut slots = segments.iter().flat_map(|segment| filled(&segment.slots));
    slots.next().map_or(0, |slot| slot.physical)
}

/// Parts the stream; header cells that are blank are no values.
fn segments(items: &[RemedyItem]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = vec![Segment::default()];
    for item in items {
        let last = segments.len() - 1;
        let ended = segments[last].slots.iter().any(|slot| slot.value != CellValue::Blank);
        if !matches!(item, RemedyItem::Slot(_)) {
            if ended {
                segments.push(Segment::default());
            } else {
                segments[last].slots.clear();
            }
        }
        let segment = segments.last_mut().expect("never empty");
        match item {
            RemedyItem::Head => segment.heads.push(segment.blocks.len()),
            RemedyItem::Block(key) => segment.blocks.push(key),
            RemedyItem::Column(key) => segment.columns.push(key),
            RemedyItem::Slot(slot) => segment.slots.push(slot.clone()),
        }
    }
    segments
}

/// Readings, and whether the header says by itself which value is which.
fn read(
    valued: &[&Segment],
    table: &Table,
    cells: &[CellKey],
    columns: &[&Column],
) -> (Vec<Reading>, bool) {
    let counts: Vec<usize> = valued.iter().map(|each| filled(&each.slots).count()).collect();
    let width = table.blocks[0].columns.len();
    let all = cells.len();
    match (valued, &counts[..]) {
        ([], _) => (lost(cells), false),
        ([first, second], [one, two]) if *one == width && *two == all - width => {
            let slots = filled(&first.slots).chain(filled(&second.slots)).cloned();
            (in_order(cells, columns, slots), blocks_in_order(valued, table))
        }
        (_, counts)
            if counts.len() == table.rows.len()
                && counts.iter().all(|count| *count == width)
                && blocks_in_order(valued, table) =>
        {
            let slots = valued.iter().flat_map(|each| filled(&each.slots)).cloned();
            (in_order(cells, columns, slots), true)
        }
        (_, counts) if counts.len() == all && counts.iter().all(|count| *count == 1) => {
            let slots = valued.iter().flat_map(|each| filled(&each.slots)).cloned();
            let named = valued.iter().zip(columns).all(|(segment, column)| {
                segment.columns.last().is_none_or(|key| *key == column.key)
            });
            if named { (in_order(cells, columns, slots), true) } else { (lost(cells), false) }
        }
        _ => one_line(valued, table, cells, columns, Years::One),
    }
}

/// Blocks named, if at all, in the order of the form, and litigation not before reconsideration.
fn blocks_in_order(valued: &[&Segment], table: &Table) -> bool {
    let first = |key: &str| table.rows.first().is_some_and(|row| row.key == key);
    let litigation_first = valued
        .iter()
        .any(|each| each.heads.contains(&0) && each.blocks.iter().any(|key| first(key)));
    if litigation_first {
        return false;
    }
    let position = |key: &str| table.rows.iter().position(|row| row.key == key);
    let named: Vec<usize> =
        valued.iter().flat_map(|each| &each.blocks).filter_map(|key| position(key)).collect();
    // A header that stands there twice names them twice.
    named.chunks(table.rows.len()).all(<[usize]>::is_sorted)
}

fn filled(slots: &[Slot]) -> impl Iterator<Item = &Slot> {
    slots.iter().filter(|slot| slot.value != CellValue::Blank)
}

fn in_order(
    cells: &[CellKey],
    columns: &[&Column],
    slots: impl Iterator<Item = Slot>,
) -> Vec<Reading> {
    let each = cells.iter().zip(columns).zip(slots);
    each.map(|((cell, column), slot)| reading(*cell, column, &slot, None)).collect()
}

fn lost(cells: &[CellKey]) -> Vec<Reading> {
    cells.iter().map(|cell| not_there(*cell)).collect()
}

/// All fifteen in one line, as the form has it; the line may occur twice.
fn one_line(
    valued: &[&Segment],
    table: &Table,
    cells: &[CellKey],
    columns: &[&Column],
    years: Years,
) -> (Vec<Reading>, bool) {
    let mut result: Option<Vec<Reading>> = None;
    for segment in valued {
        let next = segment_line(segment, table, cells, columns, years);
        result = Some(match result {
            None => next,
            Some(first) => merged(first, next),
        });
    }
    let named: Vec<&str> = valued.iter().flat_map(|each| each.columns.iter().copied()).collect();
    let tells = named.len() >= cells.len()
        && named.iter().zip(columns.iter().cycle()).all(|(key, column)| *key == column.key);
    let complete = named.len() == cells.len() || named.is_empty();
    let wrong_order = complete && !named.is_empty() && !tells;
    let readings = result.unwrap_or_else(|| lost(cells));
    let wrong_blocks = valued.iter().any(|segment| !blocks_in_order(&[segment], table));
    if wrong_order || wrong_blocks {
        return (doubted(readings, "表头各列的次序与格式不同"), false);
    }
    (readings, tells)
}

fn doubted(readings: Vec<Reading>, why: &str) -> Vec<Reading> {
    readings
        .into_iter()
        .map(|reading| Reading {
            value: None,
            certainty: Certainty::Uncertain,
            reason: Some(why.to_owned()),
            ..reading
        })
        .collect()
}

fn segment_line(
    segment: &Segment,
    table: &Table,
    cells: &[CellKey],
    columns: &[&Column],
    years: Years,
) -> Vec<Reading> {
    let slots = line_of(&segment.slots);
    let reference = Reference { is_whole: true, years, ..Reference::default() };
    match arrange(&slots, Origin::Delimited, cells.len(), &reference) {
        Arranged::Placed(placed) if ends_blank(&placed) && slots.len() != cells.len() => {
            unclear(cells, &slots, "本行末格空白，前面可能少了一格")
        }
        Arranged::Placed(slots) => cells
            .iter()
            .zip(columns)
            .zip(slots)
            .filter_map(|((cell, column), slot)| Some(reading(*cell, column, &slot?, None)))
            .collect(),
        Arranged::Glued(runs) => {
            let place = runs.first().map(|run| run.place).unwrap_or_default();
            let texts: Vec<String> = runs.iter().filter_map(digits).collect();
            let split = split(&texts, table, cells.len());
            split_readings(cells, &texts.join(" "), place, split)
        }
        Arranged::Unclear(why) => unclear(cells, &slots, &why),
        Arranged::Empty => lost(cells),
    }
}

/// Whether figures stand in the row, but none in its last place.
fn ends_blank(placed: &[Option<Slot>]) -> bool {
    let is_blank =
        |slot: &Option<Slot>| slot.as_ref().is_none_or(|slot| slot.value == CellValue::Blank);
    placed.last().is_some_and(is_blank) && !placed.iter().all(is_blank)
}

/// Nothing but what stands there, and why it is not read.
fn unclear(cells: &[CellKey], slots: &[Slot], why: &str) -> Vec<Reading> {
    let text: Vec<&str> = filled(slots).map(|slot| slot.raw.trim()).collect();
    let place = filled(slots).next().map(|slot| slot.place).unwrap_or_default();
    let text = text.join(" ");
    doubted(lost(cells), why)
        .into_iter()
        .map(|reading| Reading { text: text.clone(), place, ..reading })
        .collect()
}

/// The slots of the physical row that holds everything filled, if one does.
fn line_of(slots: &[Slot]) -> Vec<Slot> {
    let mut rows = filled(slots).map(|slot| slot.physical);
    let first = rows.next();
    match first {
        Some(first) if rows.all(|row| row == first) => {
            slots.iter().filter(|slot| slot.physical == first).cloned().collect()
        }
        _ => slots.to_vec(),
    }
}

/// Splits digits run together by the identity of each block.
fn split(runs: &[String], table: &Table, count: usize) -> Split {
    let width = table.blocks[0].columns.len();
    let blocks: Vec<RowSums> =
        (0..table.rows.len()).rev().map(|row| RowSums::of(table, row)).collect();
    let possible = |reversed: &[u64]| {
        reversed.chunks(width).zip(&blocks).all(|(numbers, sums)| sums.may_hold(numbers))
    };
    match solutions(runs, count, &possible).as_deref() {
        Some([]) => Split::None,
        Some([only]) => Split::Unique(only.clone()),
        Some(_) | None => Split::Several,
    }
}

fn header_finding(found: &Found, table: &Table) -> Option<Finding> {
    if !found.remedies.iter().any(|item| matches!(item, RemedyItem::Slot(_))) {
        return None;
    }
    let expected = table.cells.iter().flatten().count();
    let named = found.remedies.iter().filter(|item| matches!(item, RemedyItem::Column(_))).count();
    let message = format!(
        "{}的表头不完整：应有 {expected} 个列名，读到 {named} 个；数字按位置和个数读取",
        table.kind.title()
    );
    let mut finding = Finding::of("R-header", Verdict::Uncertain, message);
    finding.places.extend(found.header_debris.iter().take(4).map(|place| Spot::from(*place)));
    Some(finding)
}
