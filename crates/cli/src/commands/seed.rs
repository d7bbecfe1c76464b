//! `gongkai seed`: fills an empty data directory with the demonstration, at any size, without serving.

use super::{Ending, place};
use crate::args::SeedOptions;
use anyhow::Context;
use gongkai_app::clock::Clock;
use gongkai_app::start::open;
use gongkai_app::{demo, search};
use std::io::{self, Write};

/// Fills the installation.
///
/// # Errors
/// When it holds something else already, or cannot be opened.
pub fn run(options: &SeedOptions) -> anyhow::Result<Ending> {
    tokio::runtime::Runtime::new().context("无法启动")?.block_on(seed(options))
}

async fn seed(options: &SeedOptions) -> anyhow::Result<Ending> {
    let opened = open(&place::of(&options.place), Clock::Machine).await?;
    demo::fill(&opened.app).await?;
    let n_added = demo::grow(&opened.app, options.organs, options.items).await?;
    let n_requests = demo::grow_requests(&opened.app, options.requests).await?;
    let n_items = search::rebuild(&opened.app).await?;
    opened.app.store.close().await;
    let data = options.place.data.display();
    writeln!(
        io::stdout(),
        "演示数据已填入 {data}：公开信息 {n_items} 条（另生成 {n_added} 条），另生成申请 {n_requests} 件，密码都是 {}。",
        demo::PASSWORD
    )?;
    Ok(Ending::Done)
}
