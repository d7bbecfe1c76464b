//! The command line as it is written: commands, files and options, with their help in Chinese.

mod audit;
mod report;
mod search;
mod serve;

pub use audit::{AuditCommand, VerifyOptions};
pub use report::{CompareOptions, RollupOptions, WriteOptions};
pub use search::{PlaceOptions, SearchCommand, SearchOptions};
pub use serve::ServeOptions;

use clap::{ArgAction, Args as Options, Parser, Subcommand, ValueEnum};
use gongkai_document::Limits;
use std::path::PathBuf;
use std::time::Duration;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 政府信息公开：年度报告读成数字、逐项核对，答复期限逐日推算。
#[derive(Parser, Debug)]
#[command(
    name = "gongkai",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    override_usage = "gongkai <命令> …",
    help_template = TEMPLATE
)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// 显示帮助
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = "其他")]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "其他")]
    version: Option<bool>,
}

/// A noun.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// 年度报告：读取、核对、写成文件、比较、汇总
    #[command(
        subcommand,
        arg_required_else_help = true,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        override_usage = "gongkai report <命令> …",
        disable_help_subcommand = true,
        help_template = TEMPLATE
    )]
    Report(ReportCommand),

    /// 启动公开网站和工作台
    #[command(override_usage = "gongkai serve [选项]", help_template = TEMPLATE)]
    Serve(ServeOptions),

    /// 检索已公开的信息；search rebuild 重新建立检索索引
    #[command(
        override_usage = "gongkai search [选项] <词>…\n       gongkai search rebuild [选项]",
        help_template = TEMPLATE,
        subcommand_negates_reqs = true,
        args_conflicts_with_subcommands = true,
        disable_help_subcommand = true,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Search(SearchOptions),

    /// 审计日志：离线证明没有被改动
    #[command(
        subcommand,
        arg_required_else_help = true,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        override_usage = "gongkai audit <命令> …",
        disable_help_subcommand = true,
        help_template = TEMPLATE
    )]
    Audit(AuditCommand),

    /// 答复期限：由收到日期和各个事件逐日推算
    #[command(
        override_usage = "gongkai clock [选项] <文件>",
        help_template = TEMPLATE,
        after_help = CLOCK_ENDINGS
    )]
    Clock(ClockOptions),
}

/// A verb of the annual report.
#[derive(Subcommand, Debug)]
pub enum ReportCommand {
    /// 把年度报告读成数字：三张表、正文中的数字、读取时的疑问
    #[command(
        override_usage = "gongkai report read [选项] <文件>…",
        help_template = TEMPLATE,
        after_help = ENDINGS
    )]
    Read(ReadOptions),

    /// 读取并核对年度报告：逐条列出问题、位置、算式、依据和提示
    #[command(
        override_usage = "gongkai report check [选项] <文件>…",
        help_template = TEMPLATE,
        after_help = ENDINGS
    )]
    Check(CheckOptions),

    /// 把年度报告写成官方格式的文件：html、docx、xlsx、csv、json
    #[command(
        override_usage = "gongkai report write [选项] --to <文件> <文件>",
        help_template = TEMPLATE,
        after_help = WRITE_ENDINGS
    )]
    Write(WriteOptions),

    /// 比较年度报告：一个机关的各年、一年的各机关
    #[command(
        override_usage = "gongkai report compare [选项] <文件>…",
        help_template = TEMPLATE,
        after_help = COMPARE_ENDINGS
    )]
    Compare(CompareOptions),

    /// 汇总年度报告：本机关加所属机关，指出缺报、逾期和空白
    #[command(
        override_usage = "gongkai report rollup [选项] <文件>…",
        help_template = TEMPLATE,
        after_help = ROLLUP_ENDINGS
    )]
    Rollup(RollupOptions),
}

const WRITE_ENDINGS: &str = "\
退出码：0 完成；1 写了，但有的格没有数字，空着；2 读不了、写不了或用法有误
数据写到 --to 的文件，其余写到标准错误。";

const COMPARE_ENDINGS: &str = "\
退出码：0 完成；2 有文件读不了、没有可比的报告，或用法有误
数据写到标准输出，其余写到标准错误。";

const ROLLUP_ENDINGS: &str = "\
退出码：0 完成；1 有机关缺报、逾期，或者有的格不能合计；2 有文件读不了，或用法有误
数据写到标准输出和 --to 的文件，其余写到标准错误。";

const ENDINGS: &str = "\
退出码：0 完成；1 核对发现错误或警告；2 有文件读不了或用法有误（其余文件照常读取）
数据写到标准输出，其余写到标准错误。";

const CLOCK_ENDINGS: &str = "\
退出码：0 完成；2 读不了、法律不允许这样的次序，或用法有误
数据写到标准输出，其余写到标准错误。";

/// Options of `clock`.
#[derive(Options, Debug)]
pub struct ClockOptions {
    /// 写有收到日期和事件的 JSON 文件，或 -（标准输入）
    #[arg(value_name = "文件", help_heading = "输入")]
    pub file: PathBuf,

