//! What is said of a published item beside its text: numbers, dates, classes, validity.
//!
//! It is kept as people wrote it, drafts included; [`Metadata::problems`] says what is wrong.

mod code;
mod document_number;
mod field;
mod index_number;
mod problems;
mod validity;

use crate::catalogue::{DisclosureKind, Validity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use code::{CodeFault, CreditCode, OrganisationCode};
pub use document_number::{DocumentNumber, DocumentNumberFault, NumberFault};
pub use field::MetadataField;
pub use index_number::{IndexNumber, IndexNumberFault, IndexPattern, IssuerCode};
pub use problems::Problem;
pub use validity::{Life, ValidityChange, ValidityFault, ValidityHistory};

/// Why something is not published unasked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GivenReason {
    /// Key of the ground in the catalogue.
    pub key: String,
    /// What the ground asks to be written down besides.
    pub explanation: String,
}

/// How an item is disclosed, laid down when it is drafted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// 主动公开.
    Proactive,
    /// 依申请公开, and why not unasked.
    OnRequest(GivenReason),
    /// 不予公开, and why.
    Withheld(GivenReason),
}

impl Disclosure {
    /// The kind of disclosure.
    pub fn kind(&self) -> DisclosureKind {
        match self {
            Self::Proactive => DisclosureKind::Proactive,
            Self::OnRequest(_) => DisclosureKind::OnRequest,
            Self::Withheld(_) => DisclosureKind::Withheld,
        }
    }

    /// The reason, where the kind has one.
    pub fn reason(&self) -> Option<&GivenReason> {
        match self {
            Self::Proactive => None,
            Self::OnRequest(reason) | Self::Withheld(reason) => Some(reason),
        }
    }
}

/// The metadata of an item (国办秘函〔2009〕6号, and the boxes in use since).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Metadata {
    /// 名称: the main title only.
    pub title: String,
    /// 索引号, once it is given.
    pub index_number: Option<IndexNumber>,
    /// 发文字号 as the document has it: an old slip stays a slip, and is only pointed out.
    pub document_number: Option<String>,
    /// 主题分类: keys of the catalogue.
    pub subjects: Vec<String>,
    /// 体裁分类: key of the catalogue.
    pub genre: Option<String>,
    /// 成文日期.
    pub formation_date: Option<Date>,
    /// 发布日期.
    pub publication_date: Option<Date>,
    /// 生效日期, where it is not the day it was made.
    pub effective_date: Option<Date>,
    /// 废止日期: the first day it is no longer in force.
    pub repeal_date: Option<Date>,
    /// 发文机关 by the names of that day, the lead organ first.
    pub issuing_organs: Vec<String>,
    /// 有效性, change by change.
    pub validity: ValidityHistory,
    /// 公开方式; `None` until someone proposes it.
    pub disclosure: Option<Disclosure>,
    /// Item of article 20 or 21: key of the catalogue.
    pub legal_item: Option<String>,
    /// 基层政务公开领域: key of the catalogue.
    pub field: Option<String>,
    /// 主题词.
    pub keywords: Vec<String>,
    /// 内容概述.
    pub description: String,
    /// 服务对象, in words: no list of them is laid down.
    pub service_object: String,
    /// 信息来源: whom a reprint was taken from.
    pub source: String,
}

impl Metadata {
    /// What the document is on a day; `None` before it was made, or where no day is known.
    pub fn validity_on(&self, day: Date) -> Option<Validity> {
        let life = Life {
            formed: self.formation_date,
            effective: self.effective_date,
            repealed: self.repeal_date,
        };
        life.validity_on(&self.validity, day)
    }
}

/// A wide letter, figure or mark in its half-width form; any dash as `-`.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            let code = u32::from(character) - 0xfee0;
            char::from_u32(code).expect("below 0x7f")
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => character,
    }
}
