//! Says which cell behind a label is which column of the form; never by guessing.

use super::found::{Found, HeaderCell, HeaderYear, RowRecord, Slot};
use super::labels::Target;
use super::rows::Origin;
use super::value::{CellValue, Number};
use gongkai_domain::form::{Column, Table};

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
    /// Whether two years stand side by side, and which of them is the report's.
    pub years: Years,
    /// Whether the row is as wide as the widest of its kind: no cell of it was lost.
    pub is_whole: bool,
}

/// Years over the columns of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Years {
    /// One year only.
    #[default]
    One,
    /// Two years: position of the own year's first figure, and the step to its next.
    Own(usize, usize),
    /// Two years, and it cannot be told which is the report's.
    Unknown,
}

/// Sorts the slots of a row into `count` columns.
pub fn arrange(slots: &[Slot], origin: Origin, count: usize, reference: &Reference) -> Arranged {
    let filled: Vec<usize> = (0..slots.len()).filter(|at| !slots[*at].value.is_blank()).collect();
    if filled.is_empty() {
        return match slots.len() {
            0 => Arranged::Empty,
            _ => Arranged::Placed(padded(slots, count)),
        };
    }
    if reference.years != Years::One {
        return own_year(slots, &filled, count, reference);
    }
    if origin == Origin::Grid
        && reference.is_whole
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
    by_window(slots, &filled, origin, count, reference)
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

/// By grid columns: every column must have its slot, every filled slot its column.
fn by_columns(slots: &[Slot], columns: &[usize]) -> Option<Vec<Option<Slot>>> {
    let at = |column: &usize| slots.iter().find(|slot| slot.column == *column).cloned();
    let placed: Vec<Option<Slot>> = columns.iter().map(at).collect();
    let wide = |slot: &Slot| {
        let covered = slot.column..slot.column + slot.span;
        columns.iter().filter(|column| covered.contains(column)).count() > 1
    };
    if slots.iter().any(|slot| slot.value != CellValue::Blank && wide(slot)) {
        return None;
    }
    let strays = |slot: &&Slot| slot.value != CellValue::Blank && !columns.contains(&slot.column);
    let whole = placed.iter().all(Option::is_some) && !slots.iter().any(|slot| strays(&slot));
    whole.then_some(placed)
}

/// A run of `count` neighbouring slots that holds all that is filled, if there is only one such.
fn by_window(
    slots: &[Slot],
    filled: &[usize],
    origin: Origin,
    count: usize,
    reference: &Reference,
) -> Arranged {
    let (first, last) = (filled[0], filled[filled.len() - 1]);
    if let Some(runs) = digit_runs(slots, filled, count, origin) {
        return Arranged::Glued(runs);
    }
    if slots.len() < count || !reference.is_whole {
        return Arranged::Unclear(format!("本行应有 {count} 个数，读到 {} 个", filled.len()));
    }
    let least = (last + 1).saturating_sub(count);
    let most = first.min(slots.len() - count);
    let start = match (least, most) {
        (least, most) if most < least => None,
        // The blank in front may be a part of the label, and one behind may have been taken off.
        (least, most) if least == most && first == 0 => Some(least),
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

/// The digits to split, if the row may be several numbers run together. Where cells are parted,
/// a row with too few has lost one rather than run two together.
fn digit_runs(slots: &[Slot], filled: &[usize], count: usize, origin: Origin) -> Option<Vec<Slot>> {
    let parted = origin != Origin::Line || filled.len() < slots.len();
    if parted && filled.len() != 1 {
        return None;
    }
    let runs: Vec<Slot> = filled.iter().map(|at| slots[*at].clone()).collect();
    let digits: Vec<String> = runs.iter().map_while(digits).collect();
    let total: usize = digits.iter().map(String::len).sum();
    (digits.len() == runs.len() && count <= total).then_some(runs)
}

/// The digits of a slot that holds digits only; leading zeros are allowed, they may be cells.
pub fn digits(slot: &Slot) -> Option<String> {
    match &slot.value {
        CellValue::Number(Number { is_bare: true, value, .. }) => Some(value.to_string()),
        CellValue::Doubtful => {
            let raw = slot.raw.trim();
            (!raw.is_empty() && raw.bytes().all(|each| each.is_ascii_digit()))
                .then(|| raw.to_owned())
        }
        _ => None,
    }
}

/// The report's own year out of two that stand side by side.
fn own_year(slots: &[Slot], filled: &[usize], count: usize, reference: &Reference) -> Arranged {
    let positions: Option<Vec<usize>> = if filled.len() == 2 * count {
        Some(filled.to_vec())
    } else {
        (slots.len() == 2 * count && reference.is_whole).then(|| (0..slots.len()).collect())
    };
    match (reference.years, positions) {
        (Years::Own(first, step), Some(positions)) => {
            let own = (0..count).map(|at| Some(slots[positions[first + at * step]].clone()));
            Arranged::Placed(own.collect())
        }
        _ => Arranged::Unclear("两年并列，本行的数属于哪一年不能确定".to_owned()),
    }
}

/// What a record has of columns, counted once for all that are held against it.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Columns of its row in the form; `None` where the form has no such row.
    columns: Option<usize>,
    /// Slots that are not blank.
    filled: usize,
}

/// The shape of every record.
pub fn shapes(found: &Found, table: &Table) -> Vec<Shape> {
    let columns = |record: &RowRecord| table.row(record.row).map(|row| table.columns(row).len());
    let shape =
        |record: &RowRecord| Shape { columns: columns(record), filled: filled(record).count() };
    found.rows.iter().map(shape).collect()
}

/// What the header and the complete rows say for one record; `shapes` are those of all records.
pub fn reference(
    record: &RowRecord,
    index: usize,
    found: &Found,
    shapes: &[Shape],
    table: &Table,
    year: Option<i16>,
) -> Reference {
    let Some(row) = table.row(record.row) else { return Reference::default() };
    let columns = table.columns(row);
    let headers = own_headers(record, index, &found.headers, columns);
    let alike = || {
        found.rows.iter().zip(shapes).filter(|(other, shape)| {
            (other.table, other.grid, other.origin) == (record.table, record.grid, record.origin)
                && shape.columns == Some(columns.len())
        })
    };
    let same_depth =
        |other: &&RowRecord| record.origin == Origin::Grid || other.depth == record.depth;
    // In a grid every row of a table is as wide as the others, however few its columns are.
    let of_grid = found.rows.iter().filter(|other| {
        record.origin == Origin::Grid
            && (other.origin, other.table, other.grid) == (record.origin, record.table, record.grid)
    });
    let deep = alike().map(|(other, _)| other).filter(same_depth);
    let widest = deep.chain(of_grid).map(width).max();
    let complete =
        || alike().filter(|(_, shape)| shape.filled == columns.len()).map(|(complete, _)| complete);
    let by_rows = complete()
        .next()
        .map(|peer| filled(peer).map(|(_, slot)| slot.column).collect::<Vec<usize>>());
    let mut leads: Vec<Option<usize>> = complete()
        .filter(|peer| peer.depth == record.depth && peer.slots.len() == record.slots.len())
        .map(|peer| filled(peer).next().map(|(at, _)| at))
        .collect();
    leads.dedup();
    let has_slot = |at: &usize| record.slots.iter().any(|slot| slot.column == *at);
    let by_header =
        header_columns(&headers, columns).filter(|columns| columns.iter().all(has_slot));
    let permuted = by_header.as_ref().is_some_and(|columns| !columns.is_sorted());
    Reference {
        columns: if permuted { by_header } else { by_rows.or(by_header) },
        order: header_order(&headers, columns),
        lead: if let [lead] = leads[..] { lead } else { None },
        years: match years_over(record, index, &found.years, columns.len(), year) {
            Years::One if is_doubled(record, found, table) => Years::Unknown,
            years => years,
        },
        is_whole: widest == Some(width(record)),
    }
}

/// How far a row reaches: to its last grid column, or how many cells stand behind its label.
fn width(record: &RowRecord) -> usize {
    match record.origin {
        Origin::Grid => record.slots.last().map_or(0, |slot| slot.column + slot.span),
        Origin::Line | Origin::Delimited => record.slots.len(),
    }
}

fn filled(record: &RowRecord) -> impl Iterator<Item = (usize, &Slot)> {
    record.slots.iter().enumerate().filter(|(_, slot)| !slot.value.is_blank())
}

/// Whether a table has twice as many figures as columns: two years, or two of anything, though no
/// header says so. One such row alone has taken in the figures of a row that lost its label.
fn is_doubled(record: &RowRecord, found: &Found, table: &Table) -> bool {
    const FEWEST_ROWS: usize = 2;
    // Fewer columns are soon twice as many by cells that say nothing.
    const FEWEST_COLUMNS: usize = 3;
    let own = |other: &&RowRecord| (other.table, other.grid) == (record.table, record.grid);
    let twice: Vec<(&RowRecord, usize)> = found
        .rows
        .iter()
        .filter(own)
        .filter_map(|other| Some((other, table.columns(table.row(other.row)?).len())))
        .filter(|(other, count)| other.slots.len() == 2 * count)
        .collect();
    let fills_both = |(other, count): &(&RowRecord, usize)| {
        FEWEST_COLUMNS <= *count && filled(other).any(|(at, _)| *count <= at)
    };
    FEWEST_ROWS <= twice.len() && twice.iter().any(fills_both)
}

/// The header cells that stand over a record: the last header that names all its columns, or else
/// the last; of a header that stands there twice, the second.
fn own_headers<'a>(
    record: &RowRecord,
    index: usize,
    headers: &'a [HeaderCell],
    columns: &[Column],
) -> Vec<&'a HeaderCell> {
    let grid = if record.origin == Origin::Grid { record.grid } else { 0 };
    let names = |header: &HeaderCell, wanted: &Column| matches!(header.target, Target::Column(table, key) if table == record.table && key == wanted.key);
    let over: Vec<&HeaderCell> = headers
        .iter()
        .filter(|each| each.before <= index && each.grid == grid)
        .filter(|each| columns.iter().any(|column| names(each, column)))
        .collect();
    let mut lines = over.chunk_by(|one, other| one.before == other.before);
    let is_complete = |line: &&[&HeaderCell]| {
        columns.iter().all(|column| line.iter().any(|header| names(header, column)))
    };
    let Some(line) = lines.clone().rfind(is_complete).or_else(|| lines.next_back()) else {
        return Vec::new();
    };
    let mut own: Vec<&HeaderCell> = Vec::new();
    for header in line {
        own.retain(|each| each.target != header.target || is_beside(each, header));
        own.push(header);
    }
    own
}

