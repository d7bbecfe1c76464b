//! 退回: the office above returns a report with what to correct, figure by figure.

use super::{CellComment, Filing, FilingAct, FilingState, FilingStep, Who, cell_of, sentence};
use crate::refusal::Refusal;

impl Filing {
    /// Returns the report; the year is open again.
    ///
    /// # Errors
    /// When it does not wait, the actor is not of the office above, nothing is said, or a comment is
    /// to a figure that no form has.
    pub fn send_back(
        mut self,
        comment: &str,
        cells: Vec<CellComment>,
        who: &Who<'_>,
    ) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Return;
        self.permits(act, who)?;
        if let Some(wrong) = cells.iter().find(|each| cell_of(&each.cell).is_none()) {
            let reason = format!("没有“{}”这一格", wrong.cell);
            return Err(Refusal::new(act.name(), self.state.name(), reason));
        }
        let comment = sentence(act, &self.state, comment)?;
        self.state = FilingState::Returned {
            by: who.actor.name.clone(),
            at: who.now,
            comment: comment.clone(),
            cells,
        };
        Ok(self.step(act, who, &comment))
    }
}
