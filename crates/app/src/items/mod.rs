//! What people do with items: one action a file, each with its event in the same transaction.

pub(crate) mod act;
pub mod archive;
pub mod attach;
pub mod board;
pub mod compare;
pub mod deadline;
pub mod draft;
pub mod emergency;
pub mod export;
pub mod interpret;
pub mod lapse;
pub mod mask;
pub mod possible;
pub mod publish;
pub mod read;
pub mod review;
pub mod revise;
pub mod schedule;
pub mod screen;
pub mod submit;
pub mod text;
pub mod withdraw;

pub use act::name as act_name;
pub use gongkai_store::items::{Filter, Line, Page};

use gongkai_domain::audit::digest;
use gongkai_domain::item::Content;

/// The digest of a content: what a signature stands for.
pub fn content_digest(content: &Content) -> String {
    let bytes = serde_json::to_vec(content).expect("a content has text keys and finite numbers");
    digest(&bytes)
}

/// The states that an item can be in, in the order of its life: key and name.
pub const STATES: [(&str, &str); 9] = [
    ("draft", "草稿"),
    ("in_review", "审核中"),
    ("returned", "已退回"),
    ("approved", "待发布"),
    ("scheduled", "定时发布"),
    ("public", "已公开"),
    ("withdrawn", "已撤下"),
    ("archived", "已归档"),
    ("never_public", "未公开"),
];

/// What people call the state with this key.
pub fn state_name(key: &str) -> &'static str {
    let found = STATES.iter().find(|(state, _)| *state == key);
    found.map_or("未公开", |(_, name)| name)
}
