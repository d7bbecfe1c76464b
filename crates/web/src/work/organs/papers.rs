//! 文书设置: the heads of an organ's numbers, and its seal with how it is printed, tried before it is
//! kept.

use super::organ_id;
use crate::answer::{Answer, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::parts::CheckedParts;
use crate::work::requests::typed::Typed;
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use gongkai_app::organs::stamp::{self, Placing, Setting};
use gongkai_app::requests::word::{Series, set_word};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};

/// A paper that can be sealed.
struct Paper {
    key: String,
    name: String,
    is_sealed: bool,
}

/// The place of a seal as it stands in the form.
struct Place {
    diameter: String,
    right: String,
    down: String,
    papers: Vec<Paper>,
}

#[derive(Template)]
#[template(path = "work/admin/papers.html")]
struct Page {
    frame: Frame,
    setting: Setting,
    place: Place,
    problem: Option<String>,
}

fn place_of(placing: &Placing) -> Place {
    let paper = |(key, name): (String, String)| Paper {
        is_sealed: placing.papers.contains(&key),
        key,
        name,
    };
    Place {
        diameter: placing.diameter_mm.to_string(),
        right: placing.right_mm.to_string(),
        down: placing.down_mm.to_string(),
        papers: stamp::papers().into_iter().map(paper).collect(),
    }
}

/// What was typed, as it was typed.
fn retyped(typed: &Typed) -> Place {
    let is_sealed = |key: &str| typed.all("papers").any(|each| each == key);
    let paper = |(key, name): (String, String)| Paper { is_sealed: is_sealed(&key), key, name };
    Place {
        diameter: typed.text("diameter"),
        right: typed.text("right"),
        down: typed.text("down"),
        papers: stamp::papers().into_iter().map(paper).collect(),
    }
}

async fn page(
    (app, current, text): (&App, &Current, &str),
    typed: Option<&Typed>,
    problem: Option<String>,
) -> Answer {
    let setting = stamp::setting(app, &current.caller, &organ_id(text)?).await?;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let place = match (typed, &setting.stamp) {
        (Some(typed), _) => retyped(typed),
        (None, Some(stamp)) => place_of(&stamp.placing),
        (None, None) => place_of(&stamp::usual()),
    };
    let page = Page { frame: Frame::work(app, current), setting, place, problem };
    Ok((status, html(&page)?).into_response())
}

/// Shows what is set.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    page((&app, &current, &text), None, None).await
}

/// Sets the head of a series of numbers.
pub async fn word(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Typed>,
) -> Answer {
    let id = organ_id(&text)?;
    let set = match form.one("series", "哪一种文书", Series::of_key) {
        Ok(series) => set_word(&app, &current.caller, &id, series, form.get("word")).await,
        Err(error) => Err(error),
    };
    match set {
        Ok(()) => go(&format!("/work/organs/{text}/papers")),
        Err(error) => page((&app, &current, &text), None, Some(mendable(error)?)).await,
    }
}

/// The picture that is set.
pub async fn picture(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let picture = stamp::picture(&app, &current.caller, &organ_id(&text)?).await?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture).into_response())
}

fn millimetres(typed: &Typed, field: &'static str, label: &str) -> Result<f32, AppError> {
    let number: Option<f32> = typed.text(field).parse().ok();
    let number = number.filter(|number| number.is_finite());
    let message = || format!("“{label}”请填写毫米数，例如 42 或者 -1.5");
    number.ok_or_else(|| AppError::invalid(field, message()))
}

fn placing(typed: &Typed) -> Result<Placing, AppError> {
    Ok(Placing {
        diameter_mm: millimetres(typed, "diameter", "直径")?,
        right_mm: millimetres(typed, "right", "向右移动")?,
        down_mm: millimetres(typed, "down", "向下移动")?,
        papers: typed.all("papers").map(str::to_owned).collect(),
    })
}

async fn done(
    (app, current, text): (&App, &Current, &str),
    typed: &Typed,
    picture: Option<Bytes>,
) -> Result<Option<Vec<u8>>, AppError> {
    let id = text.parse().map_err(|_| AppError::NotFound("这个机关，请核对地址"))?;
    let placing = placing(typed)?;
    if typed.get("step") == "preview" {
        return stamp::preview(app, &current.caller, &id, picture, &placing).await.map(Some);
    }
    stamp::set(app, &current.caller, &id, picture, placing).await.map(|()| None)
}

/// Shows a specimen with the seal, or keeps it.
pub async fn seal(State(app): State<App>, Path(text): Path<String>, parts: CheckedParts) -> Answer {
    let CheckedParts { current, typed, mut files } = parts;
    let (here, typed) = ((&app, &current, text.as_str()), Typed(typed));
    match done(here, &typed, files.pop().map(|(_, picture)| picture)).await {
        Ok(Some(specimen)) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "inline; filename=\"specimen.pdf\""),
            ];
            Ok((headers, specimen).into_response())
        }
        Ok(None) => go(&format!("/work/organs/{text}/papers")),
        Err(error) => page(here, Some(&typed), Some(mendable(error)?)).await,
    }
}

/// Takes the seal away.
pub async fn remove(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Typed>,
) -> Answer {
    stamp::remove(&app, &current.caller, &organ_id(&text)?).await?;
    go(&format!("/work/organs/{text}/papers"))
}
