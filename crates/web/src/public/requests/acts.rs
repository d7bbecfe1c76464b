//! What the requester does on line: supplements, withdraws, says how content one is.

use super::case::{Typed, page};
use super::received::{Client, Received, too_often};
use super::visit::Visiting;
use crate::answer::{Answer, Failure, go};
use crate::public::site::Site;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gongkai_app::AppError;
use gongkai_app::requests::flood::{Doing, Standing};
use gongkai_app::requests::{attached, track};

/// Sends the supplement.
pub async fn supplement(
    site: Site,
    visiting: Visiting,
    Client(origin): Client,
    received: Received,
) -> Result<Response, Response> {
    act(site, visiting, origin, received, "supplement").await
}

/// Gives the reasons that were asked for.
pub async fn reasons(
    site: Site,
    visiting: Visiting,
    Client(origin): Client,
    received: Received,
) -> Result<Response, Response> {
    act(site, visiting, origin, received, "reasons").await
}

/// Withdraws the request.
pub async fn withdraw(
    site: Site,
    visiting: Visiting,
    Client(origin): Client,
    received: Received,
) -> Result<Response, Response> {
    act(site, visiting, origin, received, "withdrawal").await
}

/// Keeps how content the requester was.
pub async fn rate(
    site: Site,
    visiting: Visiting,
    Client(origin): Client,
    received: Received,
) -> Result<Response, Response> {
    act(site, visiting, origin, received, "rating").await
}

async fn act(
    site: Site,
    visiting: Visiting,
    origin: String,
    received: Received,
    form: &'static str,
) -> Result<Response, Response> {
    let answer = try_act(site, &visiting, &origin, received, form).await;
    answer.map_err(IntoResponse::into_response)
}

async fn try_act(
    site: Site,
    visiting: &Visiting,
    origin: &str,
    mut received: Received,
    form: &'static str,
) -> Answer {
    visiting.check(&site.app, &received)?;
    if let Standing::Wait { seconds } = site.app.flood.count(&site.app, Doing::Read, origin) {
        return Ok(too_often(seconds));
    }
    let done = match form {
        "supplement" => send_supplement(&site, visiting, origin, &mut received).await,
        "reasons" => send_reasons(&site, visiting, origin, &received).await,
        "withdrawal" => send_withdrawal(&site, visiting, origin, &received).await,
        _ => send_rating(&site, visiting, origin, &received).await,
    };
    match done {
        Ok(()) => go(&format!("/on-request/case?done={form}")),
        Err(error @ (AppError::Invalid(_) | AppError::Refused(_) | AppError::Conflict(_))) => {
            let status = match error {
                AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::CONFLICT,
            };
            let text = received.get("text").to_owned();
            let typed = Typed { form, text, problem: error.to_string() };
            Ok((status, page(site, visiting, None, typed).await?).into_response())
        }
        Err(error) => Err(Failure(error)),
    }
}

async fn send_supplement(
    site: &Site,
    visiting: &Visiting,
    origin: &str,
    received: &mut Received,
) -> Result<(), AppError> {
    let (app, (code, contact)) = (&site.app, visiting.known());
    let text = received.get("text").replace("\r\n", "\n").trim().to_owned();
    let files = std::mem::take(&mut received.files);
    if text.is_empty() && files.is_empty() {
        return Err(AppError::invalid("text", "请写明补正的内容，或者附上文件"));
    }
    if 8_000 < text.chars().count() {
        return Err(AppError::invalid("text", "补正的内容最多 8000 个字，其余请作为附件提交"));
    }
    if !track::track(app, code, contact).await?.may_supplement {
        return Err(AppError::Conflict("现在不需要补正，没有提交".to_owned()));
    }
    let files = attached::keep_all(app, files).await?;
    track::supplement(app, (code, contact), origin, text, files).await.map(|_| ())
}

async fn send_reasons(
    site: &Site,
    visiting: &Visiting,
    origin: &str,
    received: &Received,
) -> Result<(), AppError> {
    let text = received.get("text").replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() {
        return Err(AppError::invalid("text", "请写明申请的理由"));
    }
    if 4_000 < text.chars().count() {
        return Err(AppError::invalid("text", "理由最多 4000 个字，请写得简明一些"));
    }
    track::give_reasons(&site.app, visiting.known(), origin, text).await.map(|_| ())
}

async fn send_withdrawal(
    site: &Site,
    visiting: &Visiting,
    origin: &str,
    received: &Received,
) -> Result<(), AppError> {
    if received.get("sure") != "yes" {
        return Err(AppError::invalid("sure", "撤回后这件申请不再办理；确定撤回的，请先勾选"));
    }
    let note: String = received.get("text").trim().to_owned();
    if 500 < note.chars().count() {
        return Err(AppError::invalid("text", "原因最多 500 个字"));
    }
    track::withdraw(&site.app, visiting.known(), origin, note).await.map(|_| ())
}

async fn send_rating(
    site: &Site,
    visiting: &Visiting,
    origin: &str,
    received: &Received,
) -> Result<(), AppError> {
    let stars = received.get("stars").parse().unwrap_or_default();
    track::rate(&site.app, visiting.known(), origin, stars, received.get("text")).await
}
