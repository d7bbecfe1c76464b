//! Charts of a year as SVG, each with the same numbers in words: a chart is never alone.
//!
//! All names come from the forms. What is not known is not drawn, and said; where a series breaks
//! (`data/forms/indicators.toml`) the line breaks too, and the year and the reason are named.

use super::write::Draft;
use charts_rs::{BarChart, Box, Color, FontConfig, LineChart, NIL_VALUE, Series, TextConfig};
use gongkai_domain::figure::{CellKey, Figures, plain_text};
use gongkai_domain::form::Table;
use gongkai_domain::report::compare::{Break, break_between};
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
const TOP: f32 = 52.0;
const TYPE: f32 = 14.0;

/// The lines over years hold so many.
const YEARS: i16 = 5;

/// Stands behind a year from which on the numbers mean something else, and what it says.
const MARK: char = '※';
const MARKED: &str = "※ 自这一年起口径变化，与以前年度不可比";
/// Where that is said in the picture.
const MARKED_AT: f32 = 440.0;

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

/// How a chart is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Drawn {
    Bars,
    Lines,
}

/// What a chart shows, before it is drawn: names beside each other, and one line or row of bars each
/// with its values by name.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Stable name.
    pub key: &'static str,
    /// What it shows.
    pub title: String,
    /// The unit of its numbers.
    pub unit: &'static str,
    /// The names under the bars or points.
    pub names: Vec<String>,
    /// What is drawn, with its value for each name; `None` where it is not known.
    pub series: Vec<(String, Vec<Option<Decimal>>)>,
    /// The first name of a new series, with why it is one.
    breaks: Vec<(usize, &'static Break)>,
    drawn: Drawn,
}

impl Plan {
    /// Why numbers on both sides of a name cannot be held against each other.
    pub fn notes(&self) -> impl Iterator<Item = String> + '_ {
        self.breaks.iter().map(|(_, each)| format!("{}（{}）。", each.reason, each.source))
    }

    /// The same as a table: a row for each name, with the values as text.
    pub fn rows(&self) -> impl Iterator<Item = (&str, Vec<String>)> + '_ {
        let shown = |value: Decimal| plain_text(value);
        self.names.iter().enumerate().map(move |(at, name)| {
            let values = self.series.iter().map(|(_, values)| values.get(at).copied().flatten());
            let values = values.map(|value| value.map_or_else(|| "—".to_owned(), shown));
            (name.as_str(), values.collect())
        })
    }

    /// Draws it.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn draw(&self) -> Result<Chart, ChartError> {
        let drawn = match self.drawn {
            Drawn::Bars => draw_bars(self),
            Drawn::Lines => draw_lines(self),
        };
        let title = self.title.clone();
        let svg = drawn.map_err(|reason| ChartError { title: title.clone(), reason })?;
        let words = words(self);
        Ok(Chart { key: self.key, svg: with_words(&svg, &words), title, words })
    }

    fn has_something(&self) -> bool {
        let values = self.series.iter().flat_map(|(_, values)| values);
        values.flatten().any(|value| !value.is_zero())
    }
}

/// The charts of a report that have something to show; `earlier` are the figures of other years.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn charts(draft: &Draft, earlier: &[(i16, &Figures)]) -> Result<Vec<Chart>, ChartError> {
    plans(draft, earlier).iter().map(Plan::draw).collect()
}

/// What the charts of a report show, where there is something to show; `earlier` are the figures of
/// other years.
pub fn plans(draft: &Draft, earlier: &[(i16, &Figures)]) -> Vec<Plan> {
    let [_, requests, remedies] = draft.tables();
    let bars = [
        applicants(requests, &draft.figures),
        outcomes(requests, &draft.figures),
        remedy_results(remedies, &draft.figures),
    ];
    let all = bars.into_iter().chain(years(draft, earlier));
    all.filter(Plan::has_something).collect()
}

