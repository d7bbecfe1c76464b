//! A published item (主动公开信息) and its editions: what is true of it in each state.
//!
//! Each verb stands in a file of its own and takes the item by value.

mod archive;
mod deadline;
mod described;
mod edition;
mod publish;
mod repeal;
mod revise;
mod sign;
mod state;
mod submit;
mod withdraw;

pub use deadline::{Pace, due, is_provisional, pace};
pub use edition::{Answer, Attachment, Content, Edition, FileFinding, Markup, Typed};
pub use repeal::{Lapse, LapseKind};
pub use sign::Opinion;
pub use state::{EditionState, Standing, listed_states, state_name};

use crate::access::Actor;
use crate::id::{ItemId, OrganId, PersonId};
use crate::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happened, as it stands in the audit log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 起草.
    Draft,
    /// 修改.
    Revise,
    /// 送审.
    Submit,
    /// 审核通过 of one step.
    Sign,
    /// 退回.
    Return,
    /// 撤回送审.
    Recall,
    /// 发布.
    Publish,
    /// 定时发布.
    Schedule,
    /// 取消定时.
    Unschedule,
    /// 应急发布.
    PublishInEmergency,
    /// 补办审核 of an emergency publication.
    ConfirmEmergency,
    /// 开始修订: a new edition of a public item.
    Reopen,
    /// 撤下.
    Withdraw,
    /// 废止, 失效.
    Repeal,
    /// 归档.
    Archive,
    /// 删除草稿.
    Discard,
}

impl Act {
    /// Every act, in the order of an item's life.
    pub const ALL: [Self; 16] = [
        Self::Draft,
        Self::Revise,
        Self::Submit,
        Self::Recall,
        Self::Sign,
        Self::Return,
        Self::Publish,
        Self::Schedule,
        Self::Unschedule,
        Self::PublishInEmergency,
        Self::ConfirmEmergency,
        Self::Reopen,
        Self::Withdraw,
        Self::Repeal,
        Self::Archive,
        Self::Discard,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::Revise => "修改",
            Self::Submit => "送审",
            Self::Sign => "审核",
            Self::Return => "退回",
            Self::Recall => "撤回送审",
            Self::Publish => "发布",
            Self::Schedule => "定时发布",
            Self::Unschedule => "取消定时发布",
            Self::PublishInEmergency => "应急发布",
            Self::ConfirmEmergency => "补办审核",
            Self::Reopen => "修订",
            Self::Withdraw => "撤下",
            Self::Repeal => "废止",
            Self::Archive => "归档",
            Self::Discard => "删除草稿",
        }
    }
}

/// The item after a verb, and what happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The item as it is now.
    pub item: Item,
    /// What happened.
    pub act: Act,
    /// The reason given, where one was.
    pub reason: Option<String>,
}

/// An item of an organ: the edition that the public reads, and the edition in work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Item {
    /// Its name in addresses; never changes.
    pub id: ItemId,
    /// The organ that made it.
    pub organ: OrganId,
    /// The key of its kind in `data/catalogue/kinds.toml`.
    pub kind: String,
    /// The index number (索引号), given at the first publication; never changes.
    pub index_number: Option<String>,
    /// What the public sees of it.
    pub standing: Standing,
    /// The edition being written or reviewed.
    pub working: Option<Edition>,
    /// The edition that is or was public.
    pub public: Option<Edition>,
    /// Dated changes of validity, in order.
    pub lapses: Vec<Lapse>,
    /// The number of editions so far, the working one included.
    pub editions: u32,
}

impl Item {
    /// Starts an item as a draft of its first edition.
    ///
    /// # Errors
    /// When the actor is no clerk of the organ.
    pub fn draft(
        id: ItemId,
        organ: OrganId,
        kind: String,
        content: Content,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        may_write(Act::Draft, "新稿", actor, &organ)?;
        let edition = Edition::new(1, content, actor, now);
        let item = Self {
            id,
            organ,
            kind,
            index_number: None,
            standing: Standing::NeverPublic,
            working: Some(edition),
            public: None,
            lapses: Vec::new(),
            editions: 1,
        };
        Ok(Step { item, act: Act::Draft, reason: None })
    }

    /// The edition in work.
    ///
    /// # Errors
    /// When there is none: the act is refused.
    fn working_for(&self, act: Act) -> Result<&Edition, Refusal> {
        let none = || {
            let reason = "没有正在办理的稿件；已公开的内容要修改，请先“修订”";
            Refusal::new(act.name(), self.standing.name(), reason)
        };
        self.working.as_ref().ok_or_else(none)
    }

    /// The state shown in lists: that of the edition in work, or what the public sees.
    pub fn state_name(&self) -> &'static str {
        self.working.as_ref().map_or(self.standing.name(), |working| working.state.name())
    }

    /// The stable key of that state.
    pub fn state_key(&self) -> &'static str {
        self.working.as_ref().map_or(self.standing.key(), |working| working.state.key())
    }

    /// The edition most people mean: the one in work, else the public one.
    pub fn latest(&self) -> Option<&Edition> {
        self.working.as_ref().or(self.public.as_ref())
    }

    /// Who wrote the edition in work.
    pub fn authors(&self) -> &[PersonId] {
        self.working.as_ref().map_or(&[], |working| &working.authors)
    }

    fn step(self, act: Act, reason: Option<String>) -> Step {
        Step { item: self, act, reason }
    }
}

/// Only a clerk of the organ, or its disclosure office, writes and publishes.
fn may_write(act: Act, state: &str, actor: &Actor, organ: &OrganId) -> Result<(), Refusal> {
    if actor.writes_for(organ) {
        return Ok(());
    }
    Err(Refusal::new(act.name(), state, "由本机关信息员或信息公开工作机构办理"))
}

/// A reason that says something.
fn reason_given(act: Act, state: &str, reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::new(act.name(), state, "请写明理由"));
    }
    Ok(reason.to_owned())
}

#[cfg(test)]
mod tests;
