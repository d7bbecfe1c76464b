//! 人员: the list of the administrators, and what the pages of people share.

pub mod acts;
pub mod new;
pub mod page;

use crate::answer::{Answer, Failure, html};
use crate::current::Signed;
use crate::page::Frame;
use askama::Template;
use axum::extract::{Query, State};
use gongkai_app::accounts::read::{self, HeldPost, Person};
use gongkai_app::{App, AppError};
use gongkai_domain::id::{OrganId, PersonId};
use gongkai_domain::organ::Organ;
use jiff::civil::Date;
use serde::Deserialize;

/// A post as it is shown.
pub struct PostRow {
    /// The key.
    pub id: String,
    /// The organ's short name.
    pub organ: String,
    /// The role.
    pub role: &'static str,
    /// From when to when.
    pub days: String,
    /// 在任, 未开始, 已结束.
    pub state: &'static str,
    /// Whether it was handed over by somebody away.
    pub is_delegated: bool,
}

impl PostRow {
    /// The post as it is shown on a day.
    pub fn of(held: &HeldPost, organs: &[Organ], today: Date) -> Self {
        let post = &held.post;
        let until = post.until.map_or_else(|| "长期".to_owned(), |day| day.to_string());
        let state = match post {
            post if post.is_held_on(today) => "在任",
            post if today < post.from && post.until.is_none_or(|until| post.from <= until) => {
                "未开始"
            }
            _ => "已结束",
        };
        Self {
            id: held.id.clone(),
            organ: organ_name(organs, &post.organ),
            role: post.role.name(),
            days: format!("{} 至 {until}", post.from),
            state,
            is_delegated: post.instead_of.is_some(),
        }
    }

    /// Whether it can still be ended.
    pub fn runs(&self) -> bool {
        self.state != "已结束"
    }
}

/// The short name of an organ.
pub fn organ_name(organs: &[Organ], id: &OrganId) -> String {
    let found = organs.iter().find(|organ| organ.id == *id);
    found.map_or_else(|| id.to_string(), |organ| organ.short_name.clone())
}

/// A day as the browser's field writes it.
pub fn day(field: &'static str, text: &str) -> Result<Date, AppError> {
    text.trim().parse().map_err(|_| AppError::invalid(field, "日期请写成 2025-03-04 这样的形式"))
}

/// The id of a person in an address or a form.
pub fn person(text: &str) -> Result<PersonId, Failure> {
    text.parse().map_err(|_| Failure(AppError::NotFound("这个人，请核对地址")))
}

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    wanted: String,
}

/// One person as a line.
struct Row {
    address: String,
    login: String,
    name: String,
    posts: String,
    state: &'static str,
    key: &'static str,
    second_factor: bool,
}

#[derive(Template)]
#[template(path = "work/admin/people.html")]
struct List {
    frame: Frame,
    wanted: String,
    rows: Vec<Row>,
    n_more: usize,
    may_add: bool,
}

/// 正常, 已停用, 暂时锁定, 待改密码, with the key for the colour.
pub fn state(person: &Person) -> (&'static str, &'static str) {
    match person {
        person if person.disabled => ("已停用", "withdrawn"),
        person if person.locked_until.is_some() => ("暂时锁定", "returned"),
        person if person.must_change_password => ("待改密码", "in_review"),
        _ => ("正常", "public"),
    }
}

fn row(person: &Person, organs: &[Organ], today: Date) -> Row {
    let held = person.posts.iter().filter(|held| held.post.is_held_on(today));
    let posts = held
        .map(|held| format!("{} {}", organ_name(organs, &held.post.organ), held.post.role.name()));
    let (state, key) = state(person);
    Row {
        address: format!("/work/people/{}", person.id),
        login: person.login.clone(),
        name: person.name.clone(),
        posts: posts.collect::<Vec<_>>().join("；"),
        state,
        key,
        second_factor: person.second_factor,
    }
}

/// Shows the people whom one administers.
pub async fn list(
    State(app): State<App>,
    Signed(current): Signed,
    Query(asked): Query<Asked>,
) -> Answer {
    const LINES: usize = 200;
    let found = read::list(&app, &current.caller, asked.wanted.trim()).await?;
    let (organs, today) = (app.organs().await?, app.clock.today());
    html(&List {
        frame: Frame::work(&app, &current),
        n_more: found.len().saturating_sub(LINES),
        rows: found.iter().take(LINES).map(|each| row(each, &organs, today)).collect(),
        wanted: asked.wanted,
        may_add: read::may(&current.caller).add,
    })
}
