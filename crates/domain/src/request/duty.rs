//! What a request needs now: which act, why, and until when; for the board of the day.

use super::{DisclosureRequest, FeeCourse, Matter, Occasion, RequestAct, RequestState};
use jiff::civil::Date;

/// Something that is to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Duty {
    /// The act that does it.
    pub act: RequestAct,
    /// Why.
    pub why: String,
    /// The last day; none where there is no limit, or where others are waited for.
    pub until: Option<Date>,
}

impl DisclosureRequest {
    /// What is to be done with it, the most pressing first. Waiting for the requester or for an
    /// opinion is no duty until their time is over.
    pub fn duties(&self, occasion: &Occasion<'_>) -> Vec<Duty> {
        let today = occasion.today();
        let mut duties = match &self.state {
            RequestState::Unconfirmed => vec![self.unconfirmed()],
            RequestState::AwaitingSupplement => self.unsupplemented(today).into_iter().collect(),
            RequestState::AwaitingFee => self.unpaid(today).into_iter().collect(),
            RequestState::Closed | RequestState::Archived { .. } => Vec::new(),
            RequestState::Handling => self.handled(occasion),
            RequestState::InReview(proposal) => {
                let title = proposal.waiting().map(|step| step.title).unwrap_or_default();
                let why = format!("答复等待审核（{title}）");
                vec![self.by_due(RequestAct::Approve, &why, occasion)]
            }
            RequestState::Approved(_) => {
                vec![self.by_due(RequestAct::Serve, "答复已批准，等待送达", occasion)]
            }
        };
        duties.sort_by_key(|duty| duty.until.unwrap_or(Date::MAX));
        duties
    }

    fn unconfirmed(&self) -> Duty {
        let why =
            "收到的时间须与申请人确认，应在收到当日联系；联系不上的，登记后自恢复联系之日起算";
        let (act, until) = (RequestAct::ConfirmReceipt, Some(self.arrived_on));
        Duty { act, why: why.to_owned(), until }
    }

    fn unsupplemented(&self, today: Date) -> Option<Duty> {
        let until = self.round.supplement.as_ref()?.until;
        let why = format!("补正期限已于 {until} 届满，申请人没有补正");
        (until < today).then_some(Duty { act: RequestAct::CloseUnsupplemented, why, until: None })
    }

    fn unpaid(&self, today: Date) -> Option<Duty> {
        let FeeCourse::Notified { until, .. } = self.round.fee.as_ref()?.course else {
            return None;
        };
        let why = format!("缴费期限已于 {until} 届满，申请人没有缴费");
        (until < today).then_some(Duty { act: RequestAct::CloseUnpaid, why, until: None })
    }

    fn handled(&self, occasion: &Occasion<'_>) -> Vec<Duty> {
        let today = occasion.today();
        let mut duties = Vec::new();
        for letter in self.open_consultations() {
            let (act, why) = match self.opinion_until(letter, occasion) {
                None => {
                    (RequestAct::NoteDelivery, format!("给{}的意见书还没有登记送达", letter.who))
                }
                Some(until) if until < today => {
                    (RequestAct::NoteSilence, format!("{}逾期未提出意见", letter.who))
                }
                Some(_) => continue,
            };
            duties.push(Duty { act, why, until: None });
        }
        for part in self.assignments.iter().filter(|part| part.report.is_none()) {
            let why = format!("{}的承办意见还没有提交", part.unit);
            duties.push(Duty { act: RequestAct::ReportPart, why, until: Some(part.until) });
        }
        if !self.missing.is_empty() && self.may_ask_supplement(occasion).is_ok() {
            let why = "申请缺少必要的内容，需要补正的应一次性告知".to_owned();
            let until = self.supplement_until(occasion);
            duties.push(Duty { act: RequestAct::AskSupplement, why, until });
        }
        let act = match self.matter {
            Matter::Disclosure => RequestAct::Propose,
            Matter::Rectification => RequestAct::CorrectRecord,
        };
        if self.open_consultations().next().is_none() {
            duties.push(self.by_due(act, "等待答复", occasion));
        }
        duties
    }

    /// The last day to ask for a supplement.
    pub fn supplement_until(&self, occasion: &Occasion<'_>) -> Option<Date> {
        use crate::law::{ProvisionKey, provision};
        let from = self.round.began_on?;
        let limit = provision(ProvisionKey::Supplement, from)?.limit?;
        Some(limit.last_day(occasion.calendar, from).date)
    }

    fn by_due(&self, act: RequestAct, why: &str, occasion: &Occasion<'_>) -> Duty {
        let deadline = self.deadline(occasion.calendar, occasion.today());
        let late = if deadline.is_some_and(|each| each.is_overdue) { "，已逾期" } else { "" };
        Duty { act, why: format!("{why}{late}"), until: deadline.and_then(|each| each.due) }
    }
}
