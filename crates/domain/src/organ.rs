//! Organs in one installation: a tree, with the names they had.

use crate::id::OrganId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an organ is in the tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganKind {
    /// A government of a county or above.
    Government,
    /// A department of a government.
    Department,
    /// A township, a town or a street office.
    Township,
    /// Another body with public duties: a school, a hospital, a supplier of water.
    Institution,
}

impl OrganKind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Self; 4] =
        [Self::Government, Self::Department, Self::Township, Self::Institution];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Government => "人民政府",
            Self::Department => "政府部门",
            Self::Township => "乡镇、街道",
            Self::Institution => "公共企事业单位",
        }
    }

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Department => "department",
            Self::Township => "township",
            Self::Institution => "institution",
        }
    }

    /// The kind of a stable key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A name that an organ had before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// The last day on which it was used.
    pub until: Date,
}

/// How the public reaches the office for information disclosure (Art 12: the guide must say).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The name of the office: 工作机构名称.
    pub office: String,
    /// 办公地址.
    pub address: String,
    /// 办公时间.
    pub hours: String,
    /// 联系电话.
    pub telephone: String,
    /// 传真号码.
    pub fax: String,
    /// 互联网联系方式.
    pub internet: String,
}

impl Contact {
    /// What Art 12 asks for, in its order and words: the stable key, the label, what is filled in.
    pub fn fields(&self) -> [(&'static str, &'static str, &str); 6] {
        [
            ("office", "工作机构名称", &self.office),
            ("address", "办公地址", &self.address),
            ("hours", "办公时间", &self.hours),
            ("telephone", "联系电话", &self.telephone),
            ("fax", "传真号码", &self.fax),
            ("internet", "互联网联系方式", &self.internet),
        ]
    }

    /// What Art 12 asks for and is not filled in, in its order.
    pub fn missing(&self) -> Vec<&'static str> {
        let empty = self.fields().into_iter().filter(|(_, _, value)| value.trim().is_empty());
        empty.map(|(_, label, _)| label).collect()
    }
}

/// An organ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Organ {
    /// Its name in addresses.
    pub id: OrganId,
    /// The organ above; `None` at the top.
    pub parent: Option<OrganId>,
    /// What it is.
    pub kind: OrganKind,
    /// Its name now.
    pub name: String,
    /// Its short name: 县商务局.
    pub short_name: String,
    /// Its code (18-character unified social credit code), the head of its index numbers.
    pub code: String,
    /// The order among its siblings.
    pub order: i64,
    /// How to reach its disclosure office.
    pub contact: Contact,
    /// Earlier names, the latest first.
    pub former_names: Vec<FormerName>,
    /// Into which organ it was merged, and since when; its items stay readable.
    pub merged_into: Option<(OrganId, Date)>,
}

impl Organ {
    /// The name on a day.
    pub fn name_on(&self, day: Date) -> &str {
        let former = self.former_names.iter().rev().find(|former| day <= former.until);
        former.map_or(self.name.as_str(), |former| former.name.as_str())
    }

    /// Gives it a new name from a day on; the old one is kept.
    pub fn rename(mut self, name: String, from: Date) -> Self {
        let until = from.yesterday().unwrap_or(from);
        let old = std::mem::replace(&mut self.name, name);
        self.former_names.insert(0, FormerName { name: old, until });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organ() -> Organ {
        Organ {
            id: "bureau".parse().expect("an id"),
            parent: None,
            kind: OrganKind::Department,
            name: "甲县商务局".to_owned(),
            short_name: "县商务局".to_owned(),
            code: String::new(),
            order: 1,
            contact: Contact::default(),
            former_names: Vec::new(),
            merged_into: None,
        }
    }

    #[test]
    fn an_old_paper_bears_the_name_of_its_day() {
        let day = |year| Date::constant(year, 6, 1);
        let renamed = organ().rename("甲县商务和投资局".to_owned(), Date::constant(2019, 1, 1));
        let twice = renamed.rename("甲县商投局".to_owned(), Date::constant(2024, 1, 1));
        assert_eq!(twice.name_on(day(2018)), "甲县商务局");
        assert_eq!(twice.name_on(day(2020)), "甲县商务和投资局");
        assert_eq!(twice.name_on(day(2024)), "甲县商投局");
    }

    #[test]
    fn the_guide_lacks_what_is_not_filled_in() {
        let contact = Contact { office: "办公室".to_owned(), ..Contact::default() };
        assert_eq!(
            contact.missing(),
            ["办公地址", "办公时间", "联系电话", "传真号码", "互联网联系方式"]
        );
    }
}
