//! 首页: the ways in, the newest items, the newest policies, the organs.

use crate::answer::{Answer, html};
use crate::page::Frame;
use crate::public::columns::{Column, column};
use crate::public::rows::{Row, rows};
use crate::public::site::Site;
use askama::Template;
use gongkai_app::App;
use gongkai_app::AppError;
use gongkai_app::items::{Filter, Page};
use gongkai_app::site::lists;
use gongkai_domain::organ::Organ;

/// A column with its newest lines.
pub(super) struct Block {
    pub column: &'static Column,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "public/home.html")]
pub(super) struct Home {
    pub frame: Frame,
    pub blocks: Vec<Block>,
    pub organs: Vec<Organ>,
    pub n_items: i64,
}

/// The columns whose newest lines stand on the home page, with how many lines.
const BLOCKS: [(&str, i64); 5] =
    [("statutory", 8), ("policies", 6), ("interpretations", 5), ("annual_reports", 5), ("news", 5)];

async fn block(app: &App, key: &str, limit: i64, organs: &[Organ]) -> Result<Block, AppError> {
    let column = column(key).ok_or(AppError::NotFound("这个栏目"))?;
    let filter = Filter { kinds: column.kinds.clone(), ..Filter::default() };
    let (lines, _) = lists::lines(app, &filter, Page { skip: 0, limit }).await?;
    Ok(Block { column, rows: rows(lines, organs) })
}

/// Shows the home page; columns without anything are left out.
pub async fn show(Site { app, frame }: Site) -> Answer {
    let organs = app.organs().await?;
    let mut blocks = Vec::new();
    for (key, limit) in BLOCKS {
        let block = block(&app, key, limit, &organs).await?;
        if !block.rows.is_empty() {
            blocks.push(block);
        }
    }
    let n_items = lists::count(&app, &Filter::default()).await?;
    let current = organs.into_iter().filter(|organ| organ.merged_into.is_none()).collect();
    html(&Home { frame, blocks, organs: current, n_items })
}
