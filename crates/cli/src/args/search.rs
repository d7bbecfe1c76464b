//! The options of `gongkai search`.

use clap::{Args as Options, Subcommand};
use std::path::PathBuf;

/// Options of `search`.
#[derive(Options, Debug)]
pub struct SearchOptions {
    /// What else to do than search.
    #[command(subcommand)]
    pub command: Option<SearchCommand>,

    /// 要查找的词；加引号的短语原样查找，也可以是发文字号、索引号
    #[arg(value_name = "词", required = true, help_heading = "输入")]
    pub words: Vec<String>,

    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceOptions,

    /// 第几页
    #[arg(long, value_name = "页", default_value_t = 1, help_heading = "输出")]
    pub page: usize,

    /// 按时间排序，新的在前（默认按相关程度）
    #[arg(long, help_heading = "输出")]
    pub by_date: bool,

    /// JSON：一个对象
    #[arg(long, help_heading = "输出")]
    pub json: bool,
}

/// Where the installation is.
#[derive(Options, Debug)]
pub struct PlaceOptions {
    /// 数据目录
    #[arg(long, value_name = "目录", default_value = "gongkai-data", help_heading = "输入")]
    pub data: PathBuf,

    /// 数据库，如 postgres://用户:密码@主机/库；不写时用数据目录里的数据库
    #[arg(
        long,
        value_name = "地址",
        env = "GONGKAI_DATABASE",
        hide_env_values = true,
        help_heading = "输入"
    )]
    pub database: Option<String>,

    /// 文件库，如 s3://桶/前缀；不写时用数据目录里的 files
    #[arg(long, value_name = "地址", env = "GONGKAI_FILES", help_heading = "输入")]
    pub files: Option<String>,
}

/// What else `search` does.
#[derive(Subcommand, Debug)]
pub enum SearchCommand {
    /// 由数据库重新建立检索索引
    #[command(override_usage = "gongkai search rebuild [选项]", help_template = super::TEMPLATE)]
    Rebuild(PlaceOptions),
}
