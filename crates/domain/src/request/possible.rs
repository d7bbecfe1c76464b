//! What may be done with a request now, and why not the rest; asks the verbs themselves.

use super::{DisclosureRequest, Occasion, RequestAct};
use crate::refusal::Refusal;

/// An act, and why it is not possible now if it is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Possible {
    /// The act.
    pub act: RequestAct,
    /// Why not.
    pub refusal: Option<Refusal>,
}

impl DisclosureRequest {
    /// Whether an act may be done now; what is filled in may still be refused.
    ///
    /// # Errors
    /// Says why not.
    pub fn may(&self, act: RequestAct, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        match act {
            RequestAct::Register => Err(self.refuse_plainly(act, "已经登记过")),
            RequestAct::ConfirmReceipt => self.may_confirm_receipt(occasion),
            RequestAct::AskSupplement => self.may_ask_supplement(occasion),
            RequestAct::ReceiveSupplement => self.may_receive_supplement(occasion),
            RequestAct::CloseUnsupplemented => self.may_close_unsupplemented(occasion),
            RequestAct::Assign => self.may_assign(occasion),
            RequestAct::ReportPart => self.may_report_part(occasion),
            RequestAct::LogSearch => self.may_log_search(occasion),
            RequestAct::NameOrgan => self.may_name_organ(occasion),
            RequestAct::Consult => self.may_consult(occasion),
            RequestAct::NoteDelivery => self.may_note_delivery(occasion),
            RequestAct::HearOpinion => self.may_hear_opinion(occasion),
            RequestAct::NoteSilence => self.may_note_silence(occasion),
            RequestAct::Extend => self.may_extend(occasion),
            RequestAct::AskReasons => self.may_ask_reasons(occasion),
            RequestAct::HearReasons => self.may_hear_reasons(occasion),
            RequestAct::Delay => self.may_delay(occasion),
            RequestAct::ProposeFee => self.may_propose_fee(occasion),
            RequestAct::NotifyFee => self.may_notify_fee(occasion),
            RequestAct::WaiveFee => self.may_waive_fee(occasion),
            RequestAct::ReceivePayment => self.may_receive_payment(occasion),
            RequestAct::CloseUnpaid => self.may_close_unpaid(occasion),
            RequestAct::Propose => self.may_propose(occasion),
            RequestAct::Return => self.may_return(occasion),
            RequestAct::Approve => self.may_approve(occasion),
            RequestAct::Serve => self.may_serve(occasion),
            RequestAct::CorrectRecord => self.may_correct_record(occasion),
            RequestAct::Withdraw => self.may_withdraw(occasion),
            RequestAct::Reopen => self.may_reopen(occasion),
            RequestAct::Archive => self.may_archive(occasion),
        }
    }

    /// Every act in the order of a request's life, possible or with the reason why not.
    pub fn possible(&self, occasion: &Occasion<'_>) -> Vec<Possible> {
        let acts = RequestAct::ALL.into_iter().filter(|act| *act != RequestAct::Register);
        acts.map(|act| Possible { act, refusal: self.may(act, occasion).err() }).collect()
    }
}
