//! Settings of official papers: where their fonts are.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Official papers.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Papers {
    /// Folders that are looked through for fonts before those of the system. What is missing in all of
    /// them is said with each paper.
    pub font_folders: Vec<PathBuf>,
}

impl Papers {
    /// Names the first folder that is none.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        match self.font_folders.iter().find(|folder| !folder.is_dir()) {
            None => Ok(()),
            Some(folder) => {
                Err(format!("papers.font_folders 里的 {} 不是能打开的文件夹", folder.display()))
            }
        }
    }
}
