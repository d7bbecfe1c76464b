//! 公布: the accepted report becomes an item, and the item public. OGI Regulations art. 49.

use super::{Filing, FilingAct, FilingState, FilingStep, Who};
use crate::id::ItemId;
use crate::refusal::Refusal;

impl Filing {
    /// Notes the item that will publish the report; it goes the way of every item, secrecy review
    /// (第十七条) included.
    ///
    /// # Errors
    /// When the report is not accepted, or the actor may not write.
    pub fn prepare(mut self, item: ItemId, who: &Who<'_>) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Prepare;
        self.permits(act, who)?;
        self.item = Some(item);
        Ok(self.step(act, who, ""))
    }

    /// Notes that the item is public.
    ///
    /// # Errors
    /// When there is no item, the report is not accepted, or the actor may not publish.
    pub fn publish(mut self, who: &Who<'_>) -> Result<FilingStep, Refusal> {
        let act = FilingAct::Publish;
        self.permits(act, who)?;
        if self.item.is_none() {
            let reason = "还没有公开稿，请先生成公开稿并完成审核";
            return Err(Refusal::new(act.name(), self.state.name(), reason).by(act.article()));
        }
        self.state = FilingState::Published { at: who.now };
        Ok(self.step(act, who, ""))
    }
}
