//! 记明负责公开的机关: who is responsible, where this organ is not (条例 36(5)).

use crate::refusal::Refusal;
use crate::request::{DisclosureRequest, Occasion, RequestAct, RightOrgan, StateKey, Step};

const ACT: RequestAct = RequestAct::NameOrgan;

impl DisclosureRequest {
    pub(in crate::request) fn may_name_organ(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        self.ask_state(ACT, &[StateKey::Handling, StateKey::Consulting])
    }

    /// Writes down which organ is responsible and how to reach it, for the answer to say so. Naming
    /// another replaces it.
    ///
    /// # Errors
    /// When name or contact are missing.
    pub fn name_organ(
        mut self,
        organ: RightOrgan,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_name_organ(occasion)?;
        let name = self.ask_text(ACT, "负责公开的机关名称", &organ.name)?;
        let contact = self.ask_text(ACT, "该机关的联系方式", &organ.contact)?;
        self.note(ACT, occasion.today(), format!("{name}（{contact}）"), None, occasion);
        self.right_organ = Some(RightOrgan { name, contact });
        Ok(self.step(ACT, None))
    }
}
