//! Items brought to every stage of their life through the actions that people use.

use super::{OWN, TestApp};
use gongkai_app::items::{
    archive, content_digest, draft, publish, review, schedule, submit, withdraw,
};
use gongkai_domain::access::Role;
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, Item, Opinion};
use gongkai_domain::metadata::Disclosure;
use gongkai_domain::review::SecrecyResult;
use jiff::SignedDuration;
use jiff::civil::Date;

/// Stands in every text that the public may not read now; no answer to the public may hold it.
pub const MARK: &str = "未公开稿件暗记";

/// Stands in every text, public or not: what one searches for to find them.
pub const WORD: &str = "政务公开示例";

/// Where in its life an item is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// 草稿.
    Draft,
    /// 审核中.
    InReview,
    /// 已退回.
    Returned,
    /// 待发布.
    Approved,
    /// 定时发布.
    Scheduled,
    /// 已公开.
    Public,
    /// 已撤下.
    Withdrawn,
    /// 已归档.
    Archived,
}

impl Stage {
    /// Every stage, in the order of an item's life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::InReview,
        Self::Returned,
        Self::Approved,
        Self::Scheduled,
        Self::Public,
        Self::Withdrawn,
        Self::Archived,
    ];

    /// The key of `Item::state_key`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Public => "public",
            Self::Withdrawn => "withdrawn",
            Self::Archived => "archived",
        }
    }

    /// Whether the public may read the text now.
    pub fn is_readable(self) -> bool {
        matches!(self, Self::Public | Self::Archived)
    }
}

/// A content with this title.
pub fn content(title: &str, formed_on: Date) -> Content {
    let text = format!("{title}的正文。");
    Content {
        title: title.to_owned(),
        html: format!("<p>{text}</p>"),
        text,
        formed_on,
        subject: Some("general_affairs.open_government".to_owned()),
        source: Some("本机关".to_owned()),
        legal_item: Some("20.15".to_owned()),
        issuing_organs: vec!["某县某局".to_owned()],
        disclosure: Some(Disclosure::Proactive),
        ..Content::default()
    }
}

impl TestApp {
    /// A draft of the own organ with this title.
    ///
    /// # Panics
    /// When the actions refuse.
    pub async fn drafted(&self, title: &str) -> Item {
        let clerk = self.caller(OWN, Role::Clerk);
        let content = content(title, self.app.clock.today());
        let organ = OWN.parse().expect("an id");
        let drafted = draft::draft(&self.app, &clerk, organ, "work_news".to_owned(), content);
        drafted.await.expect("a draft")
    }

    /// Signs every step that waits.
    ///
    /// # Panics
    /// When the actions refuse.
    pub async fn signed(&self, item: Item) -> Item {
        let mut item = item;
        for role in [Role::Reviewer, Role::SecrecyReviewer, Role::Leader] {
            let digest = item.working.as_ref().map(|each| content_digest(&each.content));
            let opinion = Opinion {
                text: "同意".to_owned(),
                secrecy: Some(SecrecyResult::Open),
                digest: digest.unwrap_or_default(),
            };
            let caller = self.caller(OWN, role);
            item = review::sign(&self.app, &caller, &item.id, opinion).await.expect("signed");
        }
        item
    }

    /// A new item of the own organ at this stage. What the public may not read bears the mark.
    ///
    /// # Panics
    /// When the actions refuse.
    pub async fn item_at(&self, stage: Stage) -> ItemId {
        let mark = if stage.is_readable() { "" } else { MARK };
        let item = self.drafted(&format!("{WORD}{mark}{}", stage.key())).await;
        let clerk = self.caller(OWN, Role::Clerk);
        let id = item.id.clone();
        if stage == Stage::Draft {
            return id;
        }
        let item = submit::submit(&self.app, &clerk, &id).await.expect("submitted");
        match stage {
            Stage::InReview => return id,
            Stage::Returned => {
                let reviewer = self.caller(OWN, Role::Reviewer);
                let returned = review::send_back(&self.app, &reviewer, &id, "请核对日期").await;
                returned.expect("returned");
                return id;
            }
            _ => {}
        }
        self.signed(item).await;
        if stage == Stage::Scheduled {
            let at = self.app.clock.now() + SignedDuration::from_hours(24);
            schedule::schedule(&self.app, &clerk, &id, at).await.expect("scheduled");
        }
        if !matches!(stage, Stage::Public | Stage::Withdrawn | Stage::Archived) {
            return id;
        }
        publish::publish(&self.app, &clerk, &id).await.expect("published");
        match stage {
            Stage::Withdrawn => {
                withdraw::withdraw(&self.app, &clerk, &id, "内容有误").await.map(drop)
            }
            Stage::Archived => archive::archive(&self.app, &clerk, &id).await.map(drop),
            _ => Ok(()),
        }
        .expect("after publication");
        id
    }
}

/// An item as it stands in the store.
///
/// # Panics
/// When the store fails.
pub async fn item(db: &mut gongkai_store::Db, id: &ItemId) -> Option<gongkai_store::items::Loaded> {
    gongkai_store::items::find(db, id).await.expect("the store answers")
}

/// The fields of the form of a new item of the own organ with this title.
pub fn content_of(title: &str) -> Vec<(&'static str, String)> {
    vec![
        ("organ", OWN.to_owned()),
        ("kind", "work_news".to_owned()),
        ("title", title.to_owned()),
        ("text", format!("{title}的正文。")),
        ("formed_on", "2025-03-10".to_owned()),
        ("document_number", String::new()),
        ("markup", "plain".to_owned()),
        ("subject", "general_affairs.open_government".to_owned()),
        ("issuing_organs", "某县某局".to_owned()),
        ("disclosure", "proactive".to_owned()),
        ("legal_item", "20.15".to_owned()),
        ("source", "本机关".to_owned()),
    ]
}
