//! What hostile or broken clients send: each gets a clear answer, never 500, and leaves nothing behind.

mod bodies;
mod forged;
mod headers;
mod registers;
mod socket;
mod typed;

use gongkai_domain::access::Role;
use gongkai_testkit::app::{Client, OWN, Stage, TestApp, Visitor};
use gongkai_web::{Route, routes};
use std::collections::BTreeMap;

const FORM: &str = "application/x-www-form-urlencoded";

async fn clerk(kit: &TestApp) -> Client {
    kit.visited_by(Visitor::Own(Role::Clerk)).await
}

/// The rows of every table but the sessions and what signing in writes.
async fn left_behind(kit: &TestApp, before: &BTreeMap<String, i64>) -> Vec<String> {
    let after = kit.rows().await;
    let differs = |(name, n): (&String, &i64)| (before.get(name) != Some(n)).then(|| name.clone());
    after.iter().filter_map(differs).collect()
}

fn filled<'a>(title: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("organ", OWN),
        ("kind", "work_news"),
        ("title", title),
        ("text", text),
        ("formed_on", "2025-03-10"),
        ("document_number", ""),
        ("markup", "plain"),
        ("subject", "general_affairs.open_government"),
        ("issuing_organs", "某县某局"),
        ("disclosure", "proactive"),
        ("legal_item", "20.15"),
        ("source", "本机关"),
    ]
}

/// The path with every blank filled with the same piece.
fn blanks(path: &str, piece: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(if name == "year" { "2024" } else { piece });
        rest = after;
    }
    filled + rest
}

/// Every form of a page with an item of a stage at which most of them are open.
async fn forms(kit: &TestApp) -> Vec<String> {
    let id = kit.item_at(Stage::Draft).await;
    let is_form = |route: &Route| route.method == "POST" && !route.path.starts_with("/api/");
    let forms = routes().into_iter().filter(is_form);
    forms.map(|route| blanks(route.path, id.as_str())).collect()
}
