//! Finds the numbers of the prose and says which figures, if any, they state.

mod links;
mod narrow;
mod noun;
mod number;
mod rules;
mod scope;
mod subject;
#[cfg(test)]
mod tests;
mod zero;

use gongkai_domain::claim::{Claim, Exactness, Link, Scope};
use gongkai_domain::figure::{CellKey, Figures};
use gongkai_domain::report::{AnnualReport, Paragraph};
use narrow::Narrowing;
use number::Amount;
use rules::{Context, Hits, Tie, rules};
use rust_decimal::Decimal;
use scope::Reporter;
use std::ops::Range;
use zero::Absence;

/// The claims of a report whose sections, figures and year are already there.
pub fn extract(report: &AnnualReport) -> Vec<Claim> {
    let reporter = Reporter { year: report.year, agency: report.agency.as_deref() };
    let mut claims = Vec::new();
    for (section, paragraph) in report.prose() {
        Prose::read(&reporter, &report.figures, section, paragraph).add_to(&mut claims);
    }
    claims
}

/// Where a claim stands in its paragraph, in bytes.
#[derive(Clone, Debug)]
struct Mention {
    /// Beginning of its sentence.
    sentence: usize,
    /// Words before the number that belong to it.
    clause: usize,
    /// The number, or the word that says there was none.
    start: usize,
    /// End of the unit, or of the statement.
    end: usize,
}

/// A paragraph with what is known of its numbers.
struct Prose<'a> {
    text: &'a str,
    paragraph: &'a Paragraph,
    section: Option<u8>,
    mentions: Vec<Mention>,
    claims: Vec<Claim>,
}

impl<'a> Prose<'a> {
    fn read(
        reporter: &Reporter,
        figures: &Figures,
        section: Option<u8>,
        paragraph: &'a Paragraph,
    ) -> Self {
        let text = paragraph.text.as_str();
        let mut prose = Self { text, paragraph, section, mentions: Vec::new(), claims: Vec::new() };
        let (amounts, absences) = (number::amounts(text), zero::absences(text));
        if amounts.is_empty() && absences.is_empty() {
            return prose;
        }
        let hits = rules().hits(text);
        let mut amounts = amounts.into_iter().peekable();
        let mut absences = absences.into_iter().peekable();
        loop {
            let amount_first = match (amounts.peek(), absences.peek()) {
                (Some(amount), Some(absence)) => amount.start < absence.span.start,
                (amount, _) => amount.is_some(),
            };
            if amount_first && let Some(amount) = amounts.next() {
                let next = amounts.peek().map(|next| next.start);
                prose.count(reporter, figures, &hits, &amount, next);
            } else if let Some(absence) = absences.next() {
                prose.absence(reporter, figures, &hits, &absence);
            } else {
                return prose;
            }
        }
    }

    fn count(
        &mut self,
        reporter: &Reporter,
        figures: &Figures,
        hits: &Hits,
        amount: &Amount,
        next: Option<usize>,
    ) {
        let text = self.text;
        let mention = self.mention(amount.start, amount.end);
        let behind = noun::behind(text, amount.end, next);
        let scope = scope::scope(
            reporter,
            &text[mention.sentence..amount.start],
            &text[amount.end..],
            false,
        );
        let ties = |clause: Range<usize>| {
            let context = self.context(hits, &mention, clause, amount.unit, false);
            rules().tie(&context, figures)
        };
        let mut tie = match noun::is_result(&text[behind.clone()]) {
            true => Tie::default(),
            false => ties(mention.clause..amount.start),
        };
        if tie == Tie::default() {
            tie = ties(mention.clause..behind.end);
        }
        let before = &text[mention.clause..amount.start];
        let words = format!("{before} {} {}", &text[behind.clone()], bracket(text, amount.end));
        let likely = self.narrowed(reporter, &mention, before, &words, &mut tie)
            || is_running_total(reporter, text, &mention);
        let noun = noun::of_count(&text[mention.clause..amount.start], &text[behind.clone()]);
        self.claims.push(Claim {
            text: noun::words(text, mention.clause..behind.end.max(amount.end), amount.end),
            noun,
            value: amount.value,
            unit: amount.unit.to_owned(),
            qualifier: amount.qualifier,
            scope,
            means: meant(tie.means, scope, figures),
            beside: meant(tie.beside, scope, figures),
            likely,
            link: Link::None,
            section: self.section,
            place: self.paragraph.place_at(amount.start),
        });
        self.mentions.push(mention);
    }

