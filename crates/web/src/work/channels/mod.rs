//! Channels in the workplace: the page with accounts, counts and what asks for somebody; the box on an
//! item's page; the buttons.

pub mod accounts;
pub mod acts;
pub mod counts;
pub mod item_box;
pub mod list;
