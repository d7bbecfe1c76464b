//! The figures of a report in little room: which are known, and those that are not zero.

use crate::figure::{CellKey, Figures};
use crate::form::forms;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// Every cell of every form, each once, in the order of their numbers.
pub(super) static CELLS: LazyLock<Vec<CellKey>> = LazyLock::new(|| {
    let tables = forms().iter().flat_map(|form| &form.tables);
    let mut cells: Vec<CellKey> =
        tables.flat_map(|table| table.cells.iter().flatten()).copied().collect();
    cells.sort_unstable_by_key(|cell| cell.number());
    cells.dedup();
    cells
});

/// The position of a cell in [`CELLS`].
pub(super) fn position(cell: CellKey) -> u16 {
    cell.number() as u16
}

const WORDS: usize = 5;

/// The figures by position in `CELLS`.
#[derive(Clone, Debug)]
pub(super) struct Values {
    known: [u64; WORDS],
    not_zero: Box<[(u16, Decimal)]>,
}

impl Values {
    pub(super) fn of(figures: &Figures) -> Self {
        let mut known = [0; WORDS];
        let mut not_zero = Vec::new();
        for (cell, value) in figures.iter() {
            let (index, Some(value)) = (position(cell), value) else { continue };
            known[usize::from(index) / 64] |= 1 << (index % 64);
            if !value.is_zero() {
                not_zero.push((index, value));
            }
        }
        not_zero.sort_unstable_by_key(|(index, _)| *index);
        Self { known, not_zero: not_zero.into() }
    }

    /// The value of a cell; `None` where it is not known.
    pub(super) fn get(&self, cell: CellKey) -> Option<Decimal> {
        self.at(position(cell))
    }

    /// The value at a position.
    pub(super) fn at(&self, index: u16) -> Option<Decimal> {
        let is_known = self.known[usize::from(index) / 64] >> (index % 64) & 1 == 1;
        let found = self.not_zero.binary_search_by_key(&index, |(each, _)| *each);
        is_known.then(|| found.map_or(Decimal::ZERO, |found| self.not_zero[found].1))
    }

    /// The values that are not zero, by position.
    pub(super) fn not_zero(&self) -> &[(u16, Decimal)] {
        &self.not_zero
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_has_a_bit() {
        assert!(CELLS.len() <= WORDS * 64, "{}", CELLS.len());
    }

    #[test]
    fn zero_and_unknown_stay_apart() {
        let keys = &CELLS;
        let three = Decimal::from(3);
        let figures = [(keys[0], Some(Decimal::ZERO)), (keys[1], None), (keys[200], Some(three))];
        let values = Values::of(&figures.into_iter().collect());
        let found = [keys[0], keys[1], keys[200], keys[2]].map(|key| values.get(key));
        assert_eq!(found, [Some(Decimal::ZERO), None, Some(three), None]);
    }
}
