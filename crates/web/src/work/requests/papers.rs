//! 文书: a paper read before it is issued, issued, opened as DOCX or PDF.

use super::typed::Typed;
use super::{back, id};
use crate::answer::{Answer, Failure, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::work::files::encoded;
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use gongkai_app::requests::package;
use gongkai_app::requests::paper::{self, Draft, Format, Wanted};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use serde::Deserialize;

/// Which paper.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    notice: String,
    of: Option<u32>,
}

#[derive(Template)]
#[template(path = "work/requests/paper.html")]
struct PaperPage {
    frame: Frame,
    request: String,
    organ: String,
    wanted: Wanted,
    draft: Draft,
    /// The issue that this one would stand in for, and its number.
    replaces: Option<(String, String)>,
    problem: Option<String>,
}

/// The last issue of the same paper.
async fn last(
    app: &App,
    current: &Current,
    text: &str,
    wanted: &Wanted,
) -> Result<Option<gongkai_app::requests::Paper>, Failure> {
    let papers = paper::issued(app, &current.caller, &id(text)?).await?;
    let of = wanted.concerning.map(i64::from);
    let replaced: Vec<String> = papers.iter().filter_map(|each| each.replaces.clone()).collect();
    let fits = |each: &gongkai_app::requests::Paper| {
        each.notice == wanted.notice && each.concerning == of && !replaced.contains(&each.id)
    };
    Ok(papers.into_iter().find(fits))
}

async fn page(
    (app, current, text): (&App, &Current, &str),
    wanted: Wanted,
    problem: Option<String>,
) -> Answer {
    let last = last(app, current, text, &wanted).await?;
    let draft = paper::preview(app, &current.caller, &id(text)?, &wanted).await?;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = PaperPage {
        frame: Frame::work(app, current),
        request: text.to_owned(),
        organ: draft.organ.to_string(),
        wanted,
        draft,
        replaces: last.map(|last| (last.id, last.number)),
        problem,
    };
    Ok((status, html(&page)?).into_response())
}

/// Shows a paper before it is issued; one that was issued with what was typed then.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut wanted = Wanted { notice: asked.notice, concerning: asked.of, ..Wanted::default() };
    if let Some(last) = last(&app, &current, &text, &wanted).await? {
        wanted.typed = paper::typed(&app, &last)?;
    }
    page((&app, &current, &text), wanted, None).await
}

fn wanted(form: &Typed) -> Wanted {
    let blank = |(name, text): &(String, String)| {
        Some((name.strip_prefix("blank-")?.to_owned(), text.clone()))
    };
    Wanted {
        notice: form.text("notice"),
        concerning: form.get("of").parse().ok(),
        typed: form.0.iter().filter_map(blank).collect(),
    }
}

/// Reads it again with what was typed, or issues it.
pub async fn issue(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Typed>,
) -> Answer {
    let (here, wanted) = ((&app, &current, text.as_str()), wanted(&form));
    let replaces = Some(form.get("replaces")).filter(|id| !id.is_empty());
    if form.get("step") != "issue" {
        return match paper::preview(&app, &current.caller, &id(&text)?, &wanted).await {
            Ok(_) => page(here, wanted, None).await,
            Err(error) => {
                let problem = mendable(error)?;
                page(here, Wanted { typed: paper::Typed::new(), ..wanted }, Some(problem)).await
            }
        };
    }
    match paper::issue(&app, &current.caller, &id(&text)?, &wanted, replaces).await {
        Ok(_) => back(&text),
        Err(error) => {
            let problem = mendable(error)?;
            page(here, wanted, Some(problem)).await
        }
    }
}

/// Downloads an issued paper; the look is logged.
pub async fn open(
    State(app): State<App>,
    Signed(current): Signed,
    Path((text, which, format)): Path<(String, String, String)>,
) -> Answer {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let (format, media_type) = match format.as_str() {
        "docx" => (Format::Docx, WORD),
        "pdf" => (Format::Pdf, "application/pdf"),
        _ => return Err(Failure(AppError::NotFound("这种格式的文书"))),
    };
    let (paper, bytes) = paper::open(&app, &current.caller, &id(&text)?, &which, format).await?;
    let ending = if format == Format::Docx { "docx" } else { "pdf" };
    let name = format!("{} {}.{ending}", paper.name, paper.number);
    Ok(downloaded(media_type, &name, bytes))
}

/// A file under its own name.
fn downloaded(media_type: &'static str, name: &str, bytes: Bytes) -> Response {
    let name = format!("attachment; filename=\"file\"; filename*=UTF-8''{}", encoded(name));
    let headers =
        [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, bytes).into_response()
}

/// Downloads the package of an archived request; the look is logged.
pub async fn package(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let package = package::package(&app, &current.caller, &id(&text)?).await?;
    Ok(downloaded("application/zip", &package.name, package.bytes))
}
