//! The verbs and options of `gongkai request`.

use super::{PlaceOptions, TEMPLATE};
use clap::{Args as Options, Subcommand};
use std::path::PathBuf;

/// A verb of requests.
#[derive(Subcommand, Debug)]
pub enum RequestCommand {
    /// 核对一个案件的归档包：每份文书、目录和办理记录是否完整，指出第一处改动；不需要安装系统
    #[command(
        override_usage = "gongkai request verify-package [选项] <文件>",
        help_template = TEMPLATE,
        after_help = ENDINGS
    )]
    VerifyPackage(VerifyPackageOptions),

    /// 列出个人信息到期要删除的申请，或者现在就删除；serve 运行时每天自动删除到期的
    #[command(
        override_usage = "gongkai request expire [选项]",
        help_template = TEMPLATE,
        after_help = EXPIRE_ENDINGS
    )]
    Expire(ExpireOptions),
}

const EXPIRE_ENDINGS: &str = "\
退出码：0 完成；1 有到期而没有归档、或者没能删除的申请；2 没有做，或用法有误
数据写到标准输出，其余写到标准错误。";

/// Options of `request expire`.
#[derive(Options, Debug)]
pub struct ExpireOptions {
    /// 只列出，不删除；serve 运行时也可以用
    #[arg(long, help_heading = "输入")]
    pub dry_run: bool,

    /// JSON：一个对象
    #[arg(long, help_heading = "输出")]
    pub json: bool,

    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceOptions,
}

const ENDINGS: &str = "\
退出码：0 归档包完整；1 归档包被改动；2 文件读不了或用法有误
数据写到标准输出，其余写到标准错误。";

/// Options of `request verify-package`.
#[derive(Options, Debug)]
pub struct VerifyPackageOptions {
    /// 归档包，或 -（标准输入）
    #[arg(value_name = "文件", help_heading = "输入")]
    pub file: PathBuf,

    /// 归档时登记的整包 SHA-256；写明时一并比对，就知道是不是当初的那一份
    #[arg(long, value_name = "校验值", help_heading = "输入")]
    pub sha256: Option<String>,

    /// JSON：一个对象
    #[arg(long, help_heading = "输出")]
    pub json: bool,
}
