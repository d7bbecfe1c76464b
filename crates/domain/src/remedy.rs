//! Reconsiderations and suits over disclosure (行政复议、行政诉讼): their stages, results and terms.
//!
//! A case counts once, by the last result known; the terms are data (`data/law/remedy-terms.toml`).

mod follow;

pub use follow::{Followed, Following};

use crate::access::Actor;
use crate::calendar::{Calendar, Due};
use crate::id::{OrganId, RemedyId, RequestId};
use crate::refusal::Refusal;
use crate::report::cell::{FactError, RemedyBlock, RemedyFact, RemedyResult};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

const ARTICLE: &str = "《政府信息公开条例》第五十一条";

/// What a case is when it comes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Filed {
    /// Which remedy: the key of a row of table four.
    pub block: String,
    /// Its number at the body that decides.
    pub number: String,
    /// The body that decides.
    pub forum: String,
    /// The request it is about; `None` where it is about something else, or an older one.
    pub request: Option<RequestId>,
    /// The day it was filed; it counts in this year.
    pub filed_on: Date,
    /// The day its copy reached the organ.
    pub served_on: Option<Date>,
    /// Whether the simplified procedure is used.
    pub simplified: bool,
    /// Whether the organ stands there only as the body that reconsidered: counted at the other organ.
    pub is_counted_elsewhere: bool,
}

/// A result: of the case, or of the one it went on in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RemedyOutcome {
    /// The key of a column of table four.
    pub result: String,
    /// The day of the decision.
    pub on: Date,
    /// What was decided, for people.
    pub note: String,
    /// Costs borne by the organ, in 元, as text; empty where there are none.
    pub costs: String,
    /// The day the decision reached the organ; that of the decision where it is not known.
    #[serde(default)]
    pub received_on: Option<Date>,
    /// The limit that it sets for a new answer, where it sets one; else the law's.
    #[serde(default)]
    pub answer_until: Option<Date>,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A reconsideration or a suit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Remedy {
    /// Its name in addresses.
    pub id: RemedyId,
    /// Against which organ.
    pub organ: OrganId,
    /// What it was when it came.
    pub filed: Filed,
    /// The day the organ answered.
    pub answered_on: Option<Date>,
    /// Its results, the first one first; the last one counts.
    pub results: Vec<RemedyOutcome>,
    /// What came of a corrected decision for the request.
    #[serde(default)]
    pub followed: Option<Followed>,
}

/// A term as it runs in a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RemedyDue {
    /// What has to be done.
    pub title: &'static str,
    /// Until when.
    pub due: Due,
    /// Where it stands.
    pub source: &'static str,
    /// Whether the organ has to keep it; the other side keeps the rest.
    pub is_own: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Start {
    Served,
    Concluded,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unit {
    Working,
    Calendar,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    #[expect(dead_code, reason = "names the term in the data")]
    key: String,
    block: String,
    simplified: bool,
    title: String,
    from: Start,
    days: u16,
    unit: Unit,
    source: String,
    first_day: Option<Date>,
    last_day: Option<Date>,
}

#[derive(Deserialize)]
struct Terms {
    term: Vec<Term>,
}

static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let file: Terms = toml::from_str(include_str!("../../../data/law/remedy-terms.toml"))
        .expect("data/law/remedy-terms.toml is embedded and tested");
    file.term
});

fn may(actor: &Actor, organ: &OrganId, act: &'static str, state: &str) -> Result<(), Refusal> {
    if actor.writes_for(organ) {
        return Ok(());
    }
    Err(Refusal::new(act, state, "由本机关信息员或信息公开工作机构登记").by(ARTICLE))
}

impl Remedy {
    /// Registers a case.
    ///
    /// # Errors
    /// When no form has its block, its days are out of order or to come, or the actor may not.
    pub fn register(
        id: RemedyId,
        organ: OrganId,
        filed: Filed,
        actor: &Actor,
        today: Date,
    ) -> Result<Self, Refusal> {
        let act = "登记复议诉讼";
        may(actor, &organ, act, "新案件")?;
        let refuse = |reason: &str| Err(Refusal::new(act, "新案件", reason).by(ARTICLE));
        if RemedyBlock::by_key(&filed.block).is_none() {
            return refuse("请选择复议或者诉讼的种类");
        }
        if filed.forum.trim().is_empty() {
            return refuse("请填写复议机关或者法院");
        }
        if today < filed.filed_on {
            return refuse("收案日期还没有到");
        }
        if filed.served_on.is_some_and(|served| served < filed.filed_on || today < served) {
            return refuse("收到副本的日期应当在收案日期之后、今天之前");
        }
        Ok(Self { id, organ, filed, answered_on: None, results: Vec::new(), followed: None })
    }

