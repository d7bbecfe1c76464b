//! Charts of a year as SVG, each with the same numbers in words: a chart is never alone.
//!
//! All names come from the forms. What is not known is not drawn, and said.

use super::write::Draft;
use charts_rs::{BarChart, Box, Color, FontConfig, LineChart, NIL_VALUE, Series, TextConfig};
use gongkai_domain::figure::{CellKey, Figures, plain_text};
use gongkai_domain::form::{Table, TableKind};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt::Write;

const FONT: &str = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif";
const COLOURS: [Color; 4] = [
    Color { r: 0x1d, g: 0x4f, b: 0x91, a: 255 },
    Color { r: 0xc8, g: 0x10, b: 0x2e, a: 255 },
    Color { r: 0x6b, g: 0x72, b: 0x80, a: 255 },
    Color { r: 0x0f, g: 0x76, b: 0x6e, a: 255 },
];

/// Width and height of a chart, in its own units.
const SIZE: (f32, f32) = (720.0, 300.0);

/// Room above a chart, where the names of its series stand, and the size of their type.
const TOP: f32 = 36.0;
const TYPE: f32 = 14.0;

/// The line over years holds at most so many.
const MOST_YEARS: usize = 5;

/// One chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Stable name.
    pub key: &'static str,
    /// What it shows.
    pub title: String,
    /// The picture; its text stands in it for those who do not see it.
    pub svg: String,
    /// The numbers in words.
    pub words: String,
}

/// Why a chart could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("图“{title}”画不成：{reason}")]
pub struct ChartError {
    /// Which.
    pub title: String,
    /// Why.
    pub reason: String,
}

/// Names beside each other, and one line or row of bars each with its values by name.
struct Shown {
    key: &'static str,
    title: String,
    unit: &'static str,
    names: Vec<String>,
    series: Vec<(String, Vec<Option<Decimal>>)>,
}

/// The charts of a report that have something to show; `earlier` are the figures of other years.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn charts(draft: &Draft, earlier: &[(i16, &Figures)]) -> Result<Vec<Chart>, ChartError> {
    let [_, requests, remedies] = draft.tables();
    let bars = [
        applicants(requests, &draft.figures),
        outcomes(requests, &draft.figures),
        remedy_results(remedies, &draft.figures),
    ];
    let lines = years(draft, earlier);
    let bars = bars.into_iter().filter(has_something).map(|shown| chart(&shown, draw_bars));
    let lines = lines.into_iter().filter(has_something).map(|shown| chart(&shown, draw_lines));
    bars.chain(lines).collect()
}

fn has_something(shown: &Shown) -> bool {
    let values = shown.series.iter().flat_map(|(_, values)| values);
    values.flatten().any(|value| !value.is_zero())
}

/// What came in, by kind of applicant.
fn applicants(table: &Table, figures: &Figures) -> Shown {
    let columns: Vec<_> =
        table.blocks[0].columns.iter().filter(|column| column.key != "total").collect();
    let value =
        |row: &str, column: &str| table.cell(row, column).and_then(|cell| figures.get(cell));
    let values = columns.iter().map(|column| value("received", &column.key)).collect();
    Shown {
        key: "applicants",
        title: "新收申请的申请人".to_owned(),
        unit: "件",
        names: columns.iter().map(|column| column.label.clone()).collect(),
        series: vec![("新收申请".to_owned(), values)],
    }
}

/// How requests ended, by the rows and groups of rows below the results.
fn outcomes(table: &Table, figures: &Figures) -> Shown {
    let mut sums: Vec<(String, Option<Decimal>)> = Vec::new();
    for row in table.rows.iter().filter(|row| row.key != "closed_total" && !row.groups.is_empty()) {
        let group = row.groups.get(1).and_then(|key| table.groups.iter().find(|g| g.key == *key));
        let name = bare(group.map_or(&row.label, |group| &group.label));
        let value = table.cell(&row.key, "total").and_then(|cell| figures.get(cell));
        match sums.last_mut().filter(|(last, _)| *last == name) {
            Some((_, sum)) => *sum = sum.zip(value).and_then(|(a, b)| a.checked_add(b)),
            None => sums.push((name, value)),
        }
    }
    let (names, values) = sums.into_iter().unzip();
    Shown {
        key: "outcomes",
        title: "申请的办理结果".to_owned(),
        unit: "件",
        names,
        series: vec![("办结申请".to_owned(), values)],
    }
}

/// A label without its number and the remark behind it.
fn bare(label: &str) -> String {
    let label = label.split_once('）').map_or(label, |(_, words)| words);
    label.split('（').next().unwrap_or(label).to_owned()
}

/// How reconsiderations and suits ended: a row of bars each.
fn remedy_results(table: &Table, figures: &Figures) -> Shown {
    let columns: Vec<_> =
        table.blocks[0].columns.iter().filter(|column| column.key != "total").collect();
    let values = |row: &str| {
        let cell = |column: &str| table.cell(row, column).and_then(|cell| figures.get(cell));
        columns.iter().map(|column| cell(&column.key)).collect()
    };
    Shown {
        key: "remedies",
        title: "行政复议和行政诉讼的结果".to_owned(),
        unit: "件",
        names: columns.iter().map(|column| column.label.clone()).collect(),
        series: table.rows.iter().map(|row| (row.label.clone(), values(&row.key))).collect(),
    }
}

