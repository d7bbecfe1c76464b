//! Says in Chinese what is wrong with a command line; help and version go to stdout.

use crate::commands::Ending;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints help, version or what is wrong, and tells how to end.
pub fn explain(error: &clap::Error) -> ExitCode {
    // Failing to print leaves nothing better to do than to end.
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            Ending::Done.into()
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Ending::NotDone.into()
        }
        _ => {
            let _ = writeln!(io::stderr(), "错误：{}\n提示：加 --help 查看用法", reason(error));
            Ending::NotDone.into()
        }
    }
}

fn reason(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("选项 {argument} 缺少值"),
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue);
            format!("选项 {argument} 的值“{value}”不可用，可用：{valid}")
        }
        ErrorKind::ValueValidation => format!("选项 {argument} 的值“{value}”不对，应是数字"),
        ErrorKind::UnknownArgument => format!("没有选项 {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 {}", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "没有写明命令".to_owned(),
        ErrorKind::MissingRequiredArgument => "没有写明文件".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("选项 {argument} 不能与 {} 同用", context(ContextKind::PriorArg))
        }
        _ => error.to_string(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
