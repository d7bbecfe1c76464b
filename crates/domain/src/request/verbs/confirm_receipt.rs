//! 确认收到: fixes the day of receipt where the way it came does not (条例 31).

use crate::refusal::Refusal;
use crate::request::{DisclosureRequest, Occasion, RequestAct, StateKey, Step};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::ConfirmReceipt;

/// How both sides confirmed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The day of confirmation: the day of receipt.
    pub on: Date,
    /// How: by telephone, by the automatic receipt of the site.
    pub how: String,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_confirm_receipt(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Unconfirmed])
    }

    /// Fixes the day of receipt; the period begins to run after it.
    ///
    /// # Errors
    /// When it is fixed already, or the day cannot be.
    pub fn confirm_receipt(
        mut self,
        receipt: Receipt,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_confirm_receipt(occasion)?;
        self.ask_day(ACT, receipt.on, occasion)?;
        let how = self.ask_text(ACT, "确认的方式", &receipt.how)?;
        let before = self.clone();
        self.receive(receipt.on).map_err(|reason| before.refuse(ACT, reason))?;
        self.note(ACT, receipt.on, how, None, occasion);
        Ok(self.step(ACT, None))
    }
}
