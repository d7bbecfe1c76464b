//! 登记: a request comes in (条例 29, 31). What is missing is no reason to refuse it.

use crate::id::{OrganId, RequestId};
use crate::refusal::Refusal;
use crate::request::{
    By, DisclosureRequest, Occasion, RequestAct, RequestState, Requester, Round, Step, Submission,
    shown_name,
};

const ACT: RequestAct = RequestAct::Register;

/// Under which names a request is registered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Registration {
    /// Its name in addresses.
    pub id: RequestId,
    /// The organ that is asked.
    pub organ: OrganId,
    /// Its number in the register.
    pub number: String,
    /// The code by which the requester follows it.
    pub code: String,
}

impl DisclosureRequest {
    /// Registers what was handed in. By a way that fixes the day of receipt it is received at once;
    /// else it waits for [`confirm_receipt`](Self::confirm_receipt).
    ///
    /// # Errors
    /// When the day has not come, something cannot be taken as it stands, or the actor does not
    /// register for the organ.
    pub fn register(
        names: Registration,
        submission: Submission,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let refuse = |reason: String| Refusal::new(ACT.name(), "尚未登记", reason);
        let may = match occasion.by {
            By::Staff(actor) => actor.handles_requests(&names.organ),
            By::Requester | By::System => true,
        };
        if !may {
            return Err(refuse("由本机关信息员或者信息公开工作机构登记".to_owned()));
        }
        if occasion.today() < submission.arrived_on {
            return Err(refuse(format!("日期 {} 还没有到，请核对", submission.arrived_on)));
        }
        if let Some(fault) = submission.faults().into_iter().next() {
            return Err(refuse(fault.message));
        }
        let mut request = new(names, submission);
        let arrived = request.arrived_on;
        request.note(ACT, arrived, request.channel.word(), None, occasion);
        if request.channel.fixes_receipt() {
            request.receive(arrived).map_err(refuse)?;
        }
        Ok(request.step(ACT, None))
    }

    /// The period begins to run after this day.
    pub(super) fn receive(&mut self, on: jiff::civil::Date) -> Result<(), String> {
        self.received_on = Some(on);
        self.round.began_on = Some(on);
        self.state = RequestState::Handling;
        let case = self.clock_case(None).expect("the day of receipt was just set");
        let reckoned = crate::clock::reckon(crate::calendar::Calendar::embedded(), &case);
        reckoned
            .map(|_| ())
            .map_err(|refused| format!("{}。{}", refused.reason, refused.reason.hint()))
    }
}

fn new(names: Registration, submission: Submission) -> DisclosureRequest {
    let missing = submission.missing();
    let requester = Requester {
        kind: submission.kind,
        shown: shown_name(submission.kind, &submission.personal.name),
        has_agent: submission.personal.agent.is_some(),
    };
    DisclosureRequest {
        id: names.id,
        organ: names.organ,
        number: names.number,
        code: names.code,
        channel: submission.channel,
        matter: submission.matter,
        arrived_on: submission.arrived_on,
        received_on: None,
        requester,
        wanted: submission.wanted,
        form: submission.form,
        way: submission.way,
        files: submission.files,
        was_spoken: submission.was_spoken,
        missing,
        state: RequestState::Unconfirmed,
        round: Round::default(),
        past: Vec::new(),
        searches: Vec::new(),
        right_organ: None,
        assignments: Vec::new(),
        closings: Vec::new(),
        events: Vec::new(),
    }
}
