//! 修改: the edition in work in its editor.

use crate::answer::{Answer, go, html};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::public::item::id;
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::items::{read, revise};
use gongkai_app::{App, AppError};
use gongkai_domain::item::Content;
use gongkai_domain::organ::Organ;
use serde::Deserialize;

/// What is filled in.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Filled {
    /// The title.
    pub title: String,
    /// The text, as pasted.
    pub text: String,
    /// 成文日期.
    pub formed_on: String,
    /// 发文字号.
    pub document_number: String,
}

#[derive(Template)]
#[template(path = "work/edit.html")]
struct Edit {
    frame: Frame,
    heading: &'static str,
    action: String,
    organs: Vec<Organ>,
    filled: Filled,
    problem: Option<String>,
}

/// The content that was filled in.
pub fn content(filled: &Filled) -> Result<Content, AppError> {
    let formed_on = filled
        .formed_on
        .trim()
        .parse()
        .map_err(|_| AppError::invalid("formed_on", "成文日期请写成 2025-03-04 这样的形式"))?;
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let paragraphs = filled.text.lines().filter_map(some).collect::<Vec<_>>();
    let html = paragraphs.iter().map(|each| format!("<p>{}</p>", escaped(each))).collect();
    Ok(Content {
        title: filled.title.trim().to_owned(),
        html,
        text: paragraphs.join("\n"),
        attachments: Vec::new(),
        formed_on,
        effective_on: None,
        document_number: some(&filled.document_number),
        subject: None,
        source: None,
        interprets: None,
    })
}

fn escaped(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html)
        .map(|safe| safe.to_string())
        .unwrap_or_default()
}

fn page(frame: Frame, address: &str, filled: Filled, problem: Option<String>) -> Answer {
    let action = format!("/work/items/{address}/edit");
    html(&Edit { frame, heading: "修改稿件", action, organs: Vec::new(), filled, problem })
}

/// Shows the edition in work in its editor.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let loaded = read::own(&app, &current.caller, &id(&text)?).await?;
    let working = loaded.item.working.ok_or(AppError::NotFound("正在办理的稿件"))?;
    let content = working.content;
    let filled = Filled {
        title: content.title,
        text: content.text,
        formed_on: content.formed_on.to_string(),
        document_number: content.document_number.unwrap_or_default(),
    };
    page(Frame::work(&app, &current), &text, filled, None)
}

/// Saves it.
pub async fn save(
    State(app): State<App>,
    Path(text): Path<String>,
    checked: Checked<Filled>,
) -> Answer {
    let Checked { current, form } = checked;
    let saved = match content(&form) {
        Ok(content) => revise::revise(&app, &current.caller, &id(&text)?, content).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => go(&format!("/work/items/{text}")),
        Err(error @ AppError::Invalid(_)) => {
            page(Frame::work(&app, &current), &text, form, Some(error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}
