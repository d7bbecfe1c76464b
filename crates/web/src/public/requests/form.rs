//! 填写申请: first the organ and as what one asks, then the fields, then what stands before submitting.

use super::fields::{Field, Section, Shape, sections, summary};
use super::filled::Filled;
use super::received::{Client, Received, too_often};
use super::suggested::{Suggestion, suggestions};
use super::visit;
use crate::answer::{Answer, html};
use crate::choice::Choice;
use crate::page::Frame;
use crate::public::site::Site;
use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use gongkai_app::requests::flood::{Doing, Standing};
use gongkai_app::requests::question::{self, Question};
use gongkai_app::requests::{draft, submit};
use gongkai_app::{App, AppError};
use gongkai_domain::organ::Organ;
use gongkai_domain::request::{Examples, Missing, RequesterKind, examples};
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    organ: String,
    kind: String,
    draft: String,
}

#[derive(Template)]
#[template(path = "public/requests/start.html")]
pub(super) struct Start {
    pub frame: Frame,
    pub organs: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub problem: Option<String>,
    pub has_draft: bool,
}

#[derive(Template)]
#[template(path = "public/requests/form.html")]
pub(super) struct Form {
    pub frame: Frame,
    pub filled: Filled,
    pub organ: String,
    pub kind: &'static str,
    pub sections: Vec<Section>,
    pub problems: Vec<Field>,
    pub notice: Option<String>,
    pub has_draft: bool,
}

impl Form {
    /// What a clear description looks like.
    fn examples(&self) -> &'static Examples {
        examples()
    }
}

#[derive(Template)]
#[template(path = "public/requests/confirm.html")]
pub(super) struct Confirm {
    pub frame: Frame,
    pub filled: Filled,
    pub organ: String,
    pub kind: &'static str,
    pub rows: Vec<(&'static str, String)>,
    pub suggestions: Vec<Suggestion>,
    pub question: Option<Question>,
    pub problem: Option<String>,
    pub most_files: usize,
}

/// The page to begin with, or the form where organ and kind are chosen.
pub async fn show(site: Site, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    let token = visit::draft(&headers);
    let kept = match &token {
        Some(token) => draft::find(&site.app, token).await?,
        None => None,
    };
    let kept = kept.and_then(|text| serde_json::from_str::<Filled>(&text).ok());
    if let Some(filled) = kept.clone().filter(|_| asked.draft == "1") {
        return form(site, filled, &[], None, true).await;
    }
    let is_asked = !asked.organ.is_empty() && !asked.kind.is_empty();
    let filled = Filled { organ: asked.organ, kind: asked.kind, ..Filled::default() };
    let known = is_asked && chosen(&site.app, &filled).await?.is_ok();
    if known {
        let filled = Filled { ticket: submit::ticket(), ..filled };
        return form(site, filled, &[], None, false).await;
    }
    start(site, filled, is_asked, kept.is_some()).await
}

async fn start(site: Site, filled: Filled, is_asked: bool, has_draft: bool) -> Answer {
    let problem = match chosen(&site.app, &filled).await? {
        Err(problem) if is_asked => Some(problem),
        _ => None,
    };
    let Site { app, frame } = site;
    let organs = app.organs().await?.into_iter().filter(|organ| organ.merged_into.is_none());
    let choice = |value: &str, label: &str, chosen: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == chosen,
    };
    let organs = organs.map(|organ| choice(organ.id.as_str(), &organ.name, &filled.organ));
    let kinds = RequesterKind::ALL.iter().map(|kind| choice(kind.key(), kind.word(), &filled.kind));
    let (organs, kinds) = (organs.collect(), kinds.collect());
    html(&Start { frame, organs, kinds, problem, has_draft })
}

/// The organ and the kind that were chosen, or what is wrong with them.
pub(super) async fn chosen(
    app: &App,
    filled: &Filled,
) -> Result<Result<(Organ, RequesterKind), String>, AppError> {
    let organs = app.organs().await?;
    let Some(organ) = organs.into_iter().find(|organ| organ.id.as_str() == filled.organ) else {
        return Ok(Err("请选择向哪个机关申请".to_owned()));
    };
    if organ.merged_into.is_some() {
        return Ok(Err(format!("{}已经并入其他机关，请重新选择", organ.name)));
    }
    Ok(filled.kind().map(|kind| (organ, kind)).ok_or("请选择以什么身份申请".to_owned()))
}

