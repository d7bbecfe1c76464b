//! Amounts in 元 where the form wants 万元, said in the cell or in the column's name.

use super::column;
use crate::Chance;
use crate::paper::{Paper, Role};
use gongkai_domain::figure::plain_text;
use rand::Rng;
use rust_decimal::Decimal;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    let names_unit = |text: &str| text.contains("单位：万元");
    let in_header =
        paper.entries_mut().any(|entry| names_unit(&entry.text)) && chance.random_bool(0.5);
    let mut changed = Vec::new();
    for entry in paper.entries_mut() {
        match entry.role {
            Role::Head if in_header => entry.text = entry.text.replace("单位：万元", "单位：元"),
            Role::Value(cell) if column(cell).is_some_and(|column| column.unit == "万元") => {
                // Commas may part its thousands by now.
                let Ok(amount) = entry.text.replace(',', "").parse::<Decimal>() else { continue };
                let unit = if in_header { "" } else { "元" };
                entry.text = format!("{}{unit}", plain_text(amount * Decimal::from(10_000)));
                changed.push(cell);
            }
            _ => {}
        }
    }
    changed.into_iter().for_each(|cell| paper.doubt(cell));
}