/// What came in, by kind of applicant.
fn applicants(table: &Table, figures: &Figures) -> Plan {
    let columns: Vec<_> =
        table.blocks[0].columns.iter().filter(|column| column.key != "total").collect();
    let value =
        |row: &str, column: &str| table.cell(row, column).and_then(|cell| figures.get(cell));
    let values = columns.iter().map(|column| value("received", &column.key)).collect();
    Plan {
        key: "applicants",
        title: "新收申请的申请人".to_owned(),
        unit: "件",
        names: columns.iter().map(|column| column.label.clone()).collect(),
        series: vec![("新收申请".to_owned(), values)],
        breaks: Vec::new(),
        drawn: Drawn::Bars,
    }
}

/// How requests ended, by the rows and groups of rows below the results.
fn outcomes(table: &Table, figures: &Figures) -> Plan {
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
    Plan {
        key: "outcomes",
        title: "申请的办理结果".to_owned(),
        unit: "件",
        names,
        series: vec![("办结申请".to_owned(), values)],
        breaks: Vec::new(),
        drawn: Drawn::Bars,
    }
}

/// A label without its number and the remark behind it.
fn bare(label: &str) -> String {
    let label = label.split_once('）').map_or(label, |(_, words)| words);
    label.split('（').next().unwrap_or(label).to_owned()
}

/// How reconsiderations and suits ended: a row of bars each.
fn remedy_results(table: &Table, figures: &Figures) -> Plan {
    let columns: Vec<_> =
        table.blocks[0].columns.iter().filter(|column| column.key != "total").collect();
    let values = |row: &str| {
        let cell = |column: &str| table.cell(row, column).and_then(|cell| figures.get(cell));
        columns.iter().map(|column| cell(&column.key)).collect()
    };
    Plan {
        key: "remedies",
        title: "行政复议和行政诉讼的结果".to_owned(),
        unit: "件",
        names: columns.iter().map(|column| column.label.clone()).collect(),
        series: table.rows.iter().map(|row| (row.label.clone(), values(&row.key))).collect(),
        breaks: Vec::new(),
        drawn: Drawn::Bars,
    }
}

/// The lines over the last five years, where two of them are known at least: what came in and was
/// closed, reconsiderations and suits, and the decisions of table two.
fn years(draft: &Draft, earlier: &[(i16, &Figures)]) -> Vec<Plan> {
    let oldest = draft.year.saturating_sub(YEARS - 1);
    let known = earlier.iter().filter(|(year, _)| (oldest..draft.year).contains(year));
    let Some(first) = known.map(|(year, _)| *year).min() else { return Vec::new() };
    let figures = |year: i16| match year == draft.year {
        true => Some(&draft.figures),
        false => earlier.iter().find(|(each, _)| *each == year).map(|(_, figures)| *figures),
    };
    let all: Vec<(i16, Option<&Figures>)> =
        (first..=draft.year).map(|year| (year, figures(year))).collect();
    let [proactive, requests, remedies] = draft.tables();
    let total = |table: &Table, row: &str| table.cell(row, "total");
    let handled = [
        ("新收申请".to_owned(), total(requests, "received")),
        ("办结申请".to_owned(), total(requests, "closed_total")),
    ];
    let contested = remedies.rows.iter();
    let contested = contested.map(|row| (row.label.clone(), total(remedies, &row.key)));
    let decided =
        proactive.rows.iter().map(|row| (bare(&row.label), proactive.cell(&row.key, "decided")));
    let decided = decided.filter(|(_, cell)| cell.is_some());
    vec![
        over_years("years", "历年申请", handled.into_iter().collect(), &all),
        over_years("years_remedies", "历年行政复议和行政诉讼", contested.collect(), &all),
        over_years("years_acts", "历年处理决定", decided.take(COLOURS.len()).collect(), &all),
    ]
}

