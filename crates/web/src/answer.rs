//! What a page answers: a rendered template, another address, or why it could not be done.

use crate::page::Frame;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_app::AppError;

/// Why a page could not be shown or an act was not done: one page for all kinds.
pub struct Failure(pub AppError);

/// What handlers answer.
pub type Answer = Result<Response, Failure>;

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    frame: Frame,
    title: &'static str,
    message: String,
    hint: Option<String>,
    article: Option<&'static str>,
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, title) = match &self.0 {
            AppError::Refused(_) => (StatusCode::CONFLICT, "现在不能这样办"),
            AppError::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "填写的内容有误"),
            AppError::NotFound(_) => (StatusCode::NOT_FOUND, "没有找到"),
            AppError::Forbidden(_) => (StatusCode::FORBIDDEN, "没有权限"),
            AppError::Conflict(_) => (StatusCode::CONFLICT, "内容已有变化"),
            AppError::Broken(reason) => {
                tracing::error!("{reason}");
                (StatusCode::INTERNAL_SERVER_ERROR, "系统出错")
            }
        };
        let article = match &self.0 {
            AppError::Refused(refusal) => refusal.article,
            _ => None,
        };
        let hint = matches!(self.0, AppError::Broken(_))
            .then(|| "刚才的操作没有生效，请稍后再试；仍然出错请告诉系统管理员".to_owned());
        let message = match &self.0 {
            // What broke is in the log; it tells a stranger more than he should know.
            AppError::Broken(_) => "服务器没有完成这次请求".to_owned(),
            other => other.to_string(),
        };
        let page = FailurePage { frame: Frame::bare(), title, message, hint, article };
        (status, Html(page.render().unwrap_or_default())).into_response()
    }
}

/// A failure that no action knows of, as the same page.
pub fn failure(status: StatusCode, title: &'static str, message: &str) -> Response {
    let (frame, message) = (Frame::bare(), message.to_owned());
    let page = FailurePage { frame, title, message, hint: None, article: None };
    (status, Html(page.render().unwrap_or_default())).into_response()
}

/// What a person can mend, to be shown beside the form.
///
/// # Errors
/// The rest, which is a page of its own.
pub fn mendable(error: AppError) -> Result<String, Failure> {
    match error {
        AppError::Invalid(_) | AppError::Refused(_) | AppError::Conflict(_) => {
            Ok(error.to_string())
        }
        other => Err(Failure(other)),
    }
}

/// A rendered template.
pub fn html(template: &impl Template) -> Answer {
    match template.render() {
        Ok(text) => Ok(Html(text).into_response()),
        Err(error) => Err(Failure(AppError::Broken(error.to_string()))),
    }
}

/// Go there next: the answer to a form that was taken.
pub fn go(address: &str) -> Answer {
    Ok(Redirect::to(address).into_response())
}
