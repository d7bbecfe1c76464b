//! The review before publication, and the approval of replies: a chain of steps as data, each signed
//! with a reason.

mod reply;
mod signer;

pub use reply::{InvalidReplyChain, ReplyChain, ReplyStep, reply_kind, reply_kinds};
pub(crate) use signer::{NoSigner, post_to_sign};

use crate::access::{Actor, Role};
use crate::id::{OrganId, PersonId};
use crate::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One step of a chain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// What people call the step: 科室审核.
    pub title: String,
    /// Who signs it.
    pub role: Role,
}

/// The steps that an item goes through before it may be published; holds the secrecy review always.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<Step>", into = "Vec<Step>")]
pub struct Chain(Vec<Step>);

/// Why steps are no chain of review.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidChain {
    /// OGI Regulations art. 17; Secrecy Law Implementation art. 42: 先审查、后公开.
    #[error("审核流程缺少保密审查环节；先审查、后公开，这一环节不能省去")]
    NoSecrecyReview,
    /// Somebody who only keeps the machine or the log cannot review.
    #[error("“{0}”环节的角色不能审核信息，请改为科室负责人、分管领导或保密审查员")]
    NotAReviewer(String),
    /// More steps than anybody would sign.
    #[error("审核流程有 {0} 个环节，最多 9 个")]
    TooLong(usize),
}

impl TryFrom<Vec<Step>> for Chain {
    type Error = InvalidChain;

    fn try_from(steps: Vec<Step>) -> Result<Self, InvalidChain> {
        let reviews = |role| {
            matches!(
                role,
                Role::Reviewer | Role::Leader | Role::SecrecyReviewer | Role::DisclosureOffice
            )
        };
        if 9 < steps.len() {
            return Err(InvalidChain::TooLong(steps.len()));
        }
        if let Some(step) = steps.iter().find(|step| !reviews(step.role)) {
            return Err(InvalidChain::NotAReviewer(step.title.clone()));
        }
        if !steps.iter().any(|step| step.role == Role::SecrecyReviewer) {
            return Err(InvalidChain::NoSecrecyReview);
        }
        Ok(Self(steps))
    }
}

impl From<Chain> for Vec<Step> {
    fn from(chain: Chain) -> Self {
        chain.0
    }
}

impl Chain {
    /// 信息员 drafts, then 科室负责人, 保密审查员, 分管领导 sign: the order the sample reports tell of.
    pub fn usual() -> Self {
        let step = |title: &str, role| Step { title: title.to_owned(), role };
        Self(vec![
            step("科室审核", Role::Reviewer),
            step("保密审查", Role::SecrecyReviewer),
            step("领导审签", Role::Leader),
        ])
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

/// What the secrecy review found (law.md 8.1: 可公开, 处理后公开, 不公开, 报请确定).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecrecyResult {
    /// 可公开.
    Open,
    /// 处理后公开: it was treated, as it stands now it may be published.
    OpenAfterTreatment,
}

/// A signature under one step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Signature {
    /// The title of the step.
    pub step: String,
    /// The role in which it was signed.
    pub role: Role,
    /// Who signed.
    pub by: PersonId,
    /// The name of the person at that time.
    pub name: String,
    /// Whose post it was, where the signer stood in for somebody.
    pub instead_of: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// The opinion written down.
    pub opinion: String,
    /// The result, where the step is the secrecy review.
    pub secrecy: Option<SecrecyResult>,
    /// The digest of the content that was signed.
    pub digest: String,
}

/// A review under way: the chain as it was when it began, and the signatures so far.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Review {
    /// The chain; later changes of the setting do not touch a review under way.
    pub chain: Chain,
    /// Who submitted it.
    pub submitted_by: PersonId,
    /// When.
    pub submitted_at: Timestamp,
    /// One signature for each step done.
    pub signatures: Vec<Signature>,
}

impl Review {
    /// The step that waits for a signature; `None` when all are signed.
    pub fn waiting(&self) -> Option<&Step> {
        self.chain.steps().get(self.signatures.len())
    }

    /// Whether every step is signed, each for this very content.
    pub fn covers(&self, digest: &str) -> bool {
        self.waiting().is_none() && self.signatures.iter().all(|each| each.digest == digest)
    }

    /// Whether the actor may sign (or return at) the waiting step; four eyes: nobody reviews what
    /// they wrote, nobody signs twice.
    ///
    /// # Errors
    /// Says who must sign instead.
    pub fn may_decide(
        &self,
        actor: &Actor,
        organ: &OrganId,
        authors: &[PersonId],
    ) -> Result<&Step, Refusal> {
        const ACT: &str = "审核";
        let Some(step) = self.waiting() else {
            return Err(Refusal::new(ACT, "审核完毕", "各环节都已签署"));
        };
        let authors: Vec<_> = authors.iter().chain([&self.submitted_by]).collect();
        let signer = post_to_sign((actor, organ), &[step.role], &authors, &self.signatures);
        let reason = match signer {
            Ok(_) => return Ok(step),
            Err(NoSigner::Role) => {
                format!("现在是“{}”环节，由本机关{}签署", step.title, step.role.name())
            }
            Err(NoSigner::Author) => {
                "撰稿人、送审人不能审核自己的稿件，请由其他人员审核".to_owned()
            }
            Err(NoSigner::Signed) => "同一人不能签署两个环节，请由其他人员签署".to_owned(),
        };
        Err(Refusal::new(ACT, &step.title, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setting_leaves_out_the_secrecy_review() {
        let step = |role| Step { title: "审核".to_owned(), role };
        let without = vec![step(Role::Reviewer), step(Role::Leader)];
        assert_eq!(Chain::try_from(without), Err(InvalidChain::NoSecrecyReview));
        assert!(Chain::try_from(vec![step(Role::SecrecyReviewer)]).is_ok());
        let read: Result<Chain, _> = Chain::try_from(Vec::new());
        assert_eq!(read, Err(InvalidChain::NoSecrecyReview));
    }

    #[test]
    fn an_administrator_signs_no_step() {
        let chain = vec![
            Step { title: "签发".to_owned(), role: Role::Auditor },
            Step { title: "保密".to_owned(), role: Role::SecrecyReviewer },
        ];
        assert_eq!(Chain::try_from(chain), Err(InvalidChain::NotAReviewer("签发".to_owned())));
    }

    #[test]
    fn the_usual_chain_is_a_chain() {
        let steps: Vec<Step> = Chain::usual().into();
        assert_eq!(Chain::try_from(steps), Ok(Chain::usual()));
    }
}