    /// Notes that the organ answered.
    ///
    /// # Errors
    /// When the day cannot be, or the actor may not.
    pub fn answer(mut self, on: Date, actor: &Actor, today: Date) -> Result<Self, Refusal> {
        let act = "登记答复";
        may(actor, &self.organ, act, self.state())?;
        if on < self.filed.filed_on || today < on {
            let reason = "答复日期应当在收案日期之后、今天之前";
            return Err(Refusal::new(act, self.state(), reason));
        }
        self.answered_on = Some(on);
        Ok(self)
    }

    /// Notes a result; a later one stands in the place of an earlier one.
    ///
    /// # Errors
    /// When no form has it, its day cannot be, or the actor may not.
    pub fn conclude(
        mut self,
        outcome: RemedyOutcome,
        actor: &Actor,
        today: Date,
    ) -> Result<Self, Refusal> {
        let act = "登记结果";
        may(actor, &self.organ, act, self.state())?;
        let refuse = |reason: &str| Err(Refusal::new(act, self.state(), reason).by(ARTICLE));
        if RemedyResult::by_key(&outcome.result).is_none() {
            return refuse("请选择结果");
        }
        if outcome.on < self.filed.filed_on || today < outcome.on {
            return refuse("结果日期应当在收案日期之后、今天之前");
        }
        if self.results.last().is_some_and(|last| outcome.on < last.on) {
            return refuse("结果日期早于已登记的结果");
        }
        let received = outcome.received_on.unwrap_or(outcome.on);
        if received < outcome.on || today < received {
            return refuse("收到决定的日期应当在结果日期之后、今天之前");
        }
        if outcome.answer_until.is_some_and(|until| until < received) {
            return refuse("重新答复的期限早于收到决定的日期");
        }
        self.results.push(outcome);
        Ok(self)
    }

    /// The last result known.
    pub fn result(&self) -> Option<&RemedyOutcome> {
        self.results.last()
    }

