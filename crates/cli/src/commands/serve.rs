//! `gongkai serve`: opens the installation and answers requests until it is told to stop.

use super::Ending;
use crate::args::ServeOptions;
use anyhow::Context;
use gongkai_app::accounts::setup;
use gongkai_app::clock::Clock;
use gongkai_app::start::{Place, open};
use gongkai_app::{App, demo, duties, jobs};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// Serves until Ctrl-C or a request to end.
///
/// # Errors
/// When the installation cannot be opened or the address is taken.
pub fn run(options: &ServeOptions) -> anyhow::Result<Ending> {
    tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(tracing_level()).init();
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    runtime.block_on(serve(options))
}

/// How long the end waits for a job in hand.
const LONGEST_END: Duration = Duration::from_secs(20);

fn tracing_level() -> tracing_subscriber::filter::LevelFilter {
    tracing_subscriber::filter::LevelFilter::WARN
}

async fn serve(options: &ServeOptions) -> anyhow::Result<Ending> {
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!("地址 {} 用不了，可能已被占用；请用 --listen 另选一个", options.listen)
    })?;
    let address = listener.local_addr()?;
    let place = Place {
        data: options.data.clone(),
        database: options.database.clone(),
        files: options.files.clone(),
        address: Some(format!("http://{address}")),
    };
    let opened = open(&place, Clock::Machine).await?;
    if options.demo {
        tell_demo(&opened.app).await?;
    }
    tell_setup(&opened.app, address).await?;
    say(&format!("公开网站：http://{address}/\n工作台：  http://{address}/work"));
    let duties = tokio::spawn(duties::run(opened.app.clone()));
    let (end_work, ended) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(jobs::run(opened.app.clone(), ended));
    let answered = gongkai_web::serve(listener, opened.app.clone(), stop()).await;
    duties.abort();
    // A job in hand is finished; one that takes too long comes again when its lease ends.
    end_work.send_replace(true);
    let _ = tokio::time::timeout(LONGEST_END, worker).await;
    gongkai_app::views::flush(&opened.app).await?;
    opened.app.store.close().await;
    answered?;
    Ok(Ending::Done)
}

/// Says something to whoever started the program; that nobody reads it is no reason not to serve.
fn say(text: &str) {
    writeln!(io::stdout(), "{text}").unwrap_or_default();
}

/// An installation that nobody can sign in to yet says how to set it up.
async fn tell_setup(app: &App, address: SocketAddr) -> anyhow::Result<()> {
    if let Some(token) = setup::offer(app).await? {
        let text = "首次启动，请在 24 小时内打开下面的地址完成初始化（只能用一次，不要转发）：";
        say(&format!("{text}\n  http://{address}/setup/{token}"));
    }
    Ok(())
}

async fn tell_demo(app: &App) -> anyhow::Result<()> {
    writeln!(io::stderr(), "正在准备演示数据……")?;
    let log_ins = demo::fill(app).await?;
    say(&format!("演示登录（密码都是 {}）：", demo::PASSWORD));
    for log_in in log_ins {
        say(&format!("  {}\t{}", log_in.login, log_in.who));
    }
    Ok(())
}

async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    let mut end = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(end) => end,
        Err(_) => return drop(interrupt.await),
    };
    tokio::select! { _ = interrupt => {}, _ = end.recv() => {} }
}
