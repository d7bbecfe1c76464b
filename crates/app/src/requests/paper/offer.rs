//! Which papers a request may need: told by what happened to it; none is issued here.

use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::request::{Consulted, Correction, DisclosureRequest, FeeCourse, RequestState};

/// The key of the paper that holds a reply, whatever its parts are.
pub const REPLY: &str = "reply";

/// A paper that a request may need.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The key of its notice; [`REPLY`] for a reply.
    pub notice: String,
    /// The number of the consultation that it is about.
    pub concerning: Option<u32>,
}

fn offer(notice: &str) -> Offer {
    Offer { notice: notice.to_owned(), concerning: None }
}

/// The papers that a request may need, in the order of its life.
pub fn offers(request: &DisclosureRequest) -> Vec<Offer> {
    let round = &request.round;
    let mut offers = Vec::new();
    let mut add = |is_needed: bool, notice: &str| {
        if is_needed {
            offers.push(offer(notice));
        }
    };
    add(request.received_on.is_some(), "registration_receipt");
    add(round.supplement.is_some(), "supplement_notice");
    add(round.reasons.is_some(), "reasons_notice");
    let delayed = round.reasons.as_ref().and_then(|reasons| reasons.delayed_until);
    add(delayed.is_some(), "delay_notice");
    add(round.extension.is_some(), "extension_notice");
    let is_charged = |course: &FeeCourse| !matches!(course, FeeCourse::Waived { .. });
    add(round.fee.as_ref().is_some_and(|fee| is_charged(&fee.course)), "fee_notice");
    add(!round.consultations.is_empty(), "consultation_notice");
    for letter in &round.consultations {
        let notice = match letter.of {
            Consulted::ThirdParty => "third_party_consultation",
            Consulted::CoMaker => "co_maker_consultation",
        };
        offers.push(Offer { concerning: Some(letter.number), ..offer(notice) });
    }
    offers.extend(at_the_end(request));
    offers
}

fn at_the_end(request: &DisclosureRequest) -> Vec<Offer> {
    let mut offers = Vec::new();
    if let Some(reply) = request.reply() {
        offers.push(offer(REPLY));
        let objects = request.round.consultations.iter().filter(|letter| letter.objects());
        if reply.public_interest.is_some() {
            let told = objects.map(|letter| Offer {
                concerning: Some(letter.number),
                ..offer("third_party_notice")
            });
            offers.extend(told);
        }
    }
    let closing = request.closings.last().filter(|_| !request.is_open());
    if let Some(closing) = closing {
        offers.extend(closing.outcome.and_then(by_act).map(offer));
        match &closing.correction {
            Some(Correction::Transferred { .. }) => {
                offers.extend([offer("transfer_letter"), offer("transfer_notice")]);
            }
            Some(Correction::Corrected { .. }) => offers.push(offer("rectification_notice")),
            Some(Correction::Directed { .. } | Correction::Unfounded { .. }) | None => {}
        }
    }
    let is_decided = matches!(request.state, RequestState::Approved(_)) || closing.is_some();
    if is_decided && request.reply().is_some() {
        offers.push(offer("service_record"));
    }
    if closing.is_some() {
        offers.push(offer("archive_list"));
    }
    offers
}

/// The notice of an end that is reached without a reply.
fn by_act(outcome: OutcomeKey) -> Option<&'static str> {
    outcome.outcome().by_act.then(|| outcome.as_str())
}
