//! Handing an edition in for review: 送审, 撤回送审.

use super::{Act, EditionState, Item, Step, may_write};
use crate::access::Actor;
use crate::catalogue::Catalogue;
use crate::refusal::Refusal;
use crate::review::{Chain, Review};
use jiff::Timestamp;

impl Item {
    /// Hands the edition in work to the first step of the chain.
    ///
    /// `findings` are the keys of what the helps before review found in this content.
    ///
    /// # Errors
    /// When the actor may not write, the edition is not a draft, its metadata has a fault, or a
    /// finding has no answer.
    pub fn submit(
        mut self,
        chain: Chain,
        catalogue: &Catalogue,
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
        if let Some(fault) = self.faults(catalogue).first() {
            let reason = format!("{}{}", fault.message, fault.hint);
            return Err(Refusal::new(act.name(), self.state_name(), reason));
        }
        self.refuse_open_findings(act, findings)?;
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
