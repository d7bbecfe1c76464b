//! One interface for everything that the program sends by itself, and what all of them share.
//!
//! An outlet goes one step at a time, so that what a platform answered is kept before the next step.

mod folder;
pub(super) mod guard;
mod webhook;
mod wechat;
mod weibo;

pub use folder::Folder;
pub use webhook::Webhook;
pub use wechat::Wechat;
pub use weibo::Weibo;

use bytes::Bytes;
use futures::future::BoxFuture;
use gongkai_domain::channel::AccountFields;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// How far a sending has come: the name of the step, and what the platform answered.
pub type Reached = (String, String);

/// A file that goes along.
#[derive(Clone, Debug, Serialize)]
pub struct Enclosure {
    /// The name that people see.
    pub name: String,
    /// The media type.
    pub media_type: String,
    /// The SHA-256 of the content.
    pub digest: String,
    /// The content.
    #[serde(skip)]
    pub content: Bytes,
}

/// What is sent.
#[derive(Clone, Debug, Serialize)]
pub struct Parcel {
    /// The key of the release: the same in every try, so that the other side can tell a repetition.
    pub id: String,
    /// The key of the item.
    pub item: String,
    /// The number of the edition.
    pub edition: u32,
    /// The name of the organ.
    pub organ: String,
    /// The key of the kind.
    pub kind: String,
    /// 标题.
    pub title: String,
    /// 索引号.
    pub index_number: Option<String>,
    /// 发文字号.
    pub document_number: Option<String>,
    /// 成文日期.
    pub formed_on: String,
    /// The address of the public page.
    pub address: String,
    /// The text, as clean HTML.
    pub html: String,
    /// The same as plain text.
    pub text: String,
    /// The files.
    pub attachments: Vec<Enclosure>,
    /// The key of the account; empty where the channel has none.
    #[serde(skip)]
    pub account_id: String,
    /// What is recorded of the account.
    #[serde(skip)]
    pub account: AccountFields,
    /// The secret of the account.
    #[serde(skip)]
    pub secret: Secret,
    /// When it is tried.
    #[serde(skip)]
    pub now: Timestamp,
}

/// A secret that does not show itself.
#[derive(Clone, Default)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What came of one step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Advance {
    /// It goes on from here.
    Next(Reached),
    /// It is out.
    Sent {
        /// The number that the platform gave it.
        outside_id: String,
        /// Where people read it.
        address: String,
    },
    /// Not now; again later, from this step.
    Later {
        /// Why.
        reason: String,
        /// At least so long.
        wait: SignedDuration,
        /// From where; `None` goes on from where it is.
        from: Option<Reached>,
    },
    /// Not at all, as it is.
    Failed(String),
}

impl Advance {
    fn failed(reason: impl Into<String>) -> Self {
        Self::Failed(reason.into())
    }

    fn later(reason: impl Into<String>) -> Self {
        Self::Later { reason: reason.into(), wait: SignedDuration::ZERO, from: None }
    }
}

/// A way out.
pub trait Outlet: Send + Sync {
    /// Goes one step.
    fn advance<'a>(
        &'a self,
        parcel: &'a Parcel,
        reached: Option<&'a Reached>,
    ) -> BoxFuture<'a, Advance>;

    /// The step whose repetition could publish twice: when a try broke off there, a person looks.
    fn unsure_step(&self) -> Option<&'static str>;
}

/// Why a request did not come through, without its address: that may hold a token.
fn unreachable(error: reqwest::Error) -> String {
    let error = error.without_url();
    if error.is_timeout() {
        return "对方没有在规定时间内应答".to_owned();
    }
    if error.is_connect() {
        return "连接不上对方".to_owned();
    }
    format!("请求没有完成：{error}")
}

/// The beginning of a text, at most so many characters.
fn shortened(text: &str, longest: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let head: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{head}…")
}
