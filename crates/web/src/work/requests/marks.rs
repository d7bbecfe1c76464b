//! 区分处理: files for the reply are brought, words marked by hand and by suggestion, copies made with
//! their proof.

use super::id;
use super::typed::Typed;
use crate::answer::{Answer, Failure, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::parts::CheckedParts;
use crate::work::files::{encoded, size};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::requests::Release;
use gongkai_app::requests::case::{Case, case};
use gongkai_app::requests::release::{self, Marks, Report, Suggestion};
use gongkai_app::sign_in::Current;
use gongkai_domain::request::{RequestFile, StateKey};

/// A file with what was found and what came of it.
struct FileView {
    release: Release,
    suggestions: Vec<Suggestion>,
    report: Option<Report>,
}

#[derive(Template)]
#[template(path = "work/requests/release.html")]
struct ReleasePage {
    frame: Frame,
    case: Case,
    files: Vec<FileView>,
    typed: Typed,
    problem: Option<String>,
}

impl ReleasePage {
    /// Whether a reply can still take what is made here.
    fn is_open(&self) -> bool {
        let states = [StateKey::Handling, StateKey::Consulting];
        states.contains(&self.case.request.state_key())
    }

    /// Where areas of its pages are marked, if it has pages.
    fn areas(&self, file: &FileView) -> Option<String> {
        let is_pdf = file.release.source.name.to_ascii_lowercase().ends_with(".pdf");
        let id = &self.case.request.id;
        is_pdf.then(|| format!("/work/requests/{id}/release/{}", file.release.id))
    }

    fn address(&self, file: &RequestFile) -> String {
        format!(
            "/work/requests/{}/files/{}/{}",
            self.case.request.id,
            file.digest,
            encoded(&file.name)
        )
    }

    /// The words typed for a file before, where it is that file's form that came back.
    fn words(&self, file: &FileView) -> String {
        if self.typed.get("file") == file.release.id {
            return self.typed.text("words");
        }
        let by_hand = |word: &&String| !file.suggestions.iter().any(|each| each.word == **word);
        file.release.words.iter().filter(by_hand).cloned().collect::<Vec<_>>().join("\n")
    }
}

fn file_size(file: &RequestFile) -> String {
    size(file.size_bytes)
}

async fn page(
    (app, current, text): (&App, &Current, &str),
    typed: Typed,
    problem: Option<String>,
) -> Answer {
    let (id, caller) = (id(text)?, &current.caller);
    let mut files = Vec::new();
    for release in release::all(app, caller, &id).await? {
        let suggestions = match &release.product {
            None => release::suggest(app, caller, &id, &release.id).await?,
            Some(_) => Vec::new(),
        };
        let report = release::report(&release)?;
        files.push(FileView { release, suggestions, report });
    }
    let case = case(app, caller, &id).await?;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame::work(app, current);
    Ok((status, html(&ReleasePage { frame, case, files, typed, problem })?).into_response())
}

/// Shows the files on their way out.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    page((&app, &current, &text), Typed::default(), None).await
}

fn back(text: &str) -> Answer {
    go(&format!("/work/requests/{text}/release"))
}

/// Brings files.
pub async fn bring(
    State(app): State<App>,
    Path(text): Path<String>,
    parts: CheckedParts,
) -> Answer {
    let CheckedParts { current, typed, files } = parts;
    let (id, typed) = (id(&text)?, Typed(typed));
    if files.is_empty() {
        let problem = "请选择文件".to_owned();
        return page((&app, &current, &text), typed, Some(problem)).await;
    }
    for (name, bytes) in files {
        if let Err(error) = release::bring(&app, &current.caller, &id, &name, bytes).await {
            let problem = format!("{name}：{}", mendable(error)?);
            return page((&app, &current, &text), typed, Some(problem)).await;
        }
    }
    back(&text)
}

/// The words and pages of a form.
pub(super) fn typed(form: &Typed) -> Marks {
    let mut words: Vec<String> = form.all("word").map(str::to_owned).collect();
    words.extend(form.lines("words"));
    let pages = form.get("pages").split(|sign: char| !sign.is_ascii_digit());
    Marks {
        words,
        seen_pages: pages.filter_map(|page| page.parse().ok()).collect(),
        without_pictures: form.get("without_pictures") == "yes",
        ..Marks::default()
    }
}

async fn made(app: &App, current: &Current, text: &str, form: &Typed) -> Result<(), Failure> {
    let (id, file) = (id(text)?, form.get("file"));
    if form.get("step") == "whole" {
        release::let_out(app, &current.caller, &id, file, form.get("reason")).await?;
        return Ok(());
    }
    let marks = typed(form);
    release::redact(app, &current.caller, &id, file, marks, Vec::new()).await?;
    Ok(())
}

/// Makes a copy without what is marked, or says that a file may go out whole.
pub async fn make(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Typed>,
) -> Answer {
    match made(&app, &current, &text, &form).await {
        Ok(()) => back(&text),
        Err(Failure(error)) => {
            let problem = mendable(error)?;
            page((&app, &current, &text), form, Some(problem)).await
        }
    }
}
