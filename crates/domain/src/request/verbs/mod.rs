//! The verbs, one a file: each says whether it may be done now, and does it.

mod approve;
mod archive;
mod ask_reasons;
mod ask_supplement;
mod assign;
mod confirm_receipt;
mod consult;
mod correct_record;
mod extend;
mod fee;
mod log_search;
mod name_organ;
mod not_supplemented;
mod propose;
mod receive_supplement;
mod register;
mod reopen;
mod serve;
mod withdraw;

pub use approve::{Approval, Returning};
pub use archive::Archiving;
pub use ask_reasons::{AskReasons, Delaying, GivenReasons};
pub use ask_supplement::AskSupplement;
pub use assign::{Assign, Reporting};
pub use confirm_receipt::Receipt;
pub use consult::{Answered, Consult, Delivered, Silence};
pub use correct_record::Correcting;
pub use extend::Extending;
pub use fee::{NotifyFee, Paying, ProposeFee, Waiving};
pub use log_search::LogSearch;
pub use receive_supplement::SupplementReceived;
pub use register::Registration;
pub use reopen::Reopening;
pub use serve::Served;
pub use withdraw::{Withdrawal, Withdrawn};

use super::{Closing, DisclosureRequest, Occasion, RequestAct, RequestState};
use crate::clock::EventKind;
use jiff::civil::Date;

impl DisclosureRequest {
    /// Ends the request with this closing; the clock is answered on that day.
    fn close(
        &mut self,
        act: RequestAct,
        mut closing: Closing,
        note: String,
        occasion: &Occasion<'_>,
    ) {
        let on: Date = closing.on;
        let clock = self.round.began_on.and(super::gate::mark(EventKind::Answered));
        self.note(act, on, note, clock, occasion);
        let late = self.deadline(occasion.calendar, on).map(|deadline| deadline.is_overdue);
        closing.was_late = late.unwrap_or(false);
        self.closings.push(closing);
        self.state = RequestState::Closed;
    }
}
