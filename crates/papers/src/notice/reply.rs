//! An answer: one decision, or several decisions on the parts of one request, in one paper.

use super::fill::{self, Missing, NotFilled, body};
use super::template::{Template, frame};
use super::text::{self, Context};
use super::values::Values;
use crate::official::{OfficialPaper, Part};

/// A decision on a request or on a part of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Key of its notice, which is the key of its row in the annual report.
    pub key: String,
    /// Fillings of its own; what is not among them is taken from those of the answer. With several
    /// decisions each needs `item`, what the part is called.
    pub values: Values,
}

/// Fills an answer with its decisions in this order.
///
/// # Errors
/// [`NotFilled`] names every empty blank, or says what cannot stand in an answer.
pub fn reply(decisions: &[Decision], values: &Values) -> Result<OfficialPaper, NotFilled> {
    let mut all = Vec::new();
    for decision in decisions {
        let own = decision.values.over(values);
        let template = fill::template(&decision.key, &own)?;
        if !template.is_reply() {
            return Err(NotFilled::NotAReply(template.name.clone()));
        }
        fill::check_kinds(template, &own)?;
        all.push((template, own));
    }
    let Some((first, _)) = all.first() else { return Err(NotFilled::NoDecision) };
    let context = fill::context(first, values);
    let mut missing = Missing::default();
    let frame = frame();
    let mut paper = fill::start(first, frame, &context, &mut missing);
    paper.body = body(&frame.opening, first, &context, &mut missing);
    let lead = if all.len() == 1 { &frame.single } else { &frame.several };
    paper.body.extend(body(lead, first, &context, &mut missing));
    for (at, (template, own)) in all.iter().enumerate() {
        let context = fill::context(template, own);
        fill::check_one_of(template, own, &mut missing);
        if 1 < all.len() {
            paper.body.push(item(at, &context, &mut missing));
        }
        let decision = template.decision.as_deref().unwrap_or_default();
        paper.body.extend(body(decision, template, &context, &mut missing));
    }
    paper.body.extend(ending(&all, first, &context, &mut missing));
    paper.attachments = fill::attachments(first, &context, &mut missing);
    fill::finish(first, paper, missing)
}

fn item(at: usize, context: &Context<'_>, missing: &mut Missing) -> Part {
    let numbered = frame().item.replace("{ordinal}", &ordinal(at + 1));
    Part::Heading(1, text::write(&numbered, context, missing))
}

/// The remedy is left out only where none of the decisions can be attacked.
fn ending(
    all: &[(&Template, Values)],
    first: &Template,
    context: &Context<'_>,
    missing: &mut Missing,
) -> Vec<Part> {
    let without_remedy = all.iter().all(|(template, _)| template.without_remedy);
    let kept = |line: &&str| !(without_remedy && line.contains("{remedy}"));
    let lines: Vec<_> = frame().ending.lines().filter(kept).collect();
    body(&lines.join("\n"), first, context, missing)
}

/// 一 to 九十九, as headings count.
fn ordinal(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10, number % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        tens => format!("{}十{}", DIGITS[tens % 10], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ordinals_are_written_as_headings_count() {
        assert_eq!(
            ["一", "十", "十一", "二十", "二十一"],
            [1, 10, 11, 20, 21].map(ordinal).each_ref().map(String::as_str)
        );
    }
}
