//! 拟写答复: how it is to end, part by part, each with its basis and its reason (条例 36 to 39).

use crate::access::Actor;
use crate::outcome::{OutcomeKey, Requirement};
use crate::refusal::Refusal;
use crate::request::{
    By, Consulted, DisclosureRequest, FeeCourse, Matter, Occasion, Part, Proposal, Reasons, Reply,
    RequestAct, RequestState, StateKey, Step,
};
use crate::review::ReplyChain;

const ACT: RequestAct = RequestAct::Propose;

/// How many parts a reply may have: our own choice, more cannot be read.
const MOST_PARTS: usize = 50;

impl DisclosureRequest {
    pub(in crate::request) fn may_propose(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Handling, StateKey::Consulting])?;
        if self.matter == Matter::Rectification {
            let reason = "申请更正与自身相关的信息，请用“办理更正”";
            return Err(self.refuse_plainly(ACT, reason).by("《政府信息公开条例》第四十一条"));
        }
        if self.round.fee.as_ref().is_some_and(|fee| fee.course == FeeCourse::Proposed) {
            return Err(self.refuse_plainly(ACT, "收费建议还没有处理，请先通知缴费，或者决定不收"));
        }
        Ok(())
    }

    /// Proposes a reply, for somebody else to approve by the chain that is set for it.
    ///
    /// # Errors
    /// When a part lacks its basis, what it must say, or what must have happened before; or the row
    /// does not fit the parts.
    pub fn propose(
        self,
        reply: Reply,
        chain: Option<ReplyChain>,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_propose(occasion)?;
        let By::Staff(actor) = occasion.by else {
            return Err(self.refuse_plainly(ACT, "答复由本机关的人员拟写"));
        };
        if reply.parts.is_empty() || MOST_PARTS < reply.parts.len() {
            let reason = format!("答复至少有一个部分，最多 {MOST_PARTS} 个部分");
            return Err(self.refuse_plainly(ACT, reason));
        }
        for part in &reply.parts {
            self.ask_part(part, reply.parts.len(), occasion)?;
        }
        self.ask_row(&reply)?;
        self.ask_third_parties(&reply)?;
        self.send_to_review((reply, chain), actor, occasion)
    }

    fn send_to_review(
        mut self,
        (reply, chain): (Reply, Option<ReplyChain>),
        actor: &Actor,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.note(ACT, occasion.today(), reply.row.label(), None, occasion);
        let (by, name) = (actor.person.clone(), actor.name.clone());
        let (at, signatures) = (occasion.now, Vec::new());
        self.state = RequestState::InReview(Proposal { reply, by, name, at, chain, signatures });
        Ok(self.step(ACT, None))
    }

    fn ask_part(
        &self,
        part: &Part,
        n_parts: usize,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let label = part.outcome.label();
        let outcome = part.outcome.outcome();
        if outcome.by_act || outcome.parts_only {
            let reason = format!("“{label}”不能作为答复的一个部分，请选择具体的情形");
            return Err(self.refuse_plainly(ACT, reason));
        }
        if 1 < n_parts && part.about.trim().is_empty() {
            return Err(self.refuse_plainly(ACT, "答复分几个部分的，请逐一写明针对哪些信息"));
        }
        self.ask_basis(part)?;
        for field in part.outcome.needs(part.basis) {
            let said = part.says.get(&field).is_some_and(|text| !text.trim().is_empty());
            if !said {
                let reason = format!("“{label}”的答复应写明{}", field.label());
                return Err(self.by_basis(part, reason));
            }
        }
        for requirement in part.outcome.requires(part.basis) {
            self.ask_requirement(part, requirement, occasion)?;
        }
        Ok(())
    }

    /// A refusal with the article of the part.
    fn by_basis(&self, part: &Part, reason: impl Into<String>) -> Refusal {
        let refusal = self.refuse(ACT, reason);
        match part.basis {
            Some(basis) => refusal.by(basis.basis().citation()),
            None => refusal,
        }
    }

    /// The basis is one of the outcome's, and was in force when the request came.
    fn ask_basis(&self, part: &Part) -> Result<(), Refusal> {
        let label = part.outcome.label();
        let Some(basis) = part.basis else {
            if part.outcome.outcome().has_grounds() {
                return Err(self.refuse(ACT, format!("请为“{label}”选择依据的条款")));
            }
            return Ok(());
        };
        if part.outcome.ground(basis).is_none() {
            let reason = format!("{}不是“{label}”的依据", basis.basis().citation());
            return Err(self.refuse_plainly(ACT, reason));
        }
        if self.round.began_on.is_some_and(|on| !basis.basis().is_in_force(on)) {
            let reason = format!("收到申请时{}没有施行", basis.basis().citation());
            return Err(self.refuse_plainly(ACT, reason));
        }
        Ok(())
    }

    fn ask_requirement(
        &self,
        part: &Part,
        requirement: Requirement,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let (met, reason) = match requirement {
            Requirement::Search => (
                !self.searches.is_empty(),
                "没有检索记录，不能答复信息不存在：请先记录在哪里检索过",
            ),
            Requirement::ThirdParty => {
                let heard = self.round.consultations.iter();
                let mut heard = heard.filter(|each| each.of == Consulted::ThirdParty);
                (heard.any(|each| !each.is_open()), "没有征求第三方意见，或者意见还没有结果")
            }
            Requirement::Supplement => {
                let supplement = self.round.supplement.as_ref();
                let came = supplement.is_some_and(|each| each.received.is_some());
                (came, "没有告知补正并收到补正，不能答复补正后仍不明确")
            }
            Requirement::Reasons => {
                (self.reasons_are_over(occasion), "没有要求说明理由，或者说明理由的期限还没有过")
            }
        };
        if met { Ok(()) } else { Err(self.by_basis(part, reason)) }
    }

    fn reasons_are_over(&self, occasion: &Occasion<'_>) -> bool {
        match &self.round.reasons {
            Some(Reasons { given: Some(_), .. }) => true,
            Some(reasons) => reasons.until < occasion.today(),
            None => false,
        }
    }

    /// The row fits the parts: what is given and withheld at once counts as given in part, and only
    /// so; else the row is that of a part.
    fn ask_row(&self, reply: &Reply) -> Result<(), Refusal> {
        let article = "《政府信息公开条例》第三十七条";
        let gives = |part: &Part| part.outcome.outcome().gives;
        let withholds = |part: &Part| part.basis.is_some_and(|basis| basis.basis().withholds);
        let n_given = reply.parts.iter().filter(|part| gives(part)).count();
        let is_mixed = 0 < n_given && n_given < reply.parts.len();
        if reply.row == OutcomeKey::PARTLY_DISCLOSED {
            if !is_mixed {
                let reason = "部分公开的答复，应有提供的部分，也有不提供的部分";
                return Err(self.refuse_plainly(ACT, reason).by(article));
            }
            if reply.separation.as_deref().is_none_or(|text| text.trim().is_empty()) {
                return Err(self.refuse_plainly(ACT, "请写明怎样区分处理").by(article));
            }
            return Ok(());
        }
        if is_mixed && reply.parts.iter().any(withholds) {
            let reason = "既有公开、又有不予公开的，区分处理，只计“部分公开”";
            return Err(self.refuse_plainly(ACT, reason).by(article));
        }
        if reply.parts.iter().any(|part| part.outcome == reply.row) {
            return Ok(());
        }
        Err(self.refuse_plainly(ACT, "年度报告中计入的情形，应是答复中某一部分的情形"))
    }

    /// Nothing is given while an opinion is still to come, nor against a third party's objection
    /// unless the public interest asks for it (条例 32).
    fn ask_third_parties(&self, reply: &Reply) -> Result<(), Refusal> {
        let article = "《政府信息公开条例》第三十二条";
        if !reply.parts.iter().any(|part| part.outcome.outcome().gives) {
            return Ok(());
        }
        if let Some(open) = self.open_consultations().next() {
            let reason = format!(
                "{}（{}）的意见还没有收到，也没有登记逾期未提出，不能决定公开",
                open.of.word(),
                open.who
            );
            return Err(self.refuse_plainly(ACT, reason).by(article));
        }
        let objects = |each: &&crate::request::Consultation| each.objects();
        let is_said = reply.public_interest.as_deref().is_some_and(|text| !text.trim().is_empty());
        let withheld = reply
            .parts
            .iter()
            .any(|part| part.outcome.requires(part.basis).contains(&Requirement::ThirdParty));
        match self.round.consultations.iter().find(objects) {
            Some(letter) if letter.of == Consulted::ThirdParty && !is_said && !withheld => {
                let reason = format!(
                    "第三方（{}）不同意公开：请写明不公开会对公共利益造成什么重大影响，或者不予公开这一部分",
                    letter.who
                );
                Err(self.refuse_plainly(ACT, reason).by(article))
            }
            _ => Ok(()),
        }
    }
}
