//! What can go wrong in the store; that a thing is not there is no error but `None`.

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or is not there.
    #[error("数据库出错：{0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought to this version.
    #[error("数据库结构升级失败：{0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Somebody else changed it since it was loaded.
    #[error("刚才有人改动了同一内容，请刷新后重试")]
    Conflict,
    /// The value stands already, and only one may.
    #[error("{0}")]
    Taken(String),
    /// A row holds what no version of the program writes.
    #[error("数据表 {table} 中 {row} 的 {column} 无法读取：{reason}")]
    Broken {
        /// The table.
        table: &'static str,
        /// The key of the row.
        row: String,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The file store refused or is not there.
    #[error("文件存储出错：{0}")]
    Files(#[from] object_store::Error),
    /// The address of the file store names nothing that can be opened.
    #[error("文件库地址“{0}”不能用：{1}")]
    FilesAddress(String, String),
    /// The address of the database names nothing that can be opened.
    #[error("数据库地址“{0}”不能用：{1}")]
    Address(String, String),
}

impl StoreError {
    /// A broken row.
    pub(crate) fn broken(
        table: &'static str,
        row: &str,
        column: &'static str,
        reason: impl std::fmt::Display,
    ) -> Self {
        Self::Broken { table, row: row.to_owned(), column, reason: reason.to_string() }
    }
}

/// A unique value that stands already becomes `StoreError::Taken` with this sentence.
pub(crate) fn taken(sentence: String) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| {
        let unique = error.as_database_error().is_some_and(|each| each.is_unique_violation());
        if unique { StoreError::Taken(sentence) } else { StoreError::Database(error) }
    }
}
