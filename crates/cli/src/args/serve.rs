//! The options of `gongkai serve`.

use clap::Args as Options;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Options of `serve`.
#[derive(Options, Debug)]
pub struct ServeOptions {
    /// 数据目录，不存在时自动建立
    #[arg(long, value_name = "目录", default_value = "gongkai-data")]
    pub data: PathBuf,

    /// 监听地址
    #[arg(long, value_name = "地址", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// 数据库，如 postgres://用户:密码@主机/库；不写时用数据目录里的数据库
    #[arg(long, value_name = "地址", env = "GONGKAI_DATABASE", hide_env_values = true)]
    pub database: Option<String>,

    /// 文件库，如 s3://桶/前缀；不写时用数据目录里的 files
    #[arg(long, value_name = "地址", env = "GONGKAI_FILES")]
    pub files: Option<String>,

    /// 在空的数据目录里填入演示机关、人员和信息，并打印登录名
    #[arg(long)]
    pub demo: bool,
}