    /// The word for where it stands.
    pub fn state(&self) -> &'static str {
        match self.result().map(|outcome| outcome.result.as_str()) {
            None => "尚未审结",
            Some("upheld") => "结果维持",
            Some("corrected") => "结果纠正",
            Some(_) => "其他结果",
        }
    }

    /// As the annual report counts it; `None` where another organ counts it.
    ///
    /// # Errors
    /// When it can be no fact.
    pub fn fact(&self) -> Result<Option<RemedyFact>, FactError> {
        let Some(block) = RemedyBlock::by_key(&self.filed.block) else { return Ok(None) };
        if self.filed.is_counted_elsewhere {
            return Ok(None);
        }
        let concluded = self
            .result()
            .and_then(|outcome| Some((RemedyResult::by_key(&outcome.result)?, outcome.on)));
        RemedyFact::new(self.id.as_str(), block, self.filed.filed_on, concluded).map(Some)
    }

    /// The terms that run in the case, by the law of the day it was filed.
    pub fn terms(&self, calendar: &Calendar) -> Vec<RemedyDue> {
        let filed = self.filed.filed_on;
        let holds = |term: &&Term| {
            self.filed.block.starts_with(term.block.as_str())
                && self.is_simplified(term)
                && term.first_day.is_none_or(|first| first <= filed)
                && term.last_day.is_none_or(|last| filed <= last)
        };
        TERMS.iter().filter(holds).filter_map(|term| self.runs(term, calendar)).collect()
    }

    /// The simplified procedure has a term of its own for the answer, and shares the others.
    fn is_simplified(&self, term: &Term) -> bool {
        match term.from {
            Start::Served => term.simplified == self.filed.simplified,
            Start::Concluded => true,
        }
    }

    fn runs(&self, term: &'static Term, calendar: &Calendar) -> Option<RemedyDue> {
        let from = match term.from {
            // Nobody answers in a case that is decided.
            Start::Served if self.answered_on.is_none() && self.results.is_empty() => {
                self.filed.served_on?
            }
            Start::Served => return None,
            Start::Concluded => self.result()?.on,
        };
        let due = match term.unit {
            Unit::Working => calendar.add_working_days(from, term.days),
            Unit::Calendar => {
                let due = calendar.add_calendar_days(from, term.days);
                if calendar.is_worked(due.date) { due } else { calendar.next_working_day(due.date) }
            }
        };
        let is_own = matches!(term.from, Start::Served);
        Some(RemedyDue { title: &term.title, due, source: &term.source, is_own })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Post, Role};

    const TODAY: Date = Date::constant(2025, 6, 2);

    fn clerk() -> Actor {
        let post = Post {
            organ: "bureau".parse().unwrap(),
            role: Role::Clerk,
            from: Date::constant(2020, 1, 1),
            until: None,
            instead_of: None,
        };
        Actor { person: "clerk".parse().unwrap(), name: "王某".to_owned(), posts: vec![post] }
    }

    fn filed(block: &str, on: Date, simplified: bool) -> Filed {
        Filed {
            block: block.to_owned(),
            number: String::new(),
            forum: "某县人民政府".to_owned(),
            request: None,
            filed_on: on,
            served_on: Some(on),
            simplified,
            is_counted_elsewhere: false,
        }
    }

    fn case(filed: Filed) -> Result<Remedy, Refusal> {
        Remedy::register("r".parse().unwrap(), "bureau".parse().unwrap(), filed, &clerk(), TODAY)
    }

    fn outcome(result: &str, on: Date) -> RemedyOutcome {
        RemedyOutcome {
            result: result.to_owned(),
            on,
            note: String::new(),
            costs: String::new(),
            received_on: None,
            answer_until: None,
            by: "王某".to_owned(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_answer_is_due_by_the_law_of_the_day() {
        // Monday 10 March 2025; no holiday follows.
        let monday = Date::constant(2025, 3, 10);
        let due = |block, day, simplified| {
            case(filed(block, day, simplified)).unwrap().terms(Calendar::embedded())[0].due.date
        };
        assert_eq!(due("reconsideration", monday, false), Date::constant(2025, 3, 24));
        assert_eq!(due("reconsideration", monday, true), Date::constant(2025, 3, 17));
        assert_eq!(due("litigation_direct", monday, false), Date::constant(2025, 3, 25));
        let before = Date::constant(2023, 3, 10);
        assert_eq!(due("reconsideration", before, false), Date::constant(2023, 3, 20));
    }

    #[test]
    fn a_case_counts_once_by_its_last_result() {
        let day = |month| Date::constant(2025, month, 10);
        let case = case(filed("litigation_direct", day(1), false)).unwrap();
        assert_eq!(case.state(), "尚未审结");
        let first = case.conclude(outcome("upheld", day(3)), &clerk(), TODAY).unwrap();
        let second = first.conclude(outcome("corrected", day(5)), &clerk(), TODAY).unwrap();
        assert_eq!(second.state(), "结果纠正");
        assert!(second.fact().unwrap().is_some());
        assert!(second.clone().conclude(outcome("other", day(4)), &clerk(), TODAY).is_err());
        let beside = Filed { is_counted_elsewhere: true, ..second.filed.clone() };
        assert!(Remedy { filed: beside, ..second }.fact().unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let day = Date::constant(2025, 3, 10);
        assert!(case(filed("appeal", day, false)).is_err());
        assert!(case(filed("reconsideration", Date::constant(2025, 7, 1), false)).is_err());
        let served = Some(Date::constant(2025, 3, 1));
        assert!(case(Filed { served_on: served, ..filed("reconsideration", day, false) }).is_err());
        let open = case(filed("reconsideration", day, false)).unwrap();
        assert!(open.clone().conclude(outcome("won", day), &clerk(), TODAY).is_err());
        let answered = open.answer(Date::constant(2025, 3, 12), &clerk(), TODAY).unwrap();
        assert!(answered.terms(Calendar::embedded()).is_empty());
    }
}
