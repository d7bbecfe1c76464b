//! 征求意见: of a third party (条例 32) and of a co-making organ (条例 34); the clock stands still.

use crate::clock::{self, EventKind};
use crate::law::{ProvisionKey, provision};
use crate::refusal::Refusal;
use crate::request::{
    ClockMark, Consultation, Consulted, DisclosureRequest, Occasion, Opinion, RequestAct, StateKey,
    Step,
};
use jiff::civil::Date;

const WORKED_ON: [StateKey; 2] = [StateKey::Handling, StateKey::Consulting];

/// A letter of consultation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consult {
    /// A third party or a co-maker.
    pub of: Consulted,
    /// The name.
    pub who: String,
    /// Which information it concerns.
    pub about: String,
    /// The day the letter is sent.
    pub sent_on: Date,
    /// The day it arrived, where that is known already.
    pub reached_on: Option<Date>,
}

/// A letter arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivered {
    /// The number of the consultation.
    pub number: u32,
    /// The day it arrived.
    pub on: Date,
}

/// An opinion came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// The number of the consultation.
    pub number: u32,
    /// The day it came.
    pub on: Date,
    /// Whether they agree that it be given.
    pub agrees: bool,
    /// Why, in their words; needed where they do not.
    pub reason: String,
}

/// Nobody answered in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Silence {
    /// The number of the consultation.
    pub number: u32,
}

fn asked(of: Consulted) -> EventKind {
    match of {
        Consulted::ThirdParty => EventKind::ThirdPartyAsked,
        Consulted::CoMaker => EventKind::CoMakerAsked,
    }
}

fn answered(of: Consulted) -> EventKind {
    match of {
        Consulted::ThirdParty => EventKind::ThirdPartyAnswered,
        Consulted::CoMaker => EventKind::CoMakerAnswered,
    }
}

impl DisclosureRequest {
    pub(in crate::request) fn may_consult(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(RequestAct::Consult, occasion)?;
        self.ask_state(RequestAct::Consult, &WORKED_ON)
    }

    /// Writes to somebody whose rights or whose work the information touches.
    ///
    /// # Errors
    /// When the clock does not allow it, or it is not said to whom and about what.
    pub fn consult(mut self, letter: Consult, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        let act = RequestAct::Consult;
        self.may_consult(occasion)?;
        self.ask_day(act, letter.sent_on, occasion)?;
        let who = self.ask_text(act, "征求谁的意见", &letter.who)?;
        let about = self.ask_text(act, "涉及哪些信息", &letter.about)?;
        if letter.reached_on.is_some_and(|on| occasion.today() < on) {
            return Err(self.refuse_plainly(act, "送达日期还没有到，请核对"));
        }
        let last = self.round.consultations.last().map_or(0, |each| each.number);
        let number = last + 1;
        let event = clock::Event {
            on: letter.sent_on,
            kind: asked(letter.of),
            reached: letter.reached_on,
            who: Some(number.to_string()),
        };
        self.ask_clock(act, event, occasion)?;
        let note = format!("{}：{who}", letter.of.word());
        let mark = ClockMark { kind: asked(letter.of), consultation: Some(number) };
        self.round.consultations.push(Consultation {
            number,
            of: letter.of,
            who,
            about,
            sent_on: letter.sent_on,
            reached_on: letter.reached_on,
            opinion: None,
            silent_on: None,
        });
        self.note(act, letter.sent_on, note, Some(mark), occasion);
        Ok(self.step(act, None))
    }

    fn open_consultation(&self, act: RequestAct, number: u32) -> Result<&Consultation, Refusal> {
        let found = self.open_consultations().find(|each| each.number == number);
        found.ok_or_else(|| self.refuse(act, "没有这一份尚待答复的征求意见书"))
    }

