//! Reading for the public site: lists, groups, the page of an item, figures. It changes nothing.

pub mod counted;
pub mod figures;
pub mod groups;
pub mod guide;
pub mod item;
pub mod lists;
pub mod on_request;

pub use gongkai_store::items::statistics::Stop;
