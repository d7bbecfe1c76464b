//! 我的账号: posts, password, second factor, delegations, reminders.

pub mod code;
pub mod delegation;
pub mod password;
pub mod reminders;
pub mod second_factor;

use crate::answer::{Answer, html};
use crate::current::Signed;
use crate::page::Frame;
use crate::work::people::{PostRow, organ_name};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_app::App;
use gongkai_app::accounts::read::{self, Colleague, HeldPost, Person};
use gongkai_app::remind::{self, Reach};
use gongkai_app::sign_in::Current;
use gongkai_domain::id::PersonId;
use gongkai_domain::organ::Organ;
use jiff::civil::Date;

/// A delegation as it is shown, on either side.
struct Handed {
    id: String,
    what: String,
    who: String,
    days: String,
    runs: bool,
}

/// A post that can be handed over.
struct Choice {
    id: String,
    what: String,
}

#[derive(Template)]
#[template(path = "work/admin/account.html")]
struct Account {
    frame: Frame,
    person: Person,
    posts: Vec<PostRow>,
    choices: Vec<Choice>,
    colleagues: Vec<Colleague>,
    given: Vec<Handed>,
    received: Vec<Handed>,
    reach: Reach,
    /// Whether the site reminds by mail, and by push.
    by: (bool, bool),
    today: String,
    problem: Option<String>,
}

fn name(names: &[Colleague], id: Option<&PersonId>) -> String {
    let found = names.iter().find(|each| Some(&each.id) == id);
    found.map(|each| each.name.clone()).unwrap_or_default()
}

fn handed(held: &HeldPost, who: String, organs: &[Organ], today: Date) -> Handed {
    let row = PostRow::of(held, organs, today);
    Handed {
        id: row.id,
        what: format!("{} {}", row.organ, row.role),
        who,
        days: row.days,
        runs: held.post.until.is_none_or(|until| today <= until),
    }
}

/// Shows one's own account.
pub async fn show(State(app): State<App>, Signed(current): Signed) -> Answer {
    page(&app, &current, None, None).await
}

async fn page(
    app: &App,
    current: &Current,
    typed: Option<Reach>,
    problem: Option<String>,
) -> Answer {
    let own = read::own(app, &current.caller).await?;
    let reach = match typed {
        Some(typed) => typed,
        None => remind::reach(app, &current.caller).await?,
    };
    let organs = app.organs().await?;
    let today = app.clock.today();
    let is_own = |held: &&HeldPost| held.post.instead_of.is_none();
    let choice = |held: &HeldPost| Choice {
        id: held.id.clone(),
        what: format!("{} {}", organ_name(&organs, &held.post.organ), held.post.role.name()),
    };
    let can_hand = |held: &&HeldPost| {
        !held.post.role.is_administrator() && held.post.until.is_none_or(|until| today <= until)
    };
    let posts = &own.person.posts;
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = html(&Account {
        frame: Frame::work(app, current),
        by: (app.config.mail.is_on(), app.config.webhook.is_on()),
        reach,
        problem,
        posts: posts.iter().filter(is_own).map(|held| PostRow::of(held, &organs, today)).collect(),
        choices: posts.iter().filter(is_own).filter(can_hand).map(choice).collect(),
        given: (own.handed_over.iter())
            .map(|held| handed(held, name(&own.names, Some(&held.person)), &organs, today))
            .collect(),
        received: (posts.iter().filter(|held| !is_own(held)))
            .map(|held| {
                handed(held, name(&own.names, held.post.instead_of.as_ref()), &organs, today)
            })
            .collect(),
        colleagues: own.colleagues,
        person: own.person,
        today: today.to_string(),
    })?;
    Ok((status, shown).into_response())
}
