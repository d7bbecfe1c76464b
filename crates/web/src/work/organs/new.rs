//! 新增机关.

use super::{Filled, organ_id};
use crate::answer::{Answer, Failure, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use askama::Template;
use axum::extract::State;
use gongkai_app::organs::{add, read};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::organ::{Organ, OrganKind};

#[derive(Template)]
#[template(path = "work/admin/organ_new.html")]
struct Page {
    frame: Frame,
    filled: Filled,
    kinds: [OrganKind; 4],
    parents: Vec<Organ>,
    problem: Option<String>,
}

async fn page(app: &App, current: &Current, filled: Filled, problem: Option<String>) -> Answer {
    let tree = read::tree(app, &current.caller).await?;
    let can_hold = |branch: &read::Branch| branch.is_own && branch.organ.merged_into.is_none();
    let parents: Vec<Organ> =
        tree.into_iter().filter(can_hold).map(|branch| branch.organ).collect();
    if parents.is_empty() {
        let message = "机关由系统管理员新增，您没有这个权限".to_owned();
        return Err(Failure(AppError::Forbidden(message)));
    }
    let frame = Frame::work(app, current);
    html(&Page { frame, filled, kinds: OrganKind::ALL, parents, problem })
}

/// Shows the form.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    let filled = Filled { order: "1".to_owned(), ..Filled::default() };
    page(&app, &current, filled, None).await
}

/// Adds an organ.
pub async fn create(State(app): State<App>, Checked { current, form }: Checked<Filled>) -> Answer {
    let parent = organ_id(&form.parent)?;
    let made = match form.fields() {
        Ok(fields) => add::add(&app, &current.caller, &parent, &fields).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(organ) => go(&format!("/work/organs/{}", organ.id)),
        Err(error) => page(&app, &current, form, Some(mendable(error)?)).await,
    }
}
