//! The metadata of an edition, made of what was entered and of what happened to the item; checks nothing itself.

use super::{Edition, EditionState, Item, LapseKind};
use crate::catalogue::{Catalogue, Validity};
use crate::finding::Severity;
use crate::item_kind;
use crate::metadata::{IndexNumber, Metadata, Problem, ValidityChange, ValidityHistory};
use crate::time::china_date;

impl Item {
    /// The metadata of an edition of this item.
    pub fn metadata(&self, edition: &Edition) -> Metadata {
        let content = &edition.content;
        let index_number = self.index_number.as_deref();
        let published = match edition.state {
            EditionState::Published { at, .. } => Some(china_date(at)),
            _ => None,
        };
        Metadata {
            title: content.title.clone(),
            index_number: index_number.and_then(|text| IndexNumber::parse(text).ok()),
            document_number: content.document_number.clone(),
            subjects: content.subject.iter().chain(&content.other_subjects).cloned().collect(),
            genre: content.genre.clone(),
            formation_date: Some(content.formed_on),
            publication_date: published,
            effective_date: content.effective_on,
            repeal_date: None,
            issuing_organs: content.issuing_organs.clone(),
            validity: self.validity_history(),
            disclosure: content.disclosure.clone(),
            legal_item: content.legal_item.clone(),
            field: content.field.clone(),
            keywords: content.keywords.clone(),
            description: content.description.clone(),
            service_object: content.service_object.clone(),
            source: content.source.clone().unwrap_or_default(),
        }
    }

    /// The changes of validity that were written down; one that does not fit the others is left out.
    fn validity_history(&self) -> ValidityHistory {
        self.lapses.iter().fold(ValidityHistory::default(), |history, lapse| {
            let to = match lapse.kind {
                LapseKind::Amended => Validity::Amended,
                LapseKind::Expired => Validity::Expired,
                LapseKind::Repealed => Validity::Repealed,
            };
            let change = ValidityChange { on: lapse.on, to, by: lapse.basis.clone() };
            history.clone().change(change).unwrap_or(history)
        })
    }

    /// What is wrong with the metadata of the edition in work, field by field.
    pub fn problems(&self, catalogue: &Catalogue) -> Vec<Problem> {
        let (Some(working), Some(kind)) = (&self.working, item_kind::kind(&self.kind)) else {
            return Vec::new();
        };
        self.metadata(working).problems(catalogue, kind)
    }

    /// Those of them that keep it from being submitted.
    pub fn faults(&self, catalogue: &Catalogue) -> Vec<Problem> {
        let mut problems = self.problems(catalogue);
        problems.retain(|problem| problem.severity == Severity::Error);
        problems
    }
}
