//! Making an approved edition public: 发布, 定时发布, 应急发布 and its later approval.

use super::{Act, Edition, EditionState, Item, Standing, Step, may_write, reason_given};
use crate::access::{Actor, Role};
use crate::catalogue::DisclosureKind;
use crate::refusal::Refusal;
use crate::review::Review;
use jiff::Timestamp;

impl Item {
    /// The finished review of the edition in work, for exactly this content.
    fn finished_review(&self, act: Act, digest: &str) -> Result<Review, Refusal> {
        let working = self.working_for(act)?;
        let (EditionState::Approved(review) | EditionState::Scheduled { review, .. }) =
            &working.state
        else {
            let reason = "审核没有完成，各环节（含保密审查）都签署后才能发布";
            return Err(Refusal::new(act.name(), self.state_name(), reason)
                .by("《政府信息公开条例》第十七条"));
        };
        if !review.covers(digest) {
            let reason = "稿件与签署时的内容不一致，请撤回后重新送审";
            return Err(Refusal::new(act.name(), self.state_name(), reason));
        }
        Ok(review.clone())
    }

    /// Only what is to be published unasked goes to the public (条例第十三条).
    fn refuse_undisclosed(&self, act: Act) -> Result<(), Refusal> {
        let disclosure = self.working_for(act)?.content.disclosure.as_ref();
        match disclosure.map(crate::metadata::Disclosure::kind) {
            Some(kind) if kind != DisclosureKind::Proactive => {
                let reason = format!(
                    "公开方式是“{}”，不能发布；需要发布的，请先修改公开方式并重新送审",
                    kind.title()
                );
                Err(Refusal::new(act.name(), self.state_name(), reason)
                    .by("《政府信息公开条例》第十三条"))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn refuse_open_findings(
        &self,
        act: Act,
        findings: &[String],
    ) -> Result<(), Refusal> {
        let open = self.working_for(act)?.unanswered(findings).len();
        if open == 0 {
            return Ok(());
        }
        let reason = format!("还有 {open} 条提示没有处理：请改正，或逐条写明理由");
        Err(Refusal::new(act.name(), self.state_name(), reason))
    }

    fn go_public(&mut self, edition: Edition, index_number: &str, now: Timestamp) {
        let since = self.standing.since().unwrap_or(now);
        self.index_number.get_or_insert_with(|| index_number.to_owned());
        self.standing = Standing::Public { since };
        self.public = Some(edition);
    }

    /// Publishes the approved edition now. `index_number` is used when the item has none yet.
    ///
    /// # Errors
    /// When the review is not finished for exactly this content, a finding has no answer, or the
    /// actor may not publish.
    pub fn publish(
        mut self,
        digest: &str,
        findings: &[String],
        index_number: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        may_write(Act::Publish, self.state_name(), actor, &self.organ)?;
        self.refuse_undisclosed(Act::Publish)?;
        self.refuse_open_findings(Act::Publish, findings)?;
        self.publish_reviewed(Act::Publish, digest, index_number, now)
    }

    /// Publishes an edition whose time has come; the scheduler calls it.
    ///
    /// # Errors
    /// When it is not scheduled, its time has not come, or its content is not what was signed.
    pub fn publish_scheduled(
        mut self,
        digest: &str,
        index_number: &str,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let act = Act::Publish;
        match &self.working_for(act)?.state {
            EditionState::Scheduled { publish_at, .. } if *publish_at <= now => {}
            _ => return Err(Refusal::new(act.name(), self.state_name(), "没有到期的定时发布")),
        }
        self.publish_reviewed(act, digest, index_number, now)
    }

    fn publish_reviewed(
        &mut self,
        act: Act,
        digest: &str,
        index_number: &str,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let review = self.finished_review(act, digest)?;
        let mut item = self.clone();
        if let Some(mut edition) = item.working.take() {
            edition.state = EditionState::Published { review: Some(review), at: now };
            item.go_public(edition, index_number, now);
        }
        Ok(item.step(act, None))
    }

    /// Sets the time at which the approved edition will be published.
    ///
    /// # Errors
    /// As [`Item::publish`], or when the time is not in the future.
    pub fn schedule(
        mut self,
        publish_at: Timestamp,
        digest: &str,
        findings: &[String],
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let act = Act::Schedule;
        may_write(act, self.state_name(), actor, &self.organ)?;
        self.refuse_undisclosed(act)?;
        self.refuse_open_findings(act, findings)?;
        let review = self.finished_review(act, digest)?;
        if publish_at <= now {
            let reason = "定时发布的时间已经过去，请改为之后的时间，或直接发布";
            return Err(Refusal::new(act.name(), self.state_name(), reason));
        }
        if let Some(working) = self.working.as_mut() {
            working.state = EditionState::Scheduled { review, publish_at };
        }
        Ok(self.step(act, None))
    }

    /// Takes the set time back; the edition stays approved.
    ///
    /// # Errors
    /// When no time is set, or the actor may not write.
    pub fn unschedule(mut self, actor: &Actor) -> Result<Step, Refusal> {
        let act = Act::Unschedule;
        may_write(act, self.state_name(), actor, &self.organ)?;
        let EditionState::Scheduled { review, .. } = &self.working_for(act)?.state else {
            return Err(Refusal::new(act.name(), self.state_name(), "没有设定发布时间"));
        };
        let review = review.clone();
        if let Some(working) = self.working.as_mut() {
            working.state = EditionState::Approved(review);
        }
        Ok(self.step(act, None))
    }

    /// Publishes before the review is done, on a leader's word. The review goes on afterwards: the
    /// same edition stays in work until every step is signed.
    ///
    /// # Errors
    /// When the actor is no leader of the organ or wrote it, the reason is empty, a finding has no
    /// answer, or the secrecy reviewer has not signed: no setting and no haste leaves that out.
    pub fn publish_in_emergency(
        mut self,
        reason: &str,
        digest: &str,
        findings: &[String],
        index_number: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let act = Act::PublishInEmergency;
        let state = self.state_name();
        if !actor.is(Role::Leader, &self.organ) || self.authors().contains(&actor.person) {
            let reason = "应急发布由本机关分管领导决定，撰稿人不能自行应急发布";
            return Err(Refusal::new(act.name(), state, reason));
        }
        if self.awaits_confirmation() {
            return Err(Refusal::new(act.name(), state, "这一稿已经应急发布，请补办审核"));
        }
        self.refuse_undisclosed(act)?;
        self.refuse_open_findings(act, findings)?;
        let reason = reason_given(act, state, reason)?;
        let working = self.working_for(act)?;
        let EditionState::InReview(review) = &working.state else {
            return Err(Refusal::new(act.name(), state, "稿件送审并经保密审查后才能应急发布"));
        };
        let is_cleared = |each: &crate::review::Signature| {
            each.role == Role::SecrecyReviewer && each.digest == digest
        };
        if !review.signatures.iter().any(is_cleared) {
            return Err(Refusal::new(act.name(), state, "保密审查没有完成，任何情况下都不能发布")
                .by("《保守国家秘密法实施条例》第四十二条"));
        }
        let mut edition = working.clone();
        edition.state = EditionState::Published { review: None, at: now };
        self.go_public(edition, index_number, now);
        Ok(self.step(act, Some(reason)))
    }

    /// Ends the later approval of an emergency publication, once its review is finished.
    ///
    /// # Errors
    /// When no emergency publication waits for it, or the review is not finished.
    pub fn confirm_emergency(mut self, digest: &str, actor: &Actor) -> Result<Step, Refusal> {
        let act = Act::ConfirmEmergency;
        may_write(act, self.state_name(), actor, &self.organ)?;
        if !self.awaits_confirmation() {
            return Err(Refusal::new(act.name(), self.state_name(), "没有待补办审核的应急发布"));
        }
        let review = self.finished_review(act, digest)?;
        self.working = None;
        if let Some(EditionState::Published { review: late, .. }) =
            self.public.as_mut().map(|public| &mut public.state)
        {
            *late = Some(review);
        }
        Ok(self.step(act, None))
    }

    /// Whether an emergency publication waits for the rest of its review.
    pub fn awaits_confirmation(&self) -> bool {
        let unreviewed = |edition: &Edition| {
            matches!(edition.state, EditionState::Published { review: None, .. })
        };
        let same = |public: &Edition| {
            self.working.as_ref().is_some_and(|working| working.number == public.number)
        };
        self.public.as_ref().is_some_and(|public| unreviewed(public) && same(public))
    }
}