/// Whether two header cells of one name stand beside each other in one header of a grid.
fn is_beside(one: &HeaderCell, other: &HeaderCell) -> bool {
    one.grid != 0 && one.before == other.before && one.column != other.column
}

/// Grid columns by a complete header; `None` when a column is missing or two share a place.
fn header_columns(headers: &[&HeaderCell], columns: &[Column]) -> Option<Vec<usize>> {
    if headers.first()?.grid == 0 || headers.len() != columns.len() {
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
/// A total stands in the upper line of the header and says nothing about order, unless it stands
/// before all others.
fn header_order(headers: &[&HeaderCell], columns: &[Column]) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = headers
        .iter()
        .filter_map(|header| {
            let Target::Column(_, key) = header.target else { return None };
            columns.iter().position(|column| column.key == key)
        })
        .collect();
    let total = columns.iter().position(|column| column.key == "total");
    if let Some(total) = total.filter(|total| order.first() != Some(total)) {
        order.retain(|at| *at != total);
        order.push(total);
    }
    let complete = order.len() == columns.len();
    (complete && !order.is_sorted()).then_some(order)
}

/// Whether the header over the record names two years, and which half is the report's.
fn years_over(
    record: &RowRecord,
    index: usize,
    years: &[HeaderYear],
    count: usize,
    year: Option<i16>,
) -> Years {
    let grid = if record.origin == Origin::Grid { record.grid } else { 0 };
    let before = || years.iter().filter(|each| each.table == record.table && each.before <= index);
    // The second part of a table that was cut in two has no header of its own.
    let own_grid = before().any(|each| each.grid == grid);
    let over = || before().filter(|each| each.grid == grid || !own_grid);
    let Some(last) = over().map(|each| each.before).max() else { return Years::One };
    let over: Vec<&HeaderYear> = over().filter(|each| each.before == last).collect();
    years_named(&once(&over), count, year)
}

/// The years of a header; of one that stands there twice, once. Other header cells stand between.
pub fn once(years: &[&HeaderYear]) -> Vec<i16> {
    let named = |line: &[&HeaderYear]| line.iter().map(|each| each.year).collect::<Vec<i16>>();
    let mut lines = years.chunk_by(|one, other| one.headers == other.headers).map(named);
    match lines.next() {
        Some(first) if 1 < first.len() && lines.all(|line| line == first) => first,
        _ => named(years),
    }
}

/// What years in a header, left to right, say about `count` columns under each.
pub fn years_named(named: &[i16], count: usize, year: Option<i16>) -> Years {
    let [first, second, ..] = *named else { return Years::One };
    if named.iter().all(|each| *each == first) {
        return Years::One;
    }
    let (front, back) = named.split_at(named.len() / 2);
    let halves = front.iter().all(|each| *each == first)
        && back.iter().all(|each| Some(each) == back.first())
        && (named.len() == 2 || named.len() == 2 * count);
    let alternate = named.len() == 2 * count && named.chunks(2).all(|pair| pair == [first, second]);
    let second = if halves { back[0] } else { second };
    let own = [first, second].iter().position(|each| Some(*each) == year);
    match own {
        Some(own) if halves => Years::Own(own * count, 1),
        Some(own) if alternate => Years::Own(own, 2),
        _ => Years::Unknown,
    }
}
