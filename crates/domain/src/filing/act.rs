//! The acts on an annual report, who may do each, and in which states.

use super::{Filing, FilingKey};
use crate::access::{Actor, Role};
use crate::id::OrganId;
use crate::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const HANDING: &str = "《政府信息公开条例》第四十九条";
const CONTENT: &str = "《政府信息公开条例》第五十条";

/// What can be done to an annual report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingAct {
    /// 汇总.
    Compile,
    /// 撰写.
    Write,
    /// 说明.
    Answer,
    /// 报送.
    HandIn,
    /// 退回.
    Return,
    /// 接收.
    Accept,
    /// 生成公开稿.
    Prepare,
    /// 公布.
    Publish,
    /// 更正.
    Restate,
}

/// Who acts and when; `lineage` is the organ and the organs above it.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// The actor.
    pub actor: &'a Actor,
    /// The organ and the organs above it, the nearest first.
    pub lineage: &'a [OrganId],
    /// When.
    pub now: Timestamp,
}

impl FilingAct {
    /// Every act, in the order of a report's life.
    pub const ALL: [Self; 9] = [
        Self::Compile,
        Self::Write,
        Self::Answer,
        Self::HandIn,
        Self::Return,
        Self::Accept,
        Self::Prepare,
        Self::Publish,
        Self::Restate,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compile => "汇总年度报告",
            Self::Write => "撰写年度报告",
            Self::Answer => "说明核对结果",
            Self::HandIn => "报送年度报告",
            Self::Return => "退回年度报告",
            Self::Accept => "接收年度报告",
            Self::Prepare => "生成公开稿",
            Self::Publish => "公布年度报告",
            Self::Restate => "更正已报送的年度报告",
        }
    }

    /// The stable key in the audit log.
    pub fn key(self) -> &'static str {
        match self {
            Self::Compile => "report.compile",
            Self::Write => "report.write",
            Self::Answer => "report.answer",
            Self::HandIn => "report.hand_in",
            Self::Return => "report.return",
            Self::Accept => "report.accept",
            Self::Prepare => "report.prepare",
            Self::Publish => "report.publish",
            Self::Restate => "report.restate",
        }
    }

    /// The article it rests on.
    pub fn article(self) -> &'static str {
        match self {
            Self::Compile | Self::Write | Self::Answer => CONTENT,
            _ => HANDING,
        }
    }

    /// The states in which it can be done.
    pub fn states(self) -> &'static [FilingKey] {
        use FilingKey::{Accepted, Draft, HandedIn, Published, Restating, Returned};
        match self {
            Self::Compile | Self::Write | Self::Answer | Self::HandIn => {
                &[Draft, Returned, Restating]
            }
            Self::Return | Self::Accept => &[HandedIn],
            Self::Prepare | Self::Publish => &[Accepted],
            Self::Restate => &[HandedIn, Accepted, Published],
        }
    }
}

impl Filing {
    /// Whether the state and the actor's posts allow an act; what it needs beside them the verb asks.
    ///
    /// # Errors
    /// When they do not.
    pub fn permits(&self, act: FilingAct, who: &Who<'_>) -> Result<(), Refusal> {
        let refuse = |reason: &str| {
            Err(Refusal::new(act.name(), self.state.name(), reason).by(act.article()))
        };
        if !act.states().contains(&self.state.key()) {
            return refuse(self.state_reason(act));
        }
        let actor = who.actor;
        match act {
            FilingAct::HandIn if actor.approves_replies(&self.organ).is_none() => {
                refuse("由本机关分管领导或者科室负责人签发报送")
            }
            FilingAct::HandIn if self.authors.contains(&actor.person) => {
                refuse("汇总、撰写的人不能自己报送，请另一位负责人核对后报送")
            }
            FilingAct::Return | FilingAct::Accept if !is_office_above(who) => {
                refuse("由上级政府信息公开工作主管部门办理；没有上级的，由本级信息公开工作机构办理")
            }
            FilingAct::Return | FilingAct::Accept
                if self.handed_in().is_some_and(|handing| handing.by == actor.person) =>
            {
                refuse("报送的人不能自己接收或者退回")
            }
            FilingAct::HandIn | FilingAct::Return | FilingAct::Accept => Ok(()),
            _ if !actor.writes_for(&self.organ) => refuse("由本机关信息员或信息公开工作机构办理"),
            _ => Ok(()),
        }
    }

    fn state_reason(&self, act: FilingAct) -> &'static str {
        if self.is_locked() && act.states().contains(&FilingKey::Draft) {
            return "报告已经报送，本年度已锁定；确需改动，请先“更正”并写明理由";
        }
        match act {
            FilingAct::Return | FilingAct::Accept => "报告没有等待接收",
            FilingAct::Prepare | FilingAct::Publish => "报告经接收后才能公布",
            FilingAct::Restate => "报告没有报送，可以直接修改",
            _ => "报告现在不能这样办",
        }
    }
}

/// The disclosure office of an organ above, or the own one where there is none above.
fn is_office_above(who: &Who<'_>) -> bool {
    let above = match who.lineage {
        [_, above @ ..] if !above.is_empty() => above,
        own => own,
    };
    above.iter().any(|organ| who.actor.is(Role::DisclosureOffice, organ))
}