    fn may_go_on(&self, act: RequestAct, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &[StateKey::Consulting])
    }

    pub(in crate::request) fn may_note_delivery(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::NoteDelivery;
        self.may_go_on(act, occasion)?;
        if self.open_consultations().any(|each| each.reached_on.is_none()) {
            return Ok(());
        }
        Err(self.refuse(act, "尚待答复的征求意见书都已登记送达"))
    }

    /// Notes the day a letter arrived: the limit of the opinion runs from it.
    ///
    /// # Errors
    /// When the letter is not out, or the day cannot be.
    pub fn note_delivery(
        mut self,
        delivered: Delivered,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::NoteDelivery;
        self.may_note_delivery(occasion)?;
        self.ask_day(act, delivered.on, occasion)?;
        let letter = self.open_consultation(act, delivered.number)?;
        if let Some(reached) = letter.reached_on {
            return Err(self.refuse_plainly(act, format!("已登记于 {reached} 送达")));
        }
        let who = letter.who.clone();
        let before = self.clone();
        for each in &mut self.round.consultations {
            if each.number == delivered.number {
                each.reached_on = Some(delivered.on);
            }
        }
        let case = self.clock_case(None);
        let reckoned = case.map(|case| clock::reckon(occasion.calendar, &case)).transpose();
        reckoned.map_err(|refused| before.of_clock(act, &refused))?;
        self.note(act, delivered.on, who, None, occasion);
        Ok(self.step(act, None))
    }

    pub(in crate::request) fn may_hear_opinion(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        self.may_go_on(RequestAct::HearOpinion, occasion)
    }

    /// Takes an opinion.
    ///
    /// # Errors
    /// When it was not asked for, or says no without a reason.
    pub fn hear_opinion(
        mut self,
        answer: Answered,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::HearOpinion;
        self.may_hear_opinion(occasion)?;
        self.ask_day(act, answer.on, occasion)?;
        let letter = self.open_consultation(act, answer.number)?;
        let (kind, who) = (answered(letter.of), letter.who.clone());
        let number = Some(answer.number);
        let event = clock::Event {
            on: answer.on,
            kind,
            reached: None,
            who: Some(answer.number.to_string()),
        };
        self.ask_clock(act, event, occasion)?;
        let reason = answer.reason.trim().to_owned();
        if !answer.agrees && reason.is_empty() {
            return Err(self.refuse(act, "不同意公开的，请写明对方的理由，才能判断是否合理"));
        }
        let says = if answer.agrees { "同意公开" } else { "不同意公开" };
        for each in &mut self.round.consultations {
            if Some(each.number) == number {
                let (on, agrees) = (answer.on, answer.agrees);
                each.opinion = Some(Opinion { on, agrees, reason: reason.clone() });
            }
        }
        let mark = ClockMark { kind, consultation: number };
        self.note(act, answer.on, format!("{who}：{says}"), Some(mark), occasion);
        Ok(self.step(act, Some(reason).filter(|reason| !reason.is_empty())))
    }

    /// The last day for an opinion, where the letter has arrived.
    pub fn opinion_until(&self, letter: &Consultation, occasion: &Occasion<'_>) -> Option<Date> {
        let key = match letter.of {
            Consulted::ThirdParty => ProvisionKey::ThirdParty,
            Consulted::CoMaker => ProvisionKey::CoMaker,
        };
        let limit = provision(key, self.round.began_on?)?.limit?;
        Some(limit.last_day(occasion.calendar, letter.reached_on?).date)
    }

    fn is_silent(&self, letter: &Consultation, occasion: &Occasion<'_>) -> bool {
        self.opinion_until(letter, occasion).is_some_and(|until| until < occasion.today())
    }

    pub(in crate::request) fn may_note_silence(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::NoteSilence;
        self.may_go_on(act, occasion)?;
        if self.open_consultations().any(|each| self.is_silent(each, occasion)) {
            return Ok(());
        }
        Err(self.refuse(act, "意见书还没有送达，或者提出意见的期限还没有过"))
    }

    /// Notes that nobody answered in time: of a third party the organ decides by the Regulation, of a
    /// co-maker it counts as consent. The clock went on by itself.
    ///
    /// # Errors
    /// When the time is not over.
    pub fn note_silence(
        mut self,
        silence: Silence,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::NoteSilence;
        self.may_note_silence(occasion)?;
        let letter = self.open_consultation(act, silence.number)?;
        if !self.is_silent(letter, occasion) {
            return Err(self.refuse(act, "提出意见的期限还没有过"));
        }
        let means = match letter.of {
            Consulted::ThirdParty => "由本机关依照条例决定是否公开",
            Consulted::CoMaker => "视为同意公开",
        };
        let note = format!("{}逾期未提出意见，{means}", letter.who);
        let today = occasion.today();
        for each in &mut self.round.consultations {
            if each.number == silence.number {
                each.silent_on = Some(today);
            }
        }
        self.note(act, today, note, None, occasion);
        Ok(self.step(act, None))
    }
}
