//! 数据与统计: publication by month, organ, kind and channel, as charts with the tables below them, and CSV.

use crate::answer::{Answer, Failure, html};
use crate::page::Frame;
use crate::public::charts;
use crate::public::columns::{Column, column};
use crate::public::csv::{self, Csv};
use crate::public::filters::{Field, organ_field};
use crate::public::query::{Asked, encoded};
use crate::public::site::Site;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::items::Filter;
use gongkai_app::site::figures::{Figure, Figures, figures};
use gongkai_app::site::lists;
use gongkai_app::{App, AppError};

/// One chart with its table.
pub(super) struct Section {
    pub key: &'static str,
    pub title: &'static str,
    pub head: &'static str,
    pub figures: Vec<Figure>,
    pub picture: String,
}

#[derive(Template)]
#[template(path = "public/statistics.html")]
pub(super) struct Statistics {
    pub frame: Frame,
    pub column: &'static Column,
    pub year: i16,
    pub years: Vec<i16>,
    pub organs: Field,
    pub total: i64,
    pub sections: Vec<Section>,
    pub csv: String,
}

async fn of(app: &App, asked: &Asked) -> Result<Figures, AppError> {
    let year = asked.year.parse().unwrap_or_else(|_| app.clock.today().year());
    figures(app, year, asked.organ.parse().ok()).await
}

/// The divisions: key, title, head of the first column, figures. Nothing went to channels: none of them.
fn divisions(figures: Figures) -> Vec<(&'static str, &'static str, &'static str, Vec<Figure>)> {
    let mut divisions = vec![
        ("months", "按月份", "月份", figures.months),
        ("organs", "按机关", "机关", figures.organs),
        ("kinds", "按类别", "类别", figures.kinds),
    ];
    if !figures.channels.is_empty() {
        divisions.push(("channels", "按发布渠道（网站以外）", "渠道", figures.channels));
    }
    divisions
}

/// Shows the figures of a year.
pub async fn show(Site { app, frame }: Site, Query(asked): Query<Asked>) -> Answer {
    let column = column("statistics").ok_or(AppError::NotFound("这个栏目"))?;
    let figures = of(&app, &asked).await?;
    let organs = app.organs().await?;
    let query = format!("year={}&organ={}", figures.year, encoded(&asked.organ));
    let (year, total) = (figures.year, figures.total);
    let section = |(key, title, head, figures)| Section {
        picture: format!("/statistics/charts/{key}?{query}"),
        key,
        title,
        head,
        figures,
    };
    let mut years = lists::years(&app, &Filter::default()).await?;
    if !years.contains(&year) {
        years.insert(0, year);
    }
    html(&Statistics {
        frame,
        column,
        year,
        years,
        organs: organ_field(&asked.organ, &organs),
        total,
        sections: divisions(figures).into_iter().map(section).collect(),
        csv: format!("/data/statistics.csv?{query}"),
    })
}

/// One of the charts, as SVG.
pub async fn chart(
    State(app): State<App>,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let figures = of(&app, &asked).await?;
    let found = divisions(figures).into_iter().find(|(each, ..)| *each == key);
    let (_, title, _, figures) = found.ok_or(AppError::NotFound("这张图表"))?;
    let picture = charts::bars(title, &figures)
        .map_err(|error| Failure(AppError::Broken(format!("没有画出图表：{error}"))))?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response())
}

/// The figures as CSV.
pub async fn table(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let figures = of(&app, &asked).await?;
    let name = format!("statistics-{}.csv", figures.year);
    let mut csv = Csv::new(&["分类", "代码", "名称", "条数"]);
    for (_, title, _, figures) in divisions(figures) {
        for figure in figures {
            csv.row(&[title, &figure.key, &figure.title, &figure.n_items.to_string()]);
        }
    }
    csv::answer(&name, csv)
}
