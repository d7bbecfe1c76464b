//! Why an action was not done; pages and commands turn each kind into one answer.

use gongkai_domain::refusal::Refusal;
use gongkai_store::StoreError;

/// Something wrong with what was entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The name of the field.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

/// Why an action was not done.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The rules do not allow it now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What was entered cannot be taken.
    #[error("{}", sentences(.0))]
    Invalid(Vec<Problem>),
    /// There is no such thing, or the caller may not know that there is.
    #[error("没有找到{0}")]
    NotFound(&'static str),
    /// The caller may not do this here.
    #[error("{0}")]
    Forbidden(String),
    /// Somebody else changed it meanwhile, or a value stands already.
    #[error("{0}")]
    Conflict(String),
    /// The machine failed; nothing was done.
    #[error("系统出错：{0}")]
    Broken(String),
}

fn sentences(problems: &[Problem]) -> String {
    problems.iter().map(|each| each.message.as_str()).collect::<Vec<_>>().join("；")
}

impl AppError {
    /// One problem with one field.
    pub fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem { field, message: message.into() }])
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict | StoreError::Taken(_) => Self::Conflict(error.to_string()),
            _ => Self::Broken(error.to_string()),
        }
    }
}
