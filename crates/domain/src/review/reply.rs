//! The approval of a reply to a request: one to four steps as data, signed like those of an item. The
//! secrecy review is no part of it: what goes out was reviewed as 区分处理.

use super::Step;
use crate::access::Role;
use crate::outcome::OutcomeKey;
use serde::{Deserialize, Serialize};

/// The steps that a reply goes through before it may be served.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<Step>", into = "Vec<Step>")]
pub struct ReplyChain(Vec<Step>);

/// Why steps are no chain of approval.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidReplyChain {
    /// Whoever drafts would decide alone.
    #[error("答复的审批流程至少要有一个环节：拟写的人不能自己批准")]
    Empty,
    /// More steps than the period of twenty working days bears.
    #[error("答复的审批流程有 {0} 个环节，最多 4 个；环节过多会耽误法定的答复期限")]
    TooLong(usize),
    /// Somebody who only keeps the machine or the log, or who drafts, cannot approve.
    #[error(
        "“{0}”环节的角色不能审批答复，请改为科室负责人、分管领导、保密审查员或信息公开工作机构"
    )]
    NotAnApprover(String),
}

impl TryFrom<Vec<Step>> for ReplyChain {
    type Error = InvalidReplyChain;

    fn try_from(steps: Vec<Step>) -> Result<Self, InvalidReplyChain> {
        let approves = |role: Role| !role.is_administrator() && role != Role::Clerk;
        match steps.iter().find(|step| !approves(step.role)) {
            _ if steps.is_empty() => Err(InvalidReplyChain::Empty),
            _ if 4 < steps.len() => Err(InvalidReplyChain::TooLong(steps.len())),
            Some(step) => Err(InvalidReplyChain::NotAnApprover(step.title.clone())),
            None => Ok(Self(steps)),
        }
    }
}

impl From<ReplyChain> for Vec<Step> {
    fn from(chain: ReplyChain) -> Self {
        chain.0
    }
}

/// A step of an approval: what people call it, and the roles any of which may sign it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReplyStep<'a> {
    /// What people call it.
    pub title: &'a str,
    /// Who may sign it.
    pub roles: &'a [Role],
}

impl<'a> ReplyStep<'a> {
    fn of(step: &'a Step) -> Self {
        Self { title: &step.title, roles: std::slice::from_ref(&step.role) }
    }

    /// The roles in words.
    pub fn who(&self) -> String {
        self.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join("或者")
    }
}

impl ReplyChain {
    /// The steps in their order.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The steps of a chain; where none is set, one step that 科室负责人 or 分管领导 signs.
    pub fn of(set: Option<&Self>) -> Vec<ReplyStep<'_>> {
        match set {
            None => {
                vec![ReplyStep { title: "审核签发", roles: &[Role::Leader, Role::Reviewer] }]
            }
            Some(chain) => chain.0.iter().map(ReplyStep::of).collect(),
        }
    }
}

/// The kinds of replies that may have a chain of their own: the groups of table three of the report.
pub fn reply_kinds() -> Vec<(&'static str, String)> {
    let mut kinds: Vec<(&'static str, String)> = Vec::new();
    for outcome in crate::outcome::outcomes().iter().filter(|outcome| !outcome.by_act) {
        let label = outcome.key().label();
        let kind = reply_kind(outcome.key());
        if kinds.iter().all(|(known, _)| *known != kind) {
            let name = label.split_once('：').map_or(label.as_str(), |(group, _)| group);
            kinds.push((kind, name.to_owned()));
        }
    }
    kinds
}

/// The kind of a reply with this row.
pub fn reply_kind(row: OutcomeKey) -> &'static str {
    let key = row.as_str();
    key.split_once('.').map_or(key, |(group, _)| group)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(roles: &[Role]) -> Result<ReplyChain, InvalidReplyChain> {
        let step = |role: &Role| Step { title: role.name().to_owned(), role: *role };
        ReplyChain::try_from(roles.iter().map(step).collect::<Vec<_>>())
    }

    #[test]
    fn a_chain_of_replies_has_one_to_four_steps_and_no_drafter() {
        assert_eq!(chain(&[]), Err(InvalidReplyChain::Empty));
        assert_eq!(chain(&[Role::Leader; 5]), Err(InvalidReplyChain::TooLong(5)));
        assert!(chain(&[Role::Reviewer, Role::SecrecyReviewer, Role::DisclosureOffice]).is_ok());
        for role in [Role::Clerk, Role::Auditor, Role::SystemAdministrator] {
            let refused = chain(&[Role::Leader, role]);
            assert_eq!(refused, Err(InvalidReplyChain::NotAnApprover(role.name().to_owned())));
        }
    }

    #[test]
    fn the_kinds_of_replies_are_the_groups_of_the_form() {
        let kinds = reply_kinds();
        let keys: Vec<_> = kinds.iter().map(|(key, _)| *key).collect();
        for expected in ["disclosed", "partly_disclosed", "withheld", "unavailable"] {
            assert!(keys.contains(&expected), "{keys:?}");
        }
        let row = OutcomeKey::of("withheld.state_secret").expect("a row");
        assert_eq!(reply_kind(row), "withheld");
        assert!(kinds.iter().all(|(_, name)| !name.is_empty()), "{kinds:?}");
    }
}
