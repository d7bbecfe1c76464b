//! The options of `gongkai report compile` and `report hand-in`: which report, and who does it.

use super::PlaceOptions;
use clap::Args as Options;

/// Which report of the installation, and who does it.
#[derive(Options, Debug)]
pub struct OfficeOptions {
    /// 机关：地址代号、全称或者简称
    #[arg(long, value_name = "机关", help_heading = "输入")]
    pub agency: String,

    /// 报告年度
    #[arg(long, value_name = "年度", help_heading = "输入")]
    pub year: i16,

    /// 由谁办理：登录名；密码从环境变量 GONGKAI_PASSWORD 读取
    #[arg(id = "as", long, value_name = "登录名", help_heading = "输入")]
    pub login: String,

    /// Where the installation is.
    #[command(flatten)]
    pub place: PlaceOptions,

    /// JSON：一个对象
    #[arg(long, help_heading = "输出")]
    pub json: bool,
}
