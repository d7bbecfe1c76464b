//! What the day asks of whoever handles requests, for the first page of the workplace.

use super::register::colour;
use crate::answer::Failure;
use askama::Template;
use gongkai_app::requests::board::{Todo, today};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::request::RequestAct;

/// Most lines on the first page; the rest stand in the register.
const MOST: usize = 30;

#[derive(Template)]
#[template(path = "work/requests/today_box.html")]
struct TodayBox {
    todos: Vec<Todo>,
    n_more: usize,
}

/// Where an act is done.
fn address(todo: &Todo) -> String {
    let id = &todo.request.id;
    match todo.duty.act {
        RequestAct::Propose => format!("/work/requests/{id}/reply"),
        RequestAct::Approve => format!("/work/requests/{id}"),
        act => format!("/work/requests/{id}/acts/{}", act.key()),
    }
}

/// The box as HTML, safe to be set into a page; empty for whoever has nothing to do with requests.
///
/// # Errors
/// When the store fails.
pub async fn today_box(app: &App, current: &Current) -> Result<String, Failure> {
    let mut todos = today(app, &current.caller).await?;
    let n_more = todos.len().saturating_sub(MOST);
    todos.truncate(MOST);
    let rendered = TodayBox { todos, n_more }.render();
    rendered.map_err(|error| Failure(AppError::Broken(error.to_string())))
}
