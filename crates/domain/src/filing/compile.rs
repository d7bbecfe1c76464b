//! 汇总: takes the figures that were compiled from the registers, and added up with those below.

use super::{Filing, FilingAct, FilingStep, Who};
use crate::figure::Figures;
use crate::refusal::Refusal;

/// What was compiled.
#[derive(Clone, Debug, Default)]
pub struct Compilation {
    /// The organ's own figures.
    pub own: Figures,
    /// The figures of the report.
    pub figures: Figures,
    /// What a sum rests on; empty where nothing is added up.
    pub basis: Vec<(String, String)>,
}

impl Filing {
    /// Takes compiled figures into the report. OGI Regulations art. 50.
    ///
    /// # Errors
    /// When the year is locked, or the actor may not write.
    pub fn compile(
        mut self,
        compilation: Compilation,
        who: &Who<'_>,
    ) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Compile;
        self.permits(act, who)?;
        self.own = compilation.own;
        self.figures = compilation.figures;
        self.basis = compilation.basis;
        self.author(&who.actor.person);
        Ok(self.step(act, who, ""))
    }
}
