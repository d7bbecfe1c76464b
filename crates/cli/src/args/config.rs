//! The verbs and options of `gongkai config`.

use super::{LookOptions, PlaceOptions, TEMPLATE};
use clap::Subcommand;

/// A verb of the settings.
#[derive(Subcommand, Debug)]
pub enum ConfigCommand {
    /// 显示各项设置、现在的值和来源；不显示密码和密钥
    #[command(override_usage = "gongkai config show [选项]", help_template = TEMPLATE)]
    Show(LookOptions),

    /// 更换密钥：新密钥从此用于加密，旧密钥加密的内容逐条改用新密钥；先停止 serve
    #[command(override_usage = "gongkai config rotate-key [选项]", help_template = TEMPLATE)]
    RotateKey(PlaceOptions),
}
