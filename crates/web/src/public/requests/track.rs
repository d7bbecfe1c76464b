//! 查询进度: code and contact; a wrong code and a wrong contact get the same answer.

use super::received::{Client, Received, too_often};
use super::visit::{Visiting, with_visit, without_visit};
use crate::answer::{Answer, go, html};
use crate::page::Frame;
use crate::public::site::Site;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gongkai_app::AppError;
use gongkai_app::requests::flood::{Doing, Standing};
use gongkai_app::requests::question::{self, Question};
use gongkai_app::requests::track;
use gongkai_app::requests::visit::Visit;
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    code: String,
    over: String,
}

#[derive(Template)]
#[template(path = "public/requests/track.html")]
pub(super) struct Track {
    pub frame: Frame,
    pub code: String,
    pub contact: String,
    pub question: Option<Question>,
    pub problem: Option<String>,
}

/// Shows the form.
pub async fn show(site: Site, Client(origin): Client, Query(asked): Query<Asked>) -> Answer {
    let over = (asked.over == "1").then(|| "查询已经结束，请重新填写查询码和联系方式。".to_owned());
    let standing = site.app.flood.look(&site.app, Doing::Follow, &origin);
    let code: String = asked.code.chars().take(40).collect();
    page(site, standing, Visit { code, contact: String::new() }, over)
}

fn page(site: Site, standing: Standing, visit: Visit, problem: Option<String>) -> Answer {
    let Site { app, frame } = site;
    let question = (standing == Standing::Question).then(|| question::ask(&app));
    let Visit { code, contact } = visit;
    html(&Track { frame, code, contact, question, problem })
}

/// Takes code and contact.
pub async fn follow(
    site: Site,
    Client(origin): Client,
    received: Received,
) -> Result<Response, Response> {
    try_follow(site, &origin, &received).await.map_err(IntoResponse::into_response)
}

async fn try_follow(site: Site, origin: &str, received: &Received) -> Answer {
    let app = site.app.clone();
    let short = |name: &str| received.get(name).chars().take(200).collect::<String>();
    let visit = Visit { code: short("code"), contact: short("contact") };
    let standing = app.flood.count(&app, Doing::Follow, origin);
    let admitted = match standing {
        Standing::Wait { seconds } => return Ok(too_often(seconds)),
        Standing::Question => {
            question::check(&app, received.get("question"), received.get("answer"))
        }
        Standing::Free => Ok(()),
    };
    let next = app.flood.look(&app, Doing::Follow, origin);
    if let Err(wrong) = admitted {
        let page = page(site, next, visit, Some(wrong.to_string()))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    match track::track(&app, &visit.code, &visit.contact).await {
        Ok(_) => Ok(with_visit(&app, &visit, go("/on-request/case")?)),
        Err(error @ AppError::NotFound(_)) => {
            let page = page(site, next, visit, Some(error.to_string()))?;
            Ok((StatusCode::NOT_FOUND, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends the visit: for shared machines.
pub async fn leave(_: Visiting) -> Answer {
    Ok(without_visit(go("/on-request/track")?))
}
