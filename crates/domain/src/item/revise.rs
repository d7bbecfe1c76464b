//! Changing the text: 修改, 修订, 删除草稿. A change after a step voids the review.

use super::{
    Act, Answer, Content, Edition, EditionState, Item, Standing, Step, may_write, reason_given,
};
use crate::access::Actor;
use crate::refusal::Refusal;
use jiff::Timestamp;

impl Item {
    /// Saves new content of the edition in work; whatever was signed before is void.
    ///
    /// # Errors
    /// When the actor may not write, or no edition is in work.
    pub fn revise(
        mut self,
        content: Content,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        may_write(Act::Revise, self.state_name(), actor, &self.organ)?;
        let working = self.working_for(Act::Revise)?;
        let unchanged = working.content == content;
        if self.awaits_confirmation() && !unchanged {
            // What was published in an emergency stays as it was; the change is the next edition.
            self.editions += 1;
        }
        if let Some(working) = self.working.as_mut()
            && !unchanged
        {
            working.number = self.editions;
            working.content = content;
            working.changed_at = now;
            working.state = EditionState::Draft;
            if !working.authors.contains(&actor.person) {
                working.authors.push(actor.person.clone());
            }
        }
        Ok(self.step(Act::Revise, None))
    }

    /// Writes down why a finding may stand.
    ///
    /// # Errors
    /// When the actor may not write, no edition is in work, or the reason is empty.
    pub fn answer(mut self, mut answer: Answer, actor: &Actor) -> Result<Step, Refusal> {
        may_write(Act::Revise, self.state_name(), actor, &self.organ)?;
        self.working_for(Act::Revise)?;
        answer.reason = reason_given(Act::Revise, self.state_name(), &answer.reason)?;
        if let Some(working) = self.working.as_mut() {
            working.answers.retain(|each| each.finding != answer.finding);
            working.answers.push(answer);
        }
        Ok(self.step(Act::Revise, None))
    }

    /// Starts a new edition of what is public; the public one stays until the new one is published.
    ///
    /// # Errors
    /// When nothing is public yet, or an edition is in work already.
    pub fn reopen(mut self, actor: &Actor, now: Timestamp) -> Result<Step, Refusal> {
        may_write(Act::Reopen, self.state_name(), actor, &self.organ)?;
        if self.working.is_some() {
            let reason = "已有一稿正在办理，请在该稿上修改";
            return Err(Refusal::new(Act::Reopen.name(), self.state_name(), reason));
        }
        let Some(public) = &self.public else {
            let reason = "还没有公开过的版本";
            return Err(Refusal::new(Act::Reopen.name(), self.state_name(), reason));
        };
        self.editions += 1;
        self.working = Some(Edition::new(self.editions, public.content.clone(), actor, now));
        Ok(self.step(Act::Reopen, None))
    }

    /// Drops the edition in work. The audit log keeps what it was.
    ///
    /// # Errors
    /// When the actor may not write, or the edition is under review or waits to be published.
    pub fn discard(mut self, reason: &str, actor: &Actor) -> Result<Step, Refusal> {
        may_write(Act::Discard, self.state_name(), actor, &self.organ)?;
        let working = self.working_for(Act::Discard)?;
        if !matches!(working.state, EditionState::Draft | EditionState::Returned { .. }) {
            let reason = "稿件已送审，请先撤回送审";
            return Err(Refusal::new(Act::Discard.name(), self.state_name(), reason));
        }
        let reason = reason_given(Act::Discard, self.state_name(), reason)?;
        self.working = None;
        Ok(self.step(Act::Discard, Some(reason)))
    }

    /// Whether nothing is left of the item but its log: never public, no edition in work.
    pub fn is_discarded(&self) -> bool {
        self.working.is_none() && self.standing == Standing::NeverPublic
    }
}
