//! Charts of figures as SVG; the numbers stand in a table beside each, so a chart is never alone.

use charts_rs::{BarChart, Box, Color, HorizontalBarChart, Series};
use gongkai_app::site::figures::Figure;

const FONT: &str = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif";
const BLUE: Color = Color { r: 0x1d, g: 0x4f, b: 0x91, a: 255 };
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
    let names = shown.iter().map(|figure| figure.title.clone()).collect();
    let mut chart = HorizontalBarChart::new(series(title, &shown), names);
    chart.width = 720.0;
    #[expect(clippy::cast_precision_loss, reason = "at most as many as the chart has bars")]
    let height = 80.0 + 32.0 * shown.len() as f32;
    chart.height = height;
    chart.font_family = FONT.to_owned();
    chart.margin = Box { left: 10.0, top: 20.0, right: 40.0, bottom: 10.0 };
    chart.legend.show = Some(false);
    chart.series.colors = vec![BLUE];
    chart.svg().map_err(|error| error.to_string())
}
