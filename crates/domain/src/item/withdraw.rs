//! Taking a public item off the site: 撤下. Its address stays and says so.

use super::{Act, Item, Standing, Step, may_write, reason_given};
use crate::access::Actor;
use crate::refusal::Refusal;
use jiff::Timestamp;

impl Item {
    /// Withdraws what is public, with the reason that the public will read.
    ///
    /// # Errors
    /// When nothing is public, the reason is empty, or the actor may not.
    pub fn withdraw(
        mut self,
        reason: &str,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let act = Act::Withdraw;
        may_write(act, self.state_name(), actor, &self.organ)?;
        let (Standing::Public { since } | Standing::Archived { since, .. }) = self.standing else {
            return Err(Refusal::new(act.name(), self.state_name(), "没有公开的内容可撤"));
        };
        let reason = reason_given(act, self.state_name(), reason)?;
        self.standing = Standing::Withdrawn { since, at: now, reason: reason.clone() };
        Ok(self.step(act, Some(reason)))
    }
}
