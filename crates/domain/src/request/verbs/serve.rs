//! 送达答复: the day that counts as the answer follows the way it is served (国办公开办函〔2016〕235号).

use super::Closing;
use crate::clock::EventKind;
use crate::refusal::Refusal;
use crate::request::gate::event;
use crate::request::{
    DisclosureRequest, Occasion, RequestAct, RequestState, ServiceWay, StateKey, Step,
};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::Serve;

/// How many signs the number of a registered letter has at least: ours, so that “无” is none.
const SHORTEST_NUMBER: usize = 6;

/// A service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Served {
    /// The day of signature, of posting, or of sending.
    pub on: Date,
    /// By which way.
    pub way: ServiceWay,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_serve(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Approved])
    }

    /// Serves the approved reply and closes the request.
    ///
    /// # Errors
    /// When nothing is approved, the day is before the reply's, or nothing proves the service.
    pub fn serve(mut self, served: Served, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        self.may_serve(occasion)?;
        self.ask_day(ACT, served.on, occasion)?;
        let RequestState::Approved(decision) = &self.state else {
            return Err(self.refuse_plainly(ACT, "答复还没有批准"));
        };
        let decision = decision.clone();
        if served.on < decision.on {
            let reason = format!("送达日期早于答复的成文日期（{}），请核对", decision.on);
            return Err(self.refuse_plainly(ACT, reason));
        }
        let way = self.ask_proof(served.way)?;
        self.ask_clock(ACT, event(served.on, EventKind::Answered), occasion)?;
        let note = format!("{}：{}", way.word(), decision.document_number);
        let closing = Closing {
            on: served.on,
            outcome: Some(decision.proposal.reply.row),
            decision: Some(decision),
            service: Some(way),
            correction: None,
            reason: String::new(),
            was_late: false,
        };
        self.close(ACT, closing, note, occasion);
        Ok(self.step(ACT, None))
    }

    fn ask_proof(&self, way: ServiceWay) -> Result<ServiceWay, Refusal> {
        Ok(match way {
            ServiceWay::Counter { receiver } => {
                ServiceWay::Counter { receiver: self.ask_text(ACT, "签收人", &receiver)? }
            }
            ServiceWay::Post { number } => {
                let number: String = number.split_whitespace().collect();
                let fits = number.chars().all(|sign| sign.is_ascii_alphanumeric());
                if number.len() < SHORTEST_NUMBER || !fits {
                    let reason =
                        "请填写邮政挂号信或者邮政快递的号码（字母和数字）；应当通过邮政企业寄送";
                    return Err(self.refuse_plainly(ACT, reason));
                }
                ServiceWay::Post { number }
            }
            ServiceWay::Net { confirmation } => {
                let confirmation = self.ask_text(ACT, "网上送达的确认记录", &confirmation)?;
                ServiceWay::Net { confirmation }
            }
        })
    }
}
