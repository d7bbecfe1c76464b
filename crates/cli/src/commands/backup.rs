//! `gongkai backup` and `gongkai restore`: says what went where, and what is still missing.

use super::{Ending, place};
use crate::args::{BackupOptions, RestoreOptions};
use anyhow::Context;
use gongkai_app::clock::Clock;
use gongkai_app::upkeep::{backup, restore};
use std::io::{self, Write};

/// Backs up.
///
/// # Errors
/// When something cannot be read or written.
pub fn back_up(options: &BackupOptions) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    let asked = backup::Asked {
        place: place::of(&options.place),
        into: options.into.clone(),
        keys: options.keys.clone(),
    };
    let done =
        runtime.block_on(backup::back_up(&asked, &Clock::Machine)).context("备份没有做成")?;
    let backup::Done { n_files, n_bytes, sequence, .. } = &done;
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    writeln!(
        out,
        "备份完成：{}，审计日志到第 {sequence} 条，文件 {n_files} 个，共 {n_bytes} 字节。",
        options.into.display()
    )?;
    if !done.database {
        writeln!(err, "注意：数据库在服务器上，不在备份里，请另用 pg_dump 备份。")?;
    }
    match done.keys {
        Some(true) => writeln!(out, "密钥文件另存一份，请与备份分开保管。")?,
        Some(false) => writeln!(
            err,
            "注意：密钥文件没有备份；丢了它，加密的内容再也打不开。请用 --keys 另存到别处，分开保管。"
        )?,
        None => {}
    }
    for each in &done.damaged {
        writeln!(err, "有误：{each}")?;
    }
    Ok(if done.damaged.is_empty() { Ending::Done } else { Ending::FoundWrong })
}

/// Restores.
///
/// # Errors
/// When the backup is damaged, the directory is not empty, or something cannot be written.
pub fn restore(options: &RestoreOptions) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new().context("无法启动")?;
    let asked = restore::Asked {
        from: options.from.clone(),
        place: place::of(&options.place),
        keys: options.keys.clone(),
    };
    let done = runtime.block_on(restore::restore(&asked)).context("没有恢复")?;
    let restore::Done { made_at, n_files, sequence, .. } = &done;
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let made_at = gongkai_domain::time::china(*made_at).strftime("%Y-%m-%d %H:%M");
    writeln!(out, "恢复完成：{made_at} 的备份，审计日志到第 {sequence} 条，文件 {n_files} 个。")?;
    if !done.database {
        writeln!(err, "注意：备份里没有数据库，请另用 pg_restore 或 psql 恢复。")?;
    }
    if let Some(at) = &done.keys_missing_at {
        writeln!(err, "注意：启动以前，请把密钥文件放到 {}。", at.display())?;
    }
    Ok(Ending::Done)
}
