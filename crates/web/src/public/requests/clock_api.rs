//! The clock for programs: what `gongkai clock --json` reads and answers, over HTTP.

use super::received::{Client, too_often};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gongkai_app::App;
use gongkai_app::requests::clock_case;
use gongkai_app::requests::flood::{Doing, Standing};
use gongkai_domain::calendar::Calendar;
use gongkai_domain::clock::{Refusal, reckon};
use serde::Serialize;

/// The largest case, in bytes: a thousand events, the most that the clock takes, are a tenth of it.
const LARGEST: usize = 1 << 20;

/// Why there is no answer, in the words of the command.
#[derive(Serialize)]
struct Trouble {
    reason: String,
    hint: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<usize>,
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self {
            hint: refusal.reason.hint(),
            article: refusal.basis().map(ToString::to_string),
            event: refusal.event.map(|event| event.number),
            reason: refusal.to_string(),
        }
    }
}

/// Reckons one case.
#[utoipa::path(
    post,
    path = "/api/v1/clock",
    request_body(content = String, content_type = "application/json", description = "received、events、today"),
    responses((status = 200, description = "due、state、provisional、days"), (status = 422))
)]
pub async fn reckoned(State(app): State<App>, Client(origin): Client, body: Bytes) -> Response {
    if let Standing::Wait { seconds } = app.flood.count(&app, Doing::Read, &origin) {
        return too_often(seconds);
    }
    match answer(&body) {
        Ok(reckoning) => Json(reckoning).into_response(),
        Err(trouble) => (StatusCode::UNPROCESSABLE_ENTITY, Json(trouble)).into_response(),
    }
}

fn answer(body: &[u8]) -> Result<gongkai_domain::clock::Reckoning, Trouble> {
    let of_case = |reason: String, hint| Trouble { reason, hint, article: None, event: None };
    if LARGEST < body.len() {
        return Err(of_case(format!("内容太大，最多 {LARGEST} 字节"), "一次只写一件申请。"));
    }
    let case = clock_case::read(body).map_err(|fault| of_case(fault.reason, fault.hint))?;
    Ok(reckon(Calendar::embedded(), &case)?)
}
