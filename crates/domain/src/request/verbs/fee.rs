//! 信息处理费: proposed, notified, paid or not, waived (条例 42, 国办函〔2020〕109号).

use super::Closing;
use crate::clock::EventKind;
use crate::fee::{FeeBy, rate};
use crate::law::{ProvisionKey, provision};
use crate::outcome::OutcomeKey;
use crate::refusal::Refusal;
use crate::request::gate::{event, mark};
use crate::request::{
    DisclosureRequest, Fee, FeeCourse, Occasion, RequestAct, RequestState, StateKey, Step,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

const STATES: [StateKey; 2] = [StateKey::Handling, StateKey::Consulting];

/// A fee is proposed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProposeFee {
    /// By piece or by page.
    pub by: FeeBy,
    /// The rank of the request in the month, or the pages.
    pub count: u32,
    /// Why it is charged.
    pub reason: String,
}

/// The fee is notified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotifyFee {
    /// The day the notice came to the requester.
    pub on: Date,
    /// Who decided to charge.
    pub decided_by: String,
}

/// The fee is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paying {
    /// The day.
    pub on: Date,
    /// The number of the receipt (财政票据).
    pub receipt: String,
}

/// The fee is not charged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiving {
    /// Why.
    pub reason: String,
}

impl DisclosureRequest {
    pub(in crate::request) fn may_propose_fee(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::ProposeFee;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &STATES)?;
        let fee = self.round.fee.as_ref();
        if fee.is_some_and(|fee| fee.course != FeeCourse::Proposed) {
            return Err(self.refuse(act, "收费已经处理过，同一申请只处理一次"));
        }
        if self.fee_rate(FeeBy::Piece).is_none() {
            return Err(self.refuse(act, "收到申请时还没有信息处理费的规定"));
        }
        Ok(())
    }

    fn fee_rate(&self, by: FeeBy) -> Option<&'static crate::fee::Rate> {
        rate(by, self.received_on?)
    }

    /// Reckons what the fee would be; nobody is charged by it. Proposing anew replaces the proposal,
    /// so that one request is charged by one standard only.
    ///
    /// # Errors
    /// When the rates ask for nothing, or a fee was dealt with already.
    pub fn propose_fee(
        mut self,
        propose: ProposeFee,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::ProposeFee;
        self.may_propose_fee(occasion)?;
        let reason = self.ask_text(act, "收费的理由", &propose.reason)?;
        let rate =
            self.fee_rate(propose.by).ok_or_else(|| self.refuse(act, "没有适用的收费标准"))?;
        let amount = match propose.by {
            FeeBy::Piece => rate.price(propose.count),
            FeeBy::Page => rate.total(propose.count),
        };
        if amount == Decimal::ZERO {
            let reason = format!("{}：没有超出免费的范围，不收费", propose.by.word());
            return Err(self.refuse(act, reason).by(&self.provision_of_fee(occasion)?.citation));
        }
        let (by, count) = (propose.by, propose.count);
        let note = format!("{}，{amount} 元", by.word());
        let kept = reason.clone();
        self.round.fee = Some(Fee { by, count, amount, reason: kept, course: FeeCourse::Proposed });
        self.note(act, occasion.today(), note, None, occasion);
        Ok(self.step(act, Some(reason)))
    }

    fn provision_of_fee(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<&'static crate::law::Provision, Refusal> {
        let on = self.received_on.unwrap_or_else(|| occasion.today());
        provision(ProvisionKey::Fee, on)
            .ok_or_else(|| self.refuse(RequestAct::ProposeFee, "收到申请时还没有信息处理费的规定"))
    }

    fn ask_proposed(&self, act: RequestAct) -> Result<(), Refusal> {
        match &self.round.fee {
            Some(fee) if fee.course == FeeCourse::Proposed => Ok(()),
            Some(fee) => Err(self.refuse(act, format!("收费的状态是“{}”", fee.course.word()))),
            None => Err(self.refuse(act, "还没有收费建议，请先提出建议并写明理由")),
        }
    }

    pub(in crate::request) fn may_notify_fee(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::NotifyFee;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &STATES)?;
        self.ask_proposed(act)?;
        self.ask_clock(act, event(occasion.today(), EventKind::FeeNotified), occasion)
    }

    /// Tells the requester to pay; the clock waits, and the period runs anew after payment.
    ///
    /// # Errors
    /// When no fee was proposed, the period is over, or nobody decided.
    pub fn notify_fee(
        mut self,
        notify: NotifyFee,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::NotifyFee;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &STATES)?;
        self.ask_proposed(act)?;
        self.ask_day(act, notify.on, occasion)?;
        self.ask_clock(act, event(notify.on, EventKind::FeeNotified), occasion)?;
        let decided_by = self.ask_text(act, "由谁决定收费", &notify.decided_by)?;
        let limit = self.provision_of_fee(occasion)?.limit;
        let until =
            limit.map_or(notify.on, |each| each.last_day(occasion.calendar, notify.on).date);
        let mut note = String::new();
        if let Some(fee) = &mut self.round.fee {
            fee.course = FeeCourse::Notified { on: notify.on, until, decided_by };
            note = format!("{} 元，{until} 前缴纳", fee.amount);
        }
        self.state = RequestState::AwaitingFee;
        self.note(act, notify.on, note, mark(EventKind::FeeNotified), occasion);
        Ok(self.step(act, None))
    }

    pub(in crate::request) fn may_receive_payment(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::ReceivePayment;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &[StateKey::AwaitingFee])
    }

    /// Notes that the fee was paid; the period runs anew.
    ///
    /// # Errors
    /// When none was asked for, or no receipt is named.
    pub fn receive_payment(
        mut self,
        paying: Paying,
        occasion: &Occasion<'_>,
    ) -> Result<Step, Refusal> {
        let act = RequestAct::ReceivePayment;
        self.may_receive_payment(occasion)?;
        self.ask_day(act, paying.on, occasion)?;
        self.ask_clock(act, event(paying.on, EventKind::FeePaid), occasion)?;
        let receipt = self.ask_text(act, "财政票据号码", &paying.receipt)?;
        if let Some(fee) = &mut self.round.fee {
            fee.course = FeeCourse::Paid { on: paying.on, receipt: receipt.clone() };
        }
        self.state = RequestState::Handling;
        self.note(act, paying.on, receipt, mark(EventKind::FeePaid), occasion);
        Ok(self.step(act, None))
    }

    pub(in crate::request) fn may_close_unpaid(
        &self,
        occasion: &Occasion<'_>,
    ) -> Result<(), Refusal> {
        let act = RequestAct::CloseUnpaid;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &[StateKey::AwaitingFee])?;
        match self.round.fee.as_ref().map(|fee| &fee.course) {
            Some(FeeCourse::Notified { until, .. }) if occasion.today() <= *until => {
                Err(self.refuse(act, format!("缴费期限到 {until} 为止，还没有过")))
            }
            _ => Ok(()),
        }
    }

    /// Closes a request whose fee was not paid in time.
    ///
    /// # Errors
    /// When the time to pay is not over.
    pub fn close_unpaid(mut self, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        let act = RequestAct::CloseUnpaid;
        self.may_close_unpaid(occasion)?;
        let today = occasion.today();
        if let Some(fee) = &mut self.round.fee {
            fee.course = FeeCourse::Unpaid { on: today };
        }
        let reason = "申请人逾期未按收费通知要求缴纳费用，视为放弃申请，不再处理".to_owned();
        let closing = Closing {
            on: today,
            outcome: self.row_of_matter(OutcomeKey::FEE_UNPAID),
            decision: None,
            service: None,
            correction: None,
            reason: reason.clone(),
            was_late: false,
        };
        self.close(act, closing, String::new(), occasion);
        Ok(self.step(act, Some(reason)))
    }

    pub(in crate::request) fn may_waive_fee(&self, occasion: &Occasion<'_>) -> Result<(), Refusal> {
        let act = RequestAct::WaiveFee;
        self.ask_handler(act, occasion)?;
        self.ask_state(act, &[STATES[0], STATES[1], StateKey::AwaitingFee])?;
        match self.round.fee.as_ref().map(|fee| &fee.course) {
            Some(FeeCourse::Proposed | FeeCourse::Notified { .. }) => Ok(()),
            Some(course) => Err(self.refuse(act, format!("收费的状态是“{}”", course.word()))),
            None => Err(self.refuse(act, "没有收费建议，不需要决定不收")),
        }
    }

    /// Decides not to charge, with the reason. After the notice it ends the wait as payment would.
    ///
    /// # Errors
    /// When no fee stands, or no reason is given.
    pub fn waive_fee(mut self, waiving: Waiving, occasion: &Occasion<'_>) -> Result<Step, Refusal> {
        let act = RequestAct::WaiveFee;
        self.may_waive_fee(occasion)?;
        let reason = self.ask_text(act, "不收费的理由", &waiving.reason)?;
        let today = occasion.today();
        let waited = self.state_key() == StateKey::AwaitingFee;
        if waited {
            self.ask_clock(act, event(today, EventKind::FeePaid), occasion)?;
            self.state = RequestState::Handling;
        }
        if let Some(fee) = &mut self.round.fee {
            fee.course = FeeCourse::Waived { on: today, reason: reason.clone() };
        }
        let clock = mark(EventKind::FeePaid).filter(|_| waited);
        self.note(act, today, reason.clone(), clock, occasion);
        Ok(self.step(act, Some(reason)))
    }
}
