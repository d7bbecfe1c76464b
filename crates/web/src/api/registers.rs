//! Registers by API: a program sends records with its token; all or nothing, once a key.

use super::failure::ApiFailure;
use super::model::Trouble;
use crate::public::requests::received::Client;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gongkai_app::App;
use gongkai_app::reports::registers::{FaultyRow, LARGEST, SendError, Sent, send};
use gongkai_app::requests::flood::{Doing, Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Records of one register.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes what the action reads")]
pub struct Records {
    /// 机关标识，可以不写；写了就要与令牌的机关一致.
    organ: Option<String>,
    /// `act`（决定、收费、采购，不写就是它）或者 `matter`（事项）.
    kind: Option<String>,
    /// 一行一条，最多 5000 条.
    rows: Vec<RecordData>,
}

/// A record.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes what the action reads")]
pub struct RecordData {
    /// 文号.
    number: Option<String>,
    /// 名称.
    title: Option<String>,
    /// 日期, YYYY-MM-DD.
    on: String,
    /// 取消日期，只有事项可以写.
    until: Option<String>,
    /// 金额，以元为单位的数字，写成文本.
    amount: Option<String>,
}

/// What was taken.
#[derive(Serialize, ToSchema)]
pub struct Taken {
    /// The batch, by which it can be undone in the workplace.
    pub batch: String,
    /// The organ.
    pub organ: String,
    /// How many records.
    pub n_rows: i64,
    /// The SHA-256 of the records, by which the batch is signed.
    pub digest: String,
    /// Whether it had been sent before under this key: nothing was added.
    pub was_known: bool,
}

/// What is wrong with one field.
#[derive(Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field.
    pub field: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

/// What is wrong with one record.
#[derive(Serialize, ToSchema)]
pub struct RowProblems {
    /// Its number in `rows`, from 1.
    pub row: usize,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
}

/// Why nothing was taken.
#[derive(Serialize, ToSchema)]
pub struct NothingTaken {
    /// What is wrong and what to do.
    pub message: String,
    /// The records that cannot be taken; empty where it is not for them.
    pub rows: Vec<RowProblems>,
}

/// Takes records into a register: all of them or none.
#[utoipa::path(
    post,
    path = "/api/v1/registers/{register}",
    params(
        ("register" = String, Path, description = "permit、penalty、coercion、fee…"),
        ("Idempotency-Key" = String, Header, description = "这一批的号，重发时不变"),
    ),
    request_body = Records,
    security(("register_token" = [])),
    responses(
        (status = 201, body = Taken),
        (status = 200, description = "sent before under this key", body = Taken),
        (status = 401, description = "no good token", body = Trouble),
        (status = 403, description = "the token does not reach this register or organ", body = Trouble),
        (status = 409, description = "the year is locked, or the same came before", body = Trouble),
        (status = 413, description = "too large", body = Trouble),
        (status = 422, description = "records cannot be taken", body = NothingTaken),
        (status = 429, description = "too often", body = Trouble),
    )
)]
pub async fn take(
    State(app): State<App>,
    Client(origin): Client,
    Path(register): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let secret = bearer(&headers).unwrap_or_default();
    // By its digest, so that nobody who sends an address as a token counts for that address.
    let token = (!secret.is_empty()).then(|| gongkai_domain::audit::digest(secret.as_bytes()));
    for who in [Some(origin.as_str()), token.as_deref()].into_iter().flatten() {
        if let Standing::Wait { seconds } = app.flood.count(&app, Doing::Send, who) {
            return too_often(seconds);
        }
    }
    let body = match body {
        Ok(body) if body.len() <= LARGEST => body,
        Ok(_) | Err(BytesRejection::FailedToBufferBody(_)) => return too_large(),
        Err(_) => return trouble(StatusCode::BAD_REQUEST, "内容没有传完，请重新报送"),
    };
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    match send(&app, (secret, &origin), (&register, key), body).await {
        Ok(sent) => taken(sent),
        Err(error) => refused(error),
    }
}

/// The secret of `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

fn taken(sent: Sent) -> Response {
    let status = if sent.was_known { StatusCode::OK } else { StatusCode::CREATED };
    let batch = sent.batch;
    let taken = Taken {
        organ: batch.organ.to_string(),
        n_rows: batch.n_rows,
        digest: batch.digest,
        batch: batch.id,
        was_known: sent.was_known,
    };
    (status, Json(taken)).into_response()
}

fn refused(error: SendError) -> Response {
    let message = error.to_string();
    match error {
        SendError::NoToken => {
            let mut response = trouble(StatusCode::UNAUTHORIZED, &message);
            let bearer = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, bearer);
            response
        }
        SendError::Rows(rows) => {
            let rows = rows.into_iter().map(problems).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, Json(NothingTaken { message, rows })).into_response()
        }
        SendError::App(error) => ApiFailure::from(error).into_response(),
    }
}

fn problems(faulty: FaultyRow) -> RowProblems {
    let problem = |fault: gongkai_domain::register::RecordFault| FieldProblem {
        field: fault.field,
        message: fault.message,
    };
    RowProblems { row: faulty.row, problems: faulty.faults.into_iter().map(problem).collect() }
}

fn trouble(status: StatusCode, message: &str) -> Response {
    (status, Json(Trouble { message: message.to_owned() })).into_response()
}

fn too_large() -> Response {
    let message = format!("内容太大，一批最多 {} MB，请分批报送", LARGEST >> 20);
    trouble(StatusCode::PAYLOAD_TOO_LARGE, &message)
}

fn too_often(seconds: i64) -> Response {
    let message = format!("报送过于频繁，请 {seconds} 秒后再试");
    let mut response = trouble(StatusCode::TOO_MANY_REQUESTS, &message);
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    response
}
