//! Labels in the words met in reality.

use crate::Chance;
use crate::paper::{Entry, Paper, Role};
use gongkai_domain::form::{Table, forms};
use rand::Rng;
use rand::seq::IndexedRandom;

pub(super) fn spoil(paper: &mut Paper, chance: &mut Chance) {
    for entry in paper.entries_mut() {
        if matches!(entry.role, Role::Head | Role::Label) && chance.random_bool(0.5) {
            vary(entry, chance);
        }
    }
}

fn vary(entry: &mut Entry, chance: &mut Chance) {
    let variants: Vec<&str> = forms()
        .iter()
        .flat_map(|form| &form.tables)
        .flat_map(|table| of_table(table, entry))
        // A column that names another unit is a noise of its own.
        .filter(|variant| !variant.contains("单位：元"))
        .collect();
    let Some(variant) = variants.choose(chance) else { return };
    let number = number(&entry.text);
    entry.text = match variant.starts_with(number) || chance.random_bool(0.2) {
        true => (*variant).to_owned(),
        false => format!("{number}{variant}"),
    };
}

fn of_table<'a>(table: &'a Table, entry: &Entry) -> Vec<&'a str> {
    let words = |label: &str, variants: &'a [String]| match label == entry.text {
        true => variants.iter().map(String::as_str).collect(),
        false => Vec::new(),
    };
    let rows = table.rows.iter().map(|row| (&row.label, &row.variants));
    let columns = table.blocks.iter().flat_map(|block| &block.columns);
    let columns = columns.map(|column| (&column.label, &column.variants));
    rows.chain(columns).flat_map(|(label, variants)| words(label, variants)).collect()
}

/// The number before a label: `一、`, `（二）`, `3.`, or nothing.
fn number(label: &str) -> &str {
    let end = label.char_indices().take(4).find(|(_, sign)| matches!(sign, '、' | '）' | '.'));
    end.map_or("", |(start, sign)| &label[..start + sign.len_utf8()])
}
