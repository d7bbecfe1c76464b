//! What people do with items: one action a file, each with its event in the same transaction.

pub(crate) mod act;
pub mod archive;
pub mod draft;
pub mod emergency;
pub mod lapse;
pub mod publish;
pub mod read;
pub mod review;
pub mod revise;
pub mod schedule;
pub mod submit;
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

/// What people call the state with this key.
pub fn state_name(key: &str) -> &'static str {
    match key {
        "draft" => "草稿",
        "in_review" => "审核中",
        "returned" => "已退回",
        "approved" => "待发布",
        "scheduled" => "定时发布",
        "public" | "published" => "已公开",
        "withdrawn" => "已撤下",
        "archived" => "已归档",
        _ => "未公开",
    }
}
