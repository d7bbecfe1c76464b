//! Gathers what the cells of a year count: requests, documents, register rows, remedies.

use crate::AppError;
use gongkai_domain::id::OrganId;
use gongkai_domain::item::LapseKind;
use gongkai_domain::item_kind::kinds;
use gongkai_domain::register::RecordKind;
use gongkai_domain::report::cell::{
    Applicant, DocumentFact, FactError, Facts, Outcome, RequestFact,
};
use gongkai_domain::time::china_date;
use gongkai_store::reports::facts::{CountedRequest, published, requests};
use gongkai_store::reports::{registers, remedies};
use gongkai_store::{Db, items};
use jiff::civil::Date;

/// The outcome of what was closed without a row of its own: withdrawn.
const OTHERWISE: &str = "otherwise_closed.other";

/// The facts of an organ, and what could not become one.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// What is counted.
    pub facts: Facts,
    /// What is not, a sentence each.
    pub problems: Vec<String>,
}

impl Gathered {
    fn keep<T>(&mut self, fact: Result<T, FactError>, into: impl FnOnce(&mut Facts, T)) {
        match fact {
            Ok(fact) => into(&mut self.facts, fact),
            Err(error) => self.problems.push(format!("没有计入：{error}")),
        }
    }
}

/// Everything of an organ that a report on the year may count.
pub(super) async fn gather(db: &mut Db, organ: &OrganId, year: i16) -> Result<Gathered, AppError> {
    let mut gathered = Gathered::default();
    for request in requests(db, organ, year).await? {
        gathered.keep(request_fact(&request), |facts, fact| facts.requests.push(fact));
    }
    for kept in registers::of_year(db, organ, year).await? {
        match kept.record.kind {
            RecordKind::Act => {
                gathered.keep(kept.record.act(&kept.id), |facts, fact| facts.acts.push(fact));
            }
            RecordKind::Matter => {
                gathered.keep(kept.record.matter(&kept.id), |facts, fact| facts.items.push(fact));
            }
        }
    }
    for loaded in remedies::of_organ(db, organ).await? {
        gathered.keep(loaded.remedy.fact(), |facts, fact| facts.remedies.extend(fact));
    }
    let kinds: Vec<(&str, &str)> = document_kinds().collect();
    let keys: Vec<&str> = kinds.iter().map(|(key, _)| *key).collect();
    for loaded in published(db, organ, &keys).await? {
        let row = kinds.iter().find(|(key, _)| *key == loaded.item.kind).map(|(_, row)| *row);
        if let Some(fact) = row.and_then(|row| document_fact(&loaded, row)) {
            gathered.keep(fact, |facts, fact| facts.documents.push(fact));
        }
    }
    Ok(gathered)
}

/// The kinds of items that are documents of table two, with its row.
fn document_kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_row = kinds().iter().filter_map(|kind| Some((&*kind.key, kind.table_two.as_deref()?)));
    of_row.filter(|(_, row)| ["rule", "normative_document"].contains(row))
}

fn request_fact(request: &CountedRequest) -> Result<RequestFact, FactError> {
    let applicant = Applicant::by_key(&request.kind).or_else(|| Applicant::all().last());
    let applicant = applicant.expect("the forms have columns of applicants; kept by a test");
    let outcome = request.outcome.as_deref().and_then(Outcome::by_key);
    let outcome = outcome.or_else(|| Outcome::by_key(OTHERWISE));
    RequestFact::new(
        request.id.clone(),
        applicant,
        request.received_on,
        outcome.zip(request.closed_on),
    )
}

/// A document counts by its public edition: made, published, repealed on these days.
fn document_fact(loaded: &items::Loaded, row: &str) -> Option<Result<DocumentFact, FactError>> {
    let item = &loaded.item;
    let issued_on = item.public.as_ref()?.content.formed_on;
    let published_on = item.standing.since().map(china_date);
    let ended = item.lapses.iter().find(|lapse| lapse.kind != LapseKind::Amended);
    let valid_until = item.public.as_ref().and_then(|public| public.content.valid_until);
    let expired: Option<Date> = valid_until.and_then(|day| day.tomorrow().ok());
    let ended_on = ended.map(|lapse| lapse.on).into_iter().chain(expired).min();
    Some(DocumentFact::new(item.id.as_str(), row, issued_on, published_on, ended_on))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_and_normative_documents_are_the_documents_of_table_two() {
        let mut rows: Vec<&str> = document_kinds().map(|(_, row)| row).collect();
        rows.sort_unstable();
        assert_eq!(rows, ["normative_document", "rule"]);
        assert!(Outcome::by_key(OTHERWISE).is_some());
    }
}
