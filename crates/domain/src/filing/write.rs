//! 撰写: the texts of the six sections, with live fields.

use super::{Filing, FilingAct, FilingStep, SECTIONS, Who};
use crate::refusal::Refusal;

/// A section of 100,000 characters is no section of a report any more.
const LONGEST: usize = 100_000;

impl Filing {
    /// Takes the texts of sections one to six. OGI Regulations art. 50.
    ///
    /// # Errors
    /// When the year is locked, the actor may not write, or a text is too long.
    pub fn write(
        mut self,
        texts: [String; SECTIONS],
        who: &Who<'_>,
    ) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Write;
        self.permits(act, who)?;
        let texts = texts.map(|text| text.replace("\r\n", "\n").trim_end().to_owned());
        if texts.iter().any(|text| LONGEST < text.chars().count()) {
            let reason = format!("一个部分最多 {LONGEST} 个字，请精简");
            return Err(Refusal::new(act.name(), self.state.name(), reason));
        }
        self.texts = texts;
        self.author(&who.actor.person);
        Ok(self.step(act, who, ""))
    }
}