/// The form with what was typed.
pub(super) async fn form(
    site: Site,
    filled: Filled,
    problems: &[Missing],
    notice: Option<String>,
    has_draft: bool,
) -> Answer {
    let (organ, kind) = match chosen(&site.app, &filled).await? {
        Ok(chosen) => chosen,
        Err(_) => return start(site, filled, true, has_draft).await,
    };
    let sections = sections(&filled, kind, problems);
    let fields = sections.iter().flat_map(|section| &section.fields);
    let wrong = fields.filter(|field| field.problem.is_some()).cloned().collect();
    let (organ, kind) = (organ.name, kind.word());
    let frame = site.frame;
    html(&Form { frame, filled, organ, kind, sections, problems: wrong, notice, has_draft })
}

/// The page before submitting, with this problem.
pub(super) async fn confirm(
    site: Site,
    filled: Filled,
    standing: Standing,
    problem: Option<String>,
) -> Answer {
    let (organ, kind) = match chosen(&site.app, &filled).await? {
        Ok(chosen) => chosen,
        Err(_) => return start(site, filled, true, false).await,
    };
    let Site { app, frame } = site;
    let rows = summary(&sections(&filled, kind, &[]));
    let question = (standing == Standing::Question).then(|| question::ask(&app));
    let suggestions = suggestions(&app, &organ.id, &filled.wanted()).await?;
    let most_files = gongkai_app::requests::file::MOST;
    let (organ, kind) = (organ.name, kind.word());
    html(&Confirm { frame, filled, organ, kind, rows, suggestions, question, problem, most_files })
}

/// Takes the form: keeps a draft, takes it away, or goes on.
pub async fn take(
    site: Site,
    Client(origin): Client,
    headers: HeaderMap,
    received: Received,
) -> Result<Response, Response> {
    let app = site.app.clone();
    let doing = if received.get("do") == "save" { Doing::Keep } else { Doing::Read };
    if let Standing::Wait { seconds } = app.flood.count(&app, doing, &origin) {
        return Ok(too_often(seconds));
    }
    let filled = received.filled.clone();
    let answer = match received.get("do") {
        "save" => keep(site, &headers, filled).await,
        "discard" => discard(site, &headers, filled).await,
        "edit" => form(site, filled, &[], None, false).await,
        _ => check(site, &origin, filled).await,
    };
    answer.map_err(IntoResponse::into_response)
}

async fn check(site: Site, origin: &str, filled: Filled) -> Answer {
    let problems = filled.problems(&site.app.clock);
    let is_chosen = chosen(&site.app, &filled).await?.is_ok();
    if problems.is_empty() && is_chosen {
        let standing = site.app.flood.look(&site.app, Doing::Submit, origin);
        return confirm(site, filled, standing, None).await;
    }
    let page = form(site, filled, &problems, None, false).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn keep(site: Site, headers: &HeaderMap, filled: Filled) -> Answer {
    let app = site.app.clone();
    let text = serde_json::to_string(&filled).expect("text keys");
    let token = draft::keep(&app, visit::draft(headers).as_deref(), &text).await?;
    let days = app.config.intake.draft_days;
    let notice = format!(
        "草稿已经保存，保留 {days} 天，只能在这台设备的这个浏览器里继续填写；在公用设备上请不要保存草稿。"
    );
    let page = form(site, filled, &[], Some(notice), true).await?;
    Ok(visit::with_draft(&app, token, page))
}

async fn discard(site: Site, headers: &HeaderMap, filled: Filled) -> Answer {
    if let Some(token) = visit::draft(headers) {
        draft::discard(&site.app, &token).await?;
    }
    let notice = Some("草稿已经删除。".to_owned());
    Ok(visit::without_draft(form(site, filled, &[], notice, false).await?))
}
