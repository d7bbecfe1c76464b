//! A paper before it is issued: its blanks with what stands in them, and how it would read.

use super::offer::REPLY;
use super::values::{Facts, decision, values};
use crate::AppError;
use gongkai_domain::id::OrganId;
use gongkai_domain::request::DisclosureRequest;
use gongkai_papers::notice::{self, Kind, NotFilled, Value, Values};
use gongkai_papers::official::OfficialPaper;
use std::collections::BTreeMap;

/// What people wrote into blanks, by their names.
pub type Typed = BTreeMap<String, String>;

/// Which paper is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// The key of the notice.
    pub notice: String,
    /// The number of the consultation that it is about.
    pub concerning: Option<u32>,
    /// What people wrote into its blanks.
    pub typed: Typed,
}

/// A blank that people may fill in or fill otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlankField {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What is to be filled in, where the label does not say it.
    pub hint: String,
    /// Whether it takes a day.
    pub is_day: bool,
    /// Whether it takes several lines.
    pub is_long: bool,
    /// Whether it may stay empty.
    pub optional: bool,
    /// What stands in it.
    pub value: String,
}

/// A paper before it is issued.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Of which organ.
    pub organ: OrganId,
    /// What people call it.
    pub name: String,
    /// Its blanks.
    pub blanks: Vec<BlankField>,
    /// Whether the caller may issue it.
    pub may_issue: bool,
    /// How it reads, a line for each paragraph; or what is missing.
    pub text: Result<Vec<String>, String>,
}

/// Blanks that the case alone fills.
const OF_THE_CASE: [&str; 9] = [
    "organ",
    "number",
    "issued_on",
    "requester",
    "request_number",
    "received_on",
    "served_to",
    "documents",
    "case_title",
];

/// What may be written into a reply beside its parts.
const OF_A_REPLY: [&str; 3] = ["finding", "attachments", "contact"];

/// What people call a paper.
pub(super) fn name(notice: &str) -> String {
    if notice == REPLY {
        return "政府信息公开告知书".to_owned();
    }
    let known = notice::all().iter().find(|each| each.key == notice);
    known.map(|each| each.name.clone()).unwrap_or_default()
}

/// The fillings with what people wrote over what the case knows.
pub(super) fn filled(facts: &Facts<'_>, wanted: &Wanted) -> Result<Values, AppError> {
    let mut all = values(facts, &wanted.notice, wanted.concerning);
    for (name, text) in &wanted.typed {
        let is_remedy = wanted.notice == REPLY && name == "remedy";
        if OF_THE_CASE.contains(&name.as_str()) || is_remedy {
            continue;
        }
        let Some(blank) = notice::blank(name) else { continue };
        let value = match blank.kind {
            Kind::Date if text.trim().is_empty() => continue,
            Kind::Date => {
                let message = format!("“{}”请填写日期，例如 2025-03-04", blank.label);
                let day = text.trim().parse();
                Value::Date(day.map_err(|_| AppError::invalid("blank", message))?)
            }
            Kind::Rows => continue,
            Kind::Line => Value::Text(text.lines().map(str::trim).collect::<Vec<_>>().join(" ")),
            Kind::Text => Value::Text(text.clone()),
        };
        all.set(name.clone(), value);
    }
    Ok(all)
}

/// The paper with these fillings.
pub(super) fn paper(
    request: &DisclosureRequest,
    notice: &str,
    values: &Values,
) -> Result<OfficialPaper, NotFilled> {
    if notice != REPLY {
        return notice::fill(notice, values);
    }
    let parts = request.reply().map(|reply| reply.parts.as_slice()).unwrap_or_default();
    let decisions: Vec<notice::Decision> = parts
        .iter()
        .map(|part| {
            let about = if part.about.is_empty() { "所申请的信息" } else { &part.about };
            let own = Values::new().text("item", about);
            let own =
                part.says.iter().fold(own, |own, (field, text)| own.text(field.as_str(), text));
            let outcome = part.outcome.outcome();
            let key = outcome.notice.clone();
            notice::Decision {
                key: key.unwrap_or_else(|| part.outcome.as_str().to_owned()),
                values: own,
            }
        })
        .collect();
    notice::reply(&decisions, values)
}

/// Whether a paper of this notice bears a number.
pub(super) fn is_numbered(notice: &str) -> bool {
    let known = notice::all().iter().find(|each| each.key == notice);
    let mut blanks = known.into_iter().flat_map(|each| each.blanks());
    notice == REPLY || blanks.any(|(blank, _)| blank.name == "number")
}

/// The draft of a paper.
pub(super) fn draft(facts: &Facts<'_>, wanted: &Wanted) -> Result<Draft, AppError> {
    let all = filled(facts, wanted)?;
    let number = match decision(facts.request).filter(|_| wanted.notice == REPLY) {
        Some(decision) => decision.document_number.clone(),
        None => "（印发时编号）".to_owned(),
    };
    let read = paper(facts.request, &wanted.notice, &all.clone().text("number", number));
    let lines = |paper: OfficialPaper| paper.text().lines().map(str::to_owned).collect();
    Ok(Draft {
        organ: facts.organ.id.clone(),
        name: name(&wanted.notice),
        may_issue: facts.may_issue,
        blanks: blanks(&wanted.notice, &all, &wanted.typed),
        text: read.map(lines).map_err(|problem| problem.to_string()),
    })
}

fn blanks(notice: &str, all: &Values, typed: &Typed) -> Vec<BlankField> {
    let of_reply = OF_A_REPLY.into_iter().filter_map(|name| Some((notice::blank(name)?, true)));
    let known = notice::all().iter().find(|each| each.key == notice);
    let asked: Vec<_> = match known {
        Some(template) => template.blanks(),
        None => of_reply.collect(),
    };
    let field = |(blank, optional): (&'static notice::Blank, bool)| {
        let value = match all.get(&blank.name) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Date(day)) => day.to_string(),
            Some(Value::Rows(_)) | None => blank.default.clone().unwrap_or_default(),
        };
        BlankField {
            name: blank.name.clone(),
            label: blank.label.clone(),
            hint: blank.hint.clone().unwrap_or_default(),
            is_day: blank.kind == Kind::Date,
            is_long: blank.kind == Kind::Text,
            optional,
            value: typed.get(&blank.name).cloned().unwrap_or(value),
        }
    };
    let shown = |(blank, _): &(&'static notice::Blank, bool)| {
        !OF_THE_CASE.contains(&blank.name.as_str()) && blank.kind != Kind::Rows
    };
    asked.into_iter().filter(shown).map(field).collect()
}
