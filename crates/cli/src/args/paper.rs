//! The options of `gongkai report write`, `compare` and `rollup`.

use super::report::LimitOptions;
use clap::Args as Options;
use std::path::PathBuf;

/// Options of `report write`.
#[derive(Options, Debug)]
pub struct WriteOptions {
    /// 年度报告：report read 能读的任何格式，或者写有键名和数字的 JSON、CSV；- 是标准输入
    #[arg(value_name = "文件", help_heading = "输入")]
    pub file: PathBuf,

    /// 写到哪里，格式由扩展名决定：html、docx、pdf、xlsx、csv、json；- 是标准输出
    #[arg(short = 'o', long, value_name = "文件", help_heading = "输出")]
    pub to: PathBuf,

    /// 写成什么格式，不看扩展名：html、docx、pdf、xlsx、csv、json
    #[arg(long, value_name = "格式", help_heading = "输出")]
    pub format: Option<String>,

    /// 机关名称，原件上没有写明或者写错时用
    #[arg(long, value_name = "名称", help_heading = "内容")]
    pub agency: Option<String>,

    /// 报告年度，原件上没有写明或者写错时用
    #[arg(long, value_name = "年", help_heading = "内容")]
    pub year: Option<i16>,

    /// 落款日期，如 2024-01-20；不写时用原件上的
    #[arg(long, value_name = "日期", help_heading = "内容")]
    pub signed: Option<String>,

    /// JSON：一个对象，写明写了什么、哪些格空白
    #[arg(long, help_heading = "输出")]
    pub json: bool,

    /// Bounds of reading.
    #[command(flatten)]
    pub limits: LimitOptions,
}

/// Options of `report compare`.
#[derive(Options, Debug)]
pub struct CompareOptions {
    /// 年度报告，两份以上；同一机关的各年逐年比，同一年的各机关互相比
    #[arg(required = true, value_name = "文件", help_heading = "输入")]
    pub files: Vec<PathBuf>,

    /// JSON：一个对象
    #[arg(long, help_heading = "输出")]
    pub json: bool,

    /// CSV：每个指标的每个年度、每个机关一行
    #[arg(long, conflicts_with = "json", help_heading = "输出")]
    pub csv: bool,

    /// Bounds of reading.
    #[command(flatten)]
    pub limits: LimitOptions,
}

/// Options of `report rollup`.
#[derive(Options, Debug)]
pub struct RollupOptions {
    /// 所属机关的年度报告
    #[arg(required = true, value_name = "文件", help_heading = "输入")]
    pub files: Vec<PathBuf>,

    /// 本机关自己的年度报告，也加在合计里
    #[arg(long, value_name = "文件", help_heading = "输入")]
    pub own: Option<PathBuf>,

    /// 应当报送的机关名单，每行一个名称；没有报告的逐个指出
    #[arg(long, value_name = "文件", help_heading = "输入")]
    pub expect: Option<PathBuf>,

    /// 应当报送的最后一天，如 2024-01-31；落款日期晚于这一天的逐个指出
    #[arg(long, value_name = "日期", help_heading = "输入")]
    pub due: Option<String>,

    /// 汇总报告的机关名称；不写时用 --own 报告上的
    #[arg(long, value_name = "名称", help_heading = "内容")]
    pub agency: Option<String>,

    /// 把汇总报告写到哪里，格式由扩展名决定：html、docx、pdf、xlsx、csv、json
    #[arg(short = 'o', long, value_name = "文件", help_heading = "输出")]
    pub to: Option<PathBuf>,

    /// JSON：一个对象，含合计、每个机关的数字和须知
    #[arg(long, help_heading = "输出")]
    pub json: bool,

    /// Bounds of reading.
    #[command(flatten)]
    pub limits: LimitOptions,
}