    fn absence(&mut self, reporter: &Reporter, figures: &Figures, hits: &Hits, absence: &Absence) {
        let text = self.text;
        let mention = self.mention(absence.span.start, absence.span.end);
        let scope = scope::scope(reporter, &text[mention.sentence..absence.span.start], "", true);
        let context = self.context(hits, &mention, absence.span.clone(), "", true);
        let mut tie = rules().tie(&context, figures);
        let whole = absence.whole.clone();
        let clause = noun::clause_start(text, mention.clause.min(whole.start), whole.start);
        let before = &text[clause..whole.start];
        let words = format!("{before} {} {}", &text[whole.clone()], bracket(text, whole.end));
        let likely = self.narrowed(reporter, &mention, before, &words, &mut tie);
        self.claims.push(Claim {
            text: text[absence.span.clone()].trim().to_owned(),
            noun: noun::of_absence(&text[absence.noun.clone()]),
            value: Decimal::ZERO,
            unit: String::new(),
            qualifier: Exactness::Exact,
            scope,
            means: meant(tie.means, scope, figures),
            beside: Vec::new(),
            likely,
            link: Link::None,
            section: self.section,
            place: self.paragraph.place_at(absence.span.start),
        });
        self.mentions.push(mention);
    }

    /// Unties a number of another organ or of a part, and says whether the tie is only likely.
    fn narrowed(
        &self,
        reporter: &Reporter,
        mention: &Mention,
        before: &str,
        words: &str,
        tie: &mut Tie,
    ) -> bool {
        if subject::is_foreign(reporter.agency, before) {
            *tie = Tie::default();
        }
        if tie.means.is_empty() {
            return false;
        }
        let narrowing = narrow::judge(words, &tie.means);
        if narrowing == Narrowing::Part {
            *tie = Tie::default();
        }
        let floor = self.mentions.last().map_or(0, |last| last.end).max(mention.sentence);
        let lead = self.text.get(floor..mention.clause).unwrap_or_default();
        let by_channel = tie.means.iter().all(|cell| cell.as_str().starts_with("requests."))
            && rules().channels.is_match(lead);
        narrowing == Narrowing::Likely || by_channel
    }

    fn mention(&self, start: usize, end: usize) -> Mention {
        let previous = self.mentions.last().map_or(0, |mention| mention.end).min(start);
        let sentence = noun::sentence_start(self.text, start);
        let clause = noun::clause_start(self.text, sentence.max(previous), start);
        Mention { sentence, clause, start, end }
    }

    fn context<'u>(
        &self,
        hits: &Hits,
        mention: &Mention,
        clause: Range<usize>,
        unit: &'u str,
        zero: bool,
    ) -> Context<'u> {
        Context {
            sentence: hits.within(&(mention.sentence..clause.end)),
            topic: hits.within(&(0..clause.end)),
            clause: hits.within(&clause),
            section: self.section,
            unit,
            zero,
        }
    }

    fn add_to(mut self, claims: &mut Vec<Claim>) {
        links::link(self.text, &self.mentions, &mut self.claims, claims);
        claims.append(&mut self.claims);
    }
}

/// The words of a bracket that opens right at `at`, unless it holds numbers of its own.
fn bracket(text: &str, at: usize) -> &str {
    let inside = text[at..].strip_prefix(['（', '(']).unwrap_or_default();
    let inside = &inside[..inside.find(['）', ')']).unwrap_or_default()];
    if inside.contains(|c: char| c.is_ascii_digit()) { "" } else { inside }
}

/// 累计 of no year that is named before it: perhaps since ever.
fn is_running_total(reporter: &Reporter, text: &str, mention: &Mention) -> bool {
    let (before, clause) = (&text[..mention.start], &text[mention.clause..mention.start]);
    let own = reporter.year.map(|year| format!("{year}年"));
    let dated = own.is_some_and(|own| before.contains(&own))
        || ["全年", "今年", "本年", "年内", "一年来", "当年"].iter().any(|w| before.contains(w));
    clause.contains("累计") && !dated
}

/// What a tie means under a scope: a wider circle or another period means no figure; 含上年结转
/// means what was brought forward as well.
fn meant(cells: Vec<CellKey>, scope: Scope, figures: &Figures) -> Vec<CellKey> {
    match scope {
        Scope::Own | Scope::OwnLevel => cells,
        Scope::Wider | Scope::OtherPeriod => Vec::new(),
        Scope::WithBroughtForward => {
            let twin = |cell: &CellKey| {
                let key = cell.as_str().strip_prefix("requests.received.")?;
                let wanted = format!("requests.brought_forward.{key}");
                figures.iter().map(|(cell, _)| cell).find(|cell| cell.as_str() == wanted)
            };
            let twins: Vec<CellKey> = cells.iter().filter_map(twin).collect();
            if twins.len() == cells.len() { [cells, twins].concat() } else { Vec::new() }
        }
    }
}
