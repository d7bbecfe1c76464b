//! 提交申请: whoever comes often answers a question first; nothing stays of what is refused.

use super::filled::Filled;
use super::form::{chosen, confirm, form};
use super::received::{Client, Received};
use super::suggested::unanswered;
use super::visit::{self, with_visit, without_draft};
use crate::answer::{Answer, go};
use crate::public::site::Site;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use gongkai_app::requests::flood::{Doing, Standing};
use gongkai_app::requests::visit::{Visit, of_ticket};
use gongkai_app::requests::{attached, draft, question, submit};
use gongkai_app::{App, AppError};
use gongkai_domain::id::OrganId;

/// Submits what was filled in.
pub async fn send(
    site: Site,
    Client(origin): Client,
    headers: HeaderMap,
    received: Received,
) -> Result<Response, Response> {
    try_send(site, &origin, &headers, received).await.map_err(IntoResponse::into_response)
}

async fn try_send(site: Site, origin: &str, headers: &HeaderMap, received: Received) -> Answer {
    let app = site.app.clone();
    let filled = received.filled.clone();
    let problems = filled.problems(&app.clock);
    let organ = match chosen(&app, &filled).await? {
        Ok((organ, _)) if problems.is_empty() => organ.id,
        _ => {
            let page = form(site, filled, &problems, None, false).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let ticket = filled.whole_ticket();
    if let Some(visit) = sent_before(&app, &ticket, &filled).await? {
        return Ok(with_visit(&app, &visit, go("/on-request/receipt")?));
    }
    let standing = app.flood.count(&app, Doing::Submit, origin);
    if let Err((status, problem)) = admitted(&app, standing, &received) {
        let page = confirm(site, filled, standing, Some(problem)).await?;
        return Ok((status, page).into_response());
    }
    match submitted(&app, organ, &ticket, received, origin).await {
        Ok(visit) => sent(&app, headers, &visit).await,
        Err(AppError::Invalid(problems)) => {
            let said: Vec<_> = problems.into_iter().map(|problem| problem.message).collect();
            let page = confirm(site, filled, standing, Some(said.join("；"))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn sent_before(app: &App, ticket: &str, filled: &Filled) -> Result<Option<Visit>, AppError> {
    match ticket {
        "" => Ok(None),
        ticket => of_ticket(app, ticket, filled.contact()).await,
    }
}

fn admitted(
    app: &App,
    standing: Standing,
    received: &Received,
) -> Result<(), (StatusCode, String)> {
    match standing {
        Standing::Free => Ok(()),
        Standing::Question => {
            let answered = question::check(app, received.get("question"), received.get("answer"));
            answered.map_err(|wrong| (StatusCode::UNPROCESSABLE_ENTITY, wrong.to_string()))
        }
        Standing::Wait { seconds } => {
            let minutes = (seconds + 59) / 60;
            let message = format!(
                "这个网络地址一小时内提交的申请过多，请约 {minutes} 分钟后再提交；填写的内容都还在。\
                 当面提交、邮政寄送不受影响，随时可以办理"
            );
            Err((StatusCode::TOO_MANY_REQUESTS, message))
        }
    }
}

async fn submitted(
    app: &App,
    organ: OrganId,
    ticket: &str,
    mut received: Received,
    origin: &str,
) -> Result<Visit, AppError> {
    let files = std::mem::take(&mut received.files);
    let files = attached::keep_all(app, files).await?;
    let submission = received.filled.submission(&app.clock, files);
    let receipt = submit::submit(app, organ.clone(), submission, ticket, origin).await?;
    unanswered(app, &organ, &received).await;
    Ok(Visit { code: receipt.code, contact: received.filled.contact().to_owned() })
}

async fn sent(app: &App, headers: &HeaderMap, visit: &Visit) -> Answer {
    let answer = with_visit(app, visit, go("/on-request/receipt")?);
    match visit::draft(headers) {
        Some(token) => {
            draft::discard(app, &token).await?;
            Ok(without_draft(answer))
        }
        None => Ok(answer),
    }
}
