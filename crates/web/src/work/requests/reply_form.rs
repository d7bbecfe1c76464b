//! The form of a reply: its parts as they were typed, the grounds to choose from, what each asks for.

use super::typed::Typed;
use crate::choice::Choice;
use gongkai_app::AppError;
use gongkai_app::requests::Release;
use gongkai_domain::outcome::{BasisKey, FieldKey, OutcomeKey, outcomes};
use gongkai_domain::request::{DisclosureRequest, Part, Reply, RequestFile};
use jiff::civil::Date;

/// Most parts that a form shows.
const MOST: usize = 20;

/// A field that a part asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Asks {
    /// What the form sends.
    pub name: String,
    /// What people read.
    pub label: &'static str,
    /// What stands in it.
    pub value: String,
    /// Whether it must be filled in.
    pub must: bool,
}

/// A part of the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PartForm {
    /// Its number in the form, from 0.
    pub n: usize,
    /// Which information.
    pub about: String,
    /// The outcome and the ground, as the form sends them.
    pub ground: String,
    /// Groups of grounds to choose from.
    pub grounds: Vec<(String, Vec<Choice>)>,
    /// What it asks for.
    pub asks: Vec<Asks>,
}

/// `withheld.third_party|ogi-15`, as the form sends a ground.
fn ground_key(outcome: OutcomeKey, basis: Option<BasisKey>) -> String {
    format!("{}|{}", outcome.as_str(), basis.map(BasisKey::as_str).unwrap_or_default())
}

fn ground_of(text: &str) -> Option<(OutcomeKey, Option<BasisKey>)> {
    let (outcome, basis) = text.split_once('|')?;
    Some((OutcomeKey::of(outcome)?, BasisKey::of(basis)))
}

/// The grounds in force on a day, by their outcomes.
fn grounds(on: Date, chosen: &str) -> Vec<(String, Vec<Choice>)> {
    let shown = outcomes().iter().filter(|each| !each.by_act && !each.parts_only);
    let choice = |outcome: OutcomeKey, basis: Option<BasisKey>| {
        let value = ground_key(outcome, basis);
        let label = match basis {
            Some(basis) => format!("{}：{}", basis.basis().article, basis.basis().gist),
            None => outcome.label(),
        };
        Choice { chosen: value == chosen, value, label }
    };
    let group = |outcome: &'static gongkai_domain::outcome::Outcome| {
        let key = outcome.key();
        let mut list: Vec<Choice> =
            outcome.grounds(on).map(|ground| choice(key, Some(ground.basis().key()))).collect();
        if !outcome.has_grounds() {
            list.push(choice(key, None));
        }
        (key.label(), list)
    };
    shown.map(group).collect()
}

