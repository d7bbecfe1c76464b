//! 接收: the office above takes a report as it is.

use super::{Filing, FilingAct, FilingState, FilingStep, Who};
use crate::refusal::Refusal;

impl Filing {
    /// Accepts the report.
    ///
    /// # Errors
    /// When it does not wait, or the actor is not of the office above or handed it in.
    pub fn accept(mut self, who: &Who<'_>) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Accept;
        self.permits(act, who)?;
        self.state = FilingState::Accepted {
            by: who.actor.person.clone(),
            name: who.actor.name.clone(),
            at: who.now,
        };
        Ok(self.step(act, who, ""))
    }
}
