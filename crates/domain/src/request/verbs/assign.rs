//! 分派办理: parts go to units, and each unit's report comes back.

use crate::refusal::Refusal;
use crate::request::{
    Assignment, DisclosureRequest, Occasion, PartReport, RequestAct, StateKey, Step,
};
use jiff::civil::Date;

const STATES: [StateKey; 3] =
    [StateKey::Handling, StateKey::Consulting, StateKey::AwaitingSupplement];

/// A part for a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assign {
    /// The unit.
    pub unit: String,
    /// What it is to do.
    pub task: String,
    /// Until when.
    pub until: Date,
}

/// What a unit reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reporting {
    /// The number of the part.
    pub number: u32,
    /// What it says.
    pub text: String,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_assign(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(RequestAct::Assign, occasion)?;
        self.ask_state(RequestAct::Assign, &STATES)
    }

    /// Hands a part to a unit.
    ///
    /// # Errors
    /// When unit or task are missing, or the day is past.
    pub fn assign(mut self, assign: Assign, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        let act = RequestAct::Assign;
        self.may_assign(occasion)?;
        let unit = self.ask_text(act, "交给哪个单位", &assign.unit)?;
        let task = self.ask_text(act, "要办理的内容", &assign.task)?;
        let on = occasion.today();
        if assign.until < on {
            return Err(self.refuse_plainly(act, "完成日期已经过去，请核对"));
        }
        let number = self.assignments.last().map_or(0, |each| each.number) + 1;
        self.note(act, on, format!("{unit}：{task}"), None, occasion);
        let until = assign.until;
        self.assignments.push(Assignment { number, unit, task, on, until, report: None });
        Ok(self.step(act, None))
    }

    pub(in crate::request) fn may_report_part(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::ReportPart;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &STATES)?;
        if self.assignments.iter().any(|each| each.report.is_none()) {
            return Ok(());
        }
        Err(self.refuse_plainly(act, "没有尚待承办意见的部分"))
    }

    /// Takes what a unit reports.
    ///
    /// # Errors
    /// When the part is not out, or nothing is said.
    pub fn report_part(
        mut self,
        report: Reporting,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::ReportPart;
        self.may_report_part(occasion)?;
        let text = self.ask_text(act, "承办意见", &report.text)?;
        let (on, by) = (occasion.today(), occasion.name().to_owned());
        let waits = |each: &&mut Assignment| each.number == report.number && each.report.is_none();
        let unit = match self.assignments.iter_mut().find(waits) {
            Some(part) => {
                part.report = Some(PartReport { on, by, text: text.clone() });
                part.unit.clone()
            }
            None => return Err(self.refuse_plainly(act, "没有这一项分派，或者已经提交过意见")),
        };
        self.note(act, on, format!("{unit}：{text}"), None, occasion);
        Ok(self.step(act, None))
    }
}
