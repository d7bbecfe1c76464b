//! How many editions were out, by month, channel and kind: the rows of the table and the CSV.

use crate::answer::Answer;
use crate::current::Signed;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::channels::{Count, read};
use gongkai_domain::channel::title;
use gongkai_domain::item_kind::kind;

/// One count as it is shown.
pub struct Row {
    /// `2025-03`.
    pub month: String,
    /// The channel.
    pub channel: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// How many.
    pub n: i64,
}

/// Counts as they are shown.
pub fn rows(counts: Vec<Count>) -> Vec<Row> {
    let row = |count: Count| Row {
        month: count.out_month,
        channel: title(&count.channel),
        kind: kind(&count.kind).map_or("其他", |each| each.title.as_str()),
        n: count.n_releases,
    };
    counts.into_iter().map(row).collect()
}

/// The counts as CSV. Months, channels and kinds are words of the program: nothing in them is quoted.
pub async fn csv(State(app): State<App>, Signed(current): Signed) -> Answer {
    let mut text = String::from("\u{feff}月份,渠道,信息种类,发布条数\r\n");
    for row in rows(read::counts(&app, &current.caller).await?) {
        let channel = row.channel.replace(',', "，");
        text.push_str(&format!("{},{},{},{}\r\n", row.month, channel, row.kind, row.n));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"channels.csv\""),
    ];
    Ok((headers, text).into_response())
}
