//! The command line as it is written: commands, files and options, with their help in Chinese.

mod audit;
mod config;
mod office;
mod paper;
mod report;
mod request;
mod search;
mod seed;
mod serve;
mod upkeep;

pub use audit::{AuditCommand, VerifyOptions};
pub use config::ConfigCommand;
pub use office::OfficeOptions;
pub use paper::{CompareOptions, RollupOptions, WriteOptions};
pub use report::{CheckOptions, Color, CommonOptions, FormatOptions, ReadOptions};
pub use request::{ExpireOptions, RequestCommand, VerifyPackageOptions};
pub use search::{PlaceOptions, SearchCommand, SearchOptions};
pub use seed::SeedOptions;
pub use serve::ServeOptions;
pub use upkeep::{BackupOptions, LookOptions, RestoreOptions};

use clap::{ArgAction, Args as Options, Parser, Subcommand};
use std::path::PathBuf;

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

    /// 在空的数据目录里填入演示数据，不启动服务
    #[command(override_usage = "gongkai seed [选项]", help_template = TEMPLATE)]
    Seed(SeedOptions),

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

    /// 设置：显示各项设置和来源，更换密钥
    #[command(
        subcommand,
        arg_required_else_help = true,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        override_usage = "gongkai config <命令> …",
        disable_help_subcommand = true,
        help_template = TEMPLATE
    )]
    Config(ConfigCommand),

    /// 依申请公开：核对归档包，删除到期的个人信息
    #[command(
        subcommand,
        arg_required_else_help = true,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令",
        override_usage = "gongkai request <命令> …",
        disable_help_subcommand = true,
        help_template = TEMPLATE
    )]
    Request(RequestCommand),
    /// 备份数据库、文件和设置；系统运行时也可以做
    #[command(
        override_usage = "gongkai backup [选项] <目录>",
        help_template = TEMPLATE,
        after_help = upkeep::ENDINGS
    )]
    Backup(BackupOptions),

    /// 由备份恢复到空的数据目录；备份损坏的不恢复
    #[command(
        override_usage = "gongkai restore [选项] <备份>",
        help_template = TEMPLATE,
        after_help = upkeep::ENDINGS
    )]
    Restore(RestoreOptions),

    /// 校验数据库、文件、审计日志和检索索引；系统运行时也可以做，也可以校验备份
    #[command(
        override_usage = "gongkai verify [选项]",
        help_template = TEMPLATE,
        after_help = upkeep::ENDINGS
    )]
    Verify(LookOptions),

    /// 体检：设置、权限、磁盘、时钟、工作日历、密钥、任务，说明怎样办
    #[command(
        override_usage = "gongkai doctor [选项]",
        help_template = TEMPLATE,
        after_help = upkeep::ENDINGS
    )]
    Doctor(LookOptions),

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

    /// 把年度报告写成官方格式的文件：html、docx、pdf、xlsx、csv、json
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

    /// 由台账汇总一个机关一年的年度报告
    #[command(
        override_usage = "gongkai report compile --agency <机关> --year <年度> --as <登录名>",
        help_template = TEMPLATE
    )]
    Compile(OfficeOptions),

    /// 报送一个机关一年的年度报告，当年随即锁定
    #[command(
        override_usage = "gongkai report hand-in --agency <机关> --year <年度> --as <登录名>",
        help_template = TEMPLATE
    )]
    HandIn(OfficeOptions),
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use gongkai_document::Limits;

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
