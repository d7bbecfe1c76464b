//! Why the API could not answer, as JSON.

use crate::api::model::Trouble;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gongkai_app::AppError;

/// Why the API could not answer.
pub struct ApiFailure(AppError);

impl From<AppError> for ApiFailure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl From<QueryRejection> for ApiFailure {
    fn from(_: QueryRejection) -> Self {
        let message = "参数格式有误：年份、页码、每页条数应是整数，每个参数只写一次";
        Self(AppError::invalid("query", message))
    }
}

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        let status = match &self.0 {
            AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::NotFound(_) => StatusCode::NOT_FOUND,
            AppError::Forbidden(_) => StatusCode::FORBIDDEN,
            AppError::Refused(_) | AppError::Conflict(_) => StatusCode::CONFLICT,
            AppError::Broken(reason) => {
                tracing::error!("{reason}");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let message = match &self.0 {
            AppError::Broken(_) => "服务器没有完成这次请求，请稍后再试".to_owned(),
            other => other.to_string(),
        };
        (status, Json(Trouble { message })).into_response()
    }
}
