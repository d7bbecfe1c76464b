//! 常用筛选: views of the register that a person keeps by name, and that nobody else sees.

use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_store::settings;
use serde::{Deserialize, Serialize};

/// Most views of one person: more nobody tells apart.
const MOST: usize = 20;
const LONGEST_NAME: usize = 30;
const LONGEST_QUERY: usize = 1_000;

/// A view kept by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// What stands behind the `?` of the register's address.
    pub query: String,
}

fn setting(caller: &Caller) -> String {
    format!("request_views/{}", caller.actor.person)
}

fn read(text: Option<String>) -> Result<Vec<SavedView>, AppError> {
    let text = text.unwrap_or_else(|| "[]".to_owned());
    serde_json::from_str(&text).map_err(|error| AppError::Broken(format!("常用筛选：{error}")))
}

/// The caller's views, in the order in which they were kept.
///
/// # Errors
/// When the store fails.
pub async fn saved(app: &App, caller: &Caller) -> Result<Vec<SavedView>, AppError> {
    read(settings::get(&mut *app.store.reader().await?, &setting(caller)).await?)
}

/// Keeps a view; the same name again is the view anew.
///
/// # Errors
/// When it has no name or too long a one, there are too many, or the store fails.
pub async fn keep(app: &App, caller: &Caller, view: SavedView) -> Result<(), AppError> {
    let name = view.name.trim().to_owned();
    if name.is_empty() || LONGEST_NAME < name.chars().count() {
        let message = format!("请给这个筛选起一个名称，最多 {LONGEST_NAME} 个字");
        return Err(AppError::invalid("name", message));
    }
    if LONGEST_QUERY < view.query.len() {
        return Err(AppError::invalid("query", "筛选条件太长，请减少条件后再保存"));
    }
    change(app, caller, |views| {
        views.retain(|each| each.name != name);
        if MOST <= views.len() {
            let message = format!("最多保存 {MOST} 个常用筛选，请先删去不用的");
            return Err(AppError::invalid("name", message));
        }
        views.push(SavedView { name, query: view.query });
        Ok(())
    })
    .await
}

/// Takes a view away; one that is not there is gone already.
///
/// # Errors
/// When the store fails.
pub async fn forget(app: &App, caller: &Caller, name: &str) -> Result<(), AppError> {
    change(app, caller, |views| {
        views.retain(|each| each.name != name);
        Ok(())
    })
    .await
}

async fn change(
    app: &App,
    caller: &Caller,
    change: impl FnOnce(&mut Vec<SavedView>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    let key = setting(caller);
    let mut views = read(settings::get(&mut transaction, &key).await?)?;
    change(&mut views)?;
    let text = serde_json::to_string(&views).expect("names and queries are texts");
    settings::set(&mut transaction, &key, &text).await?;
    Ok(transaction.commit().await?)
}
