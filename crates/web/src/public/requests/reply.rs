//! What is told of a reply once it is served: outcome, articles, what it says of each part.

use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::request::{Closing, DisclosureRequest, Part, ServiceWay};

/// A reply as the requester reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// How it ended.
    pub outcome: String,
    /// Number, date, how it was served.
    pub rows: Vec<(&'static str, String)>,
    /// Its parts.
    pub parts: Vec<ToldPart>,
}

/// A part of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldPart {
    /// Which of the information.
    pub about: String,
    /// How it ended.
    pub outcome: String,
    /// The article.
    pub basis: Option<&'static str>,
    /// What is said, with what it is.
    pub says: Vec<(&'static str, String)>,
}

/// How a request ended; none while it is open, whatever is proposed meanwhile.
pub fn told(request: &DisclosureRequest) -> Option<Told> {
    if request.is_open() {
        return None;
    }
    let closing = request.closings.last()?;
    let reply = closing.decision.as_ref().map(|decision| &decision.proposal.reply);
    let outcome = reply.map(|reply| reply.row).or(closing.outcome);
    Some(Told {
        outcome: outcome.map_or("已办结".to_owned(), OutcomeKey::label),
        rows: rows(closing),
        parts: reply.map(|reply| reply.parts.iter().map(part).collect()).unwrap_or_default(),
    })
}

fn rows(closing: &Closing) -> Vec<(&'static str, String)> {
    let decision = closing.decision.as_ref();
    let reply = decision.map(|decision| &decision.proposal.reply);
    let separation = reply.and_then(|reply| reply.separation.clone());
    let public_interest = reply.and_then(|reply| reply.public_interest.clone());
    let rows = vec![
        ("答复文号", decision.map(|each| each.document_number.clone()).unwrap_or_default()),
        ("成文日期", decision.map(|each| each.on.to_string()).unwrap_or_default()),
        ("送达方式", closing.service.as_ref().map(ServiceWay::word).unwrap_or_default().to_owned()),
        ("办结日期", closing.on.to_string()),
        ("区分处理", separation.unwrap_or_default()),
        ("因公共利益公开的理由", public_interest.unwrap_or_default()),
        ("说明", closing.reason.clone()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn part(part: &Part) -> ToldPart {
    ToldPart {
        about: part.about.clone(),
        outcome: part.outcome.label(),
        basis: part.basis.map(|basis| basis.basis().citation()),
        says: part.says.iter().map(|(field, text)| (field.label(), text.clone())).collect(),
    }
}
