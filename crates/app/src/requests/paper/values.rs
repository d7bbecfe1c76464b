//! What a case fills into the blanks of its papers; what people type stands over it.

use super::offer::REPLY;
use gongkai_domain::calendar::Calendar;
use gongkai_domain::organ::Organ;
use gongkai_domain::request::{
    Closing, Consultation, Correction, Decision, DisclosureRequest, Fee, FeeCourse, RequestState,
    RequesterKind, ServiceWay,
};
use gongkai_papers::notice::Values;
use gongkai_store::requests::Paper;
use jiff::civil::Date;

/// What is known of a case.
pub(super) struct Facts<'a> {
    pub request: &'a DisclosureRequest,
    pub organ: &'a Organ,
    /// The name that stands on the paper.
    pub requester: String,
    pub remedies: &'a [String],
    pub papers: &'a [Paper],
    /// Who handles it.
    pub handled_by: &'a str,
    pub may_issue: bool,
    pub today: Date,
}

/// The office, its telephone and its address, as a notice names them.
fn contact(organ: &Organ) -> String {
    let contact = &organ.contact;
    let parts =
        [("", &contact.office), ("电话：", &contact.telephone), ("地址：", &contact.address)];
    let given = parts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    given.map(|(label, text)| format!("{label}{text}")).collect::<Vec<_>>().join("，")
}

fn set(values: Values, blank: &str, day: Option<Date>) -> Values {
    match day {
        Some(day) => values.date(blank, day),
        None => values,
    }
}

/// The fillings of a paper, as far as the case knows them.
pub(super) fn values(facts: &Facts<'_>, notice: &str, concerning: Option<u32>) -> Values {
    let request = facts.request;
    let you = if request.requester.kind == RequesterKind::Natural { "你" } else { "你单位" };
    let letter = concerning.and_then(|number| request.consultation(number));
    let you = if letter.is_some() { "你单位" } else { you };
    let values = Values::new()
        .text("organ", &facts.organ.name)
        .text("contact", contact(facts.organ))
        .text("requester", &facts.requester)
        .text("you", you)
        .text("request_number", &request.number)
        .text("request_summary", request.wanted.title())
        .text("submitted_by", request.channel.word())
        .text("channel_used", request.channel.word())
        .text("requester_kind", request.requester.kind.word())
        .text("handled_by", facts.handled_by)
        .date("issued_on", issued_on(facts, notice));
    let values = set(values, "received_on", request.received_on);
    let due = request.deadline(Calendar::embedded(), facts.today).and_then(|each| each.due);
    let values = set(values, "due_on", due);
    let values = procedure(values, request);
    let values = consultation(values, letter, request.round.consultations.first());
    ending(values, facts)
}

/// The day of the paper: of a reply the day it was approved.
fn issued_on(facts: &Facts<'_>, notice: &str) -> Date {
    let decision = decision(facts.request).filter(|_| notice == REPLY);
    decision.map_or(facts.today, |decision| decision.on)
}

/// The approved reply, where there is one.
pub(super) fn decision(request: &DisclosureRequest) -> Option<&Decision> {
    match &request.state {
        RequestState::Approved(decision) => Some(decision),
        RequestState::Closed | RequestState::Archived { .. } => {
            request.closings.last().and_then(|closing| closing.decision.as_ref())
        }
        _ => None,
    }
}

fn procedure(mut values: Values, request: &DisclosureRequest) -> Values {
    let round = &request.round;
    if let Some(supplement) = &round.supplement {
        let items = supplement.items.iter().chain([&supplement.guidance]);
        let items: Vec<&str> =
            items.map(|item| item.trim()).filter(|item| !item.is_empty()).collect();
        values = values
            .text("unclear", supplement.items.join("；"))
            .text("supplement_items", items.join("\n"))
            .date("supplement_until", supplement.until)
            .date("supplement_asked_on", supplement.asked_on);
        let received = supplement.received.as_ref().map(|received| received.on);
        values = set(values, "supplement_received_on", received);
    }
    if let Some(extension) = &round.extension {
        values = values.text("extension_reason", &extension.reason);
        values = set(values, "extended_until", extension.due);
    }
    if let Some(reasons) = &round.reasons {
        values = values.text("excess", &reasons.found).date("reasons_until", reasons.until);
        values = set(values, "delayed_until", reasons.delayed_until);
    }
    match &round.fee {
        Some(fee) => charged(values, fee),
        None => values,
    }
}

fn charged(values: Values, fee: &Fee) -> Values {
    let unit = match fee.by {
        gongkai_domain::fee::FeeBy::Piece => format!("系本月第{}件申请", fee.count),
        gongkai_domain::fee::FeeBy::Page => format!("共{}页", fee.count),
    };
    let values = values
        .text("fee_standard", format!("{}，{unit}。{}", fee.by.word(), fee.reason))
        .text("fee_amount", format!("{}元", fee.amount));
    match &fee.course {
        FeeCourse::Notified { on, .. } => values.date("fee_notified_on", *on),
        _ => values,
    }
}

fn consultation(
    mut values: Values,
    letter: Option<&Consultation>,
    first: Option<&Consultation>,
) -> Values {
    if let Some(first) = first {
        values = values.date("consulted_from", first.sent_on);
    }
    match letter {
        Some(letter) => values
            .text("third_party", &letter.who)
            .text("co_maker", &letter.who)
            .text("information", &letter.about),
        None => values,
    }
}

fn ending(mut values: Values, facts: &Facts<'_>) -> Values {
    let request = facts.request;
    values = values.text("remedy", facts.remedies.join("\n"));
    if let Some(reply) = request.reply() {
        let names: Vec<&str> = reply.files.iter().map(|file| file.name.as_str()).collect();
        values = values.text("attachments", names.join("\n"));
        if let Some(interest) = &reply.public_interest {
            values = values.text("public_interest", interest);
        }
    }
    if let Some(decision) = decision(request) {
        let title = format!("《政府信息公开告知书》（{}）", decision.document_number);
        values = values.text("paper_title", title).text("served_to", &facts.requester);
    }
    if let Some(closing) = request.closings.last() {
        values = closed(values, closing).text("close_reason", &closing.reason);
    }
    let title = format!("{}申请公开{}", facts.requester, request.wanted.title());
    values.text("case_title", title).rows("documents", documents(facts))
}

fn closed(values: Values, closing: &Closing) -> Values {
    let mut values = values.date("closed_on", closing.on).date("served_on", closing.on);
    if let Some(way) = &closing.service {
        values = values.text("served_way", way.word());
        if let ServiceWay::Post { number } = way {
            values = values.text("mail_number", number);
        }
    }
    match &closing.correction {
        Some(Correction::Corrected { what }) => values.text("rectified", what),
        Some(Correction::Transferred { to }) => values.text("transfer_to", &to.name),
        Some(Correction::Directed { .. } | Correction::Unfounded { .. }) | None => values,
    }
}

/// The papers as the list of the archive names them; of one issued again the last alone.
fn documents(facts: &Facts<'_>) -> Vec<Vec<String>> {
    let arrived = facts.request.arrived_on.to_string();
    let application = ["政府信息公开申请表", "", &arrived, "", ""].map(str::to_owned).to_vec();
    let is_last =
        |paper: &&Paper| !facts.papers.iter().any(|each| each.replaces.as_ref() == Some(&paper.id));
    let line = |paper: &Paper| {
        let day = paper.issued_on.to_string();
        [&paper.name, &paper.number, &day, "", ""].map(str::to_owned).to_vec()
    };
    [application].into_iter().chain(facts.papers.iter().filter(is_last).map(line)).collect()
}
