//! The validity of a document over time: 有效, 已修改, 失效, 废止; a repealed one stays, marked.

use super::{Act, Item, Step, may_write, reason_given};
use crate::access::Actor;
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What ended or changed the validity of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LapseKind {
    /// 已修改.
    Amended,
    /// 失效.
    Expired,
    /// 废止.
    Repealed,
}

impl LapseKind {
    /// What people call the state after it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Amended => "已修改",
            Self::Expired => "失效",
            Self::Repealed => "废止",
        }
    }
}

/// A dated change of validity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lapse {
    /// What happened to it.
    pub kind: LapseKind,
    /// From which day.
    pub on: Date,
    /// By what: the number of the repealing document, or the reason.
    pub basis: String,
}

impl Item {
    /// The validity (有效性) on a day, in the words of the metadata box; `None` when never public.
    pub fn validity_on(&self, day: Date) -> Option<&'static str> {
        let public = self.public.as_ref()?;
        let lapsed = self.lapses.iter().rev().find(|lapse| lapse.on <= day);
        let ran_out = public.content.valid_until.is_some_and(|last| last < day);
        match lapsed.map(|lapse| lapse.kind) {
            Some(LapseKind::Amended) | None if ran_out => return Some(LapseKind::Expired.name()),
            Some(kind) => return Some(kind.name()),
            None => {}
        }
        let waits = public.content.effective_on.is_some_and(|effective| day < effective);
        Some(if waits { "尚未施行" } else { "有效" })
    }

    /// Marks the document amended, expired or repealed from a day on; it stays public.
    ///
    /// # Errors
    /// When it was never public, is repealed already, or no basis is given.
    pub fn lapse(mut self, mut lapse: Lapse, actor: &Actor) -> Result<Step, Refusal> {
        let act = Act::Repeal;
        may_write(act, self.state_name(), actor, &self.organ)?;
        if self.public.is_none() {
            return Err(Refusal::new(act.name(), self.state_name(), "没有公开过，谈不上废止"));
        }
        let ended = |each: &&Lapse| each.kind != LapseKind::Amended;
        if let Some(ended) = self.lapses.iter().find(ended) {
            let reason = format!("已于{}{}", ended.on, ended.kind.name());
            return Err(Refusal::new(act.name(), self.state_name(), reason));
        }
        lapse.basis = reason_given(act, self.state_name(), &lapse.basis)?;
        let reason = format!("{}{}：{}", lapse.on, lapse.kind.name(), lapse.basis);
        self.lapses.push(lapse);
        self.lapses.sort_by_key(|lapse| lapse.on);
        Ok(self.step(act, Some(reason)))
    }
}
