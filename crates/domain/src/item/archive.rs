//! Keeping a finished item readable, marked with the date: 归档.

use super::{Act, Item, Standing, Step, may_write};
use crate::access::Actor;
use crate::refusal::Refusal;
use jiff::civil::Date;

impl Item {
    /// Archives a public item: it stays readable and is marked 已归档 with the date.
    ///
    /// # Errors
    /// When the item is not public, an edition is in work, or the actor may not.
    pub fn archive(mut self, actor: &Actor, today: Date) -> Result<Step, Refusal> {
        let act = Act::Archive;
        may_write(act, self.state_name(), actor, &self.organ)?;
        if self.working.is_some() {
            let reason = "还有一稿正在办理，请先发布或删除该稿";
            return Err(Refusal::new(act.name(), self.state_name(), reason));
        }
        let Standing::Public { since } = self.standing else {
            return Err(Refusal::new(act.name(), self.state_name(), "只有已公开的信息可以归档"));
        };
        self.standing = Standing::Archived { since, on: today };
        Ok(self.step(act, None))
    }
}
