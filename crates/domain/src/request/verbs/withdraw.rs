//! 撤回申请: the requester wants it no longer, or is no more.

use super::Closing;
use crate::outcome::OutcomeKey;
use crate::refusal::Refusal;
use crate::request::{DisclosureRequest, Occasion, RequestAct, StateKey, Step};
use serde::{Deserialize, Serialize};

const ACT: RequestAct = RequestAct::Withdraw;

/// Why it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawal {
    /// 申请人撤回.
    Withdrawn,
    /// 申请人死亡.
    Died,
    /// 申请人终止.
    Dissolved,
}

impl Withdrawal {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Withdrawn, Self::Died, Self::Dissolved];

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Withdrawn => "申请人撤回申请",
            Self::Died => "申请人死亡",
            Self::Dissolved => "申请人终止",
        }
    }
}

/// A withdrawal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// Why it ends.
    pub why: Withdrawal,
    /// What there is to say of it.
    pub note: String,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_withdraw(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        let open: Vec<_> = StateKey::ALL.into_iter().filter(|state| state.is_open()).collect();
        self.ask_state(ACT, &open)
    }

    /// Closes a request that its requester withdraws, in any state before the answer.
    ///
    /// # Errors
    /// When it is closed already.
    pub fn withdraw(
        mut self,
        withdrawn: Withdrawn,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_withdraw(occasion)?;
        let mut reason = withdrawn.why.word().to_owned();
        if !withdrawn.note.trim().is_empty() {
            reason.push('：');
            reason.push_str(withdrawn.note.trim());
        }
        let closing = Closing {
            on: occasion.today(),
            outcome: self.row_of_matter(OutcomeKey::OTHERWISE),
            decision: None,
            service: None,
            correction: None,
            reason: reason.clone(),
            was_late: false,
        };
        self.close(ACT, closing, reason.clone(), occasion);
        Ok(self.step(ACT, Some(reason)))
    }
}
