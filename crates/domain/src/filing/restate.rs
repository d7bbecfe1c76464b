//! 更正: opens a report whose year is locked; visible, with its reason and the figures as they were.

use super::{Filing, FilingAct, FilingState, FilingStep, Restatement, Who, sentence};
use crate::refusal::Refusal;

impl Filing {
    /// Opens a locked report to correct it.
    ///
    /// # Errors
    /// When it is not locked, the actor may not write, or no reason is given.
    pub fn restate(mut self, reason: &str, who: &Who<'_>) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Restate;
        self.permits(act, who)?;
        let reason = sentence(act, &self.state, reason)?;
        let (by, at) = (who.actor.name.clone(), who.now);
        self.restatements.push(Restatement {
            reason: reason.clone(),
            by: by.clone(),
            at,
            before: self.figures.clone(),
        });
        self.state = FilingState::Restating { reason: reason.clone(), by, at };
        Ok(self.step(act, who, &reason))
    }
}
