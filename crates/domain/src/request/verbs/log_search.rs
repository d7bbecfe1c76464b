//! 记录检索: where the information was looked for; without it nothing is “not held” (条例 36(4)).

use crate::refusal::Refusal;
use crate::request::{DisclosureRequest, Occasion, RequestAct, Search, StateKey, Step};
use jiff::civil::Date;

const ACT: RequestAct = RequestAct::LogSearch;

/// A search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogSearch {
    /// The day.
    pub on: Date,
    /// Where: the archive, a unit, a system.
    pub place: String,
    /// By which words or numbers.
    pub terms: String,
    /// What was found.
    pub result: String,
    /// Whether anything was found.
    pub found: bool,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_log_search(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.ask_handler(ACT, occasion)?;
        let states = [StateKey::Handling, StateKey::Consulting, StateKey::AwaitingSupplement];
        self.ask_state(ACT, &states)
    }

    /// Logs a search.
    ///
    /// # Errors
    /// When place, words or result are missing.
    pub fn log_search(
        mut self,
        search: LogSearch,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        self.may_log_search(occasion)?;
        self.ask_day(ACT, search.on, occasion)?;
        let place = self.ask_text(ACT, "在哪里检索", &search.place)?;
        let terms = self.ask_text(ACT, "用什么词语或者线索检索", &search.terms)?;
        let result = self.ask_text(ACT, "检索的结果", &search.result)?;
        let by = occasion.name().to_owned();
        self.note(ACT, search.on, format!("{place}：{result}"), None, occasion);
        let (on, found) = (search.on, search.found);
        self.searches.push(Search { on, place, terms, result, found, by });
        Ok(self.step(ACT, None))
    }
}
