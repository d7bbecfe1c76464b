//! Where the figures stand that findings between reports may name, in little room.

use super::values::position;
use crate::figure::{CellKey, Place};
use crate::form::{Across, Table, forms};
use crate::report::AnnualReport;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Cells that carry from year to year: their places are kept even where they are zero.
static CARRIED: LazyLock<HashSet<CellKey>> =
    LazyLock::new(|| forms().iter().flat_map(|form| &form.tables).flat_map(carried).collect());

fn carried(table: &Table) -> impl Iterator<Item = CellKey> + '_ {
    table.cells.iter().enumerate().flat_map(move |(row, cells)| {
        cells.iter().zip(table.columns(row)).filter_map(move |(cell, column)| {
            let is_named = table.carries.iter().any(|carry| {
                let key = match carry.across {
                    Across::Columns => &table.rows[row].key,
                    Across::Rows => &column.key,
                };
                carry.current.contains(key) || carry.previous.contains(key)
            });
            is_named.then_some(*cell)
        })
    })
}

/// A place in fourteen bytes; 0 is nothing, and what does not fit is left out.
#[derive(Clone, Copy, Debug)]
struct Small {
    line: u32,
    page: u16,
    column: u16,
    table: u16,
    row: u16,
    cell: u16,
}

/// Places by position in `CELLS`, sorted.
#[derive(Clone, Debug)]
pub(super) struct Places(Box<[(u16, Small)]>);

impl Places {
    pub(super) fn of(report: &AnnualReport) -> Self {
        let mut places: Vec<(u16, Small)> = report
            .readings
            .iter()
            .filter(|reading| {
                let is_figure = reading.value.is_some_and(|value| !value.is_zero());
                (is_figure || CARRIED.contains(&reading.cell)) && reading.place != Place::default()
            })
            .map(|reading| (position(reading.cell), small(reading.place)))
            .collect();
        places.sort_by_key(|(index, _)| *index);
        Self(places.into())
    }

    /// The place of a cell; nowhere if it was not kept.
    pub(super) fn get(&self, cell: CellKey) -> Place {
        let found = self.0.binary_search_by_key(&position(cell), |(each, _)| *each);
        found.map_or_else(|_| Place::default(), |at| large(self.0[at].1))
    }
}

fn small(place: Place) -> Small {
    let short = |number: Option<u32>| number.and_then(|number| number.try_into().ok()).unwrap_or(0);
    Small {
        line: place.line.unwrap_or(0),
        page: short(place.page),
        column: short(place.column),
        table: short(place.table),
        row: short(place.row),
        cell: short(place.cell),
    }
}

fn large(small: Small) -> Place {
    let number = |number: u16| (number != 0).then_some(u32::from(number));
    Place {
        line: (small.line != 0).then_some(small.line),
        page: number(small.page),
        column: number(small.column),
        table: number(small.table),
        row: number(small.row),
        cell: number(small.cell),
        paragraph: None,
    }
}
