//! What becomes of something sent when the item changes: it is asked for, and written down.

use super::{ChannelRelease, FollowUp, ReleaseState, Verb};
use crate::refusal::Refusal;
use jiff::Timestamp;

impl ChannelRelease {
    /// A new edition or a withdrawal asks for something where an edition is out.
    ///
    /// # Errors
    /// When nothing is out.
    pub fn ask_follow_up(self, cause: FollowUp) -> Result<Self, Refusal> {
        match &self.state {
            ReleaseState::Sent(out)
            | ReleaseState::DoneByHand(out)
            | ReleaseState::FollowUpDue { out, .. } => {
                let out = out.clone();
                Ok(self.to(ReleaseState::FollowUpDue { cause, out }))
            }
            _ => Err(self.refuse(Verb::AskFollowUp, "这个渠道上没有发出的内容")),
        }
    }

    /// What was done about it: replaced, taken down, corrected.
    ///
    /// # Errors
    /// When nothing asks for it, or nothing is said.
    pub fn follow_up(self, note: &str, by: &str, now: Timestamp) -> Result<Self, Refusal> {
        let ReleaseState::FollowUpDue { cause, out } = &self.state else {
            return Err(self.refuse(Verb::FollowUp, "没有待跟进的事项"));
        };
        let note = note.trim();
        if note.is_empty() {
            return Err(self.refuse(Verb::FollowUp, "请写明怎样跟进，如已删除原文或者已更正"));
        }
        let (cause, out) = (cause.clone(), out.clone());
        let (note, by) = (note.to_owned(), by.to_owned());
        Ok(self.to(ReleaseState::FollowedUp { cause, out, note, by, at: now }))
    }
}
