//! 审核流程: of an organ, for every kind or one.

use super::organ_id;
use crate::answer::{Answer, Failure, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::work::people::page::{options, role_key, role_of};
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::organs::chain::{self, EVERY_KIND, kind_name};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::item_kind::kinds;
use gongkai_domain::organ::Organ;
use gongkai_domain::review::{Chain, Step};
use serde::Deserialize;

/// The roles that can sign a step.
const SIGNERS: [Role; 4] =
    [Role::Reviewer, Role::SecrecyReviewer, Role::Leader, Role::DisclosureOffice];

/// The most steps that the domain takes.
const STEPS: usize = 9;

/// A chain as it is shown.
struct Shown {
    kind: String,
    name: String,
    steps: Vec<String>,
}

/// One line of the form.
struct Line {
    title: String,
    role: String,
}

#[derive(Template)]
#[template(path = "work/admin/chains.html")]
struct List {
    frame: Frame,
    organs: Vec<Organ>,
}

#[derive(Template)]
#[template(path = "work/admin/chain.html")]
struct Page {
    frame: Frame,
    organ: Organ,
    chains: Vec<Shown>,
    kinds: Vec<(String, String)>,
    kind: String,
    lines: Vec<Line>,
    signers: Vec<(String, &'static str)>,
    problem: Option<String>,
}

/// What is filled in.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Filled {
    kind: String,
    title: Vec<String>,
    role: Vec<String>,
}

/// Which chain is meant.
#[derive(Deserialize)]
pub struct Which {
    kind: String,
}

fn steps(chain: &Chain) -> Vec<String> {
    let step = |step: &Step| format!("{}（{}）", step.title, step.role.name());
    chain.steps().iter().map(step).collect()
}

/// Shows the organs whose chains one may set.
pub async fn list(State(app): State<App>, Signed(current): Signed) -> Answer {
    let organs = chain::places(&app, &current.caller).await?;
    if organs.is_empty() {
        let message = "审核流程由安全管理员或信息公开工作机构设定，您没有这个权限".to_owned();
        return Err(Failure(AppError::Forbidden(message)));
    }
    html(&List { frame: Frame::work(&app, &current), organs })
}

async fn page(
    app: &App,
    current: &Current,
    text: &str,
    filled: Option<Filled>,
    problem: Option<String>,
) -> Answer {
    let (organ, sets) = chain::of(app, &current.caller, &organ_id(text)?).await?;
    let shown = |set: &chain::Set| Shown {
        kind: set.kind.clone(),
        name: kind_name(&set.kind).to_owned(),
        steps: steps(&set.chain),
    };
    let mut chains: Vec<Shown> = sets.iter().map(shown).collect();
    if sets.iter().all(|set| set.kind != EVERY_KIND) {
        let name = "所有类型（未设定时的通常流程）".to_owned();
        let usual = Shown { kind: String::new(), name, steps: steps(&Chain::usual()) };
        chains.insert(0, usual);
    }
    let all = kinds().iter().map(|kind| (kind.key.clone(), kind.title.clone()));
    let every = (EVERY_KIND.to_owned(), kind_name(EVERY_KIND).to_owned());
    let kind = filled.as_ref().map_or_else(|| EVERY_KIND.to_owned(), |each| each.kind.clone());
    html(&Page {
        frame: Frame::work(app, current),
        organ,
        chains,
        kinds: std::iter::once(every).chain(all).collect(),
        lines: lines(filled, &sets),
        kind,
        signers: options(&SIGNERS),
        problem,
    })
}

/// The lines of the form: what was filled in, or the chain of every kind, with blanks to add to.
fn lines(filled: Option<Filled>, sets: &[chain::Set]) -> Vec<Line> {
    let mut lines: Vec<Line> = match filled {
        Some(filled) => (filled.title.into_iter().zip(filled.role))
            .map(|(title, role)| Line { title, role })
            .collect(),
        None => {
            let set = sets.iter().find(|set| set.kind == EVERY_KIND);
            let chain = set.map_or_else(Chain::usual, |set| set.chain.clone());
            let line = |step: &Step| Line { title: step.title.clone(), role: role_key(step.role) };
            chain.steps().iter().map(line).collect()
        }
    };
    lines.resize_with(STEPS, || Line { title: String::new(), role: String::new() });
    lines
}

/// Shows the chains of an organ.
pub async fn show(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    page(&app, &current, &text, None, None).await
}

/// Sets a chain; lines without title and role are left out.
pub async fn set(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Filled>,
) -> Answer {
    let asked = form.title.iter().zip(&form.role);
    let asked = asked.filter(|(title, role)| !title.trim().is_empty() || !role.is_empty());
    let steps: Option<Vec<Step>> = asked
        .map(|(title, role)| Some(Step { title: title.trim().to_owned(), role: role_of(role)? }))
        .collect();
    let set = match steps {
        Some(steps) => {
            chain::set(&app, &current.caller, &organ_id(&text)?, &form.kind, steps).await
        }
        None => Err(AppError::invalid("role", "每个环节都要选择由谁签署")),
    };
    match set {
        Ok(()) => go(&format!("/work/chains/{text}")),
        Err(error) => page(&app, &current, &text, Some(form), Some(mendable(error)?)).await,
    }
}

/// Takes a chain away.
pub async fn remove(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Which>,
) -> Answer {
    chain::remove(&app, &current.caller, &organ_id(&text)?, &form.kind).await?;
    go(&format!("/work/chains/{text}"))
}
