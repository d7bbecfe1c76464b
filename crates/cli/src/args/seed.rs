//! The options of `gongkai seed`.

use super::PlaceOptions;
use clap::Args as Options;

/// Options of `seed`.
#[derive(Options, Debug)]
pub struct SeedOptions {
    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceOptions,

    /// 机关补足到多少个（演示数据本身有十几个）
    #[arg(long, value_name = "个数", default_value_t = 0, hide_default_value = true)]
    pub organs: usize,

    /// 已公开的信息补足到多少条（仿照演示数据生成，用于试用和测速）
    #[arg(long, value_name = "条数", default_value_t = 0, hide_default_value = true)]
    pub items: u64,

    /// 依申请公开的申请补足到多少件（仿照演示数据生成，二十件中一件未办结）
    #[arg(long, value_name = "件数", default_value_t = 0, hide_default_value = true)]
    pub requests: u64,
}
