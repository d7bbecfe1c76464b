//! The options of `gongkai backup`, `restore`, `verify` and `doctor`.

use super::PlaceOptions;
use clap::Args as Options;
use std::path::PathBuf;

/// Options of `backup`.
#[derive(Options, Debug)]
pub struct BackupOptions {
    /// 备份到哪个目录；须是空的或还没有的
    #[arg(value_name = "目录", help_heading = "输出")]
    pub into: PathBuf,

    /// 密钥文件另存到哪个目录，不能与备份在一起
    #[arg(long, value_name = "目录", help_heading = "输出")]
    pub keys: Option<PathBuf>,

    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceOptions,
}

/// Options of `restore`.
#[derive(Options, Debug)]
pub struct RestoreOptions {
    /// 备份所在的目录
    #[arg(value_name = "备份", help_heading = "输入")]
    pub from: PathBuf,

    /// 备份的密钥文件 vault.key 所在的目录
    #[arg(long, value_name = "目录", help_heading = "输入")]
    pub keys: Option<PathBuf>,

    /// Where the installation is to be.
    #[command(flatten)]
    pub place: PlaceOptions,
}

/// Options of `verify` and `doctor`.
#[derive(Options, Debug)]
pub struct LookOptions {
    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceOptions,

    /// JSON：一个数组
    #[arg(long, help_heading = "输出")]
    pub json: bool,
}

/// How the commands end.
pub const ENDINGS: &str = "\
退出码：0 完成；1 有误，逐条列出；2 没有做，或用法有误
数据写到标准输出，其余写到标准错误。";
