//! A file that could not be read: which, why, and what to do, in Chinese.

use gongkai_document::ReadError;
use serde::Serialize;
use std::fmt;
use std::io;

/// A file that could not be read.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// The file as it was given.
    pub source: String,
    /// Why.
    #[serde(rename = "error")]
    pub reason: String,
    /// What to do.
    pub hint: &'static str,
}

impl Problem {
    /// The document reader refused it.
    pub fn refused(source: &str, error: &ReadError) -> Self {
        let hint = match error {
            ReadError::Empty => "请确认文件保存完整，再读一次。",
            ReadError::UnknownFormat(_) => "请另存为可读的格式；旧版 doc 请另存为 docx。",
            ReadError::Encrypted => "请用密码打开后另存一份不加密的文件。",
            ReadError::Broken { .. } => "请重新下载，或用原来的软件打开后另存。",
            ReadError::Limit { .. } => "确认文件可信后，再放宽这一上限。",
        };
        Self { source: source.to_owned(), reason: error.to_string(), hint }
    }

    /// The system would not hand it over.
    pub fn unopened(source: &str, error: &io::Error) -> Self {
        let (reason, hint) = match error.kind() {
            io::ErrorKind::NotFound => {
                ("文件不存在".to_owned(), "请检查路径；文件名中有空格时请加引号。")
            }
            io::ErrorKind::PermissionDenied => {
                ("没有读取权限".to_owned(), "请检查文件和上级文件夹的权限。")
            }
            io::ErrorKind::IsADirectory => {
                ("这是文件夹，不是文件".to_owned(), "请写明文件夹里的文件。")
            }
            _ => (format!("打不开（{error}）"), "请检查文件所在的磁盘或网络。"),
        };
        Self { source: source.to_owned(), reason, hint }
    }

    /// A folder that holds nothing to read.
    pub fn nothing_in(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            reason: "文件夹里没有可读的文件".to_owned(),
            hint: "可读 txt、html、docx、xlsx、xls、pdf；隐藏文件不读。",
        }
    }

    /// The program itself failed on it.
    pub fn panicked(source: &str, words: &str) -> Self {
        Self {
            source: source.to_owned(),
            reason: format!("程序内部出错（{words}）"),
            hint: "这是程序的缺陷，请连同该文件一并报告。",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "错误：{}：{}\n提示：{}", self.source, self.reason, self.hint)
    }
}
