//! 审核流程 of items and 审批流程 of replies: of an organ, for every kind or one; one page for both.

use super::organ_id;
use crate::answer::{Answer, Failure, go, html, mendable};
use crate::current::{Checked, Signed};
use crate::page::Frame;
use crate::work::people::page::{options, role_key, role_of};
use askama::Template;
use axum::extract::{Path, State};
use gongkai_app::organs::chain::{self, EVERY_KIND, Settable, kind_name};
use gongkai_app::sign_in::Current;
use gongkai_app::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::organ::Organ;
use gongkai_domain::review::{Chain, ReplyChain, ReplyStep, Step};
use serde::Deserialize;

/// The roles that can sign a step.
const SIGNERS: [Role; 4] =
    [Role::Reviewer, Role::SecrecyReviewer, Role::Leader, Role::DisclosureOffice];

/// What a page of chains says of its own.
pub trait Paged: Settable {
    /// Its heading.
    const TITLE: &'static str;
    /// What a kind is called.
    const KIND: &'static str;
    /// What stands behind the address of the organ's chains.
    const PLACE: &'static str;
    /// What is to be known before one sets a chain.
    const HINT: &'static str;
    /// The most steps that the domain takes.
    const STEPS: usize;
    /// The steps where none are set: in words, and as a form begins with them.
    fn usual() -> (Vec<String>, Vec<(String, Role)>);
}

impl Paged for Chain {
    const TITLE: &'static str = "信息审核流程";
    const KIND: &'static str = "信息类型";
    const PLACE: &'static str = "";
    const HINT: &'static str =
        "先审查、后公开：保密审查环节不能省去。已经送审的稿件仍按送审时的流程办理。";
    const STEPS: usize = 9;

    fn usual() -> (Vec<String>, Vec<(String, Role)>) {
        let usual = Self::usual();
        let line = |step: &Step| (step.title.clone(), step.role);
        (steps(&usual), usual.steps().iter().map(line).collect())
    }
}

impl Paged for ReplyChain {
    const TITLE: &'static str = "依申请公开答复的审批流程";
    const KIND: &'static str = "答复类型";
    const PLACE: &'static str = "/replies";
    const HINT: &'static str = "一到四个环节。拟写答复的人不能审批，同一人不能签两个环节；委托期间由受托人代签。\
        最后一个环节批准后编发文字号。已经送审的答复仍按送审时的流程办理。";
    const STEPS: usize = 4;

    fn usual() -> (Vec<String>, Vec<(String, Role)>) {
        let usual = Self::of(None);
        let words = usual.iter().map(|step| format!("{}（{}）", step.title, step.who()));
        let line = |step: &ReplyStep<'_>| Some((step.title.to_owned(), *step.roles.first()?));
        (words.collect(), usual.iter().filter_map(line).collect())
    }
}

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
    title: &'static str,
    kind_word: &'static str,
    place: &'static str,
    hint: &'static str,
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

fn steps(chain: &impl Settable) -> Vec<String> {
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

async fn page<C: Paged>(
    app: &App,
    current: &Current,
    text: &str,
    filled: Option<Filled>,
    problem: Option<String>,
) -> Answer {
    let (organ, sets) = chain::of::<C>(app, &current.caller, &organ_id(text)?).await?;
    let shown = |set: &chain::Set<C>| Shown {
        kind: set.kind.clone(),
        name: kind_name::<C>(&set.kind),
        steps: steps(&set.chain),
    };
    let mut chains: Vec<Shown> = sets.iter().map(shown).collect();
    if sets.iter().all(|set| set.kind != EVERY_KIND) {
        let name = "所有类型（未设定时的通常流程）".to_owned();
        let usual = Shown { kind: String::new(), name, steps: C::usual().0 };
        chains.insert(0, usual);
    }
    let every = (EVERY_KIND.to_owned(), kind_name::<C>(EVERY_KIND));
    let kind = filled.as_ref().map_or_else(|| EVERY_KIND.to_owned(), |each| each.kind.clone());
    html(&Page {
        frame: Frame::work(app, current),
        organ,
        title: C::TITLE,
        kind_word: C::KIND,
        place: C::PLACE,
        hint: C::HINT,
        chains,
        kinds: std::iter::once(every).chain(C::kinds()).collect(),
        lines: lines(filled, &sets),
        kind,
        signers: options(&SIGNERS),
        problem,
    })
}

/// The lines of the form: what was filled in, or the chain of every kind, with blanks to add to.
fn lines<C: Paged>(filled: Option<Filled>, sets: &[chain::Set<C>]) -> Vec<Line> {
    let mut lines: Vec<Line> = match filled {
        Some(filled) => (filled.title.into_iter().zip(filled.role))
            .map(|(title, role)| Line { title, role })
            .collect(),
        None => {
            let set = sets.iter().find(|set| set.kind == EVERY_KIND);
            let steps = match set {
                Some(set) => set.chain.steps().iter().map(|s| (s.title.clone(), s.role)).collect(),
                None => C::usual().1,
            };
            let line = |(title, role)| Line { title, role: role_key(role) };
            steps.into_iter().map(line).collect()
        }
    };
    lines.resize_with(C::STEPS, || Line { title: String::new(), role: String::new() });
    lines
}

/// Shows the chains of an organ.
pub async fn show<C: Paged>(
    State(app): State<App>,
    Signed(current): Signed,
    Path(text): Path<String>,
) -> Answer {
    page::<C>(&app, &current, &text, None, None).await
}

/// Sets a chain; lines without title and role are left out.
pub async fn set<C: Paged>(
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
            chain::set::<C>(&app, &current.caller, &organ_id(&text)?, &form.kind, steps).await
        }
        None => Err(AppError::invalid("role", "每个环节都要选择由谁签署")),
    };
    match set {
        Ok(()) => go(&format!("/work/chains/{text}{}", C::PLACE)),
        Err(error) => page::<C>(&app, &current, &text, Some(form), Some(mendable(error)?)).await,
    }
}

/// Takes a chain away.
pub async fn remove<C: Paged>(
    State(app): State<App>,
    Path(text): Path<String>,
    Checked { current, form }: Checked<Which>,
) -> Answer {
    chain::remove::<C>(&app, &current.caller, &organ_id(&text)?, &form.kind).await?;
    go(&format!("/work/chains/{text}{}", C::PLACE))
}
