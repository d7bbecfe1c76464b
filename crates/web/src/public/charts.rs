//! Charts of figures as SVG; the numbers stand in a table beside each, so a chart is never alone.

use charts_rs::{BarChart, Box, Color, FontConfig, HorizontalBarChart, Series, TextConfig};
use gongkai_app::site::figures::Figure;

const FONT: &str = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif";
const BLUE: Color = Color { r: 0x1d, g: 0x4f, b: 0x91, a: 255 };
const INK: Color = Color { r: 0x1f, g: 0x23, b: 0x28, a: 255 };
/// Sizes of a chart with lying bars, in its own units: the room above, the height of a bar with what is
/// around it, the scale below, the type.
const TOP: f32 = 16.0;
const ROW: f32 = 32.0;
const AXIS: f32 = 30.0;
const SIZE: f32 = 14.0;
/// More bars than this lie, so that their names can be read.
const STANDING: usize = 12;
/// The most bars of one chart; the table beside has them all.
const MOST: usize = 30;

/// The figures as bars.
///
/// # Errors
/// When the drawing fails.
pub fn bars(title: &str, figures: &[Figure]) -> Result<String, String> {
    let standing = figures.len() <= STANDING && figures.iter().all(|each| short(&each.title));
    if standing { upright(title, figures) } else { lying(title, figures) }
}

fn short(title: &str) -> bool {
    title.chars().count() <= 4
}

#[expect(clippy::cast_precision_loss, reason = "a bar is drawn to a pixel, not to the item")]
fn series(title: &str, figures: &[&Figure]) -> Vec<Series> {
    let values: Vec<f32> = figures.iter().map(|figure| figure.n_items as f32).collect();
    let mut series = Series::from((title, values));
    series.label_show = true;
    vec![series]
}

/// A small number as a length.
fn length(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::from(u16::MAX), f32::from)
}

fn upright(title: &str, figures: &[Figure]) -> Result<String, String> {
    let shown: Vec<&Figure> = figures.iter().collect();
    let names = shown.iter().map(|figure| figure.title.clone()).collect();
    let mut chart = BarChart::new(series(title, &shown), names);
    chart.width = 720.0;
    chart.height = 300.0;
    chart.font_family = FONT.to_owned();
    chart.margin = Box { left: 10.0, top: 20.0, right: 20.0, bottom: 10.0 };
    chart.legend.show = Some(false);
    chart.series.colors = vec![BLUE];
    chart.svg().map_err(|error| error.to_string())
}

fn lying(title: &str, figures: &[Figure]) -> Result<String, String> {
    let mut shown: Vec<&Figure> = figures.iter().filter(|figure| 0 < figure.n_items).collect();
    shown.sort_by_key(|figure| -figure.n_items);
    shown.truncate(MOST);
    shown.reverse();
    let longest = shown.iter().map(|figure| figure.title.chars().count()).max().unwrap_or(0);
    let texts = shown.iter().rev().zip(0_u16..).map(|(figure, row)| name(figure, row));
    let texts: Vec<TextConfig> = texts.collect();
    let places = shown.iter().map(|figure| figure.key.clone()).collect();
    let mut chart = HorizontalBarChart::new(series(title, &shown), places);
    chart.width = 720.0;
    chart.height = TOP + AXIS + ROW * length(shown.len());
    chart.font_family = FONT.to_owned();
    chart.margin = Box { left: 24.0 + SIZE * length(longest), top: TOP, right: 40.0, bottom: 0.0 };
    chart.legend.show = Some(false);
    chart.series.colors = vec![BLUE];
    chart.x_axis.height = AXIS;
    // The crate measures names with a Latin font, in which ours have no width: they are set by hand.
    chart.y_axis_hidden = true;
    chart.texts = texts;
    chart.svg().map_err(|error| error.to_string())
}

/// The name of a bar, left of it.
fn name(figure: &Figure, row: u16) -> TextConfig {
    let font = FontConfig { size: SIZE, color: INK, ..FontConfig::default() };
    TextConfig {
        text: figure.title.clone(),
        left: Some(10.0),
        top: Some(TOP + ROW * f32::from(row) + (ROW - SIZE) / 2.0 - 2.0),
        font,
        ..TextConfig::default()
    }
}
