//! Why a file could not be read at all, in Chinese, with what to do.

/// Why a file could not be read at all.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or only white space.
    #[error("文件是空的")]
    Empty,
    /// No format that is read here.
    #[error("不能识别的文件格式（{0}）；可读 txt、html、docx、xlsx、xls、pdf")]
    UnknownFormat(String),
    /// Password or rights management.
    #[error("文件已加密，请去掉密码后再读")]
    Encrypted,
    /// The container is broken beyond reading.
    #[error("{format}文件已损坏：{reason}")]
    Broken {
        /// Name of the format.
        format: &'static str,
        /// What the parser said.
        reason: String,
    },
    /// A bound was passed.
    #[error("{what}超过上限 {bound}（实际至少 {actual}），可用 --limit-{name} 放宽")]
    Limit {
        /// Name of the bound, as in [`crate::Limits`], with dashes.
        name: &'static str,
        /// What it bounds, in Chinese.
        what: &'static str,
        /// The bound.
        bound: u64,
        /// What was met.
        actual: u64,
    },
}
