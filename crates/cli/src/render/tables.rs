//! The official tables with their figures, columns aligned for wide characters.

use super::tame;
use comfy_table::{CellAlignment, Table as Grid, presets};
use gongkai_domain::figure::{CellKey, Certainty, Reading, plain_text};
use gongkai_domain::form::{Layout, Table};
use gongkai_domain::report::AnnualReport;
use std::collections::HashMap;

/// Characters of a label; only two of the official ones are longer.
const MAX_LABEL: usize = 20;

/// Draws one table of the report's form.
pub fn draw(report: &AnnualReport, table: &Table) -> String {
    let readings: HashMap<CellKey, &Reading> =
        report.readings.iter().map(|reading| (reading.cell, reading)).collect();
    let figure = |cell: &CellKey| {
        let reading = readings.get(cell);
        figure_words(report.figures.get(*cell).map(plain_text), reading.map(|r| r.certainty))
    };
    let mut text = String::new();
    for (number, block) in table.blocks.iter().enumerate() {
        let mut grid = Grid::new();
        grid.load_style(presets::NOTHING);
        let caption = block.caption.as_deref().unwrap_or_default();
        let columns = block.columns.iter().map(|column| column.label.as_str());
        grid.set_header([caption].into_iter().chain(columns));
        let mut open_groups: &[String] = &[];
        for (row, cells) in
            table.rows.iter().zip(&table.cells).filter(|(row, _)| row.block == number)
        {
            if table.layout == Layout::Rows && row.groups != open_groups {
                for (depth, label) in new_groups(table, open_groups, &row.groups) {
                    grid.add_row([indented(depth, &label)]);
                }
                open_groups = &row.groups;
            }
            let label = indented(row.groups.len(), &short(&row.label));
            grid.add_row([label].into_iter().chain(cells.iter().map(figure)));
        }
        for column in grid.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        text.push_str(&grid.trim_fmt());
        text.push('\n');
    }
    text
}

/// `230`, `230*` repaired, `230~` uncertain, `?` unknown.
fn figure_words(value: Option<String>, certainty: Option<Certainty>) -> String {
    let mark = match certainty {
        Some(Certainty::Repaired) => "*",
        Some(Certainty::Uncertain) => "~",
        // As wide as a mark, so that the figures stand below each other.
        Some(Certainty::Sure | Certainty::Lost) | None => " ",
    };
    format!("{}{mark}", value.as_deref().unwrap_or("?"))
}

/// The groups that open before a row: depth and label.
fn new_groups(table: &Table, open: &[String], groups: &[String]) -> Vec<(usize, String)> {
    let is_new = |(depth, key): &(usize, &String)| open.get(*depth) != Some(key);
    let label = |key: &String| {
        table.groups.iter().find(|group| group.key == *key).map(|group| group.label.clone())
    };
    groups
        .iter()
        .enumerate()
        .filter(is_new)
        .filter_map(|(depth, key)| Some((depth, label(key)?)))
        .collect()
}

fn indented(depth: usize, label: &str) -> String {
    format!("{}{}", "  ".repeat(depth), tame(label))
}

/// A label without the remark in brackets behind it, and not too long: `（二）部分公开`.
fn short(label: &str) -> String {
    let remark = label.char_indices().find(|(at, character)| *at != 0 && *character == '（');
    let label = remark.map_or(label, |(at, _)| &label[..at]);
    match label.char_indices().nth(MAX_LABEL) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::form::forms;
    use gongkai_domain::report::TableForms;

    #[test]
    fn the_unknown_is_shown_as_unknown() {
        assert_eq!(figure_words(None, Some(Certainty::Lost)), "? ");
        assert_eq!(figure_words(None, Some(Certainty::Uncertain)), "?~");
        assert_eq!(figure_words(Some("3".to_owned()), Some(Certainty::Repaired)), "3*");
        assert_eq!(figure_words(Some("0".to_owned()), None), "0 ");
    }

    #[test]
    fn a_remark_in_brackets_is_left_off_but_not_a_number_in_brackets() {
        assert_eq!(short("（二）部分公开（区分处理的）"), "（二）部分公开");
        assert_eq!(short("1.属于国家秘密"), "1.属于国家秘密");
    }

    #[test]
    fn every_table_of_every_form_can_be_drawn() {
        for form in forms() {
            let key = Some(form.key);
            let forms = TableForms { proactive: key, requests: key, remedies: key };
            let report = AnnualReport { form: key, forms, ..AnnualReport::default() };
            for table in &form.tables {
                let text = draw(&report, table);
                let n_cells: usize = table.cells.iter().map(Vec::len).sum();
                assert_eq!(text.matches('?').count(), n_cells, "{text}");
            }
        }
    }
}
