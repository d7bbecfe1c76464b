//! 归档: the papers of a closed request go to the archive (条例 45).

use crate::refusal::Refusal;
use crate::request::{DisclosureRequest, Occasion, RequestAct, RequestState, StateKey, Step};

const ACT: RequestAct = RequestAct::Archive;

/// An archiving.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Archiving {
    /// The number of the file in the archive; empty where it has none yet.
    pub file_number: String,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_archive(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Closed])
    }

    /// Archives a closed request.
    ///
    /// # Errors
    /// When it is not closed.
    pub fn archive(
        mut self,
        archiving: Archiving,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_archive(occasion)?;
        let on = occasion.today();
        self.note(ACT, on, archiving.file_number.trim(), None, occasion);
        self.state = RequestState::Archived { on };
        Ok(self.step(ACT, None))
    }
}
