//! 到期删除: what is left of who asks when the time of personal data is over. The case itself stays: what
//! was asked, what was decided, and as what somebody asked, so that every figure stays as it was.

use super::{DisclosureRequest, Personal, RequestAct, RequestState, RequesterKind};
use jiff::civil::Date;

/// What stands in the place of what was erased.
pub const ERASED: &str = "已按规定删除";

impl Personal {
    /// Who asked, without personal data: of a natural person nothing, of an organisation its name and
    /// the number of its paper, which are public.
    pub fn erased(&self, kind: RequesterKind) -> Self {
        let gone = || ERASED.to_owned();
        let (name, document, document_number) = match kind {
            RequesterKind::Natural => (gone(), "证件号码".to_owned(), gone()),
            _ => (self.name.clone(), self.document.clone(), self.document_number.clone()),
        };
        Self {
            name,
            document,
            document_number,
            representative: gone(),
            contact_person: gone(),
            telephone: gone(),
            address: gone(),
            postcode: gone(),
            email: gone(),
            agent: None,
        }
    }
}

impl DisclosureRequest {
    /// The day from which the time of its personal data runs: the last day on which it ended. None
    /// while it is open.
    pub fn ended_on(&self) -> Option<Date> {
        self.closings.last().map(|closing| closing.on).filter(|_| !self.is_open())
    }

    /// Whether nobody had to decide on it: it was withdrawn, or its requester is no more. There is
    /// nothing to be reviewed, so its time is shorter.
    pub fn ended_by_itself(&self) -> bool {
        let last = self.events.iter().rfind(|event| event.act != RequestAct::Archive);
        last.is_some_and(|event| event.act == RequestAct::Withdraw)
    }

    /// Whether its file is in the archive.
    pub fn is_archived(&self) -> bool {
        matches!(self.state, RequestState::Archived { .. })
    }

    /// The request without the name of a natural person, and without the names of the files that came
    /// from the requester.
    pub fn without_names(mut self) -> Self {
        if self.requester.kind == RequesterKind::Natural {
            self.requester.shown = ERASED.to_owned();
        }
        let rounds = self.past.iter_mut().chain([&mut self.round]);
        let supplements = rounds.filter_map(|round| round.supplement.as_mut()?.received.as_mut());
        let files = self.files.iter_mut().chain(supplements.flat_map(|each| &mut each.files));
        files.for_each(|file| file.name = ERASED.to_owned());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody() -> Personal {
        Personal {
            name: "某某".to_owned(),
            document: "其他证件".to_owned(),
            document_number: "N1".to_owned(),
            contact_person: "王某某".to_owned(),
            telephone: "139".to_owned(),
            address: "某路".to_owned(),
            email: "a@b".to_owned(),
            agent: Some(super::super::Agent { name: "李某某".to_owned(), ..Default::default() }),
            ..Personal::default()
        }
    }

    #[test]
    fn nothing_of_a_person_is_left_and_of_an_organisation_its_name_and_number() {
        let person = somebody().erased(RequesterKind::Natural);
        assert!(person.texts().iter().all(|text| *text == ERASED), "{person:?}");
        let organisation = somebody().erased(RequesterKind::Business);
        let kept: Vec<_> =
            organisation.texts().into_iter().filter(|text| *text != ERASED).collect();
        assert_eq!(kept, ["某某", "N1"]);
    }
}
