//! The buttons of a person's page: each a form that calls one action and comes back to the page.

use super::page::role_of;
use super::{day, new, person};
use crate::answer::{Answer, go};
use crate::current::Checked;
use crate::work::acts::Nothing;
use axum::extract::{Path, State};
use gongkai_app::accounts::posts::{self, Giving};
use gongkai_app::accounts::{keep, read};
use gongkai_app::{App, AppError};
use serde::Deserialize;

/// A role to be given.
#[derive(Deserialize)]
pub struct Post {
    organ: String,
    role: String,
    from: String,
    #[serde(default)]
    until: String,
}

/// The last day of a role.
#[derive(Deserialize)]
pub struct Last {
    last: String,
}

fn back(text: &str) -> Answer {
    go(&format!("/work/people/{text}"))
}

/// 授予角色.
pub async fn give(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Post>,
) -> Answer {
    let until = Some(form.until.as_str()).filter(|text| !text.trim().is_empty());
    let giving = Giving {
        organ: form.organ.parse().map_err(|_| AppError::invalid("organ", "请选择机关"))?,
        role: role_of(&form.role).ok_or_else(|| AppError::invalid("role", "请选择角色"))?,
        from: day("from", &form.from)?,
        until: until.map(|text| day("until", text)).transpose()?,
    };
    posts::give(&app, &current.caller, &person(&text)?, giving).await?;
    back(&text)
}

/// 解除角色.
pub async fn end(
    State(app): State<App>,
    Path((text, post)): Path<(String, String)>,
    Checked { current, form }: Checked<Last>,
) -> Answer {
    let last = day("last", &form.last)?;
    posts::end(&app, &current.caller, &person(&text)?, &post, last).await?;
    back(&text)
}

/// 重置密码.
pub async fn reset(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    let id = person(&text)?;
    let password = keep::reset_password(&app, &current.caller, &id).await?;
    let found = read::one(&app, &current.caller, &id).await?;
    let shown = (found.login, found.name, password);
    new::once(&app, &current, "已重置密码", shown, format!("/work/people/{text}"))
}

/// 解除锁定.
pub async fn unlock(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    keep::unlock(&app, &current.caller, &person(&text)?).await?;
    back(&text)
}

/// 停用账号.
pub async fn close(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    keep::disable(&app, &current.caller, &person(&text)?).await?;
    back(&text)
}

/// 启用账号.
pub async fn open(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    keep::enable(&app, &current.caller, &person(&text)?).await?;
    back(&text)
}

/// 停用双因素认证.
pub async fn second_factor_off(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, .. }: Checked<Nothing>,
) -> Answer {
    keep::switch_second_factor_off(&app, &current.caller, &person(&text)?).await?;
    back(&text)
}
