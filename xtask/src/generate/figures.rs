//! `docs/figures.md`: every key of every form, with the words and the unit of its cell.

use super::{NOTE, table_head, table_line};
use gongkai_domain::form::{Form, Table, forms};

/// The whole document.
pub fn document() -> String {
    let mut text = format!("# 指标键名\n\n{NOTE}\n\n");
    text += "键名在 JSON、表格、接口和数据库中一致，含义永不改变。\n";
    text += "值按“单位”一栏的单位记；纸上用了别的单位的，读入时换算，并给出提示。\n";
    for form in forms() {
        text += &form_part(form);
    }
    text
}

fn form_part(form: &Form) -> String {
    let mut text = format!("\n## {} 年格式：{}\n\n", form.key.as_str(), form.title);
    text += &format!("依据：{}。\n{}\n", form.document, years(form));
    for table in &form.tables {
        text += &format!("\n### {}：{}\n\n", table.kind.title(), table.title);
        text += &table_head(&["键", "行", "列", "单位"]);
        text += &table_rows(table);
    }
    text
}

fn years(form: &Form) -> String {
    match form.last_year {
        Some(last) => format!("适用于 {} 至 {last} 年度的报告。", form.first_year),
        None => format!("适用于 {} 年度起的报告。", form.first_year),
    }
}

fn table_rows(table: &Table) -> String {
    let mut text = String::new();
    for (row, keys) in table.rows.iter().zip(&table.cells) {
        for (key, column) in keys.iter().zip(&table.blocks[row.block].columns) {
            let key = format!("`{key}`");
            let sign = if column.signed { "，可为负" } else { "" };
            let unit = format!("{}{sign}", column.unit);
            text += &table_line([key.as_str(), &row.label, &column.label, &unit]);
        }
    }
    text
}