/// What came in and what was closed over the last years, where there are two at least.
fn years(draft: &Draft, earlier: &[(i16, &Figures)]) -> Option<Shown> {
    let mut all: Vec<(i16, &Figures)> =
        earlier.iter().copied().filter(|(year, _)| *year < draft.year).collect();
    all.push((draft.year, &draft.figures));
    all.sort_by_key(|(year, _)| *year);
    all.dedup_by_key(|(year, _)| *year);
    let all = &all[all.len().saturating_sub(MOST_YEARS)..];
    let cell = |row: &str| draft.forms[1].table(TableKind::Requests).cell(row, "total");
    let line = |name: &str, cell: Option<CellKey>| {
        let values = all.iter().map(|(_, figures)| cell.and_then(|cell| figures.get(cell)));
        (name.to_owned(), values.collect())
    };
    let shown = Shown {
        key: "years",
        title: "历年申请".to_owned(),
        unit: "件",
        names: all.iter().map(|(year, _)| year.to_string()).collect(),
        series: vec![line("新收申请", cell("received")), line("办结申请", cell("closed_total"))],
    };
    (1 < all.len()).then_some(shown)
}

fn chart(
    shown: &Shown,
    draw: impl Fn(&Shown) -> Result<String, String>,
) -> Result<Chart, ChartError> {
    let title = shown.title.clone();
    let svg = draw(shown).map_err(|reason| ChartError { title: title.clone(), reason })?;
    let words = words(shown);
    Ok(Chart { key: shown.key, svg: with_words(&svg, &words), title, words })
}

/// A value for the crate; it draws nothing where it gets no number.
fn length(value: Option<Decimal>) -> f32 {
    value.and_then(|value| value.to_f32()).unwrap_or(NIL_VALUE)
}

fn series(shown: &Shown) -> Vec<Series> {
    let one = |(name, values): &(String, Vec<Option<Decimal>>)| {
        let values: Vec<f32> = values.iter().map(|value| length(*value)).collect();
        let mut series = Series::from((name.as_str(), values));
        series.label_show = true;
        series
    };
    shown.series.iter().map(one).collect()
}

/// The names of the series, each with a box of its colour. The crate measures names with a Latin
/// font, in which ours have no width: they are set by hand.
fn legend(shown: &Shown) -> Vec<TextConfig> {
    let mut left = 40.0;
    let mut texts = Vec::new();
    for ((name, _), colour) in shown.series.iter().zip(COLOURS) {
        let font = FontConfig { size: TYPE, color: colour, ..FontConfig::default() };
        let text = format!("■ {name}");
        let width = TYPE * length(Some(text.chars().count().into()));
        let (at, top) = (Some(left), Some(4.0));
        texts.push(TextConfig { text, left: at, top, font, ..TextConfig::default() });
        left += width + TYPE;
    }
    texts
}

fn draw_bars(shown: &Shown) -> Result<String, String> {
    let mut chart = BarChart::new(series(shown), shown.names.clone());
    (chart.width, chart.height) = SIZE;
    chart.font_family = FONT.to_owned();
    chart.margin = Box { left: 10.0, top: TOP, right: 20.0, bottom: 10.0 };
    chart.legend.show = Some(false);
    chart.texts = legend(shown);
    chart.series.colors = COLOURS.to_vec();
    chart.svg().map_err(|error| error.to_string())
}

fn draw_lines(shown: &Shown) -> Result<String, String> {
    let mut chart = LineChart::new(series(shown), shown.names.clone());
    (chart.width, chart.height) = SIZE;
    chart.font_family = FONT.to_owned();
    chart.margin = Box { left: 10.0, top: TOP, right: 20.0, bottom: 10.0 };
    chart.legend.show = Some(false);
    chart.texts = legend(shown);
    chart.series.colors = COLOURS.to_vec();
    chart.svg().map_err(|error| error.to_string())
}

/// `申请的办理结果：予以公开 8 件，部分公开 1 件。`
fn words(shown: &Shown) -> String {
    let mut text = format!("{}：", shown.title);
    for (number, (name, values)) in shown.series.iter().enumerate() {
        text.push_str(if number == 0 { "" } else { "；" });
        if 1 < shown.series.len() {
            text.push_str(name);
            text.push('：');
        }
        for (at, (name, value)) in shown.names.iter().zip(values).enumerate() {
            let value = value.map(|value| format!("{} {}", plain_text(value), shown.unit));
            let value = value.unwrap_or_else(|| "没有数字".to_owned());
            // Writing to a string does not fail.
            let _ = write!(text, "{}{name} {value}", if at == 0 { "" } else { "，" });
        }
    }
    text + "。"
}

/// The picture with its words for those who do not see it.
fn with_words(svg: &str, words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    svg.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{words}\" "), 1)
}