/// One chart over years: a line for each figure.
fn over_years(
    key: &'static str,
    title: &str,
    lines: Vec<(String, Option<CellKey>)>,
    all: &[(i16, Option<&Figures>)],
) -> Plan {
    let cells: Vec<CellKey> = lines.iter().filter_map(|(_, cell)| *cell).collect();
    let pairs = all.windows(2).zip(1..);
    let breaks =
        pairs.filter_map(|(pair, at)| Some((at, break_between(&cells, pair[0].0, pair[1].0)?)));
    let breaks: Vec<_> = breaks.collect();
    let name = |(at, (year, _)): (usize, &(i16, Option<&Figures>))| {
        let is_new = breaks.iter().any(|(each, _)| *each == at);
        if is_new { format!("{year}{MARK}") } else { year.to_string() }
    };
    let values = |cell: Option<CellKey>| {
        all.iter()
            .map(|(_, figures)| figures.zip(cell).and_then(|(of, cell)| of.get(cell)))
            .collect()
    };
    Plan {
        key,
        title: title.to_owned(),
        unit: "件",
        names: all.iter().enumerate().map(name).collect(),
        series: lines.iter().map(|(name, cell)| (name.clone(), values(*cell))).collect(),
        breaks,
        drawn: Drawn::Lines,
    }
}

/// A value for the crate; it draws nothing where it gets no number.
fn length(value: Option<Decimal>) -> f32 {
    value.and_then(|value| value.to_f32()).unwrap_or(NIL_VALUE)
}

fn one_series(name: &str, values: Vec<f32>) -> Series {
    let mut series = Series::from((name, values));
    series.label_show = true;
    series
}

/// What is drawn, each with its colour; a line that breaks is drawn as several, of one colour.
fn series(shown: &Plan) -> Vec<(Series, Color)> {
    let mut starts = vec![0];
    starts.extend(shown.breaks.iter().map(|(at, _)| *at));
    let mut all = Vec::new();
    for ((name, values), colour) in shown.series.iter().zip(COLOURS.into_iter().cycle()) {
        for (number, start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(values.len());
            let piece = values.iter().enumerate();
            let piece = piece.map(|(at, value)| value.filter(|_| (*start..end).contains(&at)));
            let piece: Vec<Option<Decimal>> = piece.collect();
            if piece.iter().any(Option::is_some) {
                let lengths = piece.into_iter().map(length).collect();
                all.push((one_series(name, lengths), colour));
            }
        }
    }
    all
}

/// The names of the series, each with a box of its colour. The crate measures names with a Latin
/// font, in which ours have no width: they are set by hand.
fn legend(shown: &Plan) -> Vec<TextConfig> {
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
    if !shown.breaks.is_empty() {
        let font = FontConfig { size: TYPE - 2.0, color: COLOURS[2], ..FontConfig::default() };
        let (text, at) = (MARKED.to_owned(), Some(MARKED_AT.max(left)));
        texts.push(TextConfig { text, left: at, top: Some(4.0), font, ..TextConfig::default() });
    }
    texts
}

fn draw_bars(shown: &Plan) -> Result<String, String> {
    let (series, colours) = series(shown).into_iter().unzip();
    let mut chart = BarChart::new(series, shown.names.clone());
    (chart.width, chart.height) = SIZE;
    chart.font_family = FONT.to_owned();
    chart.margin = Box { left: 10.0, top: TOP, right: 20.0, bottom: 10.0 };
    chart.legend.show = Some(false);
    chart.texts = legend(shown);
    chart.series.colors = colours;
    chart.svg().map_err(|error| error.to_string())
}

fn draw_lines(shown: &Plan) -> Result<String, String> {
    let (series, colours) = series(shown).into_iter().unzip();
    let mut chart = LineChart::new(series, shown.names.clone());
    (chart.width, chart.height) = SIZE;
    chart.font_family = FONT.to_owned();
    chart.margin = Box { left: 10.0, top: TOP, right: 20.0, bottom: 10.0 };
    chart.legend.show = Some(false);
    chart.texts = legend(shown);
    chart.series.colors = colours;
    chart.svg().map_err(|error| error.to_string())
}

/// `申请的办理结果：予以公开 8 件，部分公开 1 件。`
fn words(shown: &Plan) -> String {
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
    text.push('。');
    shown.notes().for_each(|note| text.push_str(&note));
    text
}

/// The picture with its words for those who do not see it.
fn with_words(svg: &str, words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    svg.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{words}\" "), 1)
}
