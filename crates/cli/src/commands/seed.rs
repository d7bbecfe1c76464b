//! `gongkai seed`: demonstration data in an empty installation, without serving it.

use super::{Ending, place};
use crate::args::PlaceOptions;
use anyhow::Context;
use gongkai_app::clock::Clock;
use gongkai_app::start::open;
use gongkai_app::{App, demo};
use std::io::{self, Write};

/// Fills an installation.
///
/// # Errors
/// When it holds something already, or cannot be opened.
pub fn run(options: &PlaceOptions) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    runtime.block_on(async {
        let opened = open(&place::of(options), Clock::Machine).await?;
        tell_demo(&opened.app).await?;
        opened.app.store.close().await;
        Ok(Ending::Done)
    })
}

/// Fills an installation and tells the log-ins.
pub async fn tell_demo(app: &App) -> anyhow::Result<()> {
    writeln!(io::stderr(), "正在准备演示数据……")?;
    let log_ins = demo::fill(app).await?;
    writeln!(io::stdout(), "演示登录（密码都是 {}）：", demo::PASSWORD)?;
    for log_in in log_ins {
        writeln!(io::stdout(), "  {}\t{}", log_in.login, log_in.who)?;
    }
    Ok(())
}
