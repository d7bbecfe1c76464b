//! What a corrected decision does to its request: it is opened again, once; or the case is linked to the
//! handling that is under way already. What has happened to the request is told by it, not kept here.

use super::Remedy;
use crate::request::{DisclosureRequest, Order, Reopening};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The result that opens a request again.
const CORRECTED: &str = "corrected";

/// What came of a corrected decision.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Followed {
    /// The handling of the request that answers it, from 0.
    pub round: u32,
    /// Whether the result opened it; else it was under way or done already.
    pub is_opened: bool,
}

/// What is to be done to the request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Following {
    /// To be opened again.
    Reopen(Reopening),
    /// To be linked to this handling.
    Link(u32),
}

impl Remedy {
    /// What the last result does to the request; `None` where it does nothing, or an earlier one did.
    pub fn follows(&self, request: &DisclosureRequest) -> Option<Following> {
        let last = self.result().filter(|outcome| outcome.result == CORRECTED)?;
        if self.followed.is_some() || self.filed.request.as_ref() != Some(&request.id) {
            return None;
        }
        let on = last.received_on.unwrap_or(last.on);
        if let Some(round) = ordered_since(request, self.filed.filed_on) {
            return Some(Following::Link(round));
        }
        let is_answered_since = request.closings.last().is_some_and(|closing| on < closing.on);
        if request.is_open() || is_answered_since {
            return Some(Following::Link(request.round_number()));
        }
        let text = match last.note.trim() {
            "" => self.state().to_owned(),
            note => note.to_owned(),
        };
        let order = Order { document: self.named(), text, until: last.answer_until };
        Some(Following::Reopen(Reopening { on, order }))
    }

    /// Keeps what came of it.
    #[must_use]
    pub fn follow(mut self, followed: Followed) -> Self {
        self.followed = Some(followed);
        self
    }

    /// The body that decided and the number there.
    fn named(&self) -> String {
        format!("{} {}", self.filed.forum.trim(), self.filed.number.trim()).trim().to_owned()
    }
}

/// The handling that an order received since a day began, whoever wrote the order down.
fn ordered_since(request: &DisclosureRequest, day: Date) -> Option<u32> {
    let rounds = request.past.iter().chain([&request.round]).zip(0..);
    let mut ordered = rounds.filter(|(round, _)| {
        round.order.is_some() && round.began_on.is_some_and(|began| day <= began)
    });
    ordered.next().map(|(_, number)| number)
}
