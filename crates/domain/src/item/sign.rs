//! One step of the review: 审核通过, 退回.

use super::{Act, EditionState, Item, Step, reason_given};
use crate::access::{Actor, Role};
use crate::refusal::Refusal;
use crate::review::{Review, SecrecyResult, Signature};
use jiff::Timestamp;

/// What a reviewer writes under a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opinion {
    /// The opinion; never empty.
    pub text: String,
    /// The result, asked for at the secrecy review only.
    pub secrecy: Option<SecrecyResult>,
    /// The digest of the content that the reviewer was shown.
    pub digest: String,
}

impl Item {
    fn under_review(&self, act: Act) -> Result<&Review, Refusal> {
        let working = self.working_for(act)?;
        match &working.state {
            EditionState::InReview(review) => Ok(review),
            _ => Err(Refusal::new(act.name(), self.state_name(), "稿件不在审核中")),
        }
    }

    /// Signs the waiting step for the content whose digest is `current`.
    ///
    /// # Errors
    /// When it is not the actor's step, the opinion is empty, the secrecy result is missing, or the
    /// content changed since it was shown.
    pub fn sign(
        mut self,
        opinion: Opinion,
        current: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let act = Act::Sign;
        let review = self.under_review(act)?;
        let step = review.may_decide(actor, &self.organ, self.authors())?;
        let text = reason_given(act, &step.title, &opinion.text)?;
        if opinion.digest != current {
            let reason = "您打开页面之后稿件有改动，请重新查看后再签署";
            return Err(Refusal::new(act.name(), &step.title, reason));
        }
        let is_secrecy = step.role == Role::SecrecyReviewer;
        if is_secrecy && opinion.secrecy.is_none() {
            return Err(Refusal::new(act.name(), &step.title, "请选择保密审查结论")
                .by("《保守国家秘密法实施条例》第四十二条"));
        }
        let signature = Signature {
            step: step.title.clone(),
            role: step.role,
            by: actor.person.clone(),
            name: actor.name.clone(),
            instead_of: actor.post(&self.organ, step.role).and_then(|post| post.instead_of.clone()),
            at: now,
            opinion: text.clone(),
            secrecy: opinion.secrecy.filter(|_| is_secrecy),
            digest: current.to_owned(),
        };
        let mut review = review.clone();
        review.signatures.push(signature);
        let state = match review.waiting() {
            Some(_) => EditionState::InReview(review),
            None => EditionState::Approved(review),
        };
        if let Some(working) = self.working.as_mut() {
            working.state = state;
        }
        Ok(self.step(act, Some(text)))
    }

    /// Sends the edition back to its writer with a comment.
    ///
    /// # Errors
    /// When it is not the actor's step, or the comment is empty.
    pub fn return_for_correction(
        mut self,
        comment: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let act = Act::Return;
        let step = self.under_review(act)?.may_decide(actor, &self.organ, self.authors())?;
        let comment = reason_given(act, &step.title, comment)?;
        let state = EditionState::Returned {
            step: step.title.clone(),
            by: actor.name.clone(),
            at: now,
            comment: comment.clone(),
        };
        if let Some(working) = self.working.as_mut() {
            working.state = state;
        }
        Ok(self.step(act, Some(comment)))
    }
}
