//! 批准答复 and 退回修改: another pair of eyes than the one that proposed it.

use crate::access::Actor;
use crate::refusal::Refusal;
use crate::request::{
    By, Decision, DisclosureRequest, Occasion, Proposal, RequestAct, RequestState, StateKey, Step,
};

/// An approval.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approval {
    /// The opinion written down.
    pub comment: String,
    /// The number of the paper (发文字号).
    pub document_number: String,
}

/// A return.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Returning {
    /// What to change.
    pub comment: String,
}

impl DisclosureRequest {
    /// Whoever approves replies of the organ, and neither proposed this one nor stands in for whom did.
    fn ask_approver<'a>(
        &self,
        act: RequestAct,
        proposal: &Proposal,
        occasion: &Occasion<'a>,
    ) -> Result<&'a Actor, Refusal> {
        let By::Staff(actor) = occasion.by else {
            return Err(self.refuse_plainly(act, "由本机关的人员审核"));
        };
        let Some(post) = actor.approves_replies(&self.organ) else {
            return Err(self.refuse_plainly(act, "由本机关科室负责人或者分管领导审核"));
        };
        if actor.person == proposal.by || post.instead_of.as_ref() == Some(&proposal.by) {
            return Err(
                self.refuse_plainly(act, "拟写答复的人不能审核自己的答复，请由其他人员审核")
            );
        }
        Ok(actor)
    }

    pub(in crate::request) fn may_approve(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.proposal(RequestAct::Approve, occasion).map(|_| ())
    }

    pub(in crate::request) fn may_return(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.proposal(RequestAct::Return, occasion).map(|_| ())
    }

    fn proposal<'a>(
        &self,
        act: RequestAct,
        occasion: &Occasion<'a>,
    ) -> Result<(&Proposal, &'a Actor), Refusal> {
        let proposal = match &self.state {
            RequestState::InReview(proposal) => proposal,
            RequestState::Approved(decision) if act == RequestAct::Return => &decision.proposal,
            _ => {
                return Err(match self.ask_state(act, &[StateKey::InReview]) {
                    Err(refusal) => refusal,
                    Ok(()) => self.refuse_plainly(act, "没有待审核的答复"),
                });
            }
        };
        let actor = self.ask_approver(act, proposal, occasion)?;
        Ok((proposal, actor))
    }

    /// Approves the reply; it gets its date and number.
    ///
    /// # Errors
    /// When none waits, the actor may not, or it has no number.
    pub fn approve(mut self, approval: Approval, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        let act = RequestAct::Approve;
        let (proposal, actor) = self.proposal(act, occasion)?;
        let proposal = proposal.clone();
        let document_number = self.ask_text(act, "发文字号", &approval.document_number)?;
        let comment = approval.comment.trim().to_owned();
        self.note(act, occasion.today(), document_number.clone(), None, occasion);
        self.state = RequestState::Approved(Decision {
            proposal,
            by: actor.person.clone(),
            name: actor.name.clone(),
            at: occasion.now,
            on: occasion.today(),
            comment: comment.clone(),
            document_number,
        });
        Ok(self.step(act, Some(comment).filter(|comment| !comment.is_empty())))
    }

    /// Sends the reply back with what to change; one that was approved too, before it is served.
    ///
    /// # Errors
    /// When none waits, the actor may not, or it is not said what to change.
    pub fn send_back(
        mut self,
        returning: Returning,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::Return;
        self.proposal(act, occasion)?;
        let comment = self.ask_text(act, "退回的意见", &returning.comment)?;
        self.note(act, occasion.today(), comment.clone(), None, occasion);
        self.round.returned.push(comment.clone());
        self.state = RequestState::Handling;
        Ok(self.step(act, Some(comment)))
    }
}
