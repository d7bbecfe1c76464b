//! 常用筛选: kept by name, used from the register, taken away.

use crate::answer::{Answer, go};
use crate::current::Checked;
use axum::extract::State;
use gongkai_app::App;
use gongkai_app::requests::saved_views::{self, SavedView};
use serde::Deserialize;

/// A view as it is named.
#[derive(Deserialize)]
pub struct Named {
    #[serde(default)]
    name: String,
    #[serde(default)]
    query: String,
}

/// Keeps the filter that is shown.
pub async fn keep(State(app): State<App>, Checked { current, form }: Checked<Named>) -> Answer {
    let view = SavedView { name: form.name, query: form.query.clone() };
    saved_views::keep(&app, &current.caller, view).await?;
    go(&format!("/work/requests?{}", harmless(&form.query)))
}

/// Takes one away.
pub async fn forget(State(app): State<App>, Checked { current, form }: Checked<Named>) -> Answer {
    saved_views::forget(&app, &current.caller, &form.name).await?;
    go("/work/requests")
}

/// A query that can stand in a header: what a browser would not send is left out.
fn harmless(query: &str) -> String {
    query.chars().filter(|sign| sign.is_ascii_graphic()).collect()
}
