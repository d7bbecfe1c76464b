//! 批准答复 and 退回修改: other pairs of eyes than the one that proposed it, step by step of its chain.

use crate::access::{Actor, Post};
use crate::refusal::Refusal;
use crate::request::{
    By, Decision, DisclosureRequest, Occasion, Proposal, RequestAct, RequestState, StateKey, Step,
};
use crate::review::{NoSigner, ReplyStep, Signature, post_to_sign};

/// An approval: of a step, and with the last one of the reply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approval {
    /// The opinion written down.
    pub comment: String,
    /// The number of the paper (发文字号); empty before the last step.
    pub document_number: String,
    /// The digest of the reply that is signed.
    pub digest: String,
}

/// A return.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Returning {
    /// What to change.
    pub comment: String,
}

/// What is to be decided, and by whom.
struct Deciding<'a, 'b> {
    proposal: &'a Proposal,
    actor: &'b Actor,
    post: &'b Post,
}

impl DisclosureRequest {
    /// Whoever holds the role of the step, and neither proposed the reply, nor signed a step before,
    /// nor stands in for whom did.
    fn ask_approver<'b>(
        &self,
        act: RequestAct,
        (proposal, step): (&Proposal, ReplyStep<'_>),
        signatures: &[Signature],
        occasion: &Occasion<'b>,
    ) -> Result<(&'b Actor, &'b Post), Refusal> {
        let By::Staff(actor) = occasion.by else {
            return Err(self.refuse_plainly(act, "由本机关的人员审核"));
        };
        let signer = post_to_sign((actor, &self.organ), step.roles, &[&proposal.by], signatures);
        let reason = match signer {
            Ok(post) => return Ok((actor, post)),
            Err(NoSigner::Role) => {
                format!("现在是“{}”环节，由本机关{}审核", step.title, step.who())
            }
            Err(NoSigner::Author) => "拟写答复的人不能审核自己的答复，请由其他人员审核".to_owned(),
            Err(NoSigner::Signed) => "同一人不能审核两个环节，请由其他人员审核".to_owned(),
        };
        Err(self.refuse_plainly(act, reason))
    }

    pub(in crate::request) fn may_approve(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.deciding(RequestAct::Approve, occasion).map(|_| ())
    }

    pub(in crate::request) fn may_return(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.deciding(RequestAct::Return, occasion).map(|_| ())
    }

    /// A reply that waits at a step; one that was approved can still be returned by whoever holds the
    /// role of its last step.
    fn deciding<'a, 'b>(
        &'a self,
        act: RequestAct,
        occasion: &Occasion<'b>,
    ) -> Result<Deciding<'a, 'b>, Refusal> {
        let (proposal, step, signatures) = match &self.state {
            RequestState::InReview(proposal) => {
                (proposal, proposal.waiting(), proposal.signatures.as_slice())
            }
            RequestState::Approved(decision) if act == RequestAct::Return => {
                (&decision.proposal, decision.proposal.steps().last().copied(), [].as_slice())
            }
            _ => {
                return Err(match self.ask_state(act, &[StateKey::InReview]) {
                    Err(refusal) => refusal,
                    Ok(()) => self.refuse_plainly(act, "没有待审核的答复"),
                });
            }
        };
        let Some(step) = step else {
            return Err(self.refuse_plainly(act, "没有待审核的环节"));
        };
        let (actor, post) = self.ask_approver(act, (proposal, step), signatures, occasion)?;
        Ok(Deciding { proposal, actor, post })
    }

    /// Signs the step that waits. With the last one the reply is approved and gets its date and number.
    ///
    /// # Errors
    /// When none waits, the actor may not, or at the last step it has no number.
    pub fn approve(mut self, approval: Approval, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        let act = RequestAct::Approve;
        let deciding = self.deciding(act, occasion)?;
        let comment = approval.comment.trim().to_owned();
        let signature = signed(&deciding, &comment, approval.digest, occasion);
        let (mut proposal, is_last) = (deciding.proposal.clone(), deciding.proposal.is_at_last());
        let number = approval.document_number.trim();
        if !is_last && !number.is_empty() {
            let reason = "发文字号在最后一个环节批准时编，这一环节不用填写";
            return Err(self.refuse_plainly(act, reason));
        }
        let note = if is_last {
            self.ask_text(act, "发文字号", number)?
        } else {
            format!("“{}”环节同意", signature.step)
        };
        let (by, name) = (signature.by.clone(), signature.name.clone());
        proposal.signatures.push(signature);
        self.note(act, occasion.today(), note.clone(), None, occasion);
        self.state = if is_last {
            RequestState::Approved(Decision {
                proposal,
                by,
                name,
                at: occasion.now,
                on: occasion.today(),
                comment: comment.clone(),
                document_number: note,
            })
        } else {
            RequestState::InReview(proposal)
        };
        Ok(self.step(act, Some(comment).filter(|comment| !comment.is_empty())))
    }

    /// Sends the reply back to who drafted it with what to change; one that was approved too, before it
    /// is served. It goes through its whole chain again.
    ///
    /// # Errors
    /// When none waits, the actor may not, or it is not said what to change.
    pub fn send_back(
        mut self,
        returning: Returning,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::Return;
        self.deciding(act, occasion)?;
        let comment = self.ask_text(act, "退回的意见", &returning.comment)?;
        self.note(act, occasion.today(), comment.clone(), None, occasion);
        self.round.returned.push(comment.clone());
        self.state = RequestState::Handling;
        Ok(self.step(act, Some(comment)))
    }
}

/// The signature under the step that waits.
fn signed(
    deciding: &Deciding<'_, '_>,
    opinion: &str,
    digest: String,
    occasion: &Occasion<'_>,
) -> Signature {
    let Deciding { proposal, actor, post } = deciding;
    Signature {
        step: proposal.waiting().map(|step| step.title.to_owned()).unwrap_or_default(),
        role: post.role,
        by: actor.person.clone(),
        name: actor.name.clone(),
        instead_of: post.instead_of.clone(),
        at: occasion.now,
        opinion: opinion.to_owned(),
        secrecy: None,
        digest,
    }
}
