//! The page of a person: state, posts, and what the administrator may do.

use super::{PostRow, person, state};
use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::{Frame, minute};
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::App;
use gongkai_app::accounts::read::{self, May, Person};
use gongkai_domain::access::Role;
use gongkai_domain::organ::Organ;

#[derive(Template)]
#[template(path = "work/admin/person.html")]
struct Page {
    frame: Frame,
    person: Person,
    state: &'static str,
    key: &'static str,
    locked_until: String,
    posts: Vec<PostRow>,
    organs: Vec<Organ>,
    roles: Vec<(String, &'static str)>,
    may: May,
    is_self: bool,
    today: String,
}

/// Shows a person.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    let found = read::one(&app, &current.caller, &person(&text)?).await?;
    let (organs, today) = (app.organs().await?, app.clock.today());
    let (state, key) = state(&found);
    html(&Page {
        frame: Frame::work(&app, &current),
        state,
        key,
        locked_until: found.locked_until.map(minute).unwrap_or_default(),
        posts: found.posts.iter().map(|held| PostRow::of(held, &organs, today)).collect(),
        organs: organs.into_iter().filter(|organ| organ.merged_into.is_none()).collect(),
        roles: options(&Role::ALL),
        may: read::may(&current.caller),
        is_self: found.id == current.caller.actor.person,
        today: today.to_string(),
        person: found,
    })
}

/// The stable key of a role in forms.
pub fn role_key(role: Role) -> String {
    serde_json::to_string(&role).unwrap_or_default().trim_matches('"').to_owned()
}

/// Roles as a form offers them: key and name.
pub fn options(roles: &[Role]) -> Vec<(String, &'static str)> {
    roles.iter().map(|role| (role_key(*role), role.name())).collect()
}

/// The role of a key in a form.
pub fn role_of(key: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role_key(*role) == key)
}
