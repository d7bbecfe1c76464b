//! 开放数据: the lists of items and organs as CSV and JSON, year by year; the page that names them.

use crate::answer::{Answer, html};
use crate::api::model::{ItemLine, OrganData, item_line, organ_data};
use crate::page::Frame;
use crate::public::csv::{self, Csv};
use crate::public::query::Asked;
use crate::public::site::Site;
use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use gongkai_app::items::{Filter, Page};
use gongkai_app::site::lists;
use gongkai_app::{App, AppError};

#[derive(Template)]
#[template(path = "public/open_data.html")]
pub(super) struct OpenData {
    pub frame: Frame,
    pub years: Vec<i16>,
}

/// How many lines are read at once.
const PORTION: i64 = 1_000;

/// Names what there is.
pub async fn show(Site { app, frame }: Site) -> Answer {
    let years = lists::years(&app, &Filter::default()).await?;
    html(&OpenData { frame, years })
}

/// Every public item of a year; of the current one where the address names none.
async fn of_year(app: &App, asked: &Asked) -> Result<(i16, Vec<ItemLine>), AppError> {
    let year = asked.year.parse().unwrap_or_else(|_| app.clock.today().year());
    let filter = Filter {
        year: Some(year),
        organs: asked.organ.parse().ok().into_iter().collect(),
        ..Filter::default()
    };
    let organs = app.organs().await?;
    let mut all = Vec::new();
    loop {
        let skip = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let (lines, n_lines) = lists::lines(app, &filter, Page { skip, limit: PORTION }).await?;
        let is_end = lines.is_empty();
        all.extend(lines.into_iter().map(|line| item_line(app, line, &organs)));
        if is_end || n_lines <= i64::try_from(all.len()).unwrap_or(i64::MAX) {
            return Ok((year, all));
        }
    }
}

/// The items of a year as CSV.
pub async fn items_csv(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let (year, items) = of_year(&app, &asked).await?;
    let heads =
        ["标识", "索引号", "名称", "发布机构", "类别", "发文字号", "成文日期", "发布日期", "地址"];
    let mut csv = Csv::new(&heads);
    for item in &items {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        csv.row(&[
            &item.id,
            &text(&item.index_number),
            &item.title,
            &item.organ_name,
            &item.kind_name,
            &text(&item.document_number),
            &text(&item.formed_on),
            &text(&item.published_at),
            &item.address,
        ]);
    }
    csv::answer(&format!("items-{year}.csv"), csv)
}

/// The items of a year as JSON.
pub async fn items_json(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    Ok(Json(of_year(&app, &asked).await?.1).into_response())
}

async fn organs(app: &App) -> Result<Vec<OrganData>, AppError> {
    Ok(app.organs().await?.into_iter().map(organ_data).collect())
}

/// The organs as CSV.
pub async fn organs_csv(State(app): State<App>) -> Answer {
    let heads = [
        "标识",
        "名称",
        "简称",
        "性质",
        "上级",
        "代码",
        "工作机构",
        "办公地址",
        "办公时间",
        "联系电话",
        "传真号码",
        "互联网联系方式",
    ];
    let mut csv = Csv::new(&heads);
    for organ in organs(&app).await? {
        let parent = organ.parent.clone().unwrap_or_default();
        let contact = &organ.contact;
        csv.row(&[
            &organ.id,
            &organ.name,
            &organ.short_name,
            organ.kind_name,
            &parent,
            &organ.code,
            &contact.office,
            &contact.address,
            &contact.hours,
            &contact.telephone,
            &contact.fax,
            &contact.internet,
        ]);
    }
    csv::answer("organs.csv", csv)
}

/// The organs as JSON.
pub async fn organs_json(State(app): State<App>) -> Answer {
    Ok(Json(organs(&app).await?).into_response())
}
