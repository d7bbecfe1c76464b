//! Handing an edition in for review: 送审, 撤回送审.

use super::{Act, EditionState, Item, Step, may_write};
use crate::access::Actor;
use crate::refusal::Refusal;
use crate::review::{Chain, Review};
use jiff::Timestamp;

impl Item {
    /// Hands the edition in work to the first step of the chain.
    ///
    /// `findings` are the keys of what the helps before review found in this content.
    ///
    /// # Errors
    /// When the actor may not write, the edition is not a draft, or a finding has no answer.
    pub fn submit(
        mut self,
        chain: Chain,
        findings: &[String],
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let act = Act::Submit;
        may_write(act, self.state_name(), actor, &self.organ)?;
        let working = self.working_for(act)?;
        if !matches!(working.state, EditionState::Draft | EditionState::Returned { .. }) {
            return Err(Refusal::new(act.name(), self.state_name(), "稿件已经送审"));
        }
        let open = working.unanswered(findings).len();
        if 0 < open {
            let reason = format!("还有 {open} 条提示没有处理：请改正，或逐条写明理由");
            return Err(Refusal::new(act.name(), self.state_name(), reason));
        }
        let review = Review {
            chain,
            submitted_by: actor.person.clone(),
            submitted_at: now,
            signatures: Vec::new(),
        };
        if let Some(working) = self.working.as_mut() {
            working.state = EditionState::InReview(review);
        }
        Ok(self.step(act, None))
    }

    /// Takes a submitted edition back to correct it; signatures given so far are void.
    ///
    /// # Errors
    /// When the actor may not write, or nothing is under review or waits to be published.
    pub fn recall(mut self, actor: &Actor) -> Result<Step, Refusal> {
        let act = Act::Recall;
        may_write(act, self.state_name(), actor, &self.organ)?;
        let working = self.working_for(act)?;
        if !matches!(working.state, EditionState::InReview(_) | EditionState::Approved(_)) {
            return Err(Refusal::new(act.name(), self.state_name(), "稿件不在审核中"));
        }
        if let Some(working) = self.working.as_mut() {
            working.state = EditionState::Draft;
        }
        Ok(self.step(act, None))
    }
}
