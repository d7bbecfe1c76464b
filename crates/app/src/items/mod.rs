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