/// What the case already knows of a field.
fn known(request: &DisclosureRequest, field: FieldKey) -> String {
    match field.as_str() {
        "search" => {
            let line = |each: &gongkai_domain::request::Search| {
                format!(
                    "本机关于{}检索了{}（{}），{}",
                    each.on, each.place, each.terms, each.result
                )
            };
            request.searches.iter().map(line).collect::<Vec<_>>().join("；")
        }
        "consultation" => {
            let line = |each: &gongkai_domain::request::Consultation| match &each.opinion {
                Some(opinion) if opinion.agrees => {
                    format!("经书面征求意见，{}同意公开", each.of.word())
                }
                Some(_) => format!("经书面征求意见，{}不同意公开", each.of.word()),
                None => format!("经书面征求意见，{}逾期未提出意见", each.of.word()),
            };
            request.round.consultations.iter().map(line).collect::<Vec<_>>().join("；")
        }
        "right_organ" => {
            let organ = request.right_organ.as_ref();
            organ.map(|organ| format!("{}（{}）", organ.name, organ.contact)).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn part_form(request: &DisclosureRequest, typed: &Typed, n: usize, on: Date) -> PartForm {
    let ground = typed.text(&format!("ground-{n}"));
    let mut asks = Vec::new();
    if let Some((outcome, basis)) = ground_of(&ground) {
        let needs = outcome.needs(basis).into_iter().map(|field| (field, true));
        let may = outcome.may_say(basis).into_iter().map(|field| (field, false));
        for (field, must) in needs.chain(may) {
            let name = format!("says-{n}-{}", field.as_str());
            let is_typed = typed.0.iter().any(|(known, _)| *known == name);
            let value = if is_typed { typed.text(&name) } else { known(request, field) };
            asks.push(Asks { name, label: field.label(), value, must });
        }
    }
    let about = typed.text(&format!("about-{n}"));
    PartForm { n, about, grounds: grounds(on, &ground), ground, asks }
}

/// How many parts the form has; one at first.
pub(super) fn n_parts(typed: &Typed) -> usize {
    typed.get("parts").parse().unwrap_or(1).clamp(1, MOST)
}

/// The parts of the form, with what was typed.
pub(super) fn part_forms(request: &DisclosureRequest, typed: &Typed) -> Vec<PartForm> {
    let on = request.round.began_on.unwrap_or(request.arrived_on);
    (0..n_parts(typed)).map(|n| part_form(request, typed, n, on)).collect()
}

/// The form with one part more.
pub(super) fn with_one_more(typed: &Typed) -> Typed {
    resized(typed, (n_parts(typed) + 1).min(MOST))
}

/// The form without its last part.
pub(super) fn with_one_less(typed: &Typed) -> Typed {
    resized(typed, n_parts(typed).saturating_sub(1).max(1))
}

fn resized(typed: &Typed, n: usize) -> Typed {
    let mut fields: Vec<_> = typed.0.iter().filter(|(name, _)| name != "parts").cloned().collect();
    fields.push(("parts".to_owned(), n.to_string()));
    Typed(fields)
}

/// A reply that was proposed before, as it would have been typed.
pub(super) fn typed_of(reply: &Reply) -> Typed {
    let mut fields = vec![("parts".to_owned(), reply.parts.len().to_string())];
    for (n, part) in reply.parts.iter().enumerate() {
        fields.push((format!("about-{n}"), part.about.clone()));
        fields.push((format!("ground-{n}"), ground_key(part.outcome, part.basis)));
        let says = part.says.iter();
        fields.extend(
            says.map(|(field, text)| (format!("says-{n}-{}", field.as_str()), text.clone())),
        );
    }
    fields.push(("separation".to_owned(), reply.separation.clone().unwrap_or_default()));
    Typed(fields)
}

fn part(form: &PartForm) -> Result<Part, AppError> {
    let problem = || {
        let message = format!("请为第 {} 部分选择答复的情形和依据", form.n + 1);
        AppError::invalid("ground", message)
    };
    let (outcome, basis) = ground_of(&form.ground).ok_or_else(problem)?;
    let field = |asks: &Asks| {
        let key = asks.name.splitn(3, '-').nth(2)?;
        Some((FieldKey::of(key)?, asks.value.clone()))
    };
    let says = form.asks.iter().filter(|asks| !asks.value.is_empty()).filter_map(field).collect();
    Ok(Part { about: form.about.clone(), outcome, basis, says })
}

/// The row that fits the parts: what is given and withheld at once counts as given in part.
fn row(parts: &[Part], typed: &Typed) -> OutcomeKey {
    if let Some(chosen) = OutcomeKey::of(typed.get("row")) {
        return chosen;
    }
    let gives = |part: &&Part| part.outcome.outcome().gives;
    let withholds = |part: &Part| part.basis.is_some_and(|basis| basis.basis().withholds);
    let n_given = parts.iter().filter(gives).count();
    if 0 < n_given && n_given < parts.len() && parts.iter().any(withholds) {
        return OutcomeKey::PARTLY_DISCLOSED;
    }
    parts.first().map_or(OutcomeKey::DISCLOSED, |part| part.outcome)
}

/// The reply as it was typed; files only out of those that are ready.
///
/// # Errors
/// When a part lacks its ground.
pub(super) fn reply(
    request: &DisclosureRequest,
    typed: &Typed,
    ready: &[Release],
) -> Result<Reply, AppError> {
    let forms = part_forms(request, typed);
    let parts: Vec<Part> = forms.iter().map(part).collect::<Result<_, _>>()?;
    let text = |name: &str| Some(typed.text(name)).filter(|text| !text.is_empty());
    let chosen = |release: &&Release| typed.all("file").any(|id| id == release.id);
    let files: Vec<RequestFile> =
        ready.iter().filter(chosen).filter_map(|release| release.product.clone()).collect();
    let row = row(&parts, typed);
    let (separation, public_interest) = (text("separation"), text("public_interest"));
    Ok(Reply { row, parts, separation, public_interest, files })
}