    /// 另加一个年度的放假安排（可多次）；已有的年度以此为准
    #[arg(long, value_name = "文件", help_heading = "输入")]
    pub calendar: Vec<PathBuf>,

    /// JSON：一个对象
    #[arg(long, help_heading = "输出")]
    pub json: bool,
}

/// Options of `report read`.
#[derive(Options, Debug)]
pub struct ReadOptions {
    /// What both commands share.
    #[command(flatten)]
    pub common: CommonOptions,
}

/// Options of `report check`.
#[derive(Options, Debug)]
pub struct CheckOptions {
    /// What both commands share.
    #[command(flatten)]
    pub common: CommonOptions,

    /// 全部列出：成立的核对、不能核对的逐条、同类问题不合并
    #[arg(long, help_heading = "输出")]
    pub all: bool,
}

/// Options that both commands share.
#[derive(Options, Debug)]
pub struct CommonOptions {
    /// 文件、文件夹（含下级）或 -（标准输入）；可读 txt、html、docx、xlsx、xls、pdf，写有键名的 json、csv
    #[arg(required = true, value_name = "文件", help_heading = "输入")]
    pub files: Vec<PathBuf>,

    /// How the answer is written.
    #[command(flatten)]
    pub format: FormatOptions,

    /// 颜色：auto（默认，只在终端上）、always、never
    #[arg(
        long,
        value_name = "何时",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "输出"
    )]
    pub color: Color,

    /// 同时读几个文件（默认与处理器核数相同）
    #[arg(
        short,
        long,
        value_name = "个数",
        default_value_t = 0,
        hide_default_value = true,
        help_heading = "输入"
    )]
    pub jobs: usize,

    /// Bounds of reading.
    #[command(flatten)]
    pub limits: LimitOptions,
}

/// At most one of them; none is text for people.
#[derive(Options, Debug)]
#[group(multiple = false)]
pub struct FormatOptions {
    /// JSON：一个文件一个对象；多个文件或文件夹一个数组（核对时全部存在内存里，文件很多请用 --jsonl）
    #[arg(long, help_heading = "输出")]
    pub json: bool,

    /// JSON Lines：每份报告一行
    #[arg(long, help_heading = "输出")]
    pub jsonl: bool,

    /// CSV：read 每个数字一行，check 每条问题一行
    #[arg(long, help_heading = "输出")]
    pub csv: bool,
}

/// When to use colours.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The bounds of [`Limits`], each with its default. Shown by `--help`, not by `-h`.
#[derive(Options, Debug)]
pub struct LimitOptions {
    /// 一个文件最多多少字节（默认 64 MiB）
    #[arg(long, value_name = "字节", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_input_bytes: Option<u64>,

    /// 压缩容器最多多少个条目（默认 2000）
    #[arg(long, value_name = "个数", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_zip_entries: Option<u64>,

    /// 压缩容器展开后最多多少字节（默认 256 MiB）
    #[arg(long, value_name = "字节", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_expanded_bytes: Option<u64>,

    /// XML、HTML 元素最多嵌套多少层（默认 256）
    #[arg(long, value_name = "层数", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_depth: Option<u64>,

    /// PDF 最多多少个对象（默认 200000）
    #[arg(long, value_name = "个数", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_pdf_objects: Option<u64>,

    /// PDF 最多多少页、工作簿最多多少张表（默认 500）
    #[arg(long, value_name = "页数", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_pages: Option<u64>,

    /// 一张表最多多少格（默认 200000）
    #[arg(long, value_name = "格数", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_table_cells: Option<u64>,

    /// 一个文件最多读多少秒（默认 20）
    #[arg(long, value_name = "秒", hide_short_help = true, help_heading = "上限（一般不用改）")]
    limit_time: Option<u64>,
}

impl LimitOptions {
    /// The bounds to read with.
    pub fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            input_bytes: self.limit_input_bytes.unwrap_or(default.input_bytes),
            zip_entries: self.limit_zip_entries.unwrap_or(default.zip_entries),
            expanded_bytes: self.limit_expanded_bytes.unwrap_or(default.expanded_bytes),
            depth: self.limit_depth.unwrap_or(default.depth),
            pdf_objects: self.limit_pdf_objects.unwrap_or(default.pdf_objects),
            pages: self.limit_pages.unwrap_or(default.pages),
            table_cells: self.limit_table_cells.unwrap_or(default.table_cells),
            time: self.limit_time.map_or(default.time, Duration::from_secs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_put_together_rightly() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_help_promises_the_limits_that_are_used() {
        let limits = Limits::default();
        assert_eq!(limits.input_bytes, 64 << 20);
        assert_eq!((limits.zip_entries, limits.expanded_bytes), (2_000, 256 << 20));
        assert_eq!((limits.depth, limits.pdf_objects, limits.pages), (256, 200_000, 500));
        assert_eq!((limits.table_cells, limits.time.as_secs()), (200_000, 20));
    }
}
