//! The options of `gongkai report`.

use clap::{Args as Options, ValueEnum};
use gongkai_document::Limits;
use std::path::PathBuf;
use std::time::Duration;

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
