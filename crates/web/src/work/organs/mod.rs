//! 机关: the tree, and what the pages of organs share.

pub mod chains;
pub mod new;
pub mod page;
pub mod papers;

use crate::answer::{Answer, Failure, html};
use crate::current::Signed;
use crate::page::Frame;
use askama::Template;
use axum::extract::State;
use gongkai_app::organs::{Fields, read};
use gongkai_app::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::{Contact, Organ, OrganKind};
use serde::Deserialize;
use std::collections::HashMap;

/// What is filled in of an organ.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Filled {
    /// The organ above, where it is a new one.
    pub parent: String,
    /// Its name in addresses.
    pub id: String,
    /// The key of the kind.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// The code.
    pub code: String,
    /// The order among its siblings.
    pub order: String,
    /// How to reach its disclosure office.
    #[serde(flatten)]
    pub contact: Contact,
}

impl Filled {
    /// What an organ has.
    pub fn of(organ: &Organ) -> Self {
        Self {
            parent: organ.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
            id: organ.id.to_string(),
            kind: organ.kind.key().to_owned(),
            name: organ.name.clone(),
            short_name: organ.short_name.clone(),
            code: organ.code.clone(),
            order: organ.order.to_string(),
            contact: organ.contact.clone(),
        }
    }

    /// The fields for the action.
    pub fn fields(&self) -> Result<Fields, AppError> {
        let form = self.clone();
        let kind = OrganKind::of_key(&form.kind);
        let order = form.order.trim().parse().ok().filter(|order| (0..=1_000_000).contains(order));
        Ok(Fields {
            id: form.id,
            kind: kind.ok_or_else(|| AppError::invalid("kind", "请选择机关类别"))?,
            name: form.name,
            short_name: form.short_name,
            code: form.code,
            order: order
                .ok_or_else(|| AppError::invalid("order", "排序请填 0 到 1000000 的整数"))?,
            contact: form.contact,
        })
    }
}

/// The id of an organ in an address.
pub fn organ_id(text: &str) -> Result<OrganId, Failure> {
    text.parse().map_err(|_| Failure(AppError::NotFound("这个机关，请核对地址")))
}

/// One organ as a line of the tree.
struct Row {
    id: String,
    name: String,
    short_name: String,
    kind: &'static str,
    code: String,
    depth: usize,
    former: String,
    merged: String,
    missing: usize,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "work/admin/organs.html")]
struct List {
    frame: Frame,
    rows: Vec<Row>,
    may_add: bool,
}

fn row(branch: &read::Branch, names: &HashMap<OrganId, String>) -> Row {
    let organ = branch.organ.clone();
    let former: Vec<String> = (organ.former_names.iter())
        .map(|former| format!("{}（至 {}）", former.name, former.until))
        .collect();
    let merged = organ.merged_into.as_ref();
    Row {
        id: organ.id.to_string(),
        kind: organ.kind.name(),
        depth: branch.depth,
        former: former.join("；"),
        merged: merged
            .map(|(into, day)| {
                let into = names.get(into).map_or(into.as_str(), String::as_str);
                format!("{day} 起并入{into}")
            })
            .unwrap_or_default(),
        missing: organ.contact.missing().len(),
        is_own: branch.is_own,
        name: organ.name,
        short_name: organ.short_name,
        code: organ.code,
    }
}

/// Shows the tree.
pub async fn list(State(app): State<App>, Signed(current): Signed) -> Answer {
    let branches = read::tree(&app, &current.caller).await?;
    let named = |branch: &read::Branch| (branch.organ.id.clone(), branch.organ.name.clone());
    let names = branches.iter().map(named).collect();
    html(&List {
        frame: Frame::work(&app, &current),
        rows: branches.iter().map(|branch| row(branch, &names)).collect(),
        may_add: current.caller.actor.is_anywhere(Role::SystemAdministrator),
    })
}
