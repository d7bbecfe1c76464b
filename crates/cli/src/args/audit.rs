//! The verbs and options of `gongkai audit`.

use super::TEMPLATE;
use clap::{Args as Options, Subcommand};
use std::path::PathBuf;

/// A verb of the audit log.
#[derive(Subcommand, Debug)]
pub enum AuditCommand {
    /// 逐条核对审计日志的校验值，指出第一处断裂；不改动任何数据，系统运行时也可以用
    #[command(
        override_usage = "gongkai audit verify [选项]",
        help_template = TEMPLATE,
        after_help = ENDINGS
    )]
    Verify(VerifyOptions),
}

const ENDINGS: &str = "\
退出码：0 日志完整；1 日志断裂；2 日志读不了或用法有误
数据写到标准输出，其余写到标准错误。";

/// Options of `audit verify`.
#[derive(Options, Debug)]
pub struct VerifyOptions {
    /// 数据目录
    #[arg(long, value_name = "目录", default_value = "gongkai-data")]
    pub data: PathBuf,

    /// 数据库，如 postgres://用户:密码@主机/库；不写时用数据目录里的数据库
    #[arg(long, value_name = "地址", env = "GONGKAI_DATABASE", hide_env_values = true)]
    pub database: Option<String>,

    /// JSON：一个对象
    #[arg(long)]
    pub json: bool,
}
