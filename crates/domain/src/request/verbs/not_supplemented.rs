//! 逾期不补正: the requester let the time pass without good reason; handled no longer (条例 30).

use super::Closing;
use crate::outcome::OutcomeKey;
use crate::refusal::Refusal;
use crate::request::{DisclosureRequest, Occasion, RequestAct, StateKey, Step};

const ACT: RequestAct = RequestAct::CloseUnsupplemented;

impl DisclosureRequest {
    pub(in crate::request) fn may_close_unsupplemented(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::AwaitingSupplement])?;
        let until = self.round.supplement.as_ref().map(|supplement| supplement.until);
        match until.filter(|until| occasion.today() <= *until) {
            Some(until) => Err(self.refuse(ACT, format!("补正期限到 {until} 为止，还没有过"))),
            None => Ok(()),
        }
    }

    /// Closes a request that was not supplemented in time; no answer is due, the record is kept.
    ///
    /// # Errors
    /// When the time to supplement is not over.
    pub fn close_unsupplemented(mut self, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        self.may_close_unsupplemented(occasion)?;
        let reason = "申请人无正当理由逾期不补正，视为放弃申请，不再处理".to_owned();
        let closing = Closing {
            on: occasion.today(),
            outcome: self.row_of_matter(OutcomeKey::NOT_SUPPLEMENTED),
            decision: None,
            service: None,
            correction: None,
            reason: reason.clone(),
            was_late: false,
        };
        self.close(ACT, closing, String::new(), occasion);
        Ok(self.step(ACT, Some(reason)))
    }

    /// The row a request counts in; the correction of a record counts in none.
    pub(super) fn row_of_matter(&self, row: OutcomeKey) -> Option<OutcomeKey> {
        (self.matter == crate::request::Matter::Disclosure).then_some(row)
    }
}
