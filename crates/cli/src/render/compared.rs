//! Reports beside each other, for people: a table an organ, a table an indicator.

use crate::commands::Compared;
use comfy_table::{CellAlignment, Table as Grid, presets};
use gongkai_domain::figure::plain_text;
use gongkai_domain::report::compare::{OrganLine, Reliability, YearLine, YearPoint};
use rust_decimal::Decimal;
use std::fmt::Write;

/// Draws everything that was compared.
pub fn draw(compared: &Compared) -> String {
    let mut text = String::new();
    for organ in &compared.years {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{} 逐年比较\n{}", organ.agency, years(&organ.lines));
    }
    for year in &compared.organs {
        let _ = writeln!(text, "{} 年度各机关比较", year.year);
        for line in &year.lines {
            let _ = writeln!(text, "\n{}\n{}", title(line.title, line.unit), organs(line));
        }
    }
    text
}

fn title(title: &str, unit: &str) -> String {
    format!("{title}（{unit}）")
}

fn grid() -> Grid {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING);
    grid
}

fn aligned(mut grid: Grid) -> String {
    for column in grid.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    grid.trim_fmt() + "\n"
}

fn years(lines: &[YearLine]) -> String {
    let mut grid = grid();
    let columns = lines.first().into_iter().flat_map(|line| &line.points);
    let head = columns.map(|point| point.year.to_string());
    grid.set_header(std::iter::once("指标".to_owned()).chain(head));
    let mut notes: Vec<String> = Vec::new();
    for line in lines {
        let points = line.points.iter().map(year_point);
        grid.add_row(std::iter::once(title(line.title, line.unit)).chain(points));
        for found in line.points.iter().filter_map(|point| point.r#break) {
            let note = format!("‖ {}（{}）", found.reason, found.source);
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    let notes: String = notes.into_iter().map(|note| note + "\n").collect();
    aligned(grid) + &notes
}

/// `12（+2，+20%）`; ‖ before a value that cannot be held against the year before.
fn year_point(point: &YearPoint) -> String {
    let mark = if point.r#break.is_some() { "‖ " } else { "" };
    let value = shown(point.value, point.reliability);
    let growth = point.growth.map(|growth| format!("，{}%", signed(growth)));
    match point.difference {
        Some(difference) => {
            format!("{mark}{value}（{}{}）", signed(difference), growth.unwrap_or_default())
        }
        None => format!("{mark}{value}"),
    }
}

/// `?` where it is not known, `~` where it rests on too few cases.
fn shown(value: Option<Decimal>, reliability: Option<Reliability>) -> String {
    let mark = if reliability == Some(Reliability::TooFew) { "~" } else { "" };
    value.map_or("?".to_owned(), plain_text) + mark
}

fn signed(value: Decimal) -> String {
    let sign = if Decimal::ZERO < value { "+" } else { "" };
    format!("{sign}{}", plain_text(value))
}

fn organs(line: &OrganLine) -> String {
    let mut grid = grid();
    grid.set_header(["机关", "数值", "占合计", "名次"]);
    for point in &line.points {
        let share = point.share.map(|share| plain_text(share) + "%").unwrap_or_default();
        let rank = point.rank.map_or("不排名".to_owned(), |rank| rank.to_string());
        grid.add_row([point.agency.clone(), shown(point.value, point.reliability), share, rank]);
    }
    let median = line.median.map(|median| format!("中位数 {}\n", plain_text(median)));
    aligned(grid) + &median.unwrap_or_default()
}
