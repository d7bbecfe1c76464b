//! The frame of every act on an annual report: load, decide, save state and event together.

use super::{form, thing};
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::filing::{Filing, FilingAct, FilingStep, Who};
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_domain::refusal::Refusal;
use gongkai_store::reports::{self, Loaded};
use gongkai_store::{Db, Transaction, events, organs};
use jiff::civil::date;

const NOT_FOUND: AppError = AppError::NotFound("这个机关的年度报告");

/// The organ of a report with the tree it stands in.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Whose report.
    pub organ: Organ,
    /// The organ and those above it.
    pub lineage: Vec<OrganId>,
    /// Every organ.
    pub organs: Vec<Organ>,
}

impl Ground {
    /// The organs right below that report to it on a year. Enterprises and institutions report by rules of
    /// their own (条例第五十五条).
    pub fn children(&self, year: i16) -> impl Iterator<Item = &Organ> {
        self.organs.iter().filter(move |each| {
            each.parent.as_ref() == Some(&self.organ.id) && super::board::reports(each, year)
        })
    }

    /// Its name on a report on a year.
    pub fn agency(&self, year: i16) -> String {
        self.organ.name_on(date(year, 12, 31)).to_owned()
    }
}

/// The organ as the caller may see its work.
pub(super) async fn ground(
    db: &mut Db,
    caller: &Caller,
    organ: &OrganId,
) -> Result<Ground, AppError> {
    let all = organs::all(db).await?;
    let found = all.iter().find(|each| each.id == *organ).cloned().ok_or(NOT_FOUND)?;
    let lineage = lineage(&all, organ);
    if caller.actor.sees(&lineage) {
        Ok(Ground { organ: found, lineage, organs: all })
    } else {
        Err(NOT_FOUND)
    }
}

/// The report of a year; an empty draft where there is none yet.
pub(super) async fn load(db: &mut Db, ground: &Ground, year: i16) -> Result<Loaded, AppError> {
    form(year)?;
    let found = reports::find(db, &ground.organ.id, year).await?;
    Ok(found.unwrap_or_else(|| {
        let filing = Filing::empty(ground.organ.id.clone(), year, ground.agency(year));
        Loaded { filing, version: 0 }
    }))
}

/// Who acts now.
pub(super) fn who<'a>(app: &App, caller: &'a Caller, ground: &'a Ground) -> Who<'a> {
    Who { actor: &caller.actor, lineage: &ground.lineage, now: app.clock.now() }
}

/// Loads a report, lets the verb decide, and saves what came of it with its event.
pub(super) async fn act(
    app: &App,
    caller: &Caller,
    organ: &OrganId,
    year: i16,
    verb: impl FnOnce(Filing, &Who<'_>) -> Result<FilingStep, Refusal>,
) -> Result<Filing, AppError> {
    let mut transaction = app.store.begin().await?;
    let ground = ground(&mut transaction, caller, organ).await?;
    let loaded = load(&mut transaction, &ground, year).await?;
    let step = verb(loaded.filing.clone(), &who(app, caller, &ground))?;
    finish(app, transaction, caller, &loaded, step).await
}

/// Saves the step with its event, and makes both last.
pub(super) async fn finish(
    app: &App,
    mut transaction: Transaction,
    caller: &Caller,
    loaded: &Loaded,
    step: FilingStep,
) -> Result<Filing, AppError> {
    let now = app.clock.now();
    let filing = &step.filing;
    let thing = thing(&filing.organ, filing.year);
    let mut event = caller.event(step.act.key(), thing, filing.organ.as_str(), now);
    event.before = state(&loaded.filing);
    event.after = state(filing);
    event.reason = step.reason.unwrap_or_default();
    reports::save(&mut transaction, filing, loaded.version, now).await?;
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    transaction.commit().await?;
    Ok(step.filing)
}

fn state(filing: &Filing) -> String {
    serde_json::to_string(filing).expect("a filing has text keys and finite numbers")
}

/// What people call the act with this key.
pub fn name(wanted: &str) -> &'static str {
    const OTHERS: [(&str, &str); 9] = [
        ("register.add", "登记台账"),
        ("register.undo", "撤销一批台账"),
        ("register.give_token", "发放台账接口令牌"),
        ("register.revoke_token", "撤销台账接口令牌"),
        ("statistics.enter", "填写统计表"),
        ("statistics.prepare", "生成统计表公开稿"),
        ("remedy.register", "登记复议诉讼"),
        ("remedy.change", "登记复议诉讼进展"),
        ("report.correct_earlier", "更正以前年度报告的读取结果"),
    ];
    let act = FilingAct::ALL.into_iter().find(|act| act.key() == wanted).map(FilingAct::name);
    let other = OTHERS.iter().find(|(key, _)| *key == wanted).map(|(_, name)| *name);
    act.or(other).unwrap_or("导入以前年度报告")
}
