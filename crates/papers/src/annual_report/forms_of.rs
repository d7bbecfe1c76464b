//! Tells the form of each table by its labels, never by the year.

use super::found::{Found, RowRecord};
use super::place::digits;
use super::value::CellValue;
use gongkai_domain::form::{FormKey, TableKind, forms};
use gongkai_domain::report::TableForms;

/// So many rows make a table even where no header is left.
const FEWEST_ROWS: usize = 5;
/// So many header cells make a table even where no row is left.
const FEWEST_HEADS: usize = 3;

/// The form of each table that was found.
pub fn forms_of(found: &Found) -> TableForms {
    let votes = |table| by_votes(found, table);
    let (of_proactive, of_requests) = (votes(TableKind::Proactive), votes(TableKind::Requests));
    // What a table says itself, by its words or by the shape of most of its rows, says more than
    // the words of another; those say more than the shape of a few rows.
    let shape = |table, least| {
        by_shape(found, table).filter(|shape| least <= shape.share).map(|shape| shape.form)
    };
    let proactive = of_proactive
        .or_else(|| shape(TableKind::Proactive, Share::Most))
        .or(of_requests)
        .or_else(|| shape(TableKind::Proactive, Share::Few));
    let requests = of_requests.or(of_proactive).or_else(|| shape(TableKind::Requests, Share::Few));
    // A few labels without a header are a list in the prose, not the table.
    let present = |table| {
        let mut rows: Vec<&str> =
            found.rows.iter().filter(|row| row.table == table).map(|row| row.row).collect();
        rows.sort_unstable();
        rows.dedup();
        let headers = found.headers.iter().filter(|header| header.target.table() == table).count();
        FEWEST_ROWS <= rows.len() || (0 < headers && !rows.is_empty()) || FEWEST_HEADS <= headers
    };
    let latest = forms().last().map(|form| form.key);
    let either = requests.or(proactive).or(latest);
    TableForms {
        proactive: proactive.or(requests).or(latest).filter(|_| present(TableKind::Proactive)),
        requests: requests.or(proactive).or(latest).filter(|_| present(TableKind::Requests)),
        remedies: either.filter(|_| !found.remedies.is_empty()),
    }
}

/// The form that most labels stand for that stand for one form only.
fn by_votes(found: &Found, table: TableKind) -> Option<FormKey> {
    let votes = |form: &FormKey| {
        let by_header = found
            .headers
            .iter()
            .filter(|header| header.target.table() == table && header.forms == [*form])
            .count();
        2 * by_header + rows_only_in(found, table, *form)
    };
    let mut counted: Vec<(usize, FormKey)> =
        forms().iter().map(|form| (votes(&form.key), form.key)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counted[..] {
        [(first, form), (second, _), ..] if second < first => Some(form),
        _ => only_row(found, table),
    }
}

/// Rows that stand in this form only. A row without cells counts only where no other form would
/// have its words as a label over several rows.
fn rows_only_in(found: &Found, table: TableKind, form: FormKey) -> usize {
    let others = || forms().iter().filter(move |each| each.key != form);
    let group_elsewhere = |row: &str| {
        others().any(|each| each.table(table).groups.iter().any(|group| group.key == row))
    };
    let rows = found.rows.iter().filter(|record| record.table == table);
    rows.filter(|record| {
        let here = form.form().is_some_and(|form| form.table(table).row(record.row).is_some());
        let elsewhere = others().any(|each| each.table(table).row(record.row).is_some());
        here && !elsewhere && (!record.slots.is_empty() || !group_elsewhere(record.row))
    })
    .count()
}

/// How many of the rows with figures have a shape.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    /// Some.
    Few,
    /// More than half.
    Most,
}

/// A form by the shape of rows.
struct Shape {
    form: FormKey,
    share: Share,
}

/// The form whose rows have as many columns as cells were found.
fn by_shape(found: &Found, table: TableKind) -> Option<Shape> {
    let own = || found.rows.iter().filter(|record| record.table == table);
    let fits = |form: &FormKey| {
        let Some(form) = form.form() else { return 0 };
        let table_form = form.table(table);
        let fits = |record: &&RowRecord| {
            let row = table_form.row(record.row);
            row.is_some_and(|row| fills(record, table_form.columns(row).len()))
        };
        own().filter(fits).count()
    };
    let mut counted: Vec<(usize, FormKey)> =
        forms().iter().map(|form| (fits(&form.key), form.key)).collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let [(first, form), (second, _), ..] = counted[..] else { return None };
    let is_most = own().filter(|record| !record.slots.is_empty()).count() < 2 * first;
    let share = if is_most { Share::Most } else { Share::Few };
    (second < first).then_some(Shape { form, share })
}

/// Whether the figures of a row are as many as the columns, or digits run together that may be.
fn fills(record: &RowRecord, columns: usize) -> bool {
    let filled: Vec<_> =
        record.slots.iter().filter(|slot| slot.value != CellValue::Blank).collect();
    match filled[..] {
        [only] if columns == 1 => only.value != CellValue::Doubtful,
        [only] => digits(only).is_some_and(|digits| columns <= digits.len()),
        _ => filled.len() == columns,
    }
}

/// The form by a row that is one row in it and a label over several rows in the other.
fn only_row(found: &Found, table: TableKind) -> Option<FormKey> {
    let mut keys = forms().iter().map(|form| form.key);
    keys.find(|form| {
        found.rows.iter().any(|record| {
            record.table == table
                && form.form().is_some_and(|form| form.table(table).row(record.row).is_some())
                && forms()
                    .iter()
                    .any(|each| each.key != *form && each.table(table).row(record.row).is_none())
        })
    })
}
