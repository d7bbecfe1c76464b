//! The annual report of an organ and year in work (年度报告的报送): what is true of it from draft to
//! publication. Each verb stands in a file of its own and takes the filing by value; nothing is
//! counted here.

mod accept;
mod act;
mod answer;
mod compile;
mod concern;
mod earlier;
mod hand_in;
mod kept;
mod publish;
mod restate;
mod send_back;
mod state;
#[cfg(test)]
mod tests;
mod write;

pub use act::{FilingAct, Who};
pub use compile::Compilation;
pub use concern::{Concern, Weight, concerns};
pub use earlier::{CorrectionError, Doubt, EarlierReport, FigureCorrection};
pub use kept::cell_of;
pub use state::{CellComment, FilingKey, FilingState};

use crate::figure::{CellKey, Figures};
use crate::id::{ItemId, OrganId, PersonId};
use crate::refusal::Refusal;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The sections of the official form.
pub const SECTIONS: usize = 6;

/// What somebody wrote to a concern: why a warning may stand, or how a break came about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Given {
    /// The key of the concern.
    pub concern: String,
    /// What was found, as it was shown.
    pub found: String,
    /// The sentence.
    pub sentence: String,
    /// Whether it is printed with the report.
    pub is_printed: bool,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A report as it was handed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Handing {
    /// Who.
    pub by: PersonId,
    /// By the name of that time.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The figures.
    pub figures: Figures,
}

/// A change after the year was locked, with its reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Restatement {
    /// Why.
    pub reason: String,
    /// Who opened it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The figures as they were.
    pub before: Figures,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FilingEvent {
    /// What.
    pub act: FilingAct,
    /// When.
    pub at: Timestamp,
    /// Who, by the name of that time.
    pub by: String,
    /// What there is to say of it.
    pub note: String,
}

/// The annual report of an organ and year in work.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Filing {
    /// Whose.
    pub organ: OrganId,
    /// The year reported on.
    pub year: i16,
    /// The organ's name on the report.
    pub agency: String,
    /// The figures of the organ itself.
    pub own: Figures,
    /// The figures of the report: its own, and of those below where they are added up.
    pub figures: Figures,
    /// What a sum rests on: organs and the digest of their figures; empty where nothing is added up.
    pub basis: Vec<(String, String)>,
    /// The texts of sections one to six, with live fields.
    pub texts: [String; SECTIONS],
    /// What was written to concerns.
    pub given: Vec<Given>,
    /// Who compiled and wrote since it was handed in last.
    pub authors: Vec<PersonId>,
    /// Where it stands.
    pub state: FilingState,
    /// Every handing in, the first one first.
    pub handings: Vec<Handing>,
    /// Every restatement, the first one first.
    pub restatements: Vec<Restatement>,
    /// The item that publishes it.
    pub item: Option<ItemId>,
    /// What happened, in order.
    pub events: Vec<FilingEvent>,
}

/// The filing after a verb, and what happened.
#[derive(Clone, Debug)]
pub struct FilingStep {
    /// The filing as it is now.
    pub filing: Filing,
    /// What happened.
    pub act: FilingAct,
    /// The reason given, where one was.
    pub reason: Option<String>,
}

impl Filing {
    /// An empty draft: nothing is compiled and nothing written.
    pub fn empty(organ: OrganId, year: i16, agency: impl Into<String>) -> Self {
        Self {
            organ,
            year,
            agency: agency.into(),
            own: Figures::default(),
            figures: Figures::default(),
            basis: Vec::new(),
            texts: Default::default(),
            given: Vec::new(),
            authors: Vec::new(),
            state: FilingState::Draft,
            handings: Vec::new(),
            restatements: Vec::new(),
            item: None,
            events: Vec::new(),
        }
    }

    /// Whether its year is locked: handed in, and not taken back since.
    pub fn is_locked(&self) -> bool {
        self.state.key().is_locked()
    }

    /// The last handing in.
    pub fn handed_in(&self) -> Option<&Handing> {
        self.handings.last()
    }

    /// What stands to a concern.
    pub fn given_to(&self, concern: &str) -> Option<&Given> {
        self.given.iter().find(|each| each.concern == concern)
    }

    /// The explanations that are printed with the report, of concerns that are still there.
    pub fn printed<'a>(&'a self, concerns: &'a [Concern]) -> impl Iterator<Item = &'a str> {
        let printed = self.given.iter().filter(|each| each.is_printed);
        let stands = |given: &&Given| concerns.iter().any(|each| each.key == given.concern);
        printed.filter(stands).map(|given| given.sentence.as_str())
    }

    /// What a restatement changed: cell, before, after.
    pub fn changes(&self, restatement: usize) -> Vec<(CellKey, Option<Decimal>, Option<Decimal>)> {
        let Some(this) = self.restatements.get(restatement) else { return Vec::new() };
        let next = self.restatements.get(restatement + 1).map(|next| &next.before);
        differences(&this.before, next.unwrap_or(&self.figures))
    }

    fn author(&mut self, person: &PersonId) {
        if !self.authors.contains(person) {
            self.authors.push(person.clone());
        }
    }

    fn step(mut self, act: FilingAct, who: &Who<'_>, note: &str) -> FilingStep {
        self.events.push(FilingEvent {
            act,
            at: who.now,
            by: who.actor.name.clone(),
            note: note.to_owned(),
        });
        let reason = Some(note.to_owned()).filter(|note| !note.is_empty());
        FilingStep { filing: self, act, reason }
    }
}

/// Where two sets of figures part: cell, before, after.
pub fn differences(
    before: &Figures,
    after: &Figures,
) -> Vec<(CellKey, Option<Decimal>, Option<Decimal>)> {
    let each = after.iter().map(|(cell, now)| (cell, before.get(cell), now));
    each.filter(|(_, then, now)| then != now).collect()
}

/// A sentence that says something.
fn sentence(act: FilingAct, state: &FilingState, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::new(act.name(), state.name(), "请写明理由或者说明"));
    }
    Ok(text.to_owned())
}
