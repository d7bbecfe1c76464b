//! 报送: hands the report in; from then on the year is locked. OGI Regulations art. 49.

use super::{Concern, Filing, FilingAct, FilingState, FilingStep, Handing, Weight, Who};
use crate::refusal::Refusal;
use crate::time::china_date;

impl Filing {
    /// Hands the report in. 《政府信息公开条例》第四十九条：「县级以上人民政府部门应当在每年1月31日前
    /// 向本级政府信息公开工作主管部门提交本行政机关上一年度政府信息公开工作年度报告」。
    ///
    /// # Errors
    /// When the year is not over, nothing is compiled, an error stands, a warning or break has no
    /// word, or the actor wrote it or signs nothing for the organ.
    pub fn hand_in(mut self, concerns: &[Concern], who: &Who<'_>) -> Result<FilingStep, Refusal> {
        let act = FilingAct::HandIn;
        self.permits(act, who)?;
        let refuse = |reason: String| {
            Err(Refusal::new(act.name(), self.state.name(), reason).by(act.article()))
        };
        if china_date(who.now).year() <= self.year {
            return refuse(format!("{} 年还没有结束，年终后才能报送", self.year));
        }
        if self.figures.is_empty() {
            return refuse("还没有汇总，报告里没有数字；请先汇总".to_owned());
        }
        if let Some(reason) = self.held_up_by(concerns) {
            return refuse(reason);
        }
        self.given.retain(|given| concerns.iter().any(|each| each.key == given.concern));
        self.handings.push(Handing {
            by: who.actor.person.clone(),
            name: who.actor.name.clone(),
            at: who.now,
            figures: self.figures.clone(),
        });
        self.authors.clear();
        self.state = FilingState::HandedIn;
        Ok(self.step(act, who, ""))
    }

    /// Why the concerns hold the report up, if they do.
    pub fn held_up_by(&self, concerns: &[Concern]) -> Option<String> {
        let open = |weight| {
            let of_weight = concerns.iter().filter(move |each| each.weight == weight);
            of_weight
                .filter(move |each| weight == Weight::Blocks || self.given_to(&each.key).is_none())
        };
        if let Some(first) = open(Weight::Blocks).next() {
            let n = open(Weight::Blocks).count();
            return Some(format!("核对有 {n} 处错误，改正后才能报送。第一处：{}", first.message));
        }
        let n_breaks = open(Weight::WantsExplanation).count();
        if 0 < n_breaks {
            return Some(format!(
                "与上年报告有 {n_breaks} 处不衔接，请逐处写明原因，原因随报告公布"
            ));
        }
        let n_warnings = open(Weight::WantsSentence).count();
        (0 < n_warnings).then(|| format!("核对有 {n_warnings} 条警告，请改正或者逐条说明"))
    }
}
