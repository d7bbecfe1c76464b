//! Says which cell behind a label is which column of the form; never by guessing.

use super::assemble::{HeaderCell, HeaderYear, RowRecord, Slot};
use super::labels::Target;
use super::rows::Origin;
use super::value::{CellValue, Number};
use gongkai_domain::form::Column;

/// The cells of a row, sorted into its columns.
#[derive(Clone, Debug)]
pub enum Arranged {
    /// One slot a column; `None` where the place holds no cell at all.
    Placed(Vec<Option<Slot>>),
    /// Too few runs of digits for the columns: perhaps run together.
    Glued(Vec<Slot>),
    /// Which value is which column cannot be told.
    Unclear(String),
    /// No value at all.
    Empty,
}

/// What other rows and the header say about where the columns stand.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// Grid column of each column of the form, by header or by complete rows.
    pub columns: Option<Vec<usize>>,
    /// Order in which the header names the columns, where it differs from the form's.
    pub order: Option<Vec<usize>>,
    /// Blank cells between label and first value in complete rows of the same depth and width.
    pub lead: Option<usize>,
    /// Which half of side-by-side years is the report's: position of the first slot and step.
    pub half: Option<(usize, usize)>,
}

/// Sorts the slots of a row into `count` columns.
pub fn arrange(slots: &[Slot], origin: Origin, count: usize, reference: &Reference) -> Arranged {
    let filled: Vec<usize> =
        (0..slots.len()).filter(|at| slots[*at].value != CellValue::Blank).collect();
    if filled.is_empty() {
        return match slots.len() {
            0 => Arranged::Empty,
            _ => Arranged::Placed(padded(slots, count)),
        };
    }
    if let Some(half) = reference.half.filter(|_| 2 * count <= slots.len()) {
        return one_half(slots, &filled, count, half);
    }
    if origin == Origin::Grid
        && let Some(columns) = &reference.columns
        && let Some(placed) = by_columns(slots, columns)
    {
        return Arranged::Placed(placed);
    }
    if filled.len() == count {
        let in_order: Vec<Option<Slot>> =
            filled.iter().map(|at| Some(slots[*at].clone())).collect();
        return Arranged::Placed(reordered(in_order, reference.order.as_deref()));
    }
    if count < filled.len() {
        return Arranged::Unclear(format!("本行应有 {count} 个数，读到 {} 个", filled.len()));
    }
    by_window(slots, &filled, count, reference)
}

fn padded(slots: &[Slot], count: usize) -> Vec<Option<Slot>> {
    (0..count).map(|at| slots.get(at).or(slots.last()).cloned()).collect()
}

fn reordered(slots: Vec<Option<Slot>>, order: Option<&[usize]>) -> Vec<Option<Slot>> {
    let Some(order) = order else { return slots };
    let mut sorted = vec![None; slots.len()];
    for (slot, column) in slots.into_iter().zip(order) {
        sorted[*column] = slot;
    }
    sorted
}

/// By grid columns: every filled slot must stand in a known column.
fn by_columns(slots: &[Slot], columns: &[usize]) -> Option<Vec<Option<Slot>>> {
    let mut placed: Vec<Option<Slot>> = vec![None; columns.len()];
    for slot in slots {
        match columns.iter().position(|column| *column == slot.column) {
            Some(at) => placed[at] = Some(slot.clone()),
            None if slot.value == CellValue::Blank => {}
            None => return None,
        }
    }
    Some(placed)
}

/// A run of `count` neighbouring slots that holds all that is filled, if there is only one such.
fn by_window(slots: &[Slot], filled: &[usize], count: usize, reference: &Reference) -> Arranged {
    let (first, last) = (filled[0], filled[filled.len() - 1]);
    if let Some(runs) = digit_runs(slots, filled, count) {
        return Arranged::Glued(runs);
    }
    if slots.len() < count {
        return Arranged::Unclear(format!("本行应有 {count} 个数，读到 {} 个", filled.len()));
    }
    let least = (last + 1).saturating_sub(count);
    let most = first.min(slots.len() - count);
    let start = match (least, most) {
        (least, most) if most < least => None,
        (least, most) if least == most => Some(least),
        _ => reference.lead.filter(|lead| (least..=most).contains(lead)),
    };
    match start {
        Some(start) => {
            let placed = slots[start..start + count].iter().cloned().map(Some).collect();
            Arranged::Placed(reordered(placed, reference.order.as_deref()))
        }
        None => Arranged::Unclear("本行有空格，数字属于哪一列不能确定".to_owned()),
    }
}

/// The digits to split, if the row may be several numbers run together.
fn digit_runs(slots: &[Slot], filled: &[usize], count: usize) -> Option<Vec<Slot>> {
    let blanks = filled.len() < slots.len();
    if blanks && filled.len() != 1 {
        return None;
    }
    let runs: Vec<Slot> = filled.iter().map(|at| slots[*at].clone()).collect();
    let total: usize = runs.iter().map(|run| digits(run).map_or(0, str::len)).sum();
    (runs.iter().all(|run| digits(run).is_some()) && count <= total).then_some(runs)
}

