//! 发文代字: the heads of an organ's two series of numbers, that of replies and that of the papers on
//! the way to them.

use crate::accounts::administers;
use crate::app::lineage;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_domain::organ::Organ;
use gongkai_store::{Db, Transaction, events, organs, settings};

/// How long the head of a number may be, in characters.
const LONGEST: usize = 20;

/// A series of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Series {
    /// 答复: 政府信息公开告知书.
    Reply,
    /// 程序性文书: 补正告知书, 延期告知书 and the others.
    Notice,
}

impl Series {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Reply, Self::Notice];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Notice => "notice",
        }
    }

    /// The series with this key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.key() == key)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reply => "答复（政府信息公开告知书）",
            Self::Notice => "程序性文书（补正、延期、征求意见等告知书）",
        }
    }

    /// The setting that holds its head.
    fn setting(self, organ: &OrganId) -> String {
        match self {
            Self::Reply => format!("request_word/{organ}"),
            Self::Notice => format!("request_notice_word/{organ}"),
        }
    }

    fn usual(self, organ: &Organ) -> String {
        match self {
            Self::Reply => format!("{}依申请", organ.short_name),
            Self::Notice => format!("{}依申请告", organ.short_name),
        }
    }
}

/// The head of a series: what was set, or the usual one.
///
/// # Errors
/// When the store fails.
pub async fn word(db: &mut Db, organ: &Organ, series: Series) -> Result<String, AppError> {
    let set = settings::get(db, &series.setting(&organ.id)).await?;
    Ok(set.unwrap_or_else(|| series.usual(organ)))
}

/// Whether somebody sets the heads of an organ: who handles its requests, and its system administrator.
pub(crate) fn may_set(caller: &Caller, organs: &[Organ], organ: &OrganId) -> bool {
    let administers = administers(caller, Role::SystemAdministrator, organs, organ);
    administers || caller.actor.handles_requests(organ)
}

/// Sets the head of a series. Papers issued before keep their numbers, the count goes on.
///
/// # Errors
/// When the caller may not, the head cannot be one or is that of the other series, or the store fails.
pub async fn set_word(
    app: &App,
    caller: &Caller,
    id: &OrganId,
    series: Series,
    word: &str,
) -> Result<(), AppError> {
    let mut transaction = app.store.begin().await?;
    events::stand_in_line(&mut transaction).await?;
    let all = organs::all(&mut transaction).await?;
    if !may_set(caller, &all, id) {
        let message =
            "发文代字由该机关信息员、信息公开工作机构或者系统管理员设置，您没有这个权限".to_owned();
        return Err(AppError::Forbidden(message));
    }
    let organ = lineage(&all, id).first().and_then(|own| all.iter().find(|each| each.id == *own));
    let organ = organ.ok_or(AppError::NotFound("这个机关"))?;
    let word = asked(&mut transaction, organ, series, word).await?;
    let before = settings::get(&mut transaction, &series.setting(id)).await?;
    if before.as_deref() == Some(word.as_str()) {
        return Ok(());
    }
    settings::set(&mut transaction, &series.setting(id), &word).await?;
    let thing = format!("organ/{id}");
    let mut event = caller.event("request.set_word", thing, id.as_str(), app.clock.now());
    (event.before, event.after) = (before.unwrap_or_default(), word);
    event.reason = series.name().to_owned();
    events::append(&mut transaction, event, app.config.audit.algorithm).await?;
    Ok(transaction.commit().await?)
}

/// A head that can stand before 〔year〕number, and by which no two papers bear the same number.
async fn asked(
    transaction: &mut Transaction,
    organ: &Organ,
    series: Series,
    word: &str,
) -> Result<String, AppError> {
    let word = word.trim();
    if word.is_empty() || LONGEST < word.chars().count() {
        let message = format!("发文代字应为 1 到 {LONGEST} 个字");
        return Err(AppError::invalid("word", message));
    }
    if word.contains(|sign: char| "〔〕[]（）()号".contains(sign) || sign.is_control()) {
        let message = "发文代字只填机关代字，例如“某办依申请”；年份、括号、序号和“号”字由系统加上";
        return Err(AppError::invalid("word", message));
    }
    for other in Series::ALL.into_iter().filter(|other| *other != series) {
        if self::word(transaction, organ, other).await? == word {
            let message =
                format!("{}已经使用“{word}”；两种文书分别编号，代字不能相同", other.name());
            return Err(AppError::invalid("word", message));
        }
    }
    Ok(word.to_owned())
}
