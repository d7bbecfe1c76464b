//! An act that the rules do not allow: from which state, which act, why, and by which article.

use serde::Serialize;

/// Why an act is not possible now; pages ask before drawing a button and show it after a failed try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("不能{act}：{reason}")]
pub struct Refusal {
    /// The act, a verb in Chinese: 提交审核.
    pub act: &'static str,
    /// The state in which it was tried, in Chinese: 草稿.
    pub state: String,
    /// Why, and what to do, in a sentence for people.
    pub reason: String,
    /// The article that says so, if one does.
    pub article: Option<&'static str>,
}

impl Refusal {
    /// A refusal that no article gives, but the state of the thing.
    pub fn new(act: &'static str, state: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { act, state: state.into(), reason: reason.into(), article: None }
    }

    /// The same, with the article that says so.
    pub fn by(mut self, article: &'static str) -> Self {
        self.article = Some(article);
        self
    }
}