/// The digits of a slot that holds digits only; leading zeros are allowed, they may be cells.
pub fn digits(slot: &Slot) -> Option<&str> {
    match &slot.value {
        CellValue::Number(Number { digits: Some(digits), .. }) => Some(digits),
        CellValue::Doubtful => {
            let raw = slot.raw.trim();
            (!raw.is_empty() && raw.bytes().all(|each| each.is_ascii_digit())).then_some(raw)
        }
        _ => None,
    }
}

/// The report's own year out of two that stand side by side.
fn one_half(
    slots: &[Slot],
    filled: &[usize],
    count: usize,
    (first, step): (usize, usize),
) -> Arranged {
    if filled.len() != 2 * count {
        return Arranged::Unclear("两年并列，本行的数不齐，不能确定属于哪一年".to_owned());
    }
    let own = (0..count).map(|at| Some(slots[filled[first + at * step]].clone())).collect();
    Arranged::Placed(own)
}

/// What the header and the complete rows say for one record.
pub fn reference(
    record: &RowRecord,
    index: usize,
    records: &[RowRecord],
    headers: &[HeaderCell],
    years: &[HeaderYear],
    columns: &[Column],
    year: Option<i16>,
) -> Reference {
    let headers = own_headers(record, index, headers, columns);
    let half = half(record, index, years, columns.len(), year);
    let peers = records.iter().filter(|other| {
        other.table == record.table
            && other.grid == record.grid
            && other.origin == record.origin
            && filled(other).count() == columns.len()
    });
    let mut by_rows: Option<Vec<usize>> = None;
    let mut lead: Option<usize> = None;
    let mut leads_agree = true;
    for peer in peers {
        by_rows = by_rows.or_else(|| Some(filled(peer).map(|(_, slot)| slot.column).collect()));
        if peer.depth == record.depth && peer.slots.len() == record.slots.len() {
            let own = filled(peer).next().map(|(at, _)| at);
            leads_agree &= lead.is_none() || lead == own;
            lead = own;
        }
    }
    let by_header = header_columns(&headers, columns).filter(|columns| {
        columns.iter().all(|at| record.slots.iter().any(|slot| slot.column == *at))
    });
    let permuted = by_header.as_ref().is_some_and(|columns| !columns.is_sorted());
    Reference {
        columns: if permuted { by_header } else { by_rows.or(by_header) },
        order: header_order(&headers, columns),
        lead: lead.filter(|_| leads_agree),
        half,
    }
}

fn filled(record: &RowRecord) -> impl Iterator<Item = (usize, &Slot)> {
    record.slots.iter().enumerate().filter(|(_, slot)| slot.value != CellValue::Blank)
}

/// The header cells that stand over a record: the last one for each column before it.
fn own_headers<'a>(
    record: &RowRecord,
    index: usize,
    headers: &'a [HeaderCell],
    columns: &[Column],
) -> Vec<&'a HeaderCell> {
    let grid = if record.origin == Origin::Grid { record.grid } else { 0 };
    let mut own: Vec<&HeaderCell> = Vec::new();
    for header in headers.iter().filter(|each| each.before <= index && each.grid == grid) {
        let Target::Column(table, key) = header.target else { continue };
        if table == record.table && columns.iter().any(|column| column.key == key) {
            own.retain(|each| each.target != header.target);
            own.push(header);
        }
    }
    own
}

/// Grid columns by a complete header; `None` when a column is missing or two share a place.
fn header_columns(headers: &[&HeaderCell], columns: &[Column]) -> Option<Vec<usize>> {
    if headers.first()?.grid == 0 {
        return None;
    }
    let at = |column: &Column| {
        headers
            .iter()
            .find(|header| matches!(header.target, Target::Column(_, key) if key == column.key))
            .map(|header| header.column)
    };
    let found: Vec<usize> = columns.iter().map(at).collect::<Option<_>>()?;
    let mut distinct = found.clone();
    distinct.sort_unstable();
    distinct.dedup();
    (distinct.len() == columns.len()).then_some(found)
}

/// The order in which a complete text header names the columns, where it is not the form's.
/// A total stands in the upper line of the header and says nothing about order.
fn header_order(headers: &[&HeaderCell], columns: &[Column]) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = headers
        .iter()
        .filter_map(|header| {
            let Target::Column(_, key) = header.target else { return None };
            columns.iter().position(|column| column.key == key)
        })
        .collect();
    let total = columns.iter().position(|column| column.key == "total");
    if let Some(total) = total {
        order.retain(|at| *at != total);
        order.push(total);
    }
    let complete = order.len() == columns.len();
    (complete && !order.is_sorted()).then_some(order)
}

/// Two years side by side: the slots of the report's year.
fn half(
    record: &RowRecord,
    index: usize,
    years: &[HeaderYear],
    count: usize,
    year: Option<i16>,
) -> Option<(usize, usize)> {
    let grid = if record.origin == Origin::Grid { record.grid } else { 0 };
    let named: Vec<i16> = years
        .iter()
        .filter(|each| each.grid == grid && each.before <= index)
        .map(|each| each.year)
        .collect();
    let year = year?;
    match named[..] {
        [first, second] if first != second => {
            let at = [first, second].iter().position(|each| *each == year)?;
            Some((at * count, 1))
        }
        _ if named.len() == 2 * count => {
            let at = named[..2].iter().position(|each| *each == year)?;
            let alternate = named.chunks(2).all(|pair| pair == &named[..2]);
            alternate.then_some((at, 2))
        }
        _ => None,
    }
}
