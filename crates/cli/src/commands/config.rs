//! `gongkai config`: the settings of an installation; `rotate-key` puts a new key in place.

use super::{Ending, place};
use crate::args::{ConfigCommand, LookOptions, PlaceOptions};
use crate::output::json;
use anyhow::Context;
use gongkai_app::config::shown::{Shown, shown};
use gongkai_app::requests::seal_open::seal_open;
use gongkai_app::vault;
use std::io::{self, Write};

/// Runs a verb of the settings.
///
/// # Errors
/// When the installation cannot be opened, or the answer cannot be written.
pub fn run(command: &ConfigCommand) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    match command {
        ConfigCommand::Show(options) => show(options),
        ConfigCommand::RotateKey(options) => runtime.block_on(rotate_key(options)),
    }
}

fn show(options: &LookOptions) -> anyhow::Result<Ending> {
    let all = shown(&place::of(&options.place))?;
    let mut out = io::stdout().lock();
    if options.json {
        writeln!(out, "{}", json::line(&all))?;
        return Ok(Ending::Done);
    }
    for Shown { key, value, source, default } in &all {
        writeln!(out, "{key} = {value}  # {source}；默认 {default}")?;
    }
    Ok(Ending::Done)
}

async fn rotate_key(options: &PlaceOptions) -> anyhow::Result<Ending> {
    let opened = place::opened(options).await?;
    seal_open(&opened.app).await?;
    let rotated = vault::rotate(&opened.app).await?;
    opened.app.store.close().await;
    let vault::Rotated { key, n_sealed, closed } = rotated;
    writeln!(io::stdout(), "新密钥 {key} 已启用，{n_sealed} 条改用新密钥加密。请备份密钥文件。")?;
    for each in &closed {
        writeln!(io::stderr(), "打不开，未改动：{each}")?;
    }
    Ok(if closed.is_empty() { Ending::Done } else { Ending::FoundWrong })
}
