//! The account of an organ on a platform: opened, changed and closed with a record (备案). Its secrets
//! are no part of it.

use super::channel;
use crate::id::{OrganId, PersonId};
use crate::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

const ARTICLE: &str = "国办发〔2018〕123号";

/// What is recorded of an account.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AccountFields {
    /// 名称.
    pub name: String,
    /// 主办单位.
    pub unit: String,
    /// 运维单位.
    pub operator: String,
    /// 负责人.
    pub responsible: String,
    /// 备案日期.
    pub registered_on: Option<Date>,
    /// Where it is: an app id, or the address of a webhook; no secret.
    pub address: String,
    /// The material id of the cover picture, where the platform asks for one.
    pub cover: String,
}

/// One thing wrong with the fields: which, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountProblem {
    /// The name of the field.
    pub field: &'static str,
    /// What to do.
    pub message: String,
}

impl AccountFields {
    /// What is missing or too long.
    pub fn problems(&self) -> Vec<AccountProblem> {
        let asked = [
            ("name", "账号名称", &self.name, true),
            ("unit", "主办单位", &self.unit, true),
            ("operator", "运维单位", &self.operator, false),
            ("responsible", "负责人", &self.responsible, true),
            ("address", "账号标识或者接口地址", &self.address, false),
            ("cover", "封面素材编号", &self.cover, false),
        ];
        let mut problems = Vec::new();
        for (field, word, value, required) in asked {
            if required && value.trim().is_empty() {
                problems.push(AccountProblem { field, message: format!("请填写{word}") });
            }
            if 500 < value.chars().count() {
                problems
                    .push(AccountProblem { field, message: format!("{word}最多 500 个字") });
            }
        }
        if self.registered_on.is_none() {
            let message = "请填写备案日期".to_owned();
            problems.push(AccountProblem { field: "registered_on", message });
        }
        problems
    }
}

/// Whether the account is used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// 使用中.
    Open,
    /// 已关停.
    Closed {
        /// The day.
        on: Date,
        /// Where and how it was announced.
        note: String,
        /// Who closed it.
        by: PersonId,
    },
}

/// An account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Account {
    /// The key in the store.
    pub id: String,
    /// Whose.
    pub organ: OrganId,
    /// The key of the channel.
    pub channel: String,
    /// What is recorded.
    pub fields: AccountFields,
    /// Whether it is used.
    pub state: AccountState,
    /// When it was entered.
    pub opened_at: Timestamp,
}

impl Account {
    /// Opens an account of an organ. 一个单位原则上在同一第三方平台只开设一个政务新媒体账号.
    ///
    /// # Errors
    /// When the channel has no accounts, or the organ has an open one there.
    pub fn open(
        id: String,
        organ: OrganId,
        key: &str,
        fields: AccountFields,
        others: &[Self],
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let act = "登记账号";
        if !channel(key).is_some_and(|each| each.account) {
            return Err(Refusal::new(act, "未登记", "这个渠道不用登记账号，请另选一个渠道"));
        }
        let same = |other: &&Self| {
            other.organ == organ && other.channel == key && other.state == AccountState::Open
        };
        if let Some(other) = others.iter().find(same) {
            let reason = format!(
                "一个单位在同一平台只开设一个账号，已有“{}”；要换账号，请先关停原账号",
                other.fields.name
            );
            return Err(Refusal::new(act, "使用中", reason).by(ARTICLE));
        }
        let channel = key.to_owned();
        Ok(Self { id, organ, channel, fields, state: AccountState::Open, opened_at: now })
    }

    /// Changes what is recorded.
    ///
    /// # Errors
    /// When it is closed.
    pub fn change(mut self, fields: AccountFields) -> Result<Self, Refusal> {
        self.refuse_closed("变更账号")?;
        self.fields = fields;
        Ok(self)
    }

    /// Closes it, with the note of its announcement.
    ///
    /// # Errors
    /// When it is closed already or the note is empty.
    pub fn close(mut self, note: &str, by: PersonId, on: Date) -> Result<Self, Refusal> {
        let act = "关停账号";
        self.refuse_closed(act)?;
        let note = note.trim();
        if note.is_empty() {
            let reason = "请写明关停原因和公告情况，关停的账号应当公告";
            return Err(Refusal::new(act, "使用中", reason).by(ARTICLE));
        }
        self.state = AccountState::Closed { on, note: note.to_owned(), by };
        Ok(self)
    }

    /// Whether it is used.
    pub fn is_open(&self) -> bool {
        self.state == AccountState::Open
    }

    fn refuse_closed(&self, act: &'static str) -> Result<(), Refusal> {
        if self.is_open() {
            return Ok(());
        }
        Err(Refusal::new(act, "已关停", "账号已经关停；要重新使用，请另行登记"))
    }
}
