//! Figures as they are kept: a map from the key of a cell to its value, read back in its order.

use crate::figure::{CellKey, Figures};
use crate::form::forms;
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

static CELLS: LazyLock<HashMap<&'static str, CellKey>> = LazyLock::new(|| {
    let tables = forms().iter().flat_map(|form| &form.tables);
    let cells = tables.flat_map(|table| table.cells.iter().flatten());
    cells.map(|cell| (cell.as_str(), *cell)).collect()
});

/// The cell with this key; `None` where no form has it.
pub fn cell_of(key: &str) -> Option<CellKey> {
    CELLS.get(key).copied()
}

struct Cells;

impl<'de> Visitor<'de> for Cells {
    type Value = Figures;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("figures by the keys of their cells")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Figures, A::Error> {
        let mut figures = Figures::default();
        while let Some((key, value)) = map.next_entry::<String, Option<String>>()? {
            let cell =
                cell_of(&key).ok_or_else(|| A::Error::custom(format!("没有“{key}”这一格")))?;
            let value: Option<Decimal> = value
                .map(|text| text.parse().map_err(|_| A::Error::custom(format!("“{text}”不是数字"))))
                .transpose()?;
            figures.set(cell, value);
        }
        Ok(figures)
    }
}

impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Cells)
    }
}
