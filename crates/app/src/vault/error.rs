//! Why a secret cannot be sealed or opened, in words for whoever runs the program.

use std::io;
use std::path::Path;

/// Why a secret cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file is not there though the database holds what was sealed with it.
    #[error("找不到密钥文件 {0}，而数据库里有用它加密的内容；请从备份恢复这个文件，不要新建")]
    Missing(String),
    /// The file is of another installation, or older than the database.
    #[error(
        "密钥文件 {0} 里没有编号 {1} 的密钥，不是这个数据库的，或者比数据库旧；请从备份恢复最近的密钥文件"
    )]
    LacksKey(String, String),
    /// What is in the file is no key.
    #[error("密钥文件 {0} 有误：{1}；请从备份恢复这个文件")]
    Wrong(String, String),
    /// The file cannot be read or written.
    #[error("密钥文件 {0} 不能读写：{1}")]
    Unreadable(String, io::Error),
    /// The key of this text is not in the file.
    #[error("密钥文件里没有编号 {0} 的密钥，加密的内容打不开；请从备份恢复密钥文件")]
    NoKey(String),
    /// It was changed, or is not of this place.
    #[error("加密的内容被改动过，或者不是这一处的，打不开")]
    Damaged,
    /// It is no sealed text.
    #[error("这里的内容没有加密")]
    NotSealed,
}

impl VaultError {
    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable(path.display().to_string(), error)
    }
}

impl From<VaultError> for crate::AppError {
    fn from(error: VaultError) -> Self {
        Self::Broken(error.to_string())
    }
}
