//! 说明: a sentence to a warning, an explanation to a break; nothing can be said to an error.

use super::{Concern, Filing, FilingAct, FilingStep, Given, Weight, Who, sentence};
use crate::refusal::Refusal;

impl Filing {
    /// Says why a concern may stand. One that was said before is said anew.
    ///
    /// # Errors
    /// When the year is locked, the actor may not write, nothing is said, or it must be corrected.
    pub fn answer(
        mut self,
        concern: &Concern,
        text: &str,
        who: &Who<'_>,
    ) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Answer;
        self.permits(act, who)?;
        if concern.weight == Weight::Blocks {
            let reason = format!("这一条是错误，不能用说明代替改正：{}", concern.message);
            return Err(Refusal::new(act.name(), self.state.name(), reason).by(act.article()));
        }
        let given = Given {
            concern: concern.key.clone(),
            found: concern.message.clone(),
            sentence: sentence(act, &self.state, text)?,
            is_printed: concern.weight == Weight::WantsExplanation,
            by: who.actor.name.clone(),
            at: who.now,
        };
        self.given.retain(|each| each.concern != concern.key);
        self.given.push(given);
        self.author(&who.actor.person);
        Ok(self.step(act, who, &concern.message))
    }
}
