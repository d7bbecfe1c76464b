//! What can go wrong with the index; all of it is cured by building it anew.

/// Why the index could not do it.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The files of the index are damaged, or of another version.
    #[error("检索索引损坏或版本不同：{0}")]
    Damaged(String),
    /// The library or the disk refused.
    #[error("检索索引出错：{0}")]
    Engine(#[from] tantivy::TantivyError),
    /// The directory cannot be used.
    #[error("检索索引目录不能使用：{0}")]
    Directory(#[from] std::io::Error),
}
